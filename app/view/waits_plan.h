#pragma once
// What the picture of the wait-for graph has to show, before it has any place on a canvas.
#include <vector>

#include "app/view/session.h"
#include "core/findings/wait_graph.h"

namespace awaitscope::view {

/// One thing that is waited for, or several of a kind that are one to a reader: all timers, all answers of one service.
struct WaitRow {
  WaitNode::Type type = WaitNode::Type::outside;
  std::uint32_t id = 0;         ///< by type; of requests their service
  std::uint32_t node = 0;       ///< the first of them
  std::vector<TaskId> waiters;  ///< the longest wait first
  std::vector<TaskId> holders;  ///< who has it, or who a scope still waits for
  Instant since;
  bool stuck = false;
};

struct WaitPlan {
  struct Ring {
    std::vector<std::uint32_t> edges;  ///< of the graph, in order
  };
  std::vector<Ring> rings;
  std::vector<WaitRow> rows;  ///< stuck ones first, then by how many wait
  bool empty() const { return rings.empty() && rows.empty(); }
};

WaitPlan wait_plan(const Model& model, const WaitGraph& graph);
/// The same of the graph at the session's playhead, made once for that moment.
const WaitPlan& wait_plan(const Session& session, const WaitGraph& graph);

}  // namespace awaitscope::view

#pragma once
// Who waits for whom at one moment of a run: tasks, locks, permits, queues, scopes, requests, jobs and timers in one graph.
#include <vector>

#include "core/findings/lint.h"

namespace awaitscope {

struct WaitNode {
  /// outside: what no trace tells, such as a future that anybody may set.
  enum class Type : std::uint8_t { task, scope, resource, request, job, timer, outside };
  Type type = Type::outside;
  std::uint32_t id = 0;  ///< by type; 0 for outside
  /// Nothing that the trace knows of lets it go on: it depends on tasks that are stuck themselves, or that have ended without
  /// giving back.  Only a cancel could help, or somebody who gives back for another.
  bool stuck = false;
};

/// From who depends to what it depends on.
struct WaitEdge {
  enum class Type : std::uint8_t {
    waits,    ///< a task for a resource, a task, a scope, a request, a job, a timer or the outside
    held,     ///< a resource, by a task that has acquired it
    child,    ///< a scope, for a task of its own that has not ended
    deadline  ///< a task also has a timer that will end its wait
  };
  Type type = Type::waits;
  std::uint32_t from = 0, to = 0;  ///< indices of nodes
  Seq since = 0;                   ///< the event that made it; 0: not in the trace
  SiteId site;                     ///< of that event
};

/// Tasks that wait for each other.
struct WaitRing {
  std::vector<std::uint32_t> edges;  ///< in order, from the ring's first task on, and back to it
  std::vector<TaskId> tasks;         ///< the ring's, the oldest first; then others knotted up with it
};

struct WaitGraph {
  std::vector<WaitNode> nodes;       ///< every task that has not ended is one
  std::vector<WaitEdge> edges;       ///< by `from`
  std::vector<std::uint32_t> first;  ///< the edges of node n: first[n] up to first[n + 1]
  std::vector<std::uint32_t> of;     ///< by task id: its node + 1, 0: none

  /// Null where the task is in no edge and has ended.
  const WaitNode* node(TaskId task) const;
  /// What a task waits for; null where it does not wait, or where what it waited for is over although nobody woke it.
  const WaitEdge* wait_of(TaskId task) const;
  /// One ring for each knot of stuck tasks, by its oldest task.  Linear in the graph.
  std::vector<WaitRing> cycles() const;
};

/// The graph at the model's moment.  `model` is one of the run's trace.
WaitGraph wait_graph(const Run& run, const Model& model);

}  // namespace awaitscope

#pragma once
// What a waiting task waits for and what stands behind that, in sentences.
#include <set>

#include "core/findings/wait_graph.h"
#include "core/findings/words.h"

namespace awaitscope {

/// One sentence and the event that proves it.
struct Reason {
  std::string text;
  Seq event = 0;  ///< 0: nothing in the trace
  int depth = 0;  ///< how far it stands behind what it explains
  bool operator==(const Reason&) const = default;
};

/// Whether what such a wait is for is a resource, so that its object is the number of one.
bool is_for_resource(Wait wait);
/// The kind of event that ends a wait for what nobody holds.
Kind signal_of(Wait wait);
/// "1.500 s": a moment, with as many decimals as it has.
std::string moment(Instant t);
/// "lock a", "task fetch-2", "an answer of peer (report)", "its gather".  The model is that of the wait.
std::string waited_for(const Run& run, const Model& model, const TaskModel& task);
/// What a task does at the model's moment: "waits for lock a since 0.500 s at f:16", "holds the loop since ... in time.sleep",
/// "has ended (returned) at 1.000 s".
std::string doing(const Run& run, const Model& model, const TaskModel& task);
/// "fetch › get (f:3) › read (f:9)": the calls that the task is in, outermost first; "" where it is in its own function only.
std::string await_chain(const Run& run, const TaskModel& task);
/// Who holds what the task waits for and what those do, and so on, up to tasks that are `known`: at most `most` sentences.
std::vector<Reason> behind(const Run& run, const Model& model, const WaitGraph& graph, TaskId task,
                           const std::set<TaskId>& known = {}, std::size_t most = 8);
/// One sentence for each task of a ring: what it holds that the one before wants, and what it waits for.
std::vector<Reason> told(const Run& run, const Model& model, const WaitGraph& graph, const WaitRing& ring);
/// How a task ended: "returned", "was cancelled", "failed: ValueError: no".
std::string how_ended(const Run& run, const TaskModel& task);

}  // namespace awaitscope

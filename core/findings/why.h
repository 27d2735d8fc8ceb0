#pragma once
// Answers to "why": why nothing happens at a moment, why a task resumed when it did, what a task waits for.
#include "core/findings/waiting.h"

namespace awaitscope {

/// Why nothing happens at a moment.
struct Standstill {
  /// Tasks that wait alike: of one name, at one place, for the same.
  struct Group {
    std::vector<TaskId> tasks;    ///< the one to blame first, or the one that has waited longest
    std::vector<Reason> reasons;  ///< what they do, then what stands behind it, deeper and deeper
    bool deadlock = false;        ///< they wait for each other
  };
  std::string headline;
  Seq event = 0;              ///< the event since which it is so
  std::vector<Group> groups;  ///< deadlocks first, then what is stuck, then by how long
  std::size_t pending = 0;    ///< tasks that have not ended
};
/// The state of all tasks at the model's moment.  At most `most` groups; the rest is only counted in `pending`.
Standstill why_nothing_happens(const Run& run, const Model& model, std::size_t most = 20);

/// Why this step ran when it did: what woke the task, what held it up, and what led to that, back to a timer, an answer, a
/// start or a call from outside.  `step` is a step_begin; empty for other events.
std::vector<Reason> why_resumed(const Run& run, Seq step, std::size_t most = 12);

/// The last step of the task that began at or before an event, 0: none.
Seq step_before(const Run& run, TaskId task, Seq seq);

/// What the task does at the model's moment, and what stands behind it.
std::vector<Reason> why_here(const Run& run, const Model& model, TaskId task);

}  // namespace awaitscope

#include "core/findings/deeds.h"

namespace awaitscope {
namespace {

enum class Doer : std::uint8_t { none, task, other };  ///< which field of an event names who did it

Doer doer(Kind kind) {
  switch (kind) {
    case Kind::log:
    case Kind::region_begin:
    case Kind::resource_created:
    case Kind::resource_opened:
    case Kind::resource_closed:
    case Kind::acquire_begin:
    case Kind::acquired:
    case Kind::released:
    case Kind::level:
    case Kind::job_submitted:
    case Kind::block_begin:
    case Kind::request_begin:
    case Kind::request_end:
    case Kind::cell_write:
    case Kind::outcome_used:
    case Kind::coro_unstarted: return Doer::task;
    case Kind::task_created:
    case Kind::task_ready:
    case Kind::cancel_requested: return Doer::other;
    default: return Doer::none;
  }
}

}  // namespace

bool did_something(const Run& run, TaskId task, const Span& step) {
  const Seq end = step.last ? step.last : run.trace.size() + 1;
  for (Seq seq = step.first + 1; seq < end; ++seq) {
    const Doer who = doer(run.trace.kind(seq));
    if (who == Doer::none) continue;
    const Event e = run.trace[seq];
    if (who == Doer::task ? e.task == task.value : e.a == task.value && e.task != task.value) return true;
  }
  return false;
}

}  // namespace awaitscope

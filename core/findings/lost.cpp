#include "core/findings/lost.h"

#include <algorithm>

#include <fmt/format.h>

namespace awaitscope {

const ScopeModel* lost_in_wait_for(const Run& run, const Cancellation& request) {
  const History& h = run.history;
  if (request.end != Cancellation::End::swallowed || request.delivered == 0 || request.target.value == 0 ||
      request.target.value > h.lanes.size())
    return nullptr;
  // The error came and went in one step, and before that step the task waited for the wait_for itself: the new one, which is
  // a timeout, has its task wait for the thing.
  const auto& spans = h.lanes[request.target.value - 1].spans;
  auto span =
      std::upper_bound(spans.begin(), spans.end(), request.delivered, [](Seq seq, const Span& s) { return seq < s.first; });
  if (span == spans.begin()) return nullptr;
  const Span& step = *--span;
  if (step.phase != Phase::running || (step.last != 0 && request.ended > step.last)) return nullptr;
  while (span != spans.begin() && (--span)->phase == Phase::ready) {}
  if (span->phase != Phase::waiting || span->wait != Wait::scope) return nullptr;
  const ScopeModel* scope = h.model.scope(ScopeId{span->object});
  return scope && scope->type == ScopeType::wait_for ? scope : nullptr;
}

std::string afterwards(const Run& run, const Cancellation& c, std::string_view raised) {
  if (!c.task_over) return fmt::format("still ran at the end of the trace, {} later", show(run.history.end - c.delivered_time));
  const Duration more = c.task_ended - c.delivered_time;
  const TaskModel* task = run.history.model.task(c.target);
  const std::string_view end = task && task->outcome == Outcome::raised      ? raised
                               : task && task->outcome == Outcome::cancelled ? "was cancelled by a later request"
                                                                             : "returned as if nothing had been asked";
  return more.count() > 0 ? fmt::format("went on for {} and {}", show(more), end) : std::string(end);
}

}  // namespace awaitscope

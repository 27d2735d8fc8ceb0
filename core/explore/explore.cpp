#include "core/explore/explore.h"

#include <algorithm>

#include "core/trace/queue_sink.h"

namespace awaitscope {
namespace {

std::string broken_by(const Subject& subject, const Trace& trace, const History& history) {
  const RunOutcome how = history.model.outcome;
  if (how == RunOutcome::hang) return "it hangs";
  if (how == RunOutcome::limit) return "it does not come to an end";
  return subject.promise ? subject.promise(trace, history) : "";
}

}  // namespace

Trace record(const Subject& subject, const Schedule& schedule, const std::function<void(runtime::RunOptions&)>& change) {
  Trace trace;
  trace.info = subject.info;
  trace.info.schedule = schedule;
  QueueSink sink;
  runtime::RunOptions options;
  const auto policy = make_policy(schedule);
  if (policy) options.policy = policy->get();
  options.schedule = schedule;
  options.sink = &sink;
  if (subject.prepare) subject.prepare(options);
  if (change) change(options);
  // A changed run must never pass for the program's own.
  if (options.intervention) trace.info.parameters.emplace_back("intervention", to_text(*options.intervention));
  runtime::run(subject.main, options);
  sink.drain(trace);
  return trace;
}

std::size_t Exploration::failed() const {
  return static_cast<std::size_t>(std::count_if(outcomes.begin(), outcomes.end(), [](auto& o) { return !o.broken.empty(); }));
}

const Tried* Exploration::first_failure() const {
  const auto first = std::find_if(outcomes.begin(), outcomes.end(), [](auto& o) { return !o.broken.empty(); });
  return first == outcomes.end() ? nullptr : &*first;
}

Result<Exploration> explore(const Subject& subject, const std::string& policy, std::size_t count, std::uint64_t first_seed,
                            const std::atomic<bool>* interrupted) {
  Exploration out;
  for (std::size_t i = 0; i < count && !(interrupted && *interrupted); ++i) {
    const Schedule schedule{policy, first_seed + i, {}};
    if (const auto known = make_policy(schedule); !known) return Error{known.error()};
    const Trace trace = record(subject, schedule);
    const History history = history_of(trace);
    out.outcomes.push_back({schedule, broken_by(subject, trace, history), history.end});
  }
  return out;
}

}  // namespace awaitscope

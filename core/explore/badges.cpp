#include "core/explore/badges.h"

#include <set>

#include "core/findings/lint.h"
#include "core/runtime/timeout.h"

namespace awaitscope {
namespace {

constexpr std::size_t schedules = 50;
constexpr double efficient_within = 1.2;

/// Rules that tell of a task without an owner or an error without a reader.
bool is_about_owners(const std::string& rule) {
  static const std::set<std::string> rules = {"orphan",           "outlives-scope",    "siblings-left-running",
                                              "never-awaited",    "destroyed-pending", "exception-never-retrieved",
                                              "errors-discarded", "cancel-not-awaited"};
  return rules.contains(rule);
}

struct Seen {
  std::set<std::string> rules;  ///< above info
  Instant end;
  RunOutcome how = RunOutcome::ok;
};

Seen look(const Trace& trace) {
  const History history = history_of(trace);
  Seen out{{}, history.end, history.model.outcome};
  for (const Finding& f : run_lints({trace, history, {}}, all_lints()))
    if (f.severity != Severity::info) out.rules.insert(f.rule);
  return out;
}

Badge correct(const Subject& subject, const std::atomic<bool>* interrupted) {
  const auto explored = explore(subject, "random", schedules, 1, interrupted);
  const std::size_t failed = explored ? explored->failed() : schedules;
  Badge out{"correct", failed == 0, std::to_string(failed) + " of " + std::to_string(schedules) + " schedules fail"};
  if (failed) out.why += ": " + explored->first_failure()->broken;
  return out;
}

runtime::Task<void> within(runtime::Main main, Duration limit) {
  try {
    co_await runtime::with_timeout(limit, [&]() -> runtime::Task<void> { co_await main(); });
  } catch (const runtime::TimeoutError&) {  // what was to be shown
  }
}

Badge resilient(const Subject& subject, const Seen& plain) {
  Badge out{"resilient", true, "a failed request and a timeout are survived"};
  const auto judge = [&](const Seen& seen, const std::string& what) {
    if (!out.earned) return;
    if (seen.how == RunOutcome::hang && plain.how != RunOutcome::hang) out = {out.name, false, what + " hangs it"};
    for (const std::string& rule : seen.rules)
      if (out.earned && !plain.rules.contains(rule)) out = {out.name, false, what + " brings out " + rule};
  };
  judge(look(record(subject, {}, [](runtime::RunOptions& options) { options.fail_request = 1; })), "a failed request");
  if (plain.end.ns > 1) {
    Subject limited = subject;
    limited.main = [main = subject.main, limit = Duration{plain.end.ns / 2}] { return within(main, limit); };
    const Seen seen = look(record(limited, {}));
    judge(seen, "a timeout");
    if (out.earned && seen.end >= plain.end && plain.how == RunOutcome::ok)
      out = {out.name, false, "a timeout does not end it earlier"};
  }
  return out;
}

}  // namespace

std::array<Badge, 4> badges_of(const Subject& subject, Instant fixed_end, const std::atomic<bool>* interrupted) {
  const Seen plain = look(record(subject, {}));
  const double limit = efficient_within * static_cast<double>(fixed_end.ns);
  const bool ends = plain.how != RunOutcome::hang && plain.how != RunOutcome::limit;
  Badge efficient{"efficient", ends && static_cast<double>(plain.end.ns) <= limit,
                  show(Duration{plain.end.ns}) + " against " + show(Duration{fixed_end.ns})};
  if (!ends) efficient.why = "it never ends";
  Badge maintainable{"maintainable", true, "every task has an owner, every error a reader"};
  for (const std::string& rule : plain.rules)
    if (is_about_owners(rule)) maintainable = {"maintainable", false, rule};
  return {correct(subject, interrupted), efficient, resilient(subject, plain), maintainable};
}

}  // namespace awaitscope

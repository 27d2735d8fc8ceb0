// cancelled-counted-as-success: of an outcome that is a CancelledError only "is it an Exception?" was asked.  It is none.
#include <map>
#include <set>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr std::size_t most_evidence = 100;

/// Where a task sorted outcomes by that question, and the cancelled ones among them.
struct Sorting {
  Tasks cancelled;
  std::vector<Seq> asked;
};

std::vector<Finding> check(const Run& run) {
  std::set<std::uint32_t> known;  // tasks whose outcome was also looked at in a way that tells a cancel
  for (const Event& e : run.events({Kind::outcome_used})) {
    if (!e.a) continue;
    const auto use = e.as<OutcomeUse>();
    if (use == OutcomeUse::is_cancelled || use == OutcomeUse::is_ok || use == OutcomeUse::error) known.insert(e.a);
  }
  std::map<std::pair<std::uint32_t, std::uint32_t>, Sorting> sortings;  // by who asked, and where
  for (const Event& e : run.events({Kind::outcome_used})) {
    if (e.as<OutcomeUse>() != OutcomeUse::is_exception || known.count(e.a)) continue;
    const TaskModel* task = run.history.model.task({e.a});
    if (!task || task->phase != Phase::done || task->outcome != Outcome::cancelled) continue;
    Sorting& here = sortings[{e.task, e.site}];
    const std::size_t before = here.cancelled.size();
    here.cancelled.add(task->id);
    if (here.cancelled.size() > before && here.asked.size() < most_evidence) here.asked.push_back(e.seq);
  }
  std::vector<Finding> out;
  for (const auto& [where, sorting] : sortings) {
    const bool one = sorting.cancelled.size() == 1;
    const Event first = run.trace[sorting.asked.front()];
    Finding f;
    f.severity = Severity::warning;
    // While the run goes on the other question may still come.
    f.confidence = run.history.model.ended ? sureness(run, sorting.asked.back()) : Confidence::recheck;
    f.site = run.trace.site(first.where());
    f.sentence = fmt::format(
        "{} {} cancelled, and {} asks of {} only whether it is an Exception{}; a CancelledError is none, so {} for a success",
        sorting.cancelled.named(run), one ? "was" : "were", run.name_of(first.who()), one ? "it" : "each", at(f.site),
        one ? "it passes" : "they pass");
    f.begin = run.history.model.task(sorting.cancelled.some().front())->ended;
    f.end = run.trace[sorting.asked.back()].at();
    f.tasks = sorting.cancelled.some();
    if (first.task) f.tasks.push_back(first.who());
    f.evidence = sorting.asked;
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace

Lint cancelled_counted_as_success() {
  return {"cancelled-counted-as-success",
          "outcomes are sorted by isinstance(r, Exception), and a cancelled one is filed under the successes",
          "test for BaseException, or for CancelledError first",
          "partial_failure",
          {},
          check};
}

}  // namespace awaitscope::lints

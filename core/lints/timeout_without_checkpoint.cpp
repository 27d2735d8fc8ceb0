// timeout-without-checkpoint: nothing in a block with a deadline ever suspended, so the deadline had nowhere to strike.
#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double short_ms = 1;
constexpr Seq most_looked_at = 64;
constexpr std::size_t most_evidence = 100;

/// The passes through the blocks of one place.
struct Place {
  std::vector<const ScopeModel*> silent;
  bool suspends = false;  ///< some pass does
};

bool limits(const ScopeModel& scope) {
  return scope.deadline &&
         (scope.type == ScopeType::timeout || scope.type == ScopeType::wait_for || scope.type == ScopeType::cancel_scope);
}

/// Whether the task's step in which it entered the block lasted until it had left it.
bool in_one_step(const Run& run, const ScopeModel& scope) {
  const auto& lanes = run.history.lanes;
  if (scope.task.value == 0 || scope.task.value > lanes.size()) return false;
  const auto& spans = lanes[scope.task.value - 1].spans;
  auto span = std::upper_bound(spans.begin(), spans.end(), scope.entered, [](Seq seq, const Span& s) { return seq < s.first; });
  if (span == spans.begin()) return false;
  --span;
  return span->phase == Phase::running && (!span->last || (scope.exited && span->last > scope.exited));
}

/// Whether something was awaited that was there already: a queue's item, a lock, a coroutine.  It may have to wait next time.
bool awaited_by_luck(const Run& run, const ScopeModel& scope) {
  if (scope.type == ScopeType::wait_for || scope.exited - scope.entered > most_looked_at) return true;
  for (Seq seq = scope.entered + 1; seq < scope.exited; ++seq) switch (run.trace.kind(seq)) {
      case Kind::coro_begin:  // the block's own body is one, called where the block stands
        if (run.trace[seq].where() != scope.site) return true;
        break;
      case Kind::coro_end:
      case Kind::log:
      case Kind::timer_set:
      case Kind::timer_cancelled:
      case Kind::block_begin:
      case Kind::block_end:
      case Kind::region_begin:
      case Kind::region_end:
      case Kind::scope_enter:
      case Kind::scope_exit: break;
      default: return true;
    }
  return false;
}

Duration length(const ScopeModel* scope) { return scope->exited_time - scope->entered_time; }

Finding about(const Run& run, const std::vector<const ScopeModel*>& all) {
  const ScopeModel& worst =
      **std::max_element(all.begin(), all.end(), [](const auto* a, const auto* b) { return length(a) < length(b); });
  Finding f;
  f.severity = Severity::info;
  f.confidence = sureness(run, worst.exited);
  f.site = run.trace.site(worst.site);
  f.begin = worst.entered_time;
  f.end = worst.exited_time;
  f.evidence = {worst.exited, worst.entered};
  f.tasks = {worst.task};
  for (const ScopeModel* one : all) {
    if (f.evidence.size() >= most_evidence) break;
    if (std::find(f.tasks.begin(), f.tasks.end(), one->task) == f.tasks.end()) f.tasks.push_back(one->task);
    if (one != &worst) f.evidence.push_back(one->entered);
  }
  const Duration limit = Instant{worst.deadline} - worst.entered_time;
  const std::string passed = all.size() > 1 ? fmt::format("{} passes", all.size()) : "the one pass";
  const std::string took = length(&worst).count() > 0 ? fmt::format("task {} held the loop in it for {}",
                                                                    run.name_of(worst.task), show(length(&worst)))
                                                      : fmt::format("task {} awaited nothing in it", run.name_of(worst.task));
  f.sentence = fmt::format("the {} of {}{} can cut nothing off: no await suspended in {} through it; {}", name(worst.type),
                           show(limit), at(f.site), passed, took);
  return f;
}

std::vector<Finding> check(const Run& run) {
  std::map<std::uint32_t, Place> places;
  for (const ScopeModel& scope : run.history.model.scopes) {
    if (!scope.entered || !limits(scope)) continue;
    Place& place = places[scope.site.value];
    if (!in_one_step(run, scope)) {
      place.suspends = true;
    } else if (scope.exited &&
               scope.outcome == Outcome::returned) {  // one that is left by an error may not have come to its await
      place.silent.push_back(&scope);
    }
  }
  const double enough = run.setting("timeout-without-checkpoint.short_ms", short_ms) * 1e6;
  std::vector<Finding> out;
  for (const auto& [site, place] : places) {
    if (place.suspends || place.silent.empty()) continue;
    const auto tells = [&](const ScopeModel* scope) {
      return static_cast<double>(length(scope).count()) >= enough || !awaited_by_luck(run, *scope);
    };
    if (std::any_of(place.silent.begin(), place.silent.end(), tells)) out.push_back(about(run, place.silent));
  }
  return out;
}

}  // namespace

Lint timeout_without_checkpoint() {
  return {"timeout-without-checkpoint",
          "nothing in a block with a deadline suspends, so the deadline cannot strike",
          "await inside the block, or move the blocking call to a thread: a timeout only strikes at an await that suspends",
          "blocking_sleep",
          {{"short_ms", short_ms}},
          check};
}

}  // namespace awaitscope::lints

#include "core/explore/trial.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/findings/chains.h"

namespace awaitscope {
namespace {
using runtime::Intervention;
using What = Intervention::What;

constexpr Duration second = std::chrono::seconds(1);
constexpr std::uint32_t in_flight = 6;     ///< at once, to a service that does not say how many it takes
constexpr std::int64_t most_queued = 100;  ///< in a queue that gets a limit

std::string raw_name(const Run& run, ResourceId id) {
  const ResourceModel* resource = run.history.model.resource(id);
  return resource && resource->name ? std::string(run.trace.text(resource->name.value)) : "";
}

std::string raw_name(const Run& run, TaskId id) {
  const TaskModel* task = run.history.model.task(id);
  return task && task->name ? std::string(run.trace.text(task->name.value)) : "";
}

const ResourceModel* service_of(const Run& run, const Finding& f) {
  const ResourceModel* found = nullptr;
  for (const ResourceId id : f.resources)
    if (const ResourceModel* one = run.history.model.resource(id); one && one->type == ResourceType::service) {
      if (found) return nullptr;  // it is about several
      found = one;
    }
  return found;
}

/// The longest request that was answered; zero where none was.
Duration longest_answer(const Run& run, ResourceId service) {
  Duration longest{};
  for (const Request& request : run.history.requests)
    if (request.service == service && request.ended && request.status == RequestStatus::ok)
      longest = std::max(longest, request.end - request.begin);
  return longest;
}

/// Twice the limit that its parts have; where all of it took no longer than that, once.
Duration overall(const Run& run, const Finding& f) {
  Duration part{};
  for (const ScopeModel& scope : run.history.model.scopes)
    if (scope.deadline && run.trace.site(scope.site) == f.site)
      part = std::max(part, Instant{scope.deadline} - scope.entered_time);
  if (part.count() <= 0) return (f.end - f.begin) / 2;
  return 2 * part < f.end - f.begin ? 2 * part : part;
}

std::int64_t peak_of(const Run& run, ResourceId id) {
  std::int64_t peak = 0;
  for (const Counter& counter : run.history.counters)
    if (counter.resource == id)
      for (const Counter::Point& point : counter.points) peak = std::max<std::int64_t>(peak, point.value);
  return peak;
}

/// A worker's call of this finding waited for the interpreter lock.
bool paused(const Run& run, const Finding& f) {
  if (f.evidence.empty()) return false;
  const Event submitted = run.trace[f.evidence.front()];
  for (const Event& e : run.events({Kind::job_paused}))
    if (submitted.kind == Kind::job_submitted && e.a == submitted.a) return true;
  return false;
}

std::size_t most_calls(const Run& run) {
  std::size_t open = 0, most = 0;
  for (const Event& e : run.events({Kind::job_submitted, Kind::job_ended})) {
    if (e.kind == Kind::job_submitted) most = std::max(most, ++open);
    else if (open) --open;
  }
  return most;
}

bool dropped_a_cancel(const Run& run, TaskId task) {
  return std::any_of(run.history.cancellations.begin(), run.history.cancellations.end(), [&](const Cancellation& c) {
    return c.target == task && (c.end == Cancellation::End::swallowed || c.end == Cancellation::End::lost);
  });
}

Intervention named(What what, std::string of) { return {what, std::move(of), {}, 0, 0, {}}; }
Intervention at_place(What what, const Site& site) { return {what, {}, site.file, site.line, 0, {}}; }

std::optional<Intervention> for_service(const Run& run, const Finding& f) {
  const ResourceModel* service = service_of(run, f);
  if (!service || !service->name) return {};
  Intervention out = named(What::limit, raw_name(run, service->id));
  const Duration longest = longest_answer(run, service->id);
  if (f.rule == "unbounded-concurrency" || f.rule == "limit-above-capacity") {
    out.count = service->capacity ? service->capacity : in_flight;
  } else if (f.rule == "missing-timeout") {
    out.what = What::deadline;
    out.length = longest.count() > 0 ? 2 * longest : second;
  } else if (f.rule == "no-overall-deadline") {
    out.what = What::overall_deadline;
    out.length = overall(run, f);
  } else if (f.rule == "retry-no-backoff") {
    out.what = What::backoff;
    out.length = longest.count() > 0 ? longest : second;
  } else {
    return {};
  }
  return out;
}

}  // namespace

std::optional<Intervention> intervention_for(const Run& run, const Finding& f) {
  if (f.rule == "slow-step" || f.rule == "blocking-call" || f.rule == "cpu-on-loop")
    return f.site.line ? at_place(What::to_worker, f.site) : std::optional<Intervention>();
  if (f.rule == "iteration-stall" || f.rule == "loop-lag") return named(What::to_worker, "");
  if (f.rule == "client-per-request") return at_place(What::share_client, f.site);
  if (f.rule == "executor-saturated") {
    Intervention out = named(paused(run, f) ? What::no_interpreter_lock : What::more_workers, "");
    if (out.what == What::more_workers) out.count = most_calls(run);
    return out;
  }
  if (f.rule == "queue-growth" && !f.resources.empty()) {
    Intervention out = named(What::bound_queue, raw_name(run, f.resources.front()));
    out.count = static_cast<std::size_t>(std::clamp<std::int64_t>(peak_of(run, f.resources.front()) / 4, 1, most_queued));
    return out;
  }
  if (!f.tasks.empty()) {
    const TaskId task = f.tasks.front();
    if (f.rule == "cleanup-interrupted") return named(What::shield, raw_name(run, task));
    if (f.rule == "cancel-swallowed" || f.rule == "cancel-lost" || f.rule == "retried-cancel")
      return named(What::ask_again, raw_name(run, task));
    if (f.rule == "shutdown-blocked" && dropped_a_cancel(run, task)) return named(What::ask_again, raw_name(run, task));
  }
  return for_service(run, f);
}

// ------------------------------------------------------------------------------------------------ afterwards

bool still_there(const Judged& plain, const Finding& f, const Intervention& change, const Judged& changed) {
  const Run before = plain.run(), after = changed.run();
  const auto same = [&](const Finding& other) {
    if (other.rule != f.rule || other.severity < f.severity) return false;
    switch (change.what) {
      case What::to_worker: return change.line == 0 || other.site == f.site;
      case What::share_client:
      case What::overall_deadline: return other.site == f.site;
      case What::shield:
      case What::ask_again: return !other.tasks.empty() && raw_name(after, other.tasks.front()) == change.of;
      case What::more_workers:
      case What::no_interpreter_lock: return paused(before, f) == paused(after, other);
      default:
        return std::any_of(other.resources.begin(), other.resources.end(),
                           [&](ResourceId id) { return raw_name(after, id) == change.of; });
    }
  };
  return std::any_of(changed.findings.begin(), changed.findings.end(), same);
}

std::string undecided(const Judged& plain, const Finding& f, const Intervention& change, const Judged& changed) {
  const RunOutcome how = changed.history.model.outcome;
  if (how != plain.history.model.outcome && (how == RunOutcome::hang || how == RunOutcome::limit))
    return how == RunOutcome::hang ? "with the change the run hangs" : "with the change the run does not come to an end";
  if (change.what == What::deadline && f.severity == Severity::info)
    return "the finding is about an answer that might not come, and here every one came";
  if (change.what != What::ask_again || !still_there(plain, f, change, changed)) return "";
  std::size_t asked = 0;
  const Run run = changed.run();
  for (const Event& e : run.events({Kind::cancel_requested}))
    if (changed.trace.text(e.d) == "asked again") ++asked;
  return asked ? fmt::format("asked again {}, and the cancel was lost each time", counted(asked, "time")) : "";
}

std::string estimated(const Run& run, const Finding& f) {
  if (f.rule != "sequential-awaits" && f.rule != "await-in-loop") return "";
  for (const Chain& chain : independent_chains(run)) {
    if (about(run, chain).evidence != f.evidence) continue;
    const Lengths took = lengths(chain);
    return fmt::format(
        "computed on the trace, not run: {} on the critical path of task {} take {} one after another; started "
        "together they take {}, the longest alone",
        counted(chain.size(), "request"), run.name_of(chain.front()->task), show(took.sum), show(took.longest));
  }
  return "";
}

}  // namespace awaitscope

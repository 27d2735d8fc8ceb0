// What a finding is about, as a number of a run: the less the better.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/explore/trial.h"
#include "core/findings/words.h"

namespace awaitscope {
namespace {
using runtime::Intervention;
using What = Intervention::What;

struct Number {
  std::string what;
  bool time = false;
  std::int64_t value = 0;
};

std::string_view text(const Judged& side, TextId id) { return side.trace.text(id.value); }

bool is_service(const Judged& side, ResourceId id, const std::string& name) {
  const ResourceModel* r = side.history.model.resource(id);
  return r && r->type == ResourceType::service && text(side, r->name) == name;
}

bool is_task(const Judged& side, TaskId id, const std::string& name) {
  const TaskModel* task = side.history.model.task(id);
  return task && text(side, task->name) == name;
}

std::int64_t blocked_at(const Judged& side, const Site& place) {
  std::int64_t sum = 0;
  const Run run = side.run();
  for (const Event& e : run.events({Kind::block_begin}))
    if (side.trace.site(e.where()) == place) sum += e.nanoseconds();
  return sum;
}

std::int64_t longest_pass(const Judged& side) {
  std::int64_t longest = 0;
  for (const Tick& tick : side.history.ticks) longest = std::max(longest, (tick.busy_end - tick.begin).count());
  return longest;
}

std::int64_t latest_timer(const Judged& side) {
  std::int64_t latest = 0;
  const Run run = side.run();
  for (const Event& e : run.events({Kind::timer_fired})) latest = std::max(latest, e.time - e.nanoseconds());
  return latest;
}

/// Requests to the service that were refused, and where `also_failed` those that failed.
std::int64_t turned_away(const Judged& side, const std::string& service, bool also_failed) {
  return std::count_if(side.history.requests.begin(), side.history.requests.end(), [&](const Request& r) {
    return (r.status == RequestStatus::refused || (also_failed && r.status == RequestStatus::failed)) && r.ended &&
           is_service(side, r.service, service);
  });
}

std::int64_t peak(const Judged& side, const std::string& resource) {
  std::int64_t most = 0;
  for (const Counter& counter : side.history.counters) {
    const ResourceModel* r = side.history.model.resource(counter.resource);
    if (!r || text(side, r->name) != resource) continue;
    for (const Counter::Point& point : counter.points) most = std::max<std::int64_t>(most, point.value);
  }
  return most;
}

std::int64_t longest_wait(const Judged& side, const std::string& service) {
  std::int64_t longest = 0;
  for (const Request& r : side.history.requests)
    if (is_service(side, r.service, service))
      longest = std::max(longest, ((r.ended ? r.end : side.history.end) - r.begin).count());
  return longest;
}

/// From the first request to the service to the end of the last one: of one task, the longest where several have its name; of
/// an operation that several tasks share, of all of them.
std::int64_t whole_operation(const Judged& side, const std::string& service, const std::vector<std::string>& tasks) {
  std::map<std::uint32_t, std::pair<Instant, Instant>> spans;
  for (const Request& r : side.history.requests) {
    const bool ours =
        std::any_of(tasks.begin(), tasks.end(), [&](const std::string& name) { return is_task(side, r.task, name); });
    if (!ours || !is_service(side, r.service, service)) continue;
    const auto [of, first] = spans.try_emplace(tasks.size() == 1 ? r.task.value : 0, r.begin, r.begin);
    of->second.second = std::max(of->second.second, r.ended ? r.end : side.history.end);
  }
  std::int64_t longest = 0;
  for (const auto& [id, span] : spans) longest = std::max(longest, (span.second - span.first).count());
  return longest;
}

/// From the first request to stop to the task's end.
std::int64_t until_it_stopped(const Judged& side, const std::string& task) {
  std::int64_t longest = 0;
  for (const Cancellation& c : side.history.cancellations)
    if (is_task(side, c.target, task))
      longest = std::max(longest, ((c.task_over ? c.task_ended : side.history.end) - c.requested_time).count());
  return longest;
}

std::int64_t connections(const Judged& side) {
  std::int64_t opened = 0;
  const Run run = side.run();
  for (const Event& e : run.events({Kind::resource_opened}))
    if (const ResourceModel* r = side.history.model.resource({e.a}); r && r->type == ResourceType::connection) ++opened;
  return opened;
}

/// What calls handed to workers waited, for a worker or for the interpreter lock.
std::int64_t calls_waited(const Judged& side) {
  std::map<std::uint32_t, std::int64_t> since;
  std::int64_t sum = 0;
  const Run run = side.run();
  for (const Event& e : run.events({Kind::job_submitted, Kind::job_started, Kind::job_paused, Kind::job_resumed})) {
    if (e.kind == Kind::job_submitted || e.kind == Kind::job_paused) since[e.a] = e.time;
    else if (const auto from = since.extract(e.a)) sum += e.time - from.mapped();
  }
  for (const auto& [job, from] : since) sum += side.history.end.ns - from;
  return sum;
}

/// What the finding is about.
Number subject_of(const Judged& side, const Judged& as_it_is, const Finding& f, const Intervention& change) {
  const std::string of = plain(change.of);
  switch (change.what) {
    case What::to_worker:
      if (change.line) return {"loop held there", true, blocked_at(side, f.site)};
      if (f.rule == "loop-lag") return {"the latest timer", true, latest_timer(side)};
      return {"the longest pass of the loop", true, longest_pass(side)};
    case What::limit:
      if (turned_away(as_it_is, change.of, false)) return {"requests refused", false, turned_away(side, change.of, false)};
      return {"requests to " + of + " at once", false, peak(side, change.of)};
    case What::deadline: return {"the longest wait for " + of, true, longest_wait(side, change.of)};
    case What::overall_deadline: {
      std::vector<std::string> names;
      for (const TaskId id : f.tasks)
        if (const TaskModel* task = as_it_is.history.model.task(id)) names.emplace_back(text(as_it_is, task->name));
      return {"the whole operation", true, whole_operation(side, change.of, names)};
    }
    case What::shield:
      return {"clean-ups cut off", false, std::count_if(side.findings.begin(), side.findings.end(), [&](const Finding& other) {
                return other.rule == f.rule;
              })};
    case What::share_client: return {"connections opened", false, connections(side)};
    case What::ask_again: return {"from the cancel to the end of " + of, true, until_it_stopped(side, change.of)};
    case What::bound_queue: return {"items in " + of, false, peak(side, change.of)};
    case What::backoff: return {"requests refused or failed", false, turned_away(side, change.of, true)};
    case What::more_workers:
    case What::no_interpreter_lock: return {"calls waited in all", true, calls_waited(side)};
  }
  return {};
}

std::int64_t failed_tasks(const Judged& side) {
  return std::count_if(side.history.model.tasks.begin(), side.history.model.tasks.end(),
                       [](const TaskModel& task) { return task.phase == Phase::done && task.outcome == Outcome::raised; });
}

}  // namespace

std::vector<BeforeAfter> measures_of(const Judged& before, const Finding& f, const Intervention& change, const Judged& after) {
  const Number first = subject_of(before, before, f, change), then = subject_of(after, before, f, change);
  std::vector<BeforeAfter> out = {{first.what, first.time, first.value, then.value},
                                  {"time", true, before.history.end.ns, after.history.end.ns}};
  const auto also = [&](const char* what, bool time, std::int64_t (*count)(const Judged&)) {
    const BeforeAfter one{what, time, count(before), count(after)};
    if (one.before != one.after && one.what != out.front().what) out.push_back(one);
  };
  also("the longest pass of the loop", true, longest_pass);
  also("tasks that failed", false, failed_tasks);
  return out;
}

}  // namespace awaitscope

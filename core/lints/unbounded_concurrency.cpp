// unbounded-concurrency: more requests at once than a service takes, and nothing on the way that limits them.
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/requests.h"
#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double per_service = 6, total = 100;
constexpr std::size_t most_evidence = 100;
constexpr std::size_t most_levels = 256;  ///< of the spawn tree that are searched for a limiter; deeper ones get the doubt

/// The requests without a limiter to one service, or to all together.
struct Crowd {
  std::size_t in_flight = 0;
  std::size_t refused_now = 0;  ///< a refused request wanted in at the instant at which it was turned away
  Instant now;
  std::size_t most = 0;  ///< at one instant
  Seq at_most = 0;       ///< the event that made it so many

  void begin(const Request& request) {
    come_to(request.begin);
    ++in_flight;
    if (in_flight + refused_now <= most) return;
    most = in_flight + refused_now;
    at_most = request.begun;
  }
  void end(const Request& request) {
    come_to(request.end);
    --in_flight;
    refused_now += request.status == RequestStatus::refused;
  }

 private:
  void come_to(Instant t) {
    if (t != now) refused_now = 0;
    now = t;
  }
};

/// Whether the request belonged to the largest crowd.
bool in(const Crowd& crowd, const Request& request, Instant peak) {
  if (request.begun > crowd.at_most) return false;
  if (request.ended == 0 || request.ended > crowd.at_most) return true;
  return request.status == RequestStatus::refused && request.end == peak;
}

bool limits(ResourceType type) {
  return type == ResourceType::semaphore || type == ResourceType::lock || type == ResourceType::pool ||
         type == ResourceType::connection;
}

/// Whether the task or one above it in the spawn tree holds a limiter.
bool limited(const Model& model, const std::vector<int>& held, TaskId id) {
  std::size_t level = 0;
  for (const TaskModel* task = model.task(id); task; ++level) {
    if (level == most_levels || held[task->id.value] > 0) return true;
    const TaskModel* parent = model.task(task->parent);
    task = parent && parent->created < task->created ? parent : nullptr;
  }
  return false;
}

/// Refused requests that their task made again: what refuses them is a limit, and it is minded.  By place in the history.
std::vector<bool> asked_again(const History& h) {
  std::vector<bool> out(h.requests.size());
  std::unordered_map<std::uint64_t, std::size_t> last;  // by task and service
  for (std::size_t i = 0; i < h.requests.size(); ++i) {
    const Request& request = h.requests[i];
    const auto [found, is_new] = last.try_emplace(std::uint64_t{request.task.value} << 32 | request.service.value, i);
    if (is_new) continue;
    const Request& before = h.requests[std::exchange(found->second, i)];
    if (before.status == RequestStatus::refused && request.attempt == before.attempt + 1)
      out[static_cast<std::size_t>(&before - h.requests.data())] = true;
  }
  return out;
}

/// `peak`: in the order in which they began.
Finding blamed(const Run& run, const std::vector<const Request*>& peak, ResourceId service, std::size_t refused) {
  const ResourceModel* resource = run.history.model.resource(service);
  const std::uint32_t capacity = resource ? resource->capacity : 0;
  Finding f;
  // Without a stated capacity nobody has said that it is too much.
  f.severity = capacity || refused || !service ? Severity::warning : Severity::info;
  f.confidence = sureness(run, peak.back()->begun);
  f.site = run.trace.site(peak.front()->site);
  Tasks tasks;
  Instant end;
  for (const Request* request : peak) {
    end = std::max(end, request->end);
    tasks.add(request->task);
    if (std::find(f.resources.begin(), f.resources.end(), request->service) == f.resources.end())
      f.resources.push_back(request->service);
  }
  std::string limit = capacity ? fmt::format("; it takes {}", capacity) : "";
  if (refused)
    limit +=
        fmt::format("{} {} refused", limit.empty() ? ";" : ", and", refused == 1 ? "1 was" : fmt::format("{} were", refused));
  f.sentence =
      fmt::format("{} to {} at once{}, from {}, with no semaphore or other limit held{}", counted(peak.size(), "request"),
                  service ? run.name_of(service) : counted(f.resources.size(), "service"), at(f.site), tasks.named(run), limit);
  f.tasks = tasks.some();
  f.begin = peak.front()->begin;
  f.end = end;
  f.evidence.push_back(peak.back()->begun);  // the moment of the peak
  for (const Request* request : peak)
    if (request != peak.back() && f.evidence.size() < most_evidence) f.evidence.push_back(request->begun);
  for (const Request* request : peak)
    if (request->status == RequestStatus::refused && request->ended && f.evidence.size() < 2 * most_evidence)
      f.evidence.push_back(request->ended);
  return f;
}

std::vector<Finding> check(const Run& run) {
  const History& h = run.history;
  if (h.requests.size() < 2) return {};
  const Requests& requests = run.once<Requests>();
  const std::vector<bool> again = asked_again(h);
  std::vector<int> held(h.model.tasks.size() + 1);  // limiters in each task's hands
  std::vector<bool> free(h.requests.size());        // begun without a limiter, by place in the history
  std::map<std::uint32_t, Crowd> crowds;            // by service
  std::map<std::uint32_t, std::size_t> refused;
  Crowd all;
  for (const Event& e : run.events({Kind::acquired, Kind::released, Kind::request_begin, Kind::request_end})) {
    if (e.kind == Kind::acquired || e.kind == Kind::released) {
      const ResourceModel* resource = h.model.resource({e.a});
      if (resource && limits(resource->type) && e.task < held.size()) held[e.task] += e.kind == Kind::acquired ? 1 : -1;
    } else if (e.kind == Kind::request_begin) {
      const Request* request = requests.begun_by(e.seq);
      if (!request || again[requests.index(*request)] || limited(h.model, held, e.who())) continue;
      free[requests.index(*request)] = true;
      crowds[request->service.value].begin(*request);
      all.begin(*request);
    } else {
      const Request* request = requests.ended_by(e.seq);
      if (!request || !free[requests.index(*request)]) continue;
      crowds[request->service.value].end(*request);
      all.end(*request);
      if (request->status == RequestStatus::refused) ++refused[request->service.value];
    }
  }
  const auto members = [&](const Crowd& crowd, ResourceId service) {
    std::vector<const Request*> out;
    const Instant peak = run.trace[crowd.at_most].at();
    for (std::size_t i = 0; i < free.size(); ++i)
      if (const Request& r = h.requests[i]; free[i] && (!service || r.service == service) && in(crowd, r, peak))
        out.push_back(&r);
    return out;
  };
  std::vector<Finding> out;
  for (const auto& [id, crowd] : crowds) {
    const ResourceModel* service = h.model.resource({id});
    // What a service says of itself is better than a rule of thumb.
    const double limit =
        service && service->capacity ? service->capacity : run.setting("unbounded-concurrency.per_service", per_service);
    if (id && static_cast<double>(crowd.most) > limit) out.push_back(blamed(run, members(crowd, {id}), {id}, refused[id]));
  }
  if (out.empty() && static_cast<double>(all.most) > run.setting("unbounded-concurrency.total", total))
    out.push_back(blamed(run, members(all, {}), {}, 0));
  return out;
}

}  // namespace

Lint unbounded_concurrency() {
  return {"unbounded-concurrency",
          "more requests are in flight at once than the service takes, and no limiter is held",
          "hold a Semaphore around each request, or feed a fixed number of workers from a Queue",
          "unbounded_gather",
          {{"per_service", per_service}, {"total", total}},
          check};
}

}  // namespace awaitscope::lints

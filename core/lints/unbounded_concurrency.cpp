// unbounded-concurrency: more requests at once than a service takes, and nothing on the way that limits them.
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double per_service = 6, total = 100;
constexpr std::size_t most_evidence = 100;

/// The requests without a limiter to one service, or to all together.
struct Crowd {
  FrontList<const Request*> in_flight;
  std::vector<const Request*> refused_now;  ///< a refused request wanted in at the instant at which it was turned away
  Instant now;
  std::vector<const Request*> peak;  ///< the largest crowd at one instant

  void begin(const Request& request) {
    come_to(request.begin);
    in_flight.push_back(&request);
    if (in_flight.size() + refused_now.size() <= peak_size_) return;
    peak_size_ = in_flight.size() + refused_now.size();
    grows_ = true;
  }
  void end(const Request& request) {
    come_to(request.end);
    const bool refused = request.status == RequestStatus::refused;
    if (!refused) keep();
    if (in_flight.remove([&](const Request* other) { return other == &request; }) && refused) refused_now.push_back(&request);
  }
  /// Copies the crowd once it has stopped growing, not at every new member.
  void keep() {
    if (!grows_) return;
    grows_ = false;
    peak = refused_now;
    peak.insert(peak.end(), in_flight.begin(), in_flight.end());
  }

 private:
  void come_to(Instant t) {
    if (t == now) return;
    keep();
    refused_now.clear();
    now = t;
  }
  std::size_t peak_size_ = 0;
  bool grows_ = false;
};

bool limits(ResourceType type) {
  return type == ResourceType::semaphore || type == ResourceType::lock || type == ResourceType::pool ||
         type == ResourceType::connection;
}

/// Whether the task or one above it in the spawn tree holds a limiter.
bool limited(const Model& model, const std::unordered_map<std::uint32_t, int>& held, TaskId id) {
  for (const TaskModel* task = model.task(id); task;) {
    if (const auto found = held.find(task->id.value); found != held.end() && found->second > 0) return true;
    const TaskModel* parent = model.task(task->parent);
    task = parent && parent->created < task->created ? parent : nullptr;
  }
  return false;
}

/// Refused requests that their task made again: what refuses them is a limit, and it is minded.
std::set<const Request*> asked_again(const History& h) {
  std::set<const Request*> out;
  std::map<std::pair<std::uint32_t, std::uint32_t>, const Request*> last;  // by task and service
  for (const Request& request : h.requests) {
    const Request* before = std::exchange(last[{request.task.value, request.service.value}], &request);
    if (before && before->status == RequestStatus::refused && request.attempt == before->attempt + 1) out.insert(before);
  }
  return out;
}

Finding blamed(const Run& run, std::vector<const Request*> peak, ResourceId service, std::size_t refused) {
  std::sort(peak.begin(), peak.end(), [](const Request* a, const Request* b) { return a->begun < b->begun; });
  const ResourceModel* resource = run.history.model.resource(service);
  const std::uint32_t capacity = resource ? resource->capacity : 0;
  Finding f;
  // Without a stated capacity nobody has said that it is too much.
  f.severity = capacity || refused || !service ? Severity::warning : Severity::info;
  f.confidence = sureness(run, peak.back()->begun);
  f.site = run.trace.site(peak.front()->site);
  std::vector<std::string> names;
  std::set<TaskId> seen;
  Instant end;
  for (const Request* request : peak) {
    end = std::max(end, request->end);
    if (request->task && seen.insert(request->task).second) {
      f.tasks.push_back(request->task);
      names.push_back(run.name_of(request->task));
    }
    if (std::find(f.resources.begin(), f.resources.end(), request->service) == f.resources.end())
      f.resources.push_back(request->service);
  }
  std::string limit = capacity ? fmt::format("; it takes {}", capacity) : "";
  if (refused)
    limit +=
        fmt::format("{} {} refused", limit.empty() ? ";" : ", and", refused == 1 ? "1 was" : fmt::format("{} were", refused));
  f.sentence =
      fmt::format("{} to {} at once{}, from {}, with no semaphore or other limit held{}", counted(peak.size(), "request"),
                  service ? run.name_of(service) : counted(f.resources.size(), "service"), at(f.site), listed(names), limit);
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
  std::unordered_map<std::uint32_t, int> held;  // limiters in each task's hands
  std::unordered_map<Seq, const Request*> begins, ends;
  for (const Request& request : h.requests) {
    begins[request.begun] = &request;
    if (request.ended) ends[request.ended] = &request;
  }
  if (begins.size() < 2) return {};
  const std::set<const Request*> again = asked_again(h);
  std::map<std::uint32_t, Crowd> crowds;  // by service
  std::map<std::uint32_t, std::size_t> refused;
  Crowd all;
  std::unordered_map<const Request*, bool> free;
  for (const Event& e : run.events({Kind::acquired, Kind::released, Kind::request_begin, Kind::request_end})) {
    if (e.kind == Kind::acquired || e.kind == Kind::released) {
      const ResourceModel* resource = h.model.resource({e.a});
      if (resource && limits(resource->type)) held[e.task] += e.kind == Kind::acquired ? 1 : -1;
    } else if (e.kind == Kind::request_begin) {
      const auto found = begins.find(e.seq);
      if (found == begins.end() || again.contains(found->second) || limited(h.model, held, e.who())) continue;
      free[found->second] = true;
      crowds[e.b].begin(*found->second);
      all.begin(*found->second);
    } else if (e.kind == Kind::request_end) {
      const auto found = ends.find(e.seq);
      if (found == ends.end() || !free.count(found->second)) continue;
      crowds[found->second->service.value].end(*found->second);
      all.end(*found->second);
      if (found->second->status == RequestStatus::refused) ++refused[found->second->service.value];
    }
  }
  std::vector<Finding> out;
  for (auto& [id, crowd] : crowds) {
    crowd.keep();
    const ResourceModel* service = h.model.resource({id});
    // What a service says of itself is better than a rule of thumb.
    const double limit =
        service && service->capacity ? service->capacity : run.setting("unbounded-concurrency.per_service", per_service);
    if (id && static_cast<double>(crowd.peak.size()) > limit) out.push_back(blamed(run, crowd.peak, {id}, refused[id]));
  }
  all.keep();
  if (out.empty() && static_cast<double>(all.peak.size()) > run.setting("unbounded-concurrency.total", total))
    out.push_back(blamed(run, all.peak, {}, 0));
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

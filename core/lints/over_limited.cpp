// over-limited: tasks stand in line for a limiter while the service behind it has next to nothing to do.
#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double share = 0.8, used = 0.5, idle_ms = 100;
constexpr std::size_t most_searched = 16;

/// A lock is for one at a time and no limiter.
bool limiter(const ResourceModel* r) {
  return r && r->capacity && (r->type == ResourceType::semaphore || r->type == ResourceType::pool);
}

/// For each limiter the service that is asked most under it.
class Behind {
 public:
  explicit Behind(const Run& run) : behind_(run.history.model.resources.size() + 1) {
    const Model& model = run.history.model;
    std::vector<std::vector<std::uint32_t>> held(model.tasks.size() + 1);
    std::unordered_map<std::uint64_t, std::size_t> asked;
    for (const Event& e : run.events({Kind::acquired, Kind::released, Kind::request_begin})) {
      if (e.task >= held.size()) continue;
      auto& mine = held[e.task];
      if (e.kind == Kind::acquired) {
        if (limiter(model.resource({e.a}))) mine.push_back(e.a);
      } else if (e.kind == Kind::released) {
        const auto last = mine.rbegin() + static_cast<std::ptrdiff_t>(std::min(mine.size(), most_searched));
        if (const auto one = std::find(mine.rbegin(), last, e.a); one != last) mine.erase(std::next(one).base());
      } else if (const ResourceModel* r = model.resource({e.b}); !r || mine.empty()) {
        continue;
      } else if (r->type == ResourceType::connection) {
        connecting_[e.a] = mine.back();
      } else if (r->type == ResourceType::service) {
        // The innermost one is what lets the request through.
        const std::size_t times = ++asked[(std::uint64_t{mine.back()} << 32) | e.b];
        auto& [service, most] = behind_[mine.back()];
        if (times > most) service = e.b, most = times;
      }
    }
  }
  std::uint32_t service(std::uint32_t limiter) const { return behind_[limiter].first; }
  /// Whom a request keeps busy: a handshake is work for the service behind the pool.
  std::uint32_t asked(const Event& request) const {
    const auto handshake = connecting_.find(request.a);
    return handshake == connecting_.end() ? request.b : service(handshake->second);
  }

 private:
  std::vector<std::pair<std::uint32_t, std::size_t>> behind_;    // by limiter: service, how often
  std::unordered_map<std::uint32_t, std::uint32_t> connecting_;  // by request: the pool it is for
};

/// How long a service has been idle up to now.
struct Service {
  std::size_t in_flight = 0;
  Instant idle_since;
  Duration idle_before{};
  std::size_t busy_from = 1;  ///< so many requests in flight are work enough

  bool idle() const { return in_flight < busy_from; }
  Duration idled(Instant now) const { return idle_before + (idle() ? now - idle_since : Duration{}); }
  void change(int by, Instant now) {
    const Duration so_far = idled(now);
    if (by > 0) ++in_flight;
    else if (in_flight) --in_flight;
    idle_before = so_far;
    idle_since = now;
  }
};

/// How a limiter stands, and how long it kept tasks from a service that was idle.
struct Limit {
  bool starving = false;  ///< nothing is left, and somebody waits
  Duration idled_then{}, idle{};
  Seq first = 0, last = 0, first_starved = 0;
  std::uint32_t most_waiting = 0;

  void change(const Event& e, const Service& service) {
    if (!first) first = e.seq;
    last = e.seq;
    const bool now = e.b == 0 && e.d > 0;
    most_waiting = std::max(most_waiting, e.d);
    if (now == starving) return;
    if (now && !first_starved) first_starved = e.seq;
    if (now) idled_then = service.idled(e.at());
    else idle += service.idled(e.at()) - idled_then;
    starving = now;
  }
};

Finding blamed(const Run& run, ResourceId id, ResourceId service, std::size_t busy_from, const Limit& limit, Duration span) {
  const ResourceModel& r = *run.history.model.resource(id);
  const ResourceModel& s = *run.history.model.resource(service);
  Finding f;
  f.severity = Severity::info;
  f.confidence = sureness(run, run.history.model.ended ? limit.last : 0);
  f.site = run.trace.site(r.site);
  f.sentence = fmt::format(
      "{} ({}) kept up to {} waiting although {} {} for {} of {}", run.name_of(id), counted(r.capacity, "permit"),
      counted(limit.most_waiting, "task"), run.name_of(service),
      s.capacity ? fmt::format("takes {} at once and had fewer than {}", s.capacity, busy_from) : "had nothing to do",
      show(limit.idle), show(span));
  f.begin = run.trace[limit.first_starved].at();
  f.end = run.trace[limit.last].at();
  f.tasks.push_back(run.trace[limit.first_starved].who());
  f.resources = {id, service};
  f.evidence.push_back(limit.first_starved);
  if (limit.first != limit.first_starved) f.evidence.push_back(limit.first);
  return f;
}

std::vector<Finding> check(const Run& run) {
  const Model& model = run.history.model;
  if (std::none_of(model.resources.begin(), model.resources.end(), [](const ResourceModel& r) { return limiter(&r); }))
    return {};
  const auto in_line = run.events({Kind::acquire_begin});
  if (!(in_line.begin() != in_line.end())) return {};
  const Behind behind(run);
  std::vector<Service> services(model.resources.size() + 1);
  std::vector<Limit> limits(model.resources.size() + 1);
  const double enough = run.setting("over-limited.used_share", used);
  for (const ResourceModel& r : model.resources)
    services[r.id.value].busy_from = std::max<std::size_t>(1, static_cast<std::size_t>(enough * r.capacity));
  for (const Event& e : run.events({Kind::acquire_begin, Kind::acquired, Kind::acquire_abandoned, Kind::released,
                                    Kind::request_begin, Kind::request_end})) {
    const bool request = e.kind == Kind::request_begin || e.kind == Kind::request_end;
    if (const std::uint32_t asked = request ? behind.asked(e) : 0; asked < services.size() && request)
      services[asked].change(e.kind == Kind::request_begin ? 1 : -1, e.at());
    if (request || !limiter(model.resource({e.a})) || !behind.service(e.a)) continue;
    limits[e.a].change(e, services[behind.service(e.a)]);
  }
  std::vector<Finding> out;
  for (const ResourceModel& r : model.resources) {
    const Limit& limit = limits[r.id.value];
    if (!limit.first_starved) continue;
    const Duration span = run.trace[limit.last].at() - run.trace[limit.first].at();
    if (static_cast<double>(limit.idle.count()) < run.setting("over-limited.idle_ms", idle_ms) * 1e6 || limit.idle.count() <= 0)
      continue;
    if (static_cast<double>(limit.idle.count()) < run.setting("over-limited.share", share) * static_cast<double>(span.count()))
      continue;
    const std::uint32_t service = behind.service(r.id.value);
    out.push_back(blamed(run, r.id, {service}, services[service].busy_from, limit, span));
  }
  return out;
}

}  // namespace

Lint over_limited() {
  return {"over-limited",
          "tasks stand in line for a limiter while the service behind it is idle",
          "give it as many permits as the service takes, and hold one around the request only",
          "unbounded_gather",
          {{"share", share}, {"used_share", used}, {"idle_ms", idle_ms}},
          check};
}

}  // namespace awaitscope::lints

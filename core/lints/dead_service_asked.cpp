// dead-service-asked: requests to a service time out one after the other, and more are sent all the same.
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/requests.h"
#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double known_after = 3, least_more = 5;
constexpr std::size_t most_evidence = 100;

/// What is known of one service.
struct Silence {
  std::size_t timeouts = 0;           ///< in a row
  std::size_t known = 0;              ///< of them, when it was last asked
  Instant since;                      ///< of the first
  std::vector<const Request*> asked;  ///< each although one more timeout was known
  bool judged = false;
};

Finding blamed(const Run& run, const Silence& silence, ResourceId service, std::size_t known) {
  const Request &first = *silence.asked.front(), &last = *silence.asked.back();
  Finding f;
  f.confidence = sureness(run, last.ended);
  f.site = run.trace.site(first.site);
  f.begin = first.begin;
  f.end = last.ended ? last.end : run.history.end;
  Duration burnt{};
  Tasks tasks;
  for (const Request* request : silence.asked) {
    if (request->ended) burnt += request->end - request->begin;
    tasks.add(request->task);
    if (f.evidence.size() < most_evidence) f.evidence.push_back(request->begun);
  }
  f.tasks = tasks.some();
  f.resources.push_back(service);
  f.sentence =
      fmt::format("{} had not answered {} in a row, and was asked {} more{}; these waited {} for nothing", run.name_of(service),
                  counted(known, "request"), counted(silence.asked.size(), "time"), at(f.site), show(burnt));
  return f;
}

std::vector<Finding> check(const Run& run) {
  const History& h = run.history;
  const double known = run.setting("dead-service-asked.known", known_after);
  const double least = run.setting("dead-service-asked.more", least_more);
  if (h.requests.empty()) return {};
  const Requests& requests = run.once<Requests>();
  std::map<std::uint32_t, Silence> services;
  std::unordered_map<std::uint32_t, Seq> expired;  // a task's last deadline that struck
  std::vector<Finding> out;
  const auto judge = [&](std::uint32_t service, Silence& silence) {
    std::erase_if(silence.asked, [](const Request* one) { return one->ended && one->status != RequestStatus::cancelled; });
    if (static_cast<double>(silence.asked.size()) >= least)
      out.push_back(blamed(run, silence, {service}, static_cast<std::size_t>(known)));
    silence = {};
  };
  auto next = h.requests.begin();
  for (const Event& e : run.events({Kind::scope_expired, Kind::request_begin, Kind::request_end})) {
    if (e.kind == Kind::scope_expired) expired[e.task] = e.seq;
    if (e.kind == Kind::request_begin) {
      while (next != h.requests.end() && next->begun < e.seq) ++next;
      if (next == h.requests.end() || next->begun != e.seq) continue;
      Silence& silence = services[next->service.value];
      if (static_cast<double>(silence.timeouts) >= known && silence.timeouts > silence.known) silence.asked.push_back(&*next);
      silence.known = silence.timeouts;
    } else if (e.kind == Kind::request_end) {
      const Request* const found = requests.ended_by(e.seq);
      if (!found) continue;
      const Request& request = *found;
      const auto deadline = expired.find(request.task.value);
      const bool timed_out =
          request.status == RequestStatus::cancelled && deadline != expired.end() && deadline->second > request.begun;
      if (timed_out) ++services[request.service.value].timeouts;
      else if (request.status != RequestStatus::cancelled) judge(request.service.value, services[request.service.value]);
    }
  }
  for (auto& [service, silence] : services) judge(service, silence);
  return out;
}

}  // namespace

Lint dead_service_asked() {
  return {"dead-service-asked",
          "requests to a service time out one after the other, and it is asked again and again",
          "put a circuit breaker in front of it: after some failures fail at once, and probe with one call at times",
          "circuit_breaker",
          {{"known", known_after}, {"more", least_more}},
          check};
}

}  // namespace awaitscope::lints

// limit-above-capacity: a limiter lets more requests through than the service behind it takes.
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

struct Guarded {
  Seq first = 0, last = 0;  ///< requests under the limiter
  std::size_t refused = 0;
};

std::vector<Finding> check(const Run& run) {
  const Model& model = run.history.model;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> held;  // limiters in each task's hands
  std::unordered_map<std::uint32_t, std::uint32_t> under;              // by request: its tightest limiter
  std::map<std::pair<std::uint32_t, std::uint32_t>, Guarded> pairs;    // limiter, service
  for (const Event& e : run.events({Kind::acquired, Kind::released, Kind::request_begin, Kind::request_end})) {
    const ResourceModel* r = model.resource({e.a});
    const bool limiter = r && (r->type == ResourceType::semaphore || r->type == ResourceType::lock) && r->capacity;
    if (e.kind == Kind::acquired && limiter) {
      held[e.task].push_back(e.a);
    } else if (e.kind == Kind::released && limiter) {
      auto& mine = held[e.task];
      if (const auto found = std::find(mine.begin(), mine.end(), e.a); found != mine.end()) mine.erase(found);
    } else if (e.kind == Kind::request_begin) {
      const auto mine = held.find(e.task);
      if (mine == held.end() || mine->second.empty()) continue;
      const std::uint32_t tightest = *std::min_element(
          mine->second.begin(), mine->second.end(),
          [&](std::uint32_t a, std::uint32_t b) { return model.resource({a})->capacity < model.resource({b})->capacity; });
      const ResourceModel* service = model.resource({e.b});
      if (!service || !service->capacity || model.resource({tightest})->capacity <= service->capacity) continue;
      Guarded& pair = pairs[{tightest, e.b}];
      if (!pair.first) pair.first = e.seq;
      pair.last = e.seq;
      under[e.a] = tightest;
    } else if (e.kind == Kind::request_end && e.as<RequestStatus>() == RequestStatus::refused) {
      if (const auto found = under.find(e.a); found != under.end()) ++pairs[{found->second, e.b}].refused;
    }
  }
  std::vector<Finding> out;
  for (const auto& [pair, guarded] : pairs) {
    const ResourceId limiter{pair.first}, service{pair.second};
    Finding f;
    f.severity = Severity::info;
    f.confidence = sureness(run, guarded.first);
    f.site = run.trace.site(model.resource(limiter)->site);
    const std::string were = guarded.refused == 1 ? "1 was" : fmt::format("{} were", guarded.refused);
    f.sentence = fmt::format("{}{} has {}, and {} takes {} at once{}", run.name_of(limiter), at(f.site),
                             counted(model.resource(limiter)->capacity, "permit"), run.name_of(service),
                             model.resource(service)->capacity,
                             guarded.refused ? fmt::format("; {} refused, and each gave its permit to the next", were) : "");
    f.begin = run.trace[guarded.first].at();
    f.end = run.trace[guarded.last].at();
    f.tasks.push_back(run.trace[guarded.first].who());
    f.resources = {limiter, service};
    f.evidence = {guarded.first};
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace

Lint limit_above_capacity() {
  return {"limit-above-capacity",
          "a semaphore has more permits than the service behind it takes requests",
          "give it as many permits as the service takes, one semaphore for all who call it",
          "unbounded_gather",
          {},
          check};
}

}  // namespace awaitscope::lints

// half-open-stampede: a circuit breaker that is half open lets more than one call through.
#include <map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr std::uint32_t half_open = 1;
constexpr double most_probes = 1;
constexpr std::size_t most_evidence = 100;

/// One stretch of one breaker in which it was half open.
struct Stretch {
  std::vector<Event> probes;  ///< the levels at which a call went through
  std::uint32_t count = 0;
};

Finding blamed(const Run& run, const Stretch& stretch, ResourceId breaker, Seq over) {
  Finding f;
  f.confidence = sureness(run, over ? over : stretch.probes.back().seq);
  f.site = run.trace.site(stretch.probes.front().where());
  Tasks tasks;
  for (const Event& probe : stretch.probes) {
    tasks.add(probe.who());
    if (f.evidence.size() < most_evidence) f.evidence.push_back(probe.seq);
  }
  f.tasks = tasks.some();
  f.resources.push_back(breaker);
  f.begin = stretch.probes.front().at();
  f.end = stretch.probes.back().at();
  f.sentence =
      fmt::format("{} let {} through while it was half open{}, from {}; one is enough to learn whether the other side is back",
                  run.name_of(breaker), counted(stretch.count, "call"), at(f.site), tasks.named(run));
  return f;
}

std::vector<Finding> check(const Run& run) {
  const auto is_breaker = [](const ResourceModel& r) { return r.type == ResourceType::breaker; };
  std::vector<Finding> out;
  if (std::none_of(run.history.model.resources.begin(), run.history.model.resources.end(), is_breaker)) return out;
  std::map<std::uint32_t, Stretch> open;  // by breaker
  const double limit = run.setting("half-open-stampede.probes", most_probes);
  const auto close = [&](std::uint32_t id, Seq over) {
    const auto found = open.find(id);
    if (found == open.end()) return;
    if (found->second.count > limit) out.push_back(blamed(run, found->second, {id}, over));
    open.erase(found);
  };
  for (const Event& e : run.events({Kind::level})) {
    const ResourceModel* resource = run.history.model.resource({e.a});
    if (!resource || resource->type != ResourceType::breaker) continue;
    if (e.b != half_open) {
      close(e.a, e.seq);
      continue;
    }
    Stretch& stretch = open[e.a];
    if (e.d > stretch.count) {  // one more went through
      stretch.count = e.d;
      stretch.probes.push_back(e);
    }
  }
  while (!open.empty()) close(open.begin()->first, 0);
  return out;
}

}  // namespace

Lint half_open_stampede() {
  return {"half-open-stampede",
          "a circuit breaker that is half open lets a crowd through instead of a probe",
          "let one call through when the breaker turns half open, and turn the others away until it is back",
          "circuit_breaker",
          {{"probes", most_probes}},
          check};
}

}  // namespace awaitscope::lints

// contention: many tasks stand in line for a lock or limiter, or its line never empties.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/findings/holds.h"
#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double waiters_per_permit = 5, in_a_row = 20, wait_ms = 10;

bool wanted(const ResourceModel& r) {
  return r.type == ResourceType::lock || (r.capacity && (r.type == ResourceType::semaphore || r.type == ResourceType::pool));
}
std::size_t permits(const ResourceModel& r) { return std::max<std::size_t>(1, r.capacity); }

/// The line before one resource.
struct Line {
  std::uint32_t peak = 0;
  Seq peaked = 0;
  std::size_t row = 0, arrivals = 0;  ///< now: changes of hands that left somebody in line, and who came meanwhile
  std::size_t longest_row = 0;        ///< of those rows in which as many came as half of those who went: no crowd that drains
  Seq row_ended = 0;

  void take(const Event& e) {
    if (e.d > peak) peak = e.d, peaked = e.seq;
    if (e.d == 0 || (e.d == 1 && e.kind == Kind::acquire_begin)) row = arrivals = 0;  // the line is, or was, empty
    else if (e.kind == Kind::acquire_begin) arrivals += row > 0;
    else if (e.kind == Kind::acquired && ++row > longest_row && arrivals * 2 >= row) longest_row = row, row_ended = e.seq;
  }
};

/// What the line cost, and who made it wait.
struct Cost {
  std::size_t waits = 0, times_held = 0;
  Duration longest{};
  double held_ns = 0;  ///< of all holds together, which no number of nanoseconds need hold
  TaskId victim;
  Hold longest_hold;
  Duration longest_held{-1};
};

/// Of the resources that `picked` names.
std::vector<Cost> costs_of(const Run& run, const std::vector<bool>& picked) {
  const Model& model = run.history.model;
  std::vector<Cost> out(model.resources.size() + 1);
  struct Waiting {
    std::uint32_t resource = 0;
    Instant since;
  };
  std::vector<Waiting> waiting(model.tasks.size() + 1);
  const auto end = [&](std::uint32_t task, Instant now) {
    Waiting& w = waiting[task];
    Cost& cost = out[w.resource];
    ++cost.waits;
    if (now - w.since > cost.longest) cost.longest = now - w.since, cost.victim = {task};
    w = {};
  };
  for (const Event& e : run.events({Kind::acquire_begin, Kind::acquired, Kind::acquire_abandoned})) {
    if (e.a >= out.size() || !picked[e.a] || e.task >= waiting.size()) continue;
    if (e.kind == Kind::acquire_begin) waiting[e.task] = {e.a, e.at()};
    else if (waiting[e.task].resource == e.a && e.a) end(e.task, e.at());
  }
  for (std::uint32_t task = 0; task < waiting.size(); ++task)
    if (waiting[task].resource) end(task, run.history.end);
  for (const Hold& hold : holds(run, [&](const ResourceModel& r) { return picked[r.id.value]; })) {
    Cost& cost = out[hold.resource.value];
    const Duration held = (hold.given ? run.trace[hold.given].at() : run.history.end) - run.trace[hold.taken].at();
    ++cost.times_held;
    cost.held_ns += static_cast<double>(held.count());
    if (held > cost.longest_held) cost.longest_held = held, cost.longest_hold = hold;
  }
  return out;
}

struct Crowded {
  const ResourceModel* resource = nullptr;
  const Line* line = nullptr;
  const Cost* cost = nullptr;
  bool crowd = false;  ///< by its length; else by how it goes on
  std::size_t more = 0;
};

Finding blamed(const Run& run, const Crowded& c) {
  const Cost& cost = *c.cost;
  Finding f;
  f.severity = Severity::info;
  const Seq moment = c.crowd ? c.line->peaked : c.line->row_ended;
  f.confidence = sureness(run, moment);
  f.site = run.trace.site(cost.longest_hold.taken ? cost.longest_hold.site : run.trace[moment].where());
  const std::string name = fmt::format("{} ({})", run.name_of(c.resource->id), counted(permits(*c.resource), "permit"));
  f.sentence = c.crowd
                   ? fmt::format("{} stood in line for {} at {} s", counted(c.line->peak, "task"), name,
                                 seconds(run.trace[moment].at(), 3))
                   : fmt::format("the line for {} did not empty while it changed hands {} times", name, c.line->longest_row);
  f.sentence += fmt::format("; {} waited longest, {}", task_named(run, cost.victim), show(cost.longest));
  if (cost.times_held)
    f.sentence += fmt::format("; it was held {}, {} on average, longest by {}{}", counted(cost.times_held, "time"),
                              show(Duration{static_cast<std::int64_t>(cost.held_ns / static_cast<double>(cost.times_held))}),
                              task_named(run, cost.longest_hold.task), at(run.trace.site(cost.longest_hold.site)));
  if (c.more) f.sentence += fmt::format("; {} made at the same line had such lines, too", c.more);
  f.begin = f.end = run.trace[moment].at();
  if (cost.longest_hold.taken) {
    f.begin = std::min(f.begin, run.trace[cost.longest_hold.taken].at());
    f.tasks.push_back(cost.longest_hold.task);
  }
  if (cost.victim && cost.victim != cost.longest_hold.task) f.tasks.push_back(cost.victim);
  f.resources.push_back(c.resource->id);
  f.evidence.push_back(moment);
  if (cost.longest_hold.taken) f.evidence.push_back(cost.longest_hold.taken);
  return f;
}

std::vector<Finding> check(const Run& run) {
  const Model& model = run.history.model;
  std::vector<Line> lines(model.resources.size() + 1);
  for (const Event& e : run.events({Kind::acquire_begin, Kind::acquired}))
    if (e.a < lines.size()) lines[e.a].take(e);
  std::vector<Crowded> found;
  std::vector<bool> picked(lines.size());
  for (const ResourceModel& r : model.resources) {
    const Line& line = lines[r.id.value];
    if (!wanted(r)) continue;
    const bool crowd =
        line.peak && static_cast<double>(line.peak) >=
                         run.setting("contention.waiters_per_permit", waiters_per_permit) * static_cast<double>(permits(r));
    if (crowd || static_cast<double>(line.longest_row) >= run.setting("contention.in_a_row", in_a_row))
      found.push_back({&r, &line, nullptr, crowd, 0});
  }
  if (found.empty()) return {};
  for (const Crowded& c : found) picked[c.resource->id.value] = true;
  const std::vector<Cost> costs = costs_of(run, picked);
  // Of resources made at one line the one that cost most is told.
  std::map<std::pair<SiteId, std::uint32_t>, Crowded> by_site;
  for (Crowded& c : found) {
    c.cost = &costs[c.resource->id.value];
    if (static_cast<double>(c.cost->longest.count()) < run.setting("contention.wait_ms", wait_ms) * 1e6) continue;
    const SiteId site = c.resource->site;
    const auto [known, is_new] = by_site.try_emplace({site, site ? 0 : c.resource->id.value}, c);
    if (is_new) continue;
    if (c.cost->longest > known->second.cost->longest) std::swap(known->second, c);
    known->second.more = std::max(known->second.more, c.more) + 1;
  }
  std::vector<Finding> out;
  for (const auto& [site, c] : by_site) out.push_back(blamed(run, c));
  return out;
}

}  // namespace

Lint contention() {
  return {"contention",
          "many tasks stand in line for a lock or limiter, or its line never empties",
          "hold it for less time, split what it guards, or give it more permits where the other side allows",
          "",
          {{"waiters_per_permit", waiters_per_permit}, {"in_a_row", in_a_row}, {"wait_ms", wait_ms}},
          check};
}

}  // namespace awaitscope::lints

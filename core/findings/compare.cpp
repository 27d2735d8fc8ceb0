#include "core/findings/compare.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "core/findings/words.h"

namespace awaitscope {
namespace {

constexpr Duration stall_limit = std::chrono::milliseconds(50);  ///< slow-step's warning
constexpr std::int64_t least_time = 1'000'000;                   ///< nanoseconds that make a difference

/// The most requests that were under way at once.
std::int64_t peak_in_flight(const History& h) {
  std::vector<std::pair<Seq, int>> changes;
  for (const Request& request : h.requests) {
    changes.emplace_back(request.begun, 1);
    if (request.ended) changes.emplace_back(request.ended, -1);
  }
  std::sort(changes.begin(), changes.end());
  std::int64_t now = 0, most = 0;
  for (const auto& [seq, change] : changes) most = std::max(most, now += change);
  return most;
}

struct Totals {
  std::int64_t length = 0, stalls = 0, held = 0, longest = 0, peak = 0, requests = 0, failed = 0, raised = 0;
  std::int64_t cancels = 0, swallowed = 0, tasks = 0, steps = 0, ready = 0, waiting = 0, serious = 0;
};

Totals totals(const Run& run, const std::vector<Finding>& findings) {
  const History& h = run.history;
  Totals out;
  out.length = h.end.ns;
  for (const Stall& step : h.steps) {
    const Duration length = step.end - step.begin;
    out.longest = std::max(out.longest, length.count());
    out.stalls += length >= stall_limit;
    out.held += length.count();
  }
  out.peak = peak_in_flight(h);
  out.requests = static_cast<std::int64_t>(h.requests.size());
  for (const Request& request : h.requests) out.failed += request.ended && request.status != RequestStatus::ok;
  for (const Cancellation& c : h.cancellations) out.swallowed += c.end == Cancellation::End::swallowed;
  out.cancels = static_cast<std::int64_t>(h.cancellations.size());
  for (const TaskModel& task : h.model.tasks) {
    if (!task.created) continue;
    ++out.tasks;
    out.steps += task.steps;
    out.raised += task.phase == Phase::done && task.outcome == Outcome::raised;
    out.ready += task.ready.count();
    out.waiting += task.waiting.count();
  }
  for (const Finding& f : findings) out.serious += f.severity != Severity::info;
  return out;
}

std::vector<Measure> measures(const Totals& a, const Totals& b) {
  const auto time = [&](const char* name, std::int64_t Totals::*of, bool judged) {
    return Measure{name, true, a.*of, b.*of, judged};
  };
  const auto count = [&](const char* name, std::int64_t Totals::*of, bool judged) {
    return Measure{name, false, a.*of, b.*of, judged};
  };
  return {time("total time", &Totals::length, true),
          time("loop held", &Totals::held, true),
          time("longest stall", &Totals::longest, true),
          count("stalls of 50 ms and more", &Totals::stalls, true),
          count("requests", &Totals::requests, false),
          count("peak in flight", &Totals::peak, false),
          count("failed requests", &Totals::failed, true),
          count("tasks that raised", &Totals::raised, true),
          count("cancels requested", &Totals::cancels, false),
          count("cancels swallowed", &Totals::swallowed, true),
          count("tasks", &Totals::tasks, false),
          count("steps", &Totals::steps, false),
          time("all tasks ready, not running", &Totals::ready, false),
          time("all tasks waiting", &Totals::waiting, false),
          count("warnings and errors found", &Totals::serious, true)};
}

/// Logical ids of all tasks, each made from its parent's: a task comes after its parent, or has none in the trace.
std::vector<std::string> logical_ids(const Run& run) {
  const Model& model = run.history.model;
  std::vector<std::string> out(model.tasks.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const TaskModel& task = model.tasks[i];
    if (!task.created) continue;
    const bool has_parent = task.parent && task.parent.value <= i && model.tasks[task.parent.value - 1].created;
    const std::string name = plain(run.trace.text(task.name.value));
    out[i] = has_parent ? out[task.parent.value - 1] + "/" + name + "[" + std::to_string(task.ordinal) + "]" : name;
  }
  return out;
}

Duration life(const Run& run, const TaskModel& task) {
  return (task.phase == Phase::done ? task.ended : run.history.end) - task.created_time;
}

std::int64_t difference(const TaskPair& pair) {
  if (!pair.a || !pair.b) return 0;
  const auto apart = [](Duration a, Duration b) { return std::abs((a - b).count()); };
  return std::max({apart(pair.life_a, pair.life_b), apart(pair.a->running, pair.b->running),
                   apart(pair.a->ready, pair.b->ready), apart(pair.a->waiting, pair.b->waiting)});
}

void pair_tasks(const Run& a, const Run& b, Comparison& out) {
  std::unordered_map<std::string, std::size_t> known;
  const auto add = [&](const Run& run, const TaskModel* TaskPair::*task, Duration TaskPair::*length) {
    const std::vector<std::string> ids = logical_ids(run);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const TaskModel& model = run.history.model.tasks[i];
      if (!model.created) continue;
      const auto [entry, fresh] = known.try_emplace(ids[i], out.tasks.size());
      if (fresh) {
        out.tasks.emplace_back();
        out.tasks.back().id = ids[i];
      }
      TaskPair& pair = out.tasks[entry->second];
      if (pair.*task) continue;  // two of one name, which foreign traces have
      pair.*task = &model;
      pair.*length = life(run, model);
    }
  };
  add(a, &TaskPair::a, &TaskPair::life_a);
  add(b, &TaskPair::b, &TaskPair::life_b);
  for (const TaskPair& pair : out.tasks) out.same_tasks += pair.a && pair.b;
  std::stable_sort(out.tasks.begin(), out.tasks.end(),
                   [](const TaskPair& x, const TaskPair& y) { return difference(x) > difference(y); });
}

/// Numbers of tasks, resources and the like are given in order, so as long as two runs are the same they are the same; only
/// strings are numbered by the files.
bool same(const Trace& a, const Event& x, const Trace& b, const Event& y) {
  if (x.kind != y.kind || x.task != y.task || x.c != y.c) return false;
  const KindInfo& kind = info(x.kind);
  if (kind.b.type == Field::time) return x.a == y.a;  // when it is for, which is a matter of time
  const auto field = [&](const FieldInfo& of, std::uint32_t p, std::uint32_t q) {
    return of.type == Field::text ? a.text(p) == b.text(q) : p == q;
  };
  return field(kind.a, x.a, y.a) && field(kind.b, x.b, y.b) && field(kind.d, x.d, y.d);
}

void diverge(const Run& a, const Run& b, Comparison& out) {
  const bool timed = a.trace.info.clock == "virtual" && b.trace.info.clock == "virtual";
  const Seq both = std::min(a.trace.size(), b.trace.size());
  Seq seq = 1;
  for (; seq <= both; ++seq) {
    const Event x = a.trace[seq], y = b.trace[seq];
    if (!same(a.trace, x, b.trace, y)) break;
    if (timed && !out.time && x.time != y.time) out.time = Divergence{seq, seq};
  }
  if (seq <= both || a.trace.size() != b.trace.size())
    out.order = Divergence{seq <= a.trace.size() ? seq : 0, seq <= b.trace.size() ? seq : 0};
}

void compare_rules(const std::vector<Finding>& a, const std::vector<Finding>& b, Comparison& out) {
  const auto serious = [](const std::vector<Finding>& findings) {
    std::set<std::string> rules;
    for (const Finding& f : findings)
      if (f.severity != Severity::info) rules.insert(f.rule);
    return rules;
  };
  const std::set<std::string> of_a = serious(a), of_b = serious(b);
  std::set_difference(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(), std::back_inserter(out.rules_gone));
  std::set_difference(of_b.begin(), of_b.end(), of_a.begin(), of_a.end(), std::back_inserter(out.rules_new));
}

}  // namespace

std::string outcome_words(const Model& end) {
  return end.ended ? std::string(enum_name(Field::run_outcome, static_cast<std::uint8_t>(end.outcome))) : "cut off";
}

bool Measure::worse(double margin) const {
  const double more = static_cast<double>(b) - static_cast<double>(a);
  return more > margin * static_cast<double>(a) && more >= static_cast<double>(is_time ? least_time : 1);
}

bool Measure::better(double margin) const { return Measure{name, is_time, b, a, judged}.worse(margin); }

bool Comparison::worse(double margin) const {
  return ended_worse || !rules_new.empty() ||
         std::any_of(measures.begin(), measures.end(), [&](const Measure& m) { return m.judged && m.worse(margin); });
}

Result<Comparison> compare(const Run& a, const std::vector<Finding>& findings_a, const Run& b,
                           const std::vector<Finding>& findings_b) {
  const std::string &of_a = a.trace.info.scenario, &of_b = b.trace.info.scenario;
  if (of_a != of_b && !of_a.empty() && !of_b.empty())
    return Error{"nothing to compare: one is a run of " + plain(of_a) + ", the other of " + plain(of_b)};
  Comparison out;
  pair_tasks(a, b, out);
  if (out.same_tasks == 0) return Error{"nothing to compare: the runs have no task in common"};
  out.measures = measures(totals(a, findings_a), totals(b, findings_b));
  diverge(a, b, out);
  compare_rules(findings_a, findings_b, out);
  const Model &end_a = a.history.model, &end_b = b.history.model;
  if (outcome_words(end_a) != outcome_words(end_b)) out.outcome = outcome_words(end_a) + ", then " + outcome_words(end_b);
  const auto well = [](const Model& end) { return end.ended && end.outcome == RunOutcome::ok; };
  out.ended_worse = well(end_a) && !well(end_b);
  return out;
}

}  // namespace awaitscope

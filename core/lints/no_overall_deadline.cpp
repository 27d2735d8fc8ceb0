// no-overall-deadline: parts of one operation have a limit, the whole has none.
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double least_parts = 3;
constexpr std::size_t most_levels = 64;   ///< of the spawn tree that are searched for a limit
constexpr std::size_t most_limits = 100;  ///< of one task at a time

/// A block with a deadline, or a timer that its task set.
struct Limit {
  std::uint64_t id = 0;
  Duration length{};
  SiteId site;
};
constexpr std::uint64_t timer = std::uint64_t{1} << 40;  ///< what tells a timer's id from a scope's

/// The limits that stand at one moment, by task.
class Limits {
 public:
  void take(const Event& e) {
    switch (e.kind) {
      case Kind::scope_enter:
      case Kind::scope_deadline:
        lift(e.task, e.a);
        if (e.nanoseconds()) open_[e.task].push_back({e.a, Instant{e.nanoseconds()} - e.at(), e.where()});
        break;
      case Kind::scope_exit: lift(e.task, e.a); break;
      case Kind::timer_set:
        if (!e.task || e.as<TimerUse>() != TimerUse::call) break;
        if (auto& open = open_[e.task]; open.size() < most_limits) {
          owners_[e.a] = e.task;
          open.push_back({timer | e.a, Instant{e.nanoseconds()} - e.at(), e.where()});
        }
        break;
      case Kind::timer_fired:
      case Kind::timer_cancelled:
        if (const auto owner = owners_.find(e.a); owner != owners_.end()) {
          lift(owner->second, timer | e.a);
          owners_.erase(owner);
        }
        break;
      default: break;
    }
  }
  /// What limits the task: its own and those of the tasks above it.
  std::vector<Limit> around(const Model& model, TaskId id) const {
    std::vector<Limit> out;
    const TaskModel* task = model.task(id);
    for (std::size_t level = 0; task && level < most_levels; ++level) {
      if (const auto open = open_.find(task->id.value); open != open_.end())
        out.insert(out.end(), open->second.begin(), open->second.end());
      const TaskModel* parent = model.task(task->parent);
      task = parent && parent->created < task->created ? parent : nullptr;
    }
    return out;
  }

 private:
  void lift(std::uint32_t task, std::uint64_t id) {
    const auto open = open_.find(task);
    if (open != open_.end()) std::erase_if(open->second, [&](const Limit& limit) { return limit.id == id; });
  }
  std::unordered_map<std::uint32_t, std::vector<Limit>> open_;
  std::unordered_map<std::uint32_t, std::uint32_t> owners_;  ///< of timers
};

/// Requests each of which goes on where the one before stopped: with what it gave, or once more after it failed.
struct Chain {
  std::vector<const Request*> parts;
  std::vector<Limit> common;      ///< limits around all of it
  Limit longest;                  ///< of those around single parts
  std::size_t limited = 0;        ///< parts that have one
  const Request* bare = nullptr;  ///< the first part without, behind one that has

  void add(const Request& request, const std::vector<Limit>& limits) {
    if (parts.empty()) common = limits;
    else
      std::erase_if(common, [&](const Limit& one) {
        return std::none_of(limits.begin(), limits.end(), [&](const Limit& other) { return other.id == one.id; });
      });
    parts.push_back(&request);
    if (limits.empty()) {
      if (limited && !bare) bare = &request;
      return;
    }
    ++limited;
    if (limits.front().length > longest.length) longest = limits.front();
  }
};

/// What `Limits` and the chains are made of.  Most timers are sleeps and deadlines, and there may be no others.
EventIndex::Range limits_and_requests(const Run& run) {
  for (const Event& e : run.events({Kind::timer_set}))
    if (e.task && e.as<TimerUse>() == TimerUse::call)
      return run.events({Kind::scope_enter, Kind::scope_deadline, Kind::scope_exit, Kind::timer_set, Kind::timer_fired,
                         Kind::timer_cancelled, Kind::request_begin});
  return run.events({Kind::scope_enter, Kind::scope_deadline, Kind::scope_exit, Kind::request_begin});
}

std::vector<Chain> chains_of(const Run& run) {
  const History& h = run.history;
  std::vector<Chain> out;
  std::unordered_map<Seq, std::size_t> by_end;             // by the event that gave the last part's result
  std::unordered_map<std::uint64_t, std::size_t> by_task;  // by task and service
  Limits limits;
  auto next = h.requests.begin();
  for (const Event& e : limits_and_requests(run)) {
    limits.take(e);
    if (e.kind != Kind::request_begin) continue;
    while (next != h.requests.end() && next->begun < e.seq) ++next;
    if (next == h.requests.end()) break;
    if (next->begun != e.seq) continue;
    const Request& request = *next;
    const std::uint64_t key = std::uint64_t{request.task.value} << 32 | request.service.value;
    std::size_t chain = out.size();
    for (const Seq input : request.inputs)
      if (const auto before = by_end.find(input); before != by_end.end()) chain = before->second;
    if (const auto before = by_task.find(key); before != by_task.end() && chain == out.size())
      if (request.attempt > out[before->second].parts.back()->attempt && request.attempt > 1) chain = before->second;
    if (chain == out.size()) out.emplace_back();
    out[chain].add(request, limits.around(h.model, request.task));
    by_task[key] = chain;
    if (request.ended) by_end[request.ended] = chain;
  }
  return out;
}

std::vector<Finding> check(const Run& run) {
  std::vector<Finding> out;
  for (const Chain& chain : chains_of(run)) {
    if (!chain.common.empty() || chain.limited == 0) continue;
    const Request &first = *chain.parts.front(), &last = *chain.parts.back();
    const Instant end = last.ended ? last.end : run.history.end;
    // Short of one part's limit nobody was kept waiting longer than somebody had agreed to.
    if (end - first.begin <= chain.longest.length) continue;
    const bool each = chain.limited == chain.parts.size();
    if (each && static_cast<double>(chain.parts.size()) < run.setting("no-overall-deadline.least", least_parts)) continue;
    if (!each && !chain.bare) continue;
    Finding f;
    f.confidence = sureness(run, last.ended);
    // A timer may be there for something else.
    if (chain.longest.id >= timer && f.confidence == Confidence::proven) f.confidence = Confidence::likely;
    f.site = run.trace.site(chain.longest.site);
    const std::string limit = fmt::format("{} limit{}", show(chain.longest.length), at(f.site));
    const std::string whole = fmt::format("{} in all", show(end - first.begin));
    f.sentence =
        each ? fmt::format("{} of task {} to {} each have the {}, and took {}; no deadline covers them together",
                           counted(chain.parts.size(), "request"), run.name_of(first.task), run.name_of(first.service), limit,
                           whole)
             : fmt::format("the {} covers {}{} of task {} and not {}{}; they took {}", limit,
                           plain(run.trace.text(first.what.value)), at(run.trace.site(first.site)), run.name_of(first.task),
                           plain(run.trace.text(chain.bare->what.value)), at(run.trace.site(chain.bare->site)), whole);
    f.begin = first.begin;
    f.end = end;
    Tasks tasks;
    for (const Request* part : chain.parts) {
      tasks.add(part->task);
      if (f.evidence.size() < 100) f.evidence.push_back(part->begun);
    }
    f.tasks = tasks.some();
    f.resources.push_back(first.service);
    if (last.ended) f.evidence.insert(f.evidence.begin(), last.ended);
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace

Lint no_overall_deadline() {
  return {"no-overall-deadline",
          "the parts of an operation have limits of their own, and the whole has none",
          "put one deadline around everything that the caller waits for, retries and their waits included",
          "phase_timeout_vs_deadline",
          {{"least", least_parts}},
          check};
}

}  // namespace awaitscope::lints

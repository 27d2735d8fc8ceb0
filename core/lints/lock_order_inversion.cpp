// lock-order-inversion: two tasks take the same two locks in opposite orders, also where it went well.
#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>
#include <tuple>
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/holds.h"
#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr std::size_t most_held = 16, most_orders = 8, most_generations = 64, most_searched = 256;

struct Lock {
  std::uint32_t id = 0;
  Seq seq = 0;  ///< when it was asked for, or taken
  SiteId site;
};
/// One task that had `first` when it asked for `second`.
struct Order {
  TaskId task;
  Lock first, second;
  std::vector<std::uint32_t> gates;  ///< locks that it had taken before `first`
};
using Pair = std::uint64_t;
Pair pair(std::uint32_t first, std::uint32_t second) { return (Pair{first} << 32) | second; }

bool common_gate(const Order& a, const Order& b) {
  return std::any_of(a.gates.begin(), a.gates.end(),
                     [&](std::uint32_t gate) { return std::find(b.gates.begin(), b.gates.end(), gate) != b.gates.end(); });
}

/// Collects in which orders locks are asked for.
class Orders {
 public:
  explicit Orders(const Model& model)
      : model_(model), held_(model.tasks.size() + 1), waits_(model.tasks.size() + 1), holder_(model.resources.size() + 1) {}
  std::unordered_map<Pair, std::vector<Order>> all;
  std::set<Pair> met;               ///< deadlock-cycle tells of these: there was a ring
  std::set<std::uint32_t> signals;  ///< given back by others than who took them: no locks

  void take(const Event& e) {
    const ResourceModel* r = model_.resource({e.a});
    if (!r || !e.task || e.task >= held_.size() || !exclusive(*r)) return;
    if (e.kind == Kind::acquire_begin) {
      ask(e);
      waits_[e.task] = e.a;
      ring(e);
    } else if (e.kind == Kind::acquired) {
      if (waits_[e.task] != e.a) ask(e);
      waits_[e.task] = 0;
      held_[e.task].push_back({e.a, e.seq, e.where()});
      holder_[e.a] = e.task;
    } else if (e.kind == Kind::acquire_abandoned) {
      waits_[e.task] = 0;
    } else {
      give(e);
    }
  }

 private:
  void ask(const Event& e) {
    const auto& held = held_[e.task];
    for (std::size_t i = held.size() > most_held ? held.size() - most_held : 0; i < held.size(); ++i) {
      if (held[i].id == e.a || !has(e.who(), held[i])) continue;
      Order order{e.who(), held[i], {e.a, e.seq, e.where()}, {}};
      for (std::size_t gate = i > most_held ? i - most_held : 0; gate < i; ++gate)
        if (has(e.who(), held[gate])) order.gates.push_back(held[gate].id);
      keep(all[pair(held[i].id, e.a)], std::move(order));
    }
  }
  bool has(TaskId task, const Lock& lock) const { return holder_[lock.id] == task.value; }
  /// Of one place two tasks are enough: another task that does the opposite differs from one of them.
  static void keep(std::vector<Order>& orders, Order order) {
    std::size_t alike = 0;
    for (Order& other : orders) {
      if (other.first.site != order.first.site || other.second.site != order.second.site || other.gates != order.gates)
        continue;
      if (other.task == order.task) {
        other = std::move(order);
        return;
      }
      ++alike;
    }
    if (alike < 2 && orders.size() < most_orders) orders.push_back(std::move(order));
  }
  /// The one that has it waits for what this one has.
  void ring(const Event& e) {
    const std::uint32_t holder = holder_[e.a];
    if (!holder || holder == e.task || !waits_[holder] || holder_[waits_[holder]] != e.task) return;
    met.insert(pair(std::min(e.a, waits_[holder]), std::max(e.a, waits_[holder])));
  }
  void give(const Event& e) {
    const std::uint32_t holder = holder_[e.a];
    if (holder != e.task && model_.resource({e.a})->type == ResourceType::semaphore) signals.insert(e.a);
    holder_[e.a] = 0;
    if (!holder) return;
    auto& held = held_[holder];
    const auto last = held.rbegin() + static_cast<std::ptrdiff_t>(std::min(held.size(), most_searched));
    const auto one = std::find_if(held.rbegin(), last, [&](const Lock& lock) { return lock.id == e.a; });
    if (one != last) held.erase(std::next(one).base());
  }

  const Model& model_;
  std::vector<std::vector<Lock>> held_;        // by task, in order
  std::vector<std::uint32_t> waits_, holder_;  // by task: a lock; by lock: a task
};

/// Knows which task took whose result.
class Ends {
 public:
  explicit Ends(const Run& run) : model_(run.history.model) {
    for (const Event& e : run.events({Kind::result_retrieved})) taken_.try_emplace(e.a, e);
  }
  /// Whether `a` was over, whatever the schedule, before `b` began: who did b, or made who did it, had waited for a.
  bool before(const Order& a, const Order& b) const {
    const TaskModel* first = model_.task(a.task);
    Seq until = b.first.seq;
    const TaskModel* task = model_.task(b.task);
    for (std::size_t i = 0; first && task && i < most_generations; ++i) {
      if (joined(*first, *task, until) || (i > 0 && task == first && a.second.seq < until)) return true;
      until = task->created;
      task = model_.task(task->parent);
    }
    return false;
  }

 private:
  bool joined(const TaskModel& task, const TaskModel& by, Seq until) const {
    const ScopeModel* scope = model_.scope(task.scope);
    if (scope && scope->task == by.id && scope->exited && scope->exited < until && task.phase == Phase::done &&
        task.since < scope->exited)
      return true;
    const auto taken = taken_.find(task.id.value);
    return taken != taken_.end() && taken->second.who() == by.id && taken->second.seq < until;
  }
  const Model& model_;
  std::unordered_map<std::uint32_t, Event> taken_;
};

struct Inversion {
  Order one, other;
  bool apart = false;  ///< somebody can come between
  std::size_t more = 0;
};

/// Two orders of one pair of locks that can meet.
bool can_meet(const Run& run, const Ends& ends, const std::vector<Order>& some, const std::vector<Order>& opposite,
              Inversion& out) {
  bool found = false;
  for (const Order& a : some)
    for (const Order& b : opposite) {
      if (a.task == b.task || common_gate(a, b) || ends.before(a, b) || ends.before(b, a)) continue;
      const bool apart = !in_one_step(run.history, a.task, a.first.seq, a.second.seq) ||
                         !in_one_step(run.history, b.task, b.first.seq, b.second.seq);
      if (found && (out.apart || !apart)) continue;
      out = a.first.seq < b.first.seq ? Inversion{a, b, apart, 0} : Inversion{b, a, apart, 0};
      found = true;
    }
  return found;
}

/// The four places; of unknown ones the locks are told apart.
std::array<std::uint32_t, 6> lines(const Inversion& i) {
  const bool known = i.one.first.site && i.one.second.site && i.other.first.site && i.other.second.site;
  return {i.one.first.site.value,    i.one.second.site.value,    i.other.first.site.value,
          i.other.second.site.value, known ? 0 : i.one.first.id, known ? 0 : i.one.second.id};
}

std::string told(const Run& run, const Order& order) {
  return fmt::format("task {} takes {}{} and then {}{}", run.name_of(order.task), run.name_of(ResourceId{order.first.id}),
                     at(run.trace.site(order.first.site)), run.name_of(ResourceId{order.second.id}),
                     at(run.trace.site(order.second.site)));
}

Finding blamed(const Run& run, const Inversion& inversion) {
  const auto& [one, other, apart, more] = inversion;
  Finding f;
  f.severity = apart ? Severity::warning : Severity::info;
  const Seq last = std::max(one.second.seq, other.second.seq);
  f.confidence = sureness(run, last);
  const auto is_lock = [&](std::uint32_t id) { return run.history.model.resource({id})->type == ResourceType::lock; };
  if (f.confidence == Confidence::proven && !(is_lock(one.first.id) && is_lock(one.second.id)))
    f.confidence = Confidence::likely;
  f.site = run.trace.site(other.second.site);
  f.sentence = fmt::format("{}, {}: {}", told(run, one), told(run, other),
                           apart ? "it went well this time, but if both come between, each waits for the other for ever"
                                 : "it goes well as long as no await stands between the two, and deadlocks with one");
  if (more) f.sentence += fmt::format("; {} of locks are taken so at these lines", counted(more, "more pair"));
  f.begin = run.trace[one.first.seq].at();
  f.end = run.trace[last].at();
  f.tasks = {other.task, one.task};
  f.resources = {{one.first.id}, {one.second.id}};
  f.evidence = {other.second.seq, other.first.seq, one.first.seq, one.second.seq};
  return f;
}

std::vector<Finding> check(const Run& run) {
  const auto& resources = run.history.model.resources;
  if (std::count_if(resources.begin(), resources.end(), exclusive) < 2) return {};
  Orders orders(run.history.model);
  for (const Event& e : run.events({Kind::acquire_begin, Kind::acquired, Kind::acquire_abandoned, Kind::released}))
    orders.take(e);
  std::vector<Inversion> found;
  std::unique_ptr<Ends> ends;
  for (const auto& [key, some] : orders.all) {
    const auto first = static_cast<std::uint32_t>(key >> 32), second = static_cast<std::uint32_t>(key);
    if (first > second || orders.met.contains(key) || orders.signals.contains(first) || orders.signals.contains(second))
      continue;
    const auto opposite = orders.all.find(pair(second, first));
    if (opposite == orders.all.end()) continue;
    if (!ends) ends = std::make_unique<Ends>(run);
    if (Inversion one; can_meet(run, *ends, some, opposite->second, one)) found.push_back(std::move(one));
  }
  std::sort(found.begin(), found.end(), [](const Inversion& a, const Inversion& b) {
    return std::tuple(!a.apart, a.other.second.seq) < std::tuple(!b.apart, b.other.second.seq);
  });
  // Locks of one kind, as one for each account, are told of once.
  std::map<std::array<std::uint32_t, 6>, std::size_t> by_lines;
  std::vector<Inversion> told_once;
  for (Inversion& one : found) {
    const auto [known, is_new] = by_lines.try_emplace(lines(one), told_once.size());
    if (is_new) told_once.push_back(std::move(one));
    else ++told_once[known->second].more;
  }
  std::vector<Finding> out;
  for (const Inversion& one : told_once) out.push_back(blamed(run, one));
  return out;
}

}  // namespace

Lint lock_order_inversion() {
  return {"lock-order-inversion",
          "two tasks take the same two locks in opposite orders, even if this run went well",
          "take the locks in one order everywhere, or both under one outer lock",
          "deadlock_lock_order",
          {},
          check};
}

}  // namespace awaitscope::lints

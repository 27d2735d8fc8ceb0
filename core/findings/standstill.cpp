// Why nothing happens at a moment: all tasks that have not ended, those that wait for each other first.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "core/findings/why.h"

namespace awaitscope {
namespace {

/// What tasks of one group have in common.
using Key = std::tuple<std::uint32_t, Phase, Wait, std::uint32_t, std::uint16_t, std::vector<std::uint32_t>>;

/// The object that equal waits share: a resource, or the service that is asked.
std::uint32_t shared_object(const Model& m, const TaskModel& task, const std::map<std::uint32_t, std::uint32_t>& services) {
  if (task.wait == Wait::request) {
    const auto found = services.find(task.object);
    return found == services.end() ? 0 : found->second;
  }
  return is_for_resource(task.wait) && m.resource({task.object}) ? task.object : 0;
}

Key key_of(const Model& m, const TaskModel& task, const std::map<std::uint32_t, std::uint32_t>& services) {
  std::vector<std::uint32_t> frames;
  for (const Frame& frame : task.frames) {
    frames.push_back(frame.function.value);
    frames.push_back(frame.called_at.value);
  }
  return {
      task.name.value,  task.phase, task.wait, shared_object(m, task, services), static_cast<std::uint16_t>(task.site.value),
      std::move(frames)};
}

std::string wait_of_many(const Run& run, const Model& m, const TaskModel& first, Instant last) {
  std::string what;
  switch (first.phase) {
    case Phase::created: return "have not run yet";
    case Phase::ready: what = "are ready to run"; break;
    case Phase::waiting:
      // What each waits for is its own.
      what = first.wait == Wait::task    ? "each wait for a task"
             : first.wait == Wait::job   ? "wait for worker threads"
             : first.wait == Wait::sleep ? "sleep"
                                         : "wait for " + waited_for(run, m, first);
      break;
    default: what = "run"; break;
  }
  return fmt::format("{} since {}{}{}", what, moment(first.since_time),
                     last > first.since_time ? fmt::format(" (the last one since {})", moment(last)) : "",
                     at(run.trace.site(first.site)));
}

class Teller {
 public:
  Teller(const Run& run, const Model& model) : run_(run), m(model), graph_(wait_graph(run, model)), rings_(graph_.cycles()) {}

  Standstill tell(std::size_t most) {
    for (const WaitRing& ring : rings_) deadlock(ring);
    groups(most);
    headline();
    return std::move(out);
  }

 private:
  void deadlock(const WaitRing& ring) {
    Standstill::Group group;
    group.deadlock = true;
    group.tasks = ring.tasks;
    group.reasons = told(run_, m, graph_, ring);
    for (const TaskId task : ring.tasks) in_ring_.insert(task);
    std::vector<std::string> others;
    for (std::size_t i = group.reasons.size(); i < ring.tasks.size(); ++i) others.push_back(run_.name_of(ring.tasks[i]));
    if (!others.empty()) group.reasons.push_back({"tied up with it: " + listed(others, 10), 0, 0});
    out.groups.push_back(std::move(group));
  }

  void groups(std::size_t most) {
    std::map<std::uint32_t, std::uint32_t> services;
    for (const RequestModel& request : m.requests) services[request.id.value] = request.service.value;
    std::map<Key, std::vector<const TaskModel*>> alike;
    for (const TaskModel& task : m.tasks) {
      if (task.phase == Phase::done || !task.since) continue;
      ++out.pending;
      if (!in_ring_.contains(task.id)) alike[key_of(m, task, services)].push_back(&task);
    }
    std::vector<std::vector<const TaskModel*>> sorted;
    for (auto& [_, tasks] : alike) {
      std::stable_sort(tasks.begin(), tasks.end(), [](auto* a, auto* b) { return a->since < b->since; });
      sorted.push_back(std::move(tasks));
    }
    const auto stuck = [&](const TaskModel* task) { return graph_.node(task->id)->stuck; };
    std::sort(sorted.begin(), sorted.end(), [&](const auto& a, const auto& b) {
      return std::tuple(a[0]->phase != Phase::running, !stuck(a[0]), a[0]->since) <
             std::tuple(b[0]->phase != Phase::running, !stuck(b[0]), b[0]->since);
    });
    for (const auto& tasks : sorted)
      if (out.groups.size() < most) out.groups.push_back(group_of(tasks));
  }

  Standstill::Group group_of(const std::vector<const TaskModel*>& tasks) const {
    const TaskModel& first = *tasks.front();
    Standstill::Group group;
    for (const TaskModel* task : tasks) group.tasks.push_back(task->id);
    std::string text = run_.name_of(first.id);
    if (tasks.size() == 1) text += " " + doing(run_, m, first);
    else
      text = fmt::format("{} like {} {}", counted(tasks.size(), "task"), text,
                         wait_of_many(run_, m, first, tasks.back()->since_time));
    group.reasons.push_back({std::move(text), first.since, 0});
    if (std::string chain = await_chain(run_, first); !chain.empty()) group.reasons.push_back({"in " + std::move(chain), 0, 1});
    if (first.phase != Phase::waiting) return group;
    for (Reason& reason : behind(run_, m, graph_, first.id, in_ring_)) group.reasons.push_back(std::move(reason));
    return group;
  }

  void headline();
  std::string ending() const {
    const std::vector<Seq>& ends = run_.once<EventIndex>().of(Kind::run_end);
    const std::string error = ends.empty() ? "" : plain(run_.trace.text(run_.trace[ends.back()].a));
    return error.empty() ? std::string(name(m.outcome)) : error;
  }
  std::string names(const std::vector<TaskId>& tasks) const {
    std::vector<std::string> all;
    for (const TaskId task : tasks) all.push_back(run_.name_of(task));
    return listed(all);
  }

  const Run& run_;
  const Model& m;
  const WaitGraph graph_;
  const std::vector<WaitRing> rings_;
  std::set<TaskId> in_ring_;
  Standstill out;
};

/// The last moment at which anything ran.
Event last_step(const Run& run, const Model& m) {
  Seq last = 0;
  for (const Kind kind : {Kind::step_end, Kind::task_done, Kind::callback_end, Kind::step_begin}) {
    const std::vector<Seq>& all = run.once<EventIndex>().of(kind);
    const auto after = std::upper_bound(all.begin(), all.end(), m.seq);
    if (after != all.begin()) last = std::max(last, *std::prev(after));
  }
  return last ? run.trace[last] : Event{};
}

void Teller::headline() {
  const TaskModel* running = m.task(m.running);
  const Event last = last_step(run_, m);
  const bool hang = m.ended && m.outcome == RunOutcome::hang;
  out.event = last.seq;
  if (running && running->phase == Phase::running) {
    out.event = running->since;
    out.headline = fmt::format("{} {}", run_.name_of(running->id), doing(run_, m, *running));
    if (m.blocking && hang) out.headline += ", and nothing else can run until that returns";
    if (!m.ready.empty())
      out.headline +=
          fmt::format("; {} ready and must wait", m.ready.size() == 1 ? "1 task is" : counted(m.ready.size(), "task") + " are");
    if (const std::size_t overdue = static_cast<std::size_t>(
            std::count_if(m.timers.begin(), m.timers.end(), [&](const TimerModel& t) { return t.when < m.now.ns; })))
      out.headline += fmt::format("; {} overdue", overdue == 1 ? "1 timer is" : counted(overdue, "timer") + " are");
  } else if (!rings_.empty()) {
    const WaitRing& ring = rings_.front();
    Seq closed = 0;
    for (const std::uint32_t e : ring.edges)
      if (graph_.edges[e].type == WaitEdge::Type::waits) closed = std::max(closed, graph_.edges[e].since);
    out.event = closed;
    const std::string who = names(ring.tasks);
    out.headline = fmt::format("deadlock since {}: {} {}", closed ? moment(run_.trace[closed].at()) : "?", who,
                               ring.tasks.size() == 1 ? "waits for itself" : "wait for each other");
    if (rings_.size() > 1) out.headline += fmt::format(" ({} deadlocks in all)", rings_.size());
  } else if (out.pending == 0) {
    out.headline = m.ended ? fmt::format("nothing is pending: the run was over at {} ({})", moment(m.now), ending())
                           : "nothing is pending: no task is alive";
  } else if (hang) {
    out.headline =
        fmt::format("nothing runs since {}: {} {}, and nothing is left that would wake {}", moment(last.at()),
                    counted(out.pending, "task"), out.pending == 1 ? "waits" : "wait", out.pending == 1 ? "it" : "them");
  } else if (!m.ready.empty()) {
    out.headline =
        fmt::format("{} is the next to run; {} ready", run_.name_of(m.ready.front()),
                    m.ready.size() == 1 ? "no other task is"
                                        : counted(m.ready.size() - 1, "other task") + (m.ready.size() == 2 ? " is" : " are"));
  } else if (m.idle && m.idle_until > m.now.ns) {
    out.headline = "the loop sleeps until " + moment({m.idle_until});
    if (!m.timers.empty()) {
      const TimerModel& timer = m.timers.front();
      out.headline += fmt::format(", the {} of {}{}",
                                  timer.use == TimerUse::sleep      ? "sleep"
                                  : timer.use == TimerUse::deadline ? "deadline"
                                  : timer.use == TimerUse::external ? "answer for a request"
                                                                    : "timer",
                                  run_.name_of(timer.task), at(run_.trace.site(timer.site)));
    }
  } else if (m.idle) {
    out.headline = fmt::format("the loop waits for something outside since {}: {} pending", moment(last.at()),
                               counted(out.pending, "task"));
  } else {
    out.headline = fmt::format("the loop is between two steps; {} pending", counted(out.pending, "task"));
  }
}

}  // namespace

Standstill why_nothing_happens(const Run& run, const Model& model, std::size_t most) { return Teller(run, model).tell(most); }

}  // namespace awaitscope

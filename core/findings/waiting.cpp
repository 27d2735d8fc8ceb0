#include "core/findings/waiting.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/trace/awaited.h"

namespace awaitscope {
namespace {

using Node = WaitNode::Type;

constexpr std::size_t most_named = 3;

std::string since(const Run& run, const TaskModel& task) {
  return fmt::format("since {}{}", moment(task.since_time), at(run.trace.site(task.site)));
}

const RequestModel* request_of(const Model& m, std::uint32_t id) {
  const std::size_t i = m.requests.find([&](const RequestModel& r) { return r.id.value == id; });
  return i == m.requests.size() ? nullptr : &m.requests[i];
}

const TimerModel* sleep_of(const Model& m, const TaskModel& task) {
  const std::size_t i = m.timers.find([&](const TimerModel& t) { return t.task == task.id && t.use == TimerUse::sleep; });
  return i == m.timers.size() ? nullptr : &m.timers[i];
}

/// The last event before the model's moment that was of a kind that could end such a wait.
Event last_signal(const Run& run, const Model& m, Wait wait, std::uint32_t resource) {
  const std::vector<Seq>& all = run.once<EventIndex>().of(signal_of(wait));
  for (auto i = std::upper_bound(all.begin(), all.end(), m.seq); i != all.begin();) {
    const Event e = run.trace[*--i];
    if (e.a == resource && e.task && (wait != Wait::event || e.b)) return e;
  }
  return {};
}

/// Who could bring about what nobody holds: the last one that did.
Reason signalled(const Run& run, const Model& m, const TaskModel& task) {
  const std::string name = run.name_of(ResourceId{task.object});
  std::string_view never = "has signalled", did = "signalled";
  if (task.wait == Wait::event) never = "has set", did = "set";
  if (task.wait == Wait::queue_get) never = "has put anything into", did = "put into";
  if (task.wait == Wait::queue_put) never = "has taken anything from", did = "took from";
  if (task.wait == Wait::queue_join) never = "has finished an item of", did = "finished an item of";
  if (task.wait == Wait::barrier) never = "has come to", did = "came to";
  const Event last = last_signal(run, m, task.wait, task.object);
  if (!last.seq) return {fmt::format("nobody {} {}", never, name), 0, 1};
  std::string text = fmt::format("{} {} {} last, at {}{}", run.name_of(last.who()), did, name, moment(last.at()),
                                 at(run.trace.site(last.where())));
  if (const TaskModel* who = m.task(last.who()); who && who->id != task.id) text += ", and " + doing(run, m, *who);
  return {std::move(text), last.seq, 1};
}

/// Names some tasks and what they do; those that do the same together.
class Crowd {
 public:
  Crowd(const Run& run, const Model& model) : run_(run), m(model) {}
  void add(const TaskModel& task, const std::string& how = "") {
    const auto alike = std::find_if(parts_.begin(), parts_.end(), [&](const Part& p) {
      return p.first->phase == task.phase && p.first->wait == task.wait && p.first->site == task.site &&
             task.phase != Phase::done && (p.first->object == task.object || !is_for_resource(task.wait));
    });
    if (alike != parts_.end()) return alike->names.push_back(run_.name_of(task.id));
    if (parts_.size() < most_named) parts_.push_back({&task, {run_.name_of(task.id)}, how});
    else ++more_;
  }
  std::string words() const {
    std::string out;
    for (const Part& part : parts_) {
      const bool one = part.names.size() == 1;
      out += fmt::format("{}{}{}, {} {}", out.empty() ? "" : "; ", listed(part.names), one ? part.how : "",
                         one ? "which" : "each of which", doing(run_, m, *part.first));
    }
    return more_ ? out + fmt::format("; and {} more", more_) : out;
  }

 private:
  struct Part {
    const TaskModel* first;
    std::vector<std::string> names;
    std::string how;
  };
  const Run& run_;
  const Model& m;
  std::vector<Part> parts_;
  std::size_t more_ = 0;
};

/// Follows one way through the graph: of several holders or children the one that is stuck, else the first.
class Behind {
 public:
  Behind(const Run& run, const Model& model, const WaitGraph& graph, const std::set<TaskId>& known)
      : run_(run), m(model), g(graph), seen_(known) {}
  std::vector<Reason> out;

  void follow(TaskId task, std::size_t most) {
    for (int depth = 1; out.size() < most && seen_.insert(task).second; ++depth) {
      const WaitEdge* wait = g.wait_of(task);
      if (!wait || !asked_.insert(wait->to).second) return;
      const TaskId next = step(*m.task(task), *wait, depth);
      if (!next) return;
      task = next;
    }
  }

 private:
  /// Tells what stands behind this wait; returns the task to ask next.
  TaskId step(const TaskModel& task, const WaitEdge& wait, int depth) {
    const WaitNode& target = g.nodes[wait.to];
    switch (target.type) {
      case Node::task: {
        const TaskModel& other = *m.task({target.id});
        say(fmt::format("{} {}", run_.name_of(other.id), doing(run_, m, other)), other.since, depth);
        return other.id;
      }
      case Node::resource:
        if (g.first[wait.to] == g.first[wait.to + 1]) {
          if (m.resource({target.id})->tells_left()) return {};
          Reason reason = signalled(run_, m, task);
          say(std::move(reason.text), reason.event, depth);
          return {};
        }
        return crowd(wait.to, fmt::format("{} is held by ", run_.name_of(ResourceId{target.id})), depth);
      case Node::scope:
        if (g.first[wait.to] == g.first[wait.to + 1]) return {};
        return crowd(wait.to,
                     fmt::format("{} of {} waits for ", scope_named(run_, {target.id}).substr(4), run_.name_of(task.id)),
                     depth);
      default: return {};
    }
  }
  TaskId crowd(std::uint32_t node, const std::string& begin, int depth) {
    Crowd crowd(run_, m);
    const WaitEdge* chosen = nullptr;
    for (std::uint32_t e = g.first[node]; e < g.first[node + 1]; ++e) {
      const WaitEdge& edge = g.edges[e];
      const bool held = edge.type == WaitEdge::Type::held;
      crowd.add(*m.task({g.nodes[edge.to].id}),
                held && edge.since
                    ? fmt::format(" since {} (taken{})", moment(run_.trace[edge.since].at()), at(run_.trace.site(edge.site)))
                    : "");
      if (!chosen || (g.nodes[edge.to].stuck && !g.nodes[chosen->to].stuck)) chosen = &edge;
    }
    say(begin + crowd.words(), chosen->since, depth);
    return {g.nodes[chosen->to].id};
  }
  void say(std::string text, Seq event, int depth) { out.push_back({std::move(text), event, depth}); }

  const Run& run_;
  const Model& m;
  const WaitGraph& g;
  std::set<TaskId> seen_;
  std::set<std::uint32_t> asked_;  // nodes
};

}  // namespace

bool is_for_resource(Wait wait) { return awaited(wait) == Awaited::resource; }

Kind signal_of(Wait wait) {
  return wait == Wait::queue_put ? Kind::acquired : wait == Wait::queue_join ? Kind::released : Kind::level;
}

std::string moment(Instant t) {
  const std::int64_t ns = t.ns < 0 ? -t.ns : t.ns;
  return seconds(t, ns % 1000000 == 0 ? 3 : ns % 1000 == 0 ? 6 : 9) + " s";
}

std::string waited_for(const Run& run, const Model& m, const TaskModel& task) {
  const auto resource = [&](std::string_view what) {
    return task.object ? fmt::format("{} {}", what, run.name_of(ResourceId{task.object})) : std::string(what);
  };
  switch (task.wait) {
    case Wait::sleep:
      if (const TimerModel* timer = sleep_of(m, task)) return "the end of its sleep at " + moment({timer->when});
      return "the end of its sleep";
    case Wait::task: return task.object ? "task " + run.name_of(TaskId{task.object}) : "a task";
    case Wait::future: return "a future";
    case Wait::semaphore: {
      const ResourceModel* r = m.resource({task.object});
      return resource(r && r->type == ResourceType::pool ? "pool" : "semaphore");
    }
    case Wait::lock: return resource("lock");
    case Wait::event: return resource("event");
    case Wait::condition: return resource("condition");
    case Wait::barrier: return resource("barrier");
    case Wait::queue_get: return resource("an item from queue");
    case Wait::queue_put: return resource("room in queue");
    case Wait::queue_join: return resource("the end of all work in queue");
    case Wait::gather:
    case Wait::group:
    case Wait::scope: return scope_named(run, {task.object});
    case Wait::job: {
      const std::size_t job = m.jobs.find([&](const JobModel& j) { return j.id.value == task.object; });
      if (job == m.jobs.size()) return "a worker thread";
      const std::string what = plain(run.trace.text(m.jobs[job].function.value));
      return m.jobs[job].worker ? fmt::format("{} on worker {}", what, m.jobs[job].worker)
                                : fmt::format("a free worker thread for {}", what);
    }
    case Wait::request:
      if (const RequestModel* request = request_of(m, task.object))
        return fmt::format("an answer of {}{}", run.name_of(request->service),
                           request->what ? " (" + plain(run.trace.text(request->what.value)) + ")" : "");
      return "an answer";
    case Wait::none:
    case Wait::yield:
    case Wait::other: break;
  }
  return "something that the trace does not name";
}

std::string how_ended(const Run& run, const TaskModel& task) {
  switch (task.outcome) {
    case Outcome::returned: return "returned";
    case Outcome::cancelled: return "was cancelled";
    case Outcome::raised: break;
  }
  return task.error ? "failed: " + plain(run.trace.text(task.error.value)) : "failed";
}

std::string doing(const Run& run, const Model& m, const TaskModel& task) {
  switch (task.phase) {
    case Phase::created: return task.queued ? "has not run yet: its first step is due" : "has not run yet";
    case Phase::ready: return "is ready to run since " + moment(task.since_time);
    case Phase::running:
      if (m.blocking && m.running == task.id)
        return fmt::format("holds the loop in {}{} since {}", plain(run.trace.text(m.blocking_what.value)),
                           at(run.trace.site(task.site)), moment(task.since_time));
      return fmt::format("runs {}", since(run, task));
    case Phase::waiting:
      if (const TimerModel* timer = task.wait == Wait::sleep ? sleep_of(m, task) : nullptr)
        return fmt::format("{} {} ({})", timer->when < m.now.ns ? "is late: its sleep was over at" : "sleeps until",
                           moment({timer->when}), since(run, task));
      return fmt::format("waits for {} {}", waited_for(run, m, task), since(run, task));
    case Phase::done: return fmt::format("has ended at {} ({})", moment(task.ended), how_ended(run, task));
  }
  return "?";
}

std::string await_chain(const Run& run, const TaskModel& task) {
  if (task.frames.empty()) return "";
  std::string out = plain(run.trace.text(task.name.value));
  for (const Frame& frame : task.frames) {
    const std::string site = at(run.trace.site(frame.called_at));
    out += fmt::format(" › {}{}", plain(run.trace.text(frame.function.value)), site.empty() ? "" : " (" + site.substr(4) + ")");
  }
  return out;
}

std::vector<Reason> behind(const Run& run, const Model& model, const WaitGraph& graph, TaskId task,
                           const std::set<TaskId>& known, std::size_t most) {
  Behind out(run, model, graph, known);
  out.follow(task, most);
  return std::move(out.out);
}

std::vector<Reason> told(const Run& run, const Model& model, const WaitGraph& graph, const WaitRing& ring) {
  std::vector<Reason> out;
  const WaitEdge* before = &graph.edges[ring.edges.back()];
  for (const std::uint32_t e : ring.edges) {
    const WaitEdge& edge = graph.edges[e];
    if (const WaitNode& from = graph.nodes[edge.from]; from.type == Node::task) {
      std::string holds;
      if (before->type == WaitEdge::Type::held)
        holds = fmt::format("holds {} since {} (taken{}) and ", run.name_of(ResourceId{graph.nodes[before->from].id}),
                            before->since ? moment(run.trace[before->since].at()) : "?", at(run.trace.site(before->site)));
      out.push_back({fmt::format("{} {}{}", run.name_of(TaskId{from.id}), holds, doing(run, model, *model.task({from.id}))),
                     edge.since, 0});
    }
    before = &edge;
  }
  return out;
}

}  // namespace awaitscope

// deadlock-cycle: tasks that wait for each other in a ring, through what they hold or by awaiting each other.
#include <map>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "core/findings/asked.h"
#include "core/findings/wait_graph.h"
#include "core/findings/words.h"
#include "core/model/replay.h"

namespace awaitscope::lints {
namespace {

constexpr std::size_t most_told = 4;      ///< tasks of a ring
constexpr std::size_t most_seen = 2000;   ///< tasks to look at for a way back, each time
constexpr std::size_t most_checks = 200;  ///< moments at which the whole graph is built

/// One task of a ring, and what it has that the one before it waits for.
struct Link {
  TaskId task;
  WaitEdge waits;
  WaitNode target;
  WaitEdge leads;  ///< from the target to the next task, where the target is not that task itself
};
struct Ring {
  std::vector<Link> links;
  std::vector<TaskId> knotted;  ///< further tasks in the same knot
  Seq formed = 0, broken = 0;
  Seq cancel = 0;         ///< the request that broke it, 0: it was something else
  bool deadline = false;  ///< one of its tasks has one
};

Ring ring_of(const WaitGraph& graph, const WaitRing& found, Seq formed) {
  Ring out;
  out.formed = formed;
  for (const std::uint32_t e : found.edges) {
    const WaitEdge& edge = graph.edges[e];
    const WaitNode& from = graph.nodes[edge.from];
    if (from.type == WaitNode::Type::task)
      for (std::uint32_t d = graph.first[edge.from]; d < graph.first[edge.from + 1]; ++d)
        out.deadline = out.deadline || graph.edges[d].type == WaitEdge::Type::deadline;
    if (from.type == WaitNode::Type::task) out.links.push_back({{from.id}, edge, graph.nodes[edge.to], {}});
    else out.links.back().leads = edge;
  }
  out.knotted.assign(found.tasks.begin() + static_cast<std::ptrdiff_t>(out.links.size()), found.tasks.end());
  return out;
}

/// Follows who waits for whom, cheaply, and asks the graph where a wait seems to lead back to who waits.
class Rings {
 public:
  explicit Rings(const Run& run)
      : run_(run),
        m(run.history.model),
        replay_(run.trace),
        waits_(m.tasks.size() + 1),
        asked_(m.tasks.size() + 1),
        in_ring_(m.tasks.size() + 1),
        holds_(m.tasks.size() + 1),
        owners_(m.resources.size() + 1),
        children_(m.scopes.size() + 1),
        seen_(m.tasks.size() + 1) {}
  std::vector<Ring> all;

  void run() {
    using enum Kind;
    if (could_be_broken())
      for (const Event& e :
           run_.events({acquired, released, step_end, task_created, scope_child, cancel_requested, task_ready, task_done}))
        if (e.task < waits_.size()) take(e);
    confirm(m, 0, {});  // the rings that nobody broke still stand
  }

 private:
  struct Waits {
    Wait wait = Wait::none;
    std::uint32_t object = 0;
    bool done = false;
  };

  void take(const Event& e) {
    switch (e.kind) {
      case Kind::acquired:
        if (lent(e.a)) {
          owners_[e.a].push_back(e.task);
          ++holds_[e.task];
        }
        break;
      case Kind::released:
        if (lent(e.a)) give_back(owners_[e.a], e.task);
        break;
      case Kind::task_created:
        if (e.d && e.d < children_.size()) adopt(e.d, e.task);
        break;
      case Kind::scope_child:
        if (e.a < children_.size() && e.b < holds_.size()) adopt(e.a, e.b);
        break;
      case Kind::step_end:
        waits_[e.task] = {e.as<Wait>(), e.a, waits_[e.task].done};
        if (e.as<Wait>() == Wait::task && e.a < holds_.size()) ++holds_[e.a];
        if (holds_[e.task] && leads_back(e.task) && checks_ < most_checks) {
          ++checks_;
          confirm(replay_.at(e.seq), e.seq, e.who());
        }
        break;
      case Kind::cancel_requested: asked_[e.task] = e.seq; break;
      default: goes_on(e); break;
    }
  }

  /// Only a cancel of a task that waits for others can break a ring, and without a lock in it that would be a ring of tasks
  /// that await each other, which a program does not survive.  Most runs need no more than a look at their end.
  bool could_be_broken() const {
    const auto breaks = [&](const Cancellation& c) {
      if (!c.target || c.target.value > run_.history.lanes.size()) return false;
      const std::vector<Span>& spans = run_.history.lanes[c.target.value - 1].spans;
      const auto after = std::partition_point(spans.begin(), spans.end(), [&](const Span& s) { return s.first < c.requested; });
      return after != spans.begin() && std::prev(after)->phase == Phase::waiting && for_others(std::prev(after)->wait);
    };
    const std::vector<Cancellation>& all_cancels = run_.history.cancellations;
    return std::any_of(all_cancels.begin(), all_cancels.end(), breaks) &&
           std::any_of(m.resources.begin(), m.resources.end(), [](const ResourceModel& r) { return r.tells_left(); });
  }
  static bool for_others(Wait wait) {
    return wait == Wait::task || wait == Wait::lock || wait == Wait::semaphore || wait == Wait::gather || wait == Wait::group ||
           wait == Wait::scope;
  }
  bool lent(std::uint32_t id) const {
    const ResourceModel* r = m.resource({id});
    return r && r->tells_left();
  }
  void give_back(std::vector<std::uint32_t>& owners, std::uint32_t task) {
    auto one = std::find(owners.begin(), owners.end(), task);
    if (one == owners.end()) one = owners.begin();  // somebody gives back for another
    if (one == owners.end()) return;
    --holds_[*one];
    owners.erase(one);
  }
  /// A task of a scope is waited for by whoever waits for the scope.
  void adopt(std::uint32_t scope, std::uint32_t task) {
    children_[scope].push_back(task);
    ++holds_[task];
  }

  /// Who has ended or waits for others; what is over cannot let anybody go on.
  bool held_up(std::uint32_t task) const { return waits_[task].done || for_others(waits_[task].wait); }
  /// Whom the task waits for, as far as they are known; none where one of them may let it go on at once.
  std::span<const std::uint32_t> waited_for(std::uint32_t task) const {
    const Waits& waits = waits_[task];
    std::span<const std::uint32_t> on;
    switch (waits.wait) {
      case Wait::task:
        if (waits.object < waits_.size()) on = {&waits.object, 1};
        break;
      case Wait::lock:
      case Wait::semaphore:
        if (waits.object < owners_.size()) on = owners_[waits.object];
        break;
      case Wait::gather:
      case Wait::group:
      case Wait::scope: return waits.object < children_.size() ? children_[waits.object] : on;
      default: return {};
    }
    return std::all_of(on.begin(), on.end(), [&](std::uint32_t t) { return held_up(t); }) ? on : on.first(0);
  }
  /// Whether those that the task waits for, and those that they wait for, come to wait for the task.
  bool leads_back(std::uint32_t start) {
    ++look_;
    std::vector<std::uint32_t> todo = {start};
    for (std::size_t seen = 0; !todo.empty() && seen < most_seen; ++seen) {
      const std::uint32_t task = todo.back();
      todo.pop_back();
      for (const std::uint32_t next : waited_for(task)) {
        if (next == start) return true;
        if (std::exchange(seen_[next], look_) != look_ && held_up(next) && !waits_[next].done) todo.push_back(next);
      }
    }
    return false;
  }

  /// Adds the rings of the graph that are new: those of `who`, which has formed them just `now`, or all where it is 0.
  void confirm(const Model& model, Seq now, TaskId who) {
    const WaitGraph graph = wait_graph(run_, model);
    for (const WaitRing& found : graph.cycles()) {
      if (who && std::find(found.tasks.begin(), found.tasks.end(), who) == found.tasks.end()) continue;
      Seq formed = now;
      if (!who)
        for (const TaskId task : found.tasks) formed = std::max(formed, graph.wait_of(task)->since);
      Ring ring = ring_of(graph, found, formed);
      const auto told = [&](const Link& link) {
        return in_ring_[link.task.value] && !all[in_ring_[link.task.value] - 1].broken;
      };
      if (own_lock(ring) || std::any_of(ring.links.begin(), ring.links.end(), told)) continue;
      for (const Link& link : ring.links) in_ring_[link.task.value] = static_cast<std::uint32_t>(all.size() + 1);
      all.push_back(std::move(ring));
    }
  }
  /// One task and a lock that it holds: self-deadlock tells of it.
  bool own_lock(const Ring& ring) const {
    const WaitNode& target = ring.links.front().target;
    return ring.links.size() == 1 && target.type == WaitNode::Type::resource &&
           m.resource({target.id})->type == ResourceType::lock;
  }

  void goes_on(const Event& e) {
    const Waits waits = std::exchange(waits_[e.task], {Wait::none, 0, e.kind == Kind::task_done});
    if (waits.wait == Wait::none) return;
    if (waits.wait == Wait::task && waits.object < holds_.size()) --holds_[waits.object];
    const std::uint32_t of = std::exchange(in_ring_[e.task], 0);
    if (!of || all[of - 1].broken) return;
    all[of - 1].broken = e.seq;
    if (e.kind == Kind::task_ready && e.as<WhyReady>() == WhyReady::cancel) all[of - 1].cancel = asked_[e.task];
  }

  const Run& run_;
  const Model& m;
  Replay replay_;
  // By task, resource or scope.
  std::vector<Waits> waits_;
  std::vector<Seq> asked_;              ///< the last cancel request
  std::vector<std::uint32_t> in_ring_;  ///< + 1
  std::vector<int> holds_;              ///< what others could wait for: what it holds, and who awaits it
  std::vector<std::vector<std::uint32_t>> owners_, children_;
  std::vector<std::uint32_t> seen_;  ///< in which look
  std::uint32_t look_ = 0;
  std::size_t checks_ = 0;
};

/// Whether a deadline led to the request: then somebody had thought of it.
bool by_deadline(const History& h, Seq requested) {
  const Cancellation* request = request_of(h, requested);
  while (request && request->why != CancelReason::timeout)
    request = request->parent && request->parent < request->requested ? request_of(h, request->parent) : nullptr;
  return request != nullptr;
}

/// "a holds x (taken at f:1) and waits for y at f:2"
std::string told(const Run& run, const Link& before, const Link& link) {
  std::string out = run.name_of(link.task);
  if (before.leads.type == WaitEdge::Type::held)
    out += fmt::format(" holds {} (taken{}) and", run.name_of(ResourceId{before.target.id}),
                       at(run.trace.site(before.leads.site)));
  std::string what;
  if (link.target.type == WaitNode::Type::task) what = "task " + run.name_of(TaskId{link.target.id});
  else if (link.target.type == WaitNode::Type::resource) what = run.name_of(ResourceId{link.target.id});
  else what = scope_named(run, ScopeId{link.target.id});
  return out + fmt::format(" waits for {}{}", what, at(run.trace.site(link.waits.site)));
}

/// How a ring ended, if it did.
std::string ending(const Run& run, const Ring& ring, bool foreseen, Duration lasted) {
  if (!ring.broken) {
    if (foreseen) return "a timeout will break the ring";
    if (run.history.model.outcome == RunOutcome::hang) return "nothing can ever run again";
    return ring.links.size() + ring.knotted.size() == 1   ? "it can never go on"
           : ring.links.size() + ring.knotted.size() == 2 ? "neither can go on"
                                                          : "none can go on";
  }
  return fmt::format("{} after {}", foreseen ? "a timeout broke the ring" : "only a cancel ended it,", show(lasted));
}

Finding blamed(const Run& run, const Ring& ring, std::size_t times) {
  const History& h = run.history;
  const bool foreseen = ring.broken ? by_deadline(h, ring.cancel) : ring.deadline && !h.model.ended;
  Finding f;
  f.severity = foreseen ? Severity::info : Severity::error;
  // A trace that ends before its run may leave out who let go.
  f.confidence = sureness(run, ring.broken || h.model.ended ? ring.formed : 0);
  f.site = run.trace.site(run.trace[ring.formed].where());
  f.begin = run.trace[ring.formed].at();
  f.end = ring.broken ? run.trace[ring.broken].at() : h.end;
  f.sentence = fmt::format("a {} of {}: ", ring.knotted.empty() ? "ring" : "knot",
                           counted(ring.links.size() + ring.knotted.size(), "task"));
  f.evidence.push_back(ring.formed);
  for (std::size_t i = 0; i < ring.links.size(); ++i) {
    const Link& before = ring.links[(i + ring.links.size() - 1) % ring.links.size()];
    const Link& link = ring.links[i];
    if (i < most_told) f.sentence += told(run, before, link) + "; ";
    f.tasks.push_back(link.task);
    if (link.target.type == WaitNode::Type::resource) f.resources.push_back({link.target.id});
    if (link.waits.since != ring.formed) f.evidence.push_back(link.waits.since);
    if (link.leads.type == WaitEdge::Type::held && link.leads.since) f.evidence.push_back(link.leads.since);
  }
  if (ring.links.size() > most_told) f.sentence += fmt::format("and {} more; ", ring.links.size() - most_told);
  std::vector<std::string> others;
  for (const TaskId task : ring.knotted) {
    others.push_back(run.name_of(task));
    if (f.tasks.size() < 100) f.tasks.push_back(task);
  }
  if (!others.empty()) f.sentence += "tied up with it: " + listed(others) + "; ";
  f.sentence += ending(run, ring, foreseen, f.end - f.begin);
  if (times > 1) f.sentence += fmt::format(" ({} such rings in all)", times);
  return f;
}

/// Rings of the same places that ended alike.
std::vector<std::uint32_t> key_of(const Run& run, const Ring& ring) {
  std::vector<std::uint32_t> out;
  for (const Link& link : ring.links) out.push_back(link.waits.site.value);
  std::sort(out.begin(), out.end());
  out.push_back(!ring.broken ? 0 : by_deadline(run.history, ring.cancel) ? 1 : 2);
  return out;
}

std::vector<Finding> check(const Run& run) {
  Rings rings(run);
  rings.run();
  std::map<std::vector<std::uint32_t>, std::vector<const Ring*>> alike;
  for (const Ring& ring : rings.all)
    if (!ring.broken || ring.cancel) alike[key_of(run, ring)].push_back(&ring);  // else somebody let go: no deadlock
  std::vector<Finding> out;
  for (const auto& [_, all] : alike) out.push_back(blamed(run, *all.front(), all.size()));
  return out;
}

}  // namespace

Lint deadlock_cycle() {
  return {"deadlock-cycle",
          "tasks wait for each other in a ring",
          "take the locks in one order everywhere, or wait with a timeout and let go of what you hold",
          "deadlock_lock_order",
          {},
          check};
}

}  // namespace awaitscope::lints

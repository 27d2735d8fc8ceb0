// deadlock-cycle: tasks that wait for each other in a ring, through locks that they hold or by awaiting each other.
#include <optional>
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr std::size_t longest_ring = 1000, most_told = 4;

struct Waiting {
  Wait wait = Wait::none;    ///< for a lock or for a task
  std::uint32_t object = 0;  ///< its id
  Seq since = 0;
  SiteId site;
};
struct Holder {
  TaskId task;
  Seq since = 0;  ///< 0: it is the task itself that is waited for
  SiteId site;
};
/// One task of a ring, what it waits for, and who has that: the next one.
struct Link {
  TaskId task;
  Waiting waits;
  Holder by;
};
struct Ring {
  std::vector<Link> links;
  Seq formed = 0, broken = 0;
  Seq cancel = 0;  ///< the request that broke it, 0: it was something else
};

/// Finds the rings in one pass.
class Rings {
 public:
  explicit Rings(const Model& model) : model_(model) {}
  std::vector<Ring> all;

  void take(const Event& e) {
    switch (e.kind) {
      case Kind::acquired:
        if (!exclusive(e.a)) break;
        holders_[e.a] = {e.who(), e.seq, e.where()};
        ++wanted_[e.task];
        break;
      case Kind::released:
        if (const auto holder = holders_.find(e.a); holder != holders_.end()) {
          --wanted_[holder->second.task.value];
          holders_.erase(holder);
        }
        break;
      case Kind::step_end:
        if (e.as<Wait>() == Wait::task) ++wanted_[e.a];
        else if ((e.as<Wait>() != Wait::lock && e.as<Wait>() != Wait::semaphore) || !exclusive(e.a)) break;
        waiting_[e.task] = {e.as<Wait>(), e.a, e.seq, e.where()};
        follow(e);
        break;
      case Kind::cancel_requested: asked_[e.task] = e.seq; break;
      case Kind::task_ready:
      case Kind::task_done: goes_on(e); break;
      default: break;
    }
  }

 private:
  /// Only one can have it, so whoever waits for it waits for that one.
  bool exclusive(std::uint32_t id) const {
    const ResourceModel* r = model_.resource({id});
    return r && (r->type == ResourceType::lock || (r->type == ResourceType::semaphore && r->capacity == 1));
  }
  std::optional<Holder> holder_of(const Waiting& waits) const {
    if (waits.wait == Wait::task) return Holder{{waits.object}, 0, {}};
    const auto found = holders_.find(waits.object);
    return found == holders_.end() ? std::nullopt : std::optional(found->second);
  }

  /// From a task that has begun to wait along who waits for whom, until that leads back to it or somebody can go on.
  void follow(const Event& e) {
    if (wanted_[e.task] <= 0) return;  // it has nothing that another could wait for
    Ring ring{{}, e.seq};
    for (TaskId task = e.who(); ring.links.size() < longest_ring;) {
      const auto waits = waiting_.find(task.value);
      const auto holder = waits == waiting_.end() ? std::nullopt : holder_of(waits->second);
      if (!holder) return;
      ring.links.push_back({task, waits->second, *holder});
      task = holder->task;
      if (task != e.who()) continue;
      if (ring.links.size() == 1) return;  // for self-deadlock to tell
      for (const Link& link : ring.links) ring_of_[link.task.value] = all.size();
      all.push_back(std::move(ring));
      return;
    }
  }

  void goes_on(const Event& e) {
    const auto waits = waiting_.find(e.task);
    if (waits == waiting_.end()) return;
    if (waits->second.wait == Wait::task) --wanted_[waits->second.object];
    waiting_.erase(waits);
    const auto of = ring_of_.find(e.task);
    if (of == ring_of_.end()) return;
    Ring& ring = all[of->second];
    ring_of_.erase(of);
    if (ring.broken) return;
    ring.broken = e.seq;
    if (e.kind == Kind::task_ready && e.as<WhyReady>() == WhyReady::cancel) ring.cancel = asked_[e.task];
  }

  const Model& model_;
  std::unordered_map<std::uint32_t, Holder> holders_;   // by resource
  std::unordered_map<std::uint32_t, Waiting> waiting_;  // by task
  std::unordered_map<std::uint32_t, int> wanted_;       // by task: what it holds, and who awaits it
  std::unordered_map<std::uint32_t, Seq> asked_;        // by task: the last cancel request
  std::unordered_map<std::uint32_t, std::size_t> ring_of_;
};

/// Whether a deadline led to the request: then somebody had thought of it.
bool by_deadline(const History& h, Seq requested) {
  while (true) {
    const auto found = std::lower_bound(h.cancellations.begin(), h.cancellations.end(), requested,
                                        [](const Cancellation& c, Seq seq) { return c.requested < seq; });
    if (found == h.cancellations.end() || found->requested != requested) return false;
    if (found->why == CancelReason::timeout) return true;
    if (found->parent == 0 || found->parent >= requested) return false;
    requested = found->parent;
  }
}

/// "a holds x (taken at f:1) and waits for y at f:2"
std::string told(const Run& run, const Link& before, const Link& link) {
  std::string out = run.name_of(link.task);
  if (before.by.since)
    out += fmt::format(" holds {} (taken{}) and", run.name_of(ResourceId{before.waits.object}),
                       at(run.trace.site(before.by.site)));
  const std::string what = link.waits.wait == Wait::task ? "task " + run.name_of(TaskId{link.waits.object})
                                                         : run.name_of(ResourceId{link.waits.object});
  return out + fmt::format(" waits for {}{}", what, at(run.trace.site(link.waits.site)));
}

Finding blamed(const Run& run, Ring ring) {
  const History& h = run.history;
  // The oldest task first, whoever closed the ring.
  std::rotate(ring.links.begin(),
              std::min_element(ring.links.begin(), ring.links.end(), [](auto& a, auto& b) { return a.task < b.task; }),
              ring.links.end());
  const bool foreseen = ring.cancel && by_deadline(h, ring.cancel);
  Finding f;
  f.severity = foreseen ? Severity::info : Severity::error;
  // A trace that ends before its run may leave out who let go.
  f.confidence = sureness(run, ring.broken || h.model.ended ? ring.formed : 0);
  f.site = run.trace.site(run.trace[ring.formed].where());
  f.begin = run.trace[ring.formed].at();
  f.end = ring.broken ? run.trace[ring.broken].at() : h.end;
  const std::string end = !ring.broken
                              ? (h.model.outcome == RunOutcome::hang ? "nothing can ever run again" : "neither can go on")
                          : foreseen ? fmt::format("a timeout broke the ring after {}", show(f.end - f.begin))
                                     : fmt::format("only a cancel ended it, after {}", show(f.end - f.begin));
  f.sentence = "a ring of " + counted(ring.links.size(), "task") + ": ";
  for (std::size_t i = 0; i < ring.links.size(); ++i) {
    const Link& before = ring.links[(i + ring.links.size() - 1) % ring.links.size()];
    const Link& link = ring.links[i];
    if (i < most_told) f.sentence += told(run, before, link) + "; ";
    f.tasks.push_back(link.task);
    if (link.waits.wait != Wait::task) f.resources.push_back({link.waits.object});
  }
  if (ring.links.size() > most_told) f.sentence += fmt::format("and {} more; ", ring.links.size() - most_told);
  f.sentence += end;
  f.evidence.push_back(ring.formed);
  for (const Link& link : ring.links) {
    if (link.waits.since != ring.formed) f.evidence.push_back(link.waits.since);
    if (link.by.since) f.evidence.push_back(link.by.since);
  }
  return f;
}

std::vector<Finding> check(const Run& run) {
  Rings rings(run.history.model);
  for (Seq seq = 1; seq <= run.trace.size(); ++seq) rings.take(run.trace[seq]);
  std::vector<Finding> out;
  for (Ring& ring : rings.all)
    if (!ring.broken || ring.cancel) out.push_back(blamed(run, std::move(ring)));  // else somebody let go: no deadlock
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

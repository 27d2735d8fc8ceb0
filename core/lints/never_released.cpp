// never-released: a task ended with a lock, a permit or a connection in its hands, and nobody gave it back.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/findings/holds.h"
#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr std::size_t most_evidence = 100;

bool lent(const ResourceModel& r) {
  return r.type == ResourceType::lock || r.type == ResourceType::semaphore || r.type == ResourceType::pool;
}

/// What is left of one resource's holds when all is over.
struct Left {
  std::vector<Hold> lost;  ///< their tasks have ended
  Seq ended = 0;           ///< the last of these ends
};

/// pool-exhausted-by-leak tells of it: everything is lost, and somebody wants it in vain.
bool exhausted(const ResourceModel& pool, const Left& left, Seq last_given_up) {
  return pool.type == ResourceType::pool && pool.capacity && left.lost.size() >= pool.capacity &&
         (!pool.waiters.empty() || last_given_up > left.ended);
}

std::string way_out(const Run& run, TaskId id) {
  const TaskModel& task = *run.history.model.task(id);
  const std::string when = seconds(task.ended, 3) + " s";
  switch (task.outcome) {
    case Outcome::returned: return "returned at " + when;
    case Outcome::cancelled: return "was cancelled at " + when;
    case Outcome::raised: break;
  }
  return fmt::format("raised {} at {}", task.error ? plain(run.trace.text(task.error.value)) : "an error", when);
}

std::string what(const Run& run, const Hold& hold) {
  const ResourceModel& r = *run.history.model.resource(hold.resource);
  const std::string name = run.name_of(hold.resource);
  if (r.type == ResourceType::lock) return "lock " + name;
  return (r.type == ResourceType::pool ? "a connection of " : "a permit of ") + name;
}

Finding blamed(const Run& run, const std::vector<Hold>& lost) {
  const Model& model = run.history.model;
  const Hold& first = lost.front();
  Finding f;
  f.severity = Severity::info;
  f.confidence = sureness(run, model.ended ? run.trace.size() : 0);  // else somebody may still give it back
  f.site = run.trace.site(first.site);
  f.begin = model.task(first.task)->ended;
  f.end = run.history.end;
  std::vector<std::string> names;
  std::size_t waiting = 0;
  for (const Hold& hold : lost) {
    const ResourceModel& r = *model.resource(hold.resource);
    // Permits may be counted down without a thought of giving back.
    if (r.type == ResourceType::semaphore && f.confidence == Confidence::proven) f.confidence = Confidence::likely;
    const bool is_new = std::find(f.resources.begin(), f.resources.end(), hold.resource) == f.resources.end();
    if (is_new) waiting += r.waiters.size();
    if (is_new && f.resources.size() < most_evidence) f.resources.push_back(hold.resource);
    if (std::find(f.tasks.begin(), f.tasks.end(), hold.task) == f.tasks.end() && f.tasks.size() < most_evidence) {
      f.tasks.push_back(hold.task);
      names.push_back(fmt::format("{} ({})", run.name_of(hold.task), way_out(run, hold.task)));
    }
    if (f.evidence.size() < most_evidence) f.evidence.insert(f.evidence.end(), {model.task(hold.task)->since, hold.taken});
  }
  f.sentence = lost.size() == 1 ? fmt::format("task {} took {}{}, {} and never gave it back", run.name_of(first.task),
                                              what(run, first), at(f.site), way_out(run, first.task))
                                : fmt::format("{} times what was taken{} was never given back, first {}, by {}", lost.size(),
                                              at(f.site), what(run, first), listed(names));
  if (waiting)
    f.sentence += fmt::format("; {} in vain", waiting == 1 ? "1 task waits for it" : fmt::format("{} tasks wait", waiting));
  return f;
}

/// By resource, where a task has ended that the model still takes for an owner.
std::map<std::uint32_t, Left> left_of(const Run& run) {
  const Model& model = run.history.model;
  const auto over = [&](TaskId id) {
    const TaskModel* task = model.task(id);
    return task && task->phase == Phase::done;
  };
  std::map<std::uint32_t, Left> out;
  for (const ResourceModel& r : model.resources)
    if (lent(r) && std::any_of(r.owners.begin(), r.owners.end(), over)) out.emplace(r.id.value, Left{});
  if (out.empty()) return out;
  for (const Hold& hold : holds(run, lent)) {
    // A semaphore whose permits come back from others is a signal, as the places of a buffer are.
    if (hold.given && hold.giver != hold.task && model.resource(hold.resource)->type == ResourceType::semaphore)
      out.erase(hold.resource.value);
    if (hold.given || !over(hold.task)) continue;
    const auto left = out.find(hold.resource.value);
    if (left == out.end()) continue;
    left->second.lost.push_back(hold);
    left->second.ended = std::max(left->second.ended, model.task(hold.task)->since);
  }
  return out;
}

std::vector<Finding> check(const Run& run) {
  const auto left = left_of(run);
  std::map<std::uint32_t, Seq> given_up;
  if (!left.empty())
    for (const Event& e : run.events({Kind::acquire_abandoned})) given_up[e.a] = e.seq;
  std::map<SiteId, std::vector<Hold>> by_site;
  for (const auto& [id, some] : left)
    if (!exhausted(*run.history.model.resource({id}), some, given_up[id]))
      for (const Hold& hold : some.lost) by_site[hold.site].push_back(hold);
  std::vector<Finding> out;
  for (auto& [site, lost] : by_site) {
    std::sort(lost.begin(), lost.end(), [](const Hold& a, const Hold& b) { return a.taken < b.taken; });
    out.push_back(blamed(run, lost));
  }
  return out;
}

}  // namespace

Lint never_released() {
  return {"never-released",
          "a task ends with a lock, a permit or a connection that nobody gives back",
          "take it for a block (async with, or hold()), so that every way out gives it back",
          "resource_leak",
          {},
          check};
}

}  // namespace awaitscope::lints

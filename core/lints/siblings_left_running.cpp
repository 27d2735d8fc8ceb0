// siblings-left-running: a gather raised its first error, and the other awaitables ran on for nobody.
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double ignored_ms = 1;

/// What the trace tells about who cares for a task besides the gather that failed.
struct Care {
  std::map<std::uint32_t, std::vector<std::uint32_t>> children;  ///< by gather
  std::set<std::uint32_t> elsewhere;  ///< tasks that somebody awaits by themselves, or that a second scope waits for
};

Care care_of(const Run& run) {
  Care care;
  const Model& model = run.history.model;
  const auto gathers = [&](std::uint32_t scope) {
    const ScopeModel* s = model.scope({scope});
    return s && s->entered && s->type == ScopeType::gather;
  };
  std::unordered_map<std::uint32_t, std::uint32_t> first;  // the scope that named a task first
  for (const TaskModel& task : model.tasks) {
    if (!task.scope) continue;
    first[task.id.value] = task.scope.value;
    if (gathers(task.scope.value)) care.children[task.scope.value].push_back(task.id.value);
  }
  for (Seq seq = 1; seq <= run.trace.size(); ++seq) {
    const Event e = run.trace[seq];
    if (e.kind == Kind::scope_child) {
      const auto [found, is_new] = first.try_emplace(e.b, e.a);
      if (found->second != e.a) care.elsewhere.insert(e.b);
      if (is_new && gathers(e.a)) care.children[e.a].push_back(e.b);
    } else if (e.kind == Kind::step_end && !enum_name(Field::wait, e.c).empty() && e.as<Wait>() == Wait::task) {
      care.elsewhere.insert(e.a);
    } else if (e.kind == Kind::result_retrieved) {
      care.elsewhere.insert(e.a);
    }
  }
  return care;
}

/// A child that was not done when its gather raised, and how long it ran on before it ended or somebody asked it to stop.
struct Orphan {
  const TaskModel* task = nullptr;
  Instant until;
  Seq last = 0;  ///< the event that ended it, 0: the trace is over before
  bool asked = false;
};

Orphan followed(const Run& run, const TaskModel& task, const ScopeModel& gather, const std::map<std::uint32_t, Seq>& asked,
                const std::map<std::uint32_t, Seq>& done) {
  Orphan out{&task, run.history.end, 0, false};
  if (const auto found = done.find(task.id.value); found != done.end()) {
    out.until = task.ended;
    out.last = found->second;
  }
  // A request from before the gather raised is somebody else's affair; it counts from the moment of the failure.
  if (const auto found = asked.find(task.id.value); found != asked.end() && (!out.last || found->second < out.last)) {
    out.until = std::max(run.trace[found->second].at(), gather.exited_time);
    out.last = found->second;
    out.asked = true;
  }
  return out;
}

std::string ends(const Run& run, const std::vector<Orphan>& orphans) {
  std::vector<std::string> out;
  for (const Orphan& o : orphans)
    out.push_back(fmt::format("{} {} {} s", run.name_of(o.task->id), o.last ? o.asked ? "was stopped at" : "until" : "still at",
                              seconds(o.until, 3)));
  return listed(out);
}

std::vector<Finding> check(const Run& run) {
  const Model& model = run.history.model;
  std::vector<Finding> out;
  if (std::none_of(model.scopes.begin(), model.scopes.end(),
                   [](const ScopeModel& s) { return s.type == ScopeType::gather && s.exited && s.outcome == Outcome::raised; }))
    return out;
  const Care care = care_of(run);
  std::map<std::uint32_t, Seq> asked, done;
  for (const Cancellation& c : run.history.cancellations) asked.try_emplace(c.target.value, c.requested);
  for (const Lane& lane : run.history.lanes)
    if (const TaskModel* task = model.task(lane.task); task && task->phase == Phase::done) done[task->id.value] = task->since;
  std::unordered_map<std::uint32_t, std::vector<const Request*>> requests;
  for (const Request& r : run.history.requests) requests[r.task.value].push_back(&r);

  for (const ScopeModel& gather : model.scopes) {
    const auto children = care.children.find(gather.id.value);
    if (gather.type != ScopeType::gather || !gather.exited || gather.outcome != Outcome::raised ||
        children == care.children.end())
      continue;
    std::vector<Orphan> orphans;
    Duration wasted{};
    std::size_t calls = 0, begun = 0;
    std::string error;
    Finding f;
    f.evidence.push_back(gather.exited);
    bool cut = false;
    for (const std::uint32_t id : children->second) {
      const TaskModel* task = model.task({id});
      if (!task) continue;
      const auto ended = done.find(id);
      if (ended != done.end() && ended->second < gather.exited) {
        if (task->outcome == Outcome::raised && error.empty())
          error = fmt::format(" ({}: {})", run.name_of(task->id), plain(run.trace.text(task->error.value)));
        continue;
      }
      if (care.elsewhere.contains(id)) continue;
      const Orphan orphan = followed(run, *task, gather, asked, done);
      const Duration longer = orphan.until - gather.exited_time;
      if (static_cast<double>(longer.count()) <= run.setting("siblings-left-running.ignored_ms", ignored_ms) * 1e6) continue;
      orphans.push_back(orphan);
      wasted += longer;
      cut = cut || (!orphan.last && !model.ended);
      for (const Request* r : requests[id]) {
        if (r->ended && r->ended < gather.exited) continue;
        ++calls;
        begun += r->begun > gather.exited;
      }
      f.tasks.push_back(task->id);
      if (orphan.last) f.evidence.push_back(orphan.last);
      f.end = std::max(f.end, orphan.until);
    }
    if (orphans.empty()) continue;
    f.confidence = cut ? Confidence::recheck : sureness(run, gather.exited);
    f.site = run.trace.site(gather.site);
    const std::string requested = calls ? fmt::format(" and {}{}", counted(calls, "request"),
                                                      begun ? fmt::format(", {} of them begun since,", begun) : "")
                                        : "";
    f.sentence = fmt::format("the gather{} raised at {} s{} and left {} running: {}; {} of their time{} {} for nobody",
                             at(f.site), seconds(gather.exited_time, 3), error, counted(orphans.size(), "sibling"),
                             ends(run, orphans), show(wasted), requested, calls || orphans.size() > 1 ? "were" : "was");
    f.begin = gather.exited_time;
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace

Lint siblings_left_running() {
  return {"siblings-left-running",
          "a gather raises and its other awaitables run on",
          "use a TaskGroup, which stops the others, or return_exceptions=True and look at every result",
          "gather_orphans",
          {{"ignored_ms", ignored_ms}},
          check};
}

}  // namespace awaitscope::lints

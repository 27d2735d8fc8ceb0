// orphan: a task was started outside of any group and outlived the task that started it, with nobody to answer for it.
#include <fmt/format.h>

#include "core/findings/joins.h"
#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double ignored_ms = 1;

std::string_view ended(const TaskModel& task) {
  switch (task.outcome) {
    case Outcome::returned: return "returned";
    case Outcome::raised: return "failed";
    case Outcome::cancelled: return "was cancelled";
  }
  return "ended";
}

/// How it went on after `from`, when it lost its last owner, with its end as the sentence; empty where that was too short to
/// matter.
Finding followed(const Run& run, const Joins& joins, const TaskModel& task, Seq from, Instant since) {
  Finding f;
  const LetGo end = joins.let_go(task, from);
  // Somebody stops it by hand: then somebody did have it in mind.  At the exit of the program everybody is asked.
  if (end.asked && run.trace[end.seq].kind == Kind::cancel_requested &&
      run.trace[end.seq].as<CancelReason>() != CancelReason::shutdown)
    return f;
  if (static_cast<double>((end.at - since).count()) <= run.setting("orphan.ignored_ms", ignored_ms) * 1e6) return f;
  f.confidence = !end.seq && !run.history.model.ended ? Confidence::recheck : sureness(run, std::max(from, end.seq));
  f.site = run.trace.site(task.created_at);
  f.begin = since;
  f.end = end.at;
  f.tasks = {task.id};
  f.evidence = {from, task.created};
  if (end.seq) f.evidence.push_back(end.seq);
  f.sentence = !end.seq ? "was still running" : end.asked ? "was cut by the program's end" : "came to its end";
  return f;
}

std::vector<Finding> check(const Run& run) {
  const Model& model = run.history.model;
  const auto bare = [](const TaskModel& task) { return task.created && task.parent && !task.scope; };
  std::vector<Finding> out;
  if (std::none_of(model.tasks.begin(), model.tasks.end(), bare)) return out;
  const Joins& joins = run.once<Joins>();
  std::unordered_map<std::uint32_t, Seq> dropped;  // the last handle of it
  for (const Event& e : run.events({Kind::handle_dropped})) dropped.try_emplace(e.a, e.seq);

  for (const TaskModel& task : model.tasks) {
    if (!bare(task)) continue;
    const TaskModel& creator = *model.task(task.parent);
    const Seq end = task.phase == Phase::done ? task.since : run.trace.size() + 1;
    const bool left = creator.phase == Phase::done && creator.since < end;
    const auto found = dropped.find(task.id.value);
    if (left && !joins.joined(task.id, creator.since)) {
      Finding f = followed(run, joins, task, creator.since, creator.ended);
      if (f.sentence.empty()) continue;
      f.sentence = fmt::format(
          "task {}, which {} had started{} outside of any group, ran on for {} after {} {} at {} s; nobody owned it when it {}",
          run.name_of(task.id), run.name_of(creator.id), at(f.site), show(f.end - f.begin), run.name_of(creator.id),
          ended(creator), seconds(creator.ended, 3), f.sentence);
      f.tasks.push_back(creator.id);
      out.push_back(std::move(f));
    } else if (!left && found != dropped.end() && found->second < end && !joins.joined(task.id, found->second)) {
      const Instant since = run.trace[found->second].at();
      Finding f = followed(run, joins, task, found->second, since);
      if (f.sentence.empty()) continue;
      f.severity = Severity::info;  // whoever started it is still there, and may know why
      f.sentence = fmt::format("the last handle of task {} was dropped at {} s; only the loop knew of it when it {}, {} later",
                               run.name_of(task.id), seconds(since, 3), f.sentence, show(f.end - f.begin));
      out.push_back(std::move(f));
    }
  }
  return out;
}

}  // namespace

Lint orphan() {
  return {"orphan",
          "a task started outside of any group outlives the task that started it",
          "start it in a TaskGroup that its starter holds open, or hand it to somebody who awaits or cancels it",
          "task_leak",
          {{"ignored_ms", ignored_ms}},
          check};
}

}  // namespace awaitscope::lints

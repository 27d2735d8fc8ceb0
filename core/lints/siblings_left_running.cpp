// siblings-left-running: a gather raised its first error, and the other awaitables ran on for nobody.
#include <fmt/format.h>

#include "core/findings/joins.h"
#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double ignored_ms = 1;

using Requests = std::unordered_map<std::uint32_t, std::vector<const Request*>>;  // by task

/// What went on after a gather had raised.
struct Left {
  std::vector<std::string> ends;
  Duration wasted{};
  std::size_t requests = 0, begun = 0;  ///< still under way or begun since; of those, begun since
  bool cut = false;                     ///< the trace ends before one of them does
};

std::string requested(const Left& left) {
  if (left.requests == 0) return "";
  const std::string since = left.begun ? fmt::format(", {} of them begun since,", left.begun) : "";
  return fmt::format(" and {}{}", counted(left.requests, "request"), since);
}

/// Adds a child that was not done when the gather raised.
void add(const Run& run, const Joins& joins, const ScopeModel& gather, const TaskModel& task, const Requests& requests,
         Left& left, Finding& f) {
  const LetGo end = joins.let_go(task, gather.exited);
  const Duration longer = end.at - gather.exited_time;
  if (static_cast<double>(longer.count()) <= run.setting("siblings-left-running.ignored_ms", ignored_ms) * 1e6) return;
  left.ends.push_back(fmt::format("{} {} {} s", run.name_of(task.id),
                                  !end.seq    ? "still at"
                                  : end.asked ? "was stopped at"
                                              : "until",
                                  seconds(end.at, 3)));
  left.wasted += longer;
  left.cut = left.cut || (!end.seq && !run.history.model.ended);
  if (const auto found = requests.find(task.id.value); found != requests.end())
    for (const Request* r : found->second) {
      if (r->ended && r->ended < gather.exited) continue;
      ++left.requests;
      left.begun += r->begun > gather.exited;
    }
  f.tasks.push_back(task.id);
  if (end.seq) f.evidence.push_back(end.seq);
  f.end = std::max(f.end, end.at);
}

std::vector<Finding> check(const Run& run) {
  const Model& model = run.history.model;
  const auto raised = [](const ScopeModel& s) {
    return s.type == ScopeType::gather && s.exited && s.outcome == Outcome::raised;
  };
  std::vector<Finding> out;
  if (std::none_of(model.scopes.begin(), model.scopes.end(), raised)) return out;
  const Joins& joins = run.once<Joins>();
  Requests requests;
  for (const Request& r : run.history.requests) requests[r.task.value].push_back(&r);

  for (const ScopeModel& gather : model.scopes) {
    if (!raised(gather)) continue;
    Finding f;
    Left left;
    std::string error;
    f.evidence.push_back(gather.exited);
    for (const TaskId id : joins.children(gather.id)) {
      const TaskModel* task = model.task(id);
      if (!task) continue;
      if (task->phase == Phase::done && task->since < gather.exited) {
        if (task->outcome == Outcome::raised && error.empty())
          error = fmt::format(" ({}: {})", run.name_of(id), plain(run.trace.text(task->error.value)));
      } else if (!joins.joined(id, gather.exited + 1)) {
        add(run, joins, gather, *task, requests, left, f);
      }
    }
    if (left.ends.empty()) continue;
    f.confidence = left.cut ? Confidence::recheck : sureness(run, *std::max_element(f.evidence.begin(), f.evidence.end()));
    f.site = run.trace.site(gather.site);
    f.sentence = fmt::format("the gather{} raised at {} s{} and left {} running: {}; {} of their time{} {} for nobody",
                             at(f.site), seconds(gather.exited_time, 3), error, counted(left.ends.size(), "sibling"),
                             listed(left.ends), show(left.wasted), requested(left), left.requests ? "were" : "was");
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

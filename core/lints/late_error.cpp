// late-error: a task failed, and whoever was to await it heard of that only later.
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double late_ms = 10;

struct Failure {
  Seq done = 0;
  Seq retrieved = 0;  ///< by the first who did
};

/// Whether a gather, group or wait that had the task under its eyes was open when it failed: that one hears at once.
bool watched(const History& h, const std::unordered_map<std::uint32_t, std::vector<std::uint32_t>>& scopes_of,
             const TaskModel& task, Seq failed) {
  const auto open = [&](ScopeId id) {
    const ScopeModel* scope = h.model.scope(id);
    return scope && scope->entered && scope->entered < failed && (scope->exited == 0 || scope->exited >= failed);
  };
  if (task.scope && open(task.scope)) return true;
  const auto found = scopes_of.find(task.id.value);
  return found != scopes_of.end() &&
         std::any_of(found->second.begin(), found->second.end(), [&](std::uint32_t id) { return open({id}); });
}

/// What the reader was doing when the task failed; null where it was not there yet.
const Span* then(const History& h, TaskId reader, Seq failed) {
  if (!reader || reader.value > h.lanes.size()) return nullptr;
  const auto& spans = h.lanes[reader.value - 1].spans;
  auto after = std::upper_bound(spans.begin(), spans.end(), failed, [](Seq seq, const Span& s) { return seq < s.first; });
  return after == spans.begin() ? nullptr : &*std::prev(after);
}

std::string meanwhile(const Run& run, const Span* span) {
  if (!span || span->phase != Phase::waiting) return "";
  if (span->wait == Wait::task)
    return fmt::format("; until then it waited for {}{}", task_named(run, {span->object}), at(run.trace.site(span->site)));
  return fmt::format("; it waited for something else ({}){}", name(span->wait), at(run.trace.site(span->site)));
}

std::vector<Finding> check(const Run& run) {
  const History& h = run.history;
  std::unordered_map<std::uint32_t, Failure> failures;                      // by task
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> scopes_of;  // a task may be a child of several
  for (const Event& e : run.events({Kind::scope_child, Kind::task_done, Kind::result_retrieved})) {
    if (e.kind == Kind::scope_child) scopes_of[e.b].push_back(e.a);
    else if (e.kind == Kind::task_done && e.as<Outcome>() == Outcome::raised) failures[e.task].done = e.seq;
    else if (e.kind == Kind::result_retrieved)
      if (const auto failed = failures.find(e.a); failed != failures.end() && failed->second.retrieved == 0)
        failed->second.retrieved = e.seq;
  }
  const double least = run.setting("late-error.late_ms", late_ms) * 1e6;
  std::vector<Finding> out;
  for (const TaskModel& task : h.model.tasks) {
    const auto found = failures.find(task.id.value);
    if (found == failures.end() || found->second.retrieved == 0) continue;
    const Event done = run.trace[found->second.done], heard = run.trace[found->second.retrieved];
    const Duration late = heard.at() - done.at();
    if (static_cast<double>(late.count()) < least || watched(h, scopes_of, task, done.seq)) continue;
    const Span* span = then(h, heard.who(), done.seq);
    Finding f;
    // Whoever does its own work first may have meant to look later; whoever waits in line for other tasks did not.
    f.severity = span && span->phase == Phase::waiting && span->wait == Wait::task ? Severity::warning : Severity::info;
    f.confidence = sureness(run, heard.seq);
    f.site = run.trace.site(heard.where());
    const std::string error = plain(run.trace.text(done.a));
    f.sentence = fmt::format("task {} failed at {} s{}, and {} heard of it only {} later{}{}", run.name_of(task.id),
                             seconds(done.at(), 3), error.empty() ? "" : " (" + error + ")", run.name_of(heard.who()),
                             show(late), at(f.site), meanwhile(run, span));
    f.begin = done.at();
    f.end = heard.at();
    f.tasks = {task.id, heard.who()};
    f.evidence = {done.seq, heard.seq};
    if (span && span->first) f.evidence.push_back(span->first);
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace

Lint late_error() {
  return {"late-error",
          "a task fails and whoever awaits it hears of that only later",
          "own the tasks in a TaskGroup, which hears of a failure at once and stops the others",
          "serial_await_loop",
          {{"late_ms", late_ms}},
          check};
}

}  // namespace awaitscope::lints

// missing-timeout: a request that nothing would ever end if its answer did not come.
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/requests.h"
#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr std::size_t most_levels = 256;  ///< of the spawn tree that are searched for a deadline; deeper ones get the doubt

/// The requests without a limit that one line makes to one service.
struct Group {
  std::vector<const Request*> all;
  const Request* pending = nullptr;  ///< the first that never came to its end
};

/// Blocks with a deadline that are open, by task.
class Deadlines {
 public:
  void take(const Event& e) {
    if (e.kind == Kind::scope_enter && e.nanoseconds() != 0) open(e.a, e.task);
    if (e.kind == Kind::scope_deadline) e.nanoseconds() != 0 ? open(e.a, e.task) : close(e.a);
    if (e.kind == Kind::scope_exit) close(e.a);
  }
  /// Whether one of the task's, or of a task above it in the spawn tree, is open.
  bool cover(const Model& model, TaskId id) const {
    std::size_t level = 0;
    for (const TaskModel* task = model.task(id); task; ++level) {
      if (level == most_levels) return true;
      if (const auto found = count_.find(task->id.value); found != count_.end() && found->second > 0) return true;
      const TaskModel* parent = model.task(task->parent);
      task = parent && parent->created < task->created ? parent : nullptr;
    }
    return false;
  }

 private:
  void open(std::uint32_t scope, std::uint32_t task) {
    if (of_.emplace(scope, task).second) ++count_[task];
  }
  void close(std::uint32_t scope) {
    const auto found = of_.find(scope);
    if (found == of_.end()) return;
    --count_[found->second];
    of_.erase(found);
  }
  std::unordered_map<std::uint32_t, std::uint32_t> of_;
  std::unordered_map<std::uint32_t, int> count_;
};

/// Still without an answer when the run ended, or when a run that hung was cleaned up.  One that a program's exit cut was
/// only under way.
bool never_answered(const Run& run, const Request& request) {
  if (!run.history.model.ended) return false;  // it may still come
  if (request.ended == 0) return true;
  if (request.status != RequestStatus::cancelled || run.history.model.outcome != RunOutcome::hang) return false;
  const TaskModel* task = run.history.model.task(request.task);
  const Event last = task && task->cancel_requested ? run.trace[task->cancel_requested] : Event{};
  return last.kind == Kind::cancel_requested && last.as<CancelReason>() == CancelReason::shutdown && last.seq < request.ended;
}

Finding about(const Run& run, const Group& group) {
  const Request& one = group.pending ? *group.pending : *group.all.front();
  const std::string what = one.what ? plain(run.trace.text(one.what.value)) : "a request";
  const std::string service = run.name_of(one.service);
  Finding f;
  f.severity = group.pending ? Severity::error : Severity::info;
  f.confidence = sureness(run, group.pending ? static_cast<Seq>(run.trace.size()) : one.begun);
  f.site = run.trace.site(one.site);
  f.begin = one.begin;
  f.end = group.pending || one.ended == 0 ? run.history.end : one.end;
  if (group.pending)
    f.sentence = fmt::format(
        "{} waits for {} from {}{} without a time limit: asked at {} s, and still no answer when the run "
        "ended {} later",
        task_named(run, one.task), what, service, at(f.site), seconds(one.begin, 3), show(f.end - f.begin));
  else
    f.sentence =
        fmt::format("{} to {}{} with no deadline around {}: were {} never to answer, the wait would have no end",
                    counted(group.all.size(), "request"), service, at(f.site), group.all.size() == 1 ? "it" : "them", service);
  if (one.task) f.tasks = {one.task};
  f.resources = {one.service};
  f.evidence = {one.begun};
  if (one.ended) f.evidence.push_back(one.ended);
  return f;
}

std::vector<Finding> check(const Run& run) {
  const History& h = run.history;
  if (h.requests.empty()) return {};
  const Requests& requests = run.once<Requests>();
  Deadlines deadlines;
  std::map<std::pair<std::uint32_t, std::uint16_t>, Group> groups;
  std::vector<const Request*> open;  // pending to the end, and not covered when they began
  for (const Event& e : run.events({Kind::scope_enter, Kind::scope_deadline, Kind::scope_exit, Kind::request_begin})) {
    deadlines.take(e);
    if (e.kind != Kind::request_begin) continue;
    const Request* const found = requests.begun_by(e.seq);
    if (!found || deadlines.cover(h.model, e.who())) continue;
    const Request& request = *found;
    if (request.ended == 0 || never_answered(run, request)) open.push_back(&request);
    groups[{request.service.value, request.site.value}].all.push_back(&request);
  }
  // A deadline that came around them later, and was open to the end, would still have struck.
  for (const Request* request : open)
    if (Group& group = groups[{request->service.value, request->site.value}];
        !group.pending && never_answered(run, *request) && !deadlines.cover(h.model, request->task))
      group.pending = request;
  std::vector<Finding> out;
  for (const auto& [place, group] : groups) out.push_back(about(run, group));
  return out;
}

}  // namespace

Lint missing_timeout() {
  return {"missing-timeout",
          "a request has no deadline around it; an error where its answer never came",
          "put a timeout around the wait, and decide what a timeout means to the caller",
          "missing_timeout",
          {},
          check};
}

}  // namespace awaitscope::lints

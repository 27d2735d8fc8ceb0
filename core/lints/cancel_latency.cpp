// cancel-latency: a cancel reached a task, and the task took long to end.
#include <fmt/format.h>

#include "core/findings/asked.h"
#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double info_ms = 100, warning_ms = 1000;
constexpr std::size_t most_evidence = 100;

/// From a delivery to what answered it.
struct Answer {
  TaskId task;
  Seq delivered = 0, ended = 0;  ///< ended 0: the trace ends first
  Instant since, end;            ///< since: the delivery, or the end of the last clean-up that says how long it may take
  bool waited = false;           ///< since: the end of the last wait for others who were to stop
  Duration length() const { return end - since; }
};

/// A block that is opened in order to clean up: a shield, or one with a deadline.
bool declares(const ScopeModel& scope) { return scope.type == ScopeType::shield || scope.deadline != 0; }

class Answers {
 public:
  explicit Answers(const Run& run) : run_(run), open_(run.history.model.tasks.size() + 1) {}

  std::vector<Answer> all() {
    for (const Cancellation& c : run_.history.cancellations)
      if (c.end == Cancellation::End::swallowed) swallowed_.push_back(c.delivered);  // cancel-swallowed tells these
    std::sort(swallowed_.begin(), swallowed_.end());
    for (const Event& e :
         run_.events({Kind::cancel_delivered, Kind::cancel_caught, Kind::cancel_swallowed, Kind::cancel_uncancelled,
                      Kind::task_done, Kind::scope_exit, Kind::region_begin, Kind::region_end}))
      if (e.task < open_.size()) take(e, open_[e.task]);
    at_end();
    return std::move(out_);
  }

 private:
  struct Open {
    Seq delivered = 0;
    Instant since;
    std::uint32_t regions = 0;  ///< begun since
  };

  void take(const Event& e, Open& task) {
    if (e.kind == Kind::cancel_delivered && !task.delivered) task = {e.seq, e.at(), 0};
    if (!task.delivered) return;
    if (e.kind == Kind::region_begin) ++task.regions;
    if (e.kind == Kind::region_end && task.regions && --task.regions == 0) task.since = e.at();
    if (e.kind == Kind::scope_exit) {
      const ScopeModel* scope = run_.history.model.scope({e.a});
      if (scope && scope->entered > task.delivered && declares(*scope)) task.since = e.at();
    }
    const bool over = e.kind == Kind::cancel_caught || e.kind == Kind::task_done || e.kind == Kind::cancel_swallowed ||
                      (e.kind == Kind::cancel_uncancelled && e.a == 0);
    if (!over) return;
    if (e.kind != Kind::cancel_swallowed) keep(e.who(), task, e.at(), e.seq);
    task = {};
  }
  /// Whoever is still in a clean-up that it declared is in time.
  void at_end() {
    for (const ScopeModel& scope : run_.history.model.scopes)
      if (scope.entered && !scope.exited && scope.task.value < open_.size() && declares(scope))
        if (Open& task = open_[scope.task.value]; task.delivered && scope.entered > task.delivered) task = {};
    for (std::uint32_t id = 1; id < open_.size(); ++id)
      if (open_[id].delivered && open_[id].regions == 0) keep({id}, open_[id], run_.history.end, 0);
  }
  void keep(TaskId task, const Open& open, Instant end, Seq ended) {
    Answer answer{task, open.delivered, ended, open.since, end, false};
    const double least = run_.setting("cancel-latency.info_ms", info_ms) * 1e6;
    if (static_cast<double>(answer.length().count()) < least) return;
    if (std::binary_search(swallowed_.begin(), swallowed_.end(), open.delivered)) return;
    wait_for_others(answer);
    if (static_cast<double>(answer.length().count()) >= least) out_.push_back(answer);
  }
  /// The time in which it waited for tasks that were asked to stop as well is theirs, and a task behind a shield is a declared
  /// clean-up.
  void wait_for_others(Answer& answer) {
    const auto& lanes = run_.history.lanes;
    if (answer.task.value == 0 || answer.task.value > lanes.size()) return;
    const auto& spans = lanes[answer.task.value - 1].spans;
    auto span =
        std::lower_bound(spans.begin(), spans.end(), answer.delivered, [](const Span& s, Seq seq) { return s.first < seq; });
    if (span != spans.begin()) --span;
    for (; span != spans.end() && (!answer.ended || span->first < answer.ended); ++span)
      if (const Instant end = span->last ? span->end : answer.end;
          span->phase == Phase::waiting && end > answer.since && for_asked(*span)) {
        answer.since = end;
        answer.waited = true;
      }
  }
  bool for_asked(const Span& span) {
    if (span.wait == Wait::group) return true;
    const auto asked = [&](TaskId id) {
      const TaskModel* task = run_.history.model.task(id);
      return task && task->cancel_requested;
    };
    if (gathers_.empty()) {
      gathers_.resize(run_.history.model.scopes.size() + 1);
      shielded_.resize(open_.size());
      for (const TaskModel& task : run_.history.model.tasks)
        if (task.cancel_requested && task.scope.value < gathers_.size()) gathers_[task.scope.value] = 1;
      for (const ScopeModel& scope : run_.history.model.scopes) {
        if (std::any_of(scope.children.begin(), scope.children.end(), asked)) gathers_[scope.id.value] = 1;
        for (const TaskId child : scope.children)
          if (scope.type == ScopeType::shield && child.value < shielded_.size()) shielded_[child.value] = 1;
      }
    }
    if (span.wait == Wait::task) return asked({span.object}) || (span.object < shielded_.size() && shielded_[span.object]);
    return span.wait == Wait::gather && span.object < gathers_.size() && gathers_[span.object];
  }

  const Run& run_;
  std::vector<Open> open_;  ///< by task
  std::vector<Seq> swallowed_;
  std::vector<char> gathers_;   ///< by scope: a task of it was asked to stop
  std::vector<char> shielded_;  ///< by task
  std::vector<Answer> out_;
};

/// shutdown-blocked tells of those that hold up the program's end.
bool told_elsewhere(const Run& run, const Cancellation* request, const Answer& answer) {
  if (!request) return false;
  const Cancellation& root = root_of(run.history, *request);
  return root.why == CancelReason::shutdown &&
         static_cast<double>((answer.end - root.requested_time).count()) > run.setting("shutdown-blocked.limit_s", 1) * 1e9;
}

/// A deadline asked, and whoever had set it could not go on before the task was done.
bool keeps_waiting(const Run& run, const Cancellation* request, const Answer& answer) {
  if (!request) return false;
  const Cancellation& root = root_of(run.history, *request);
  const ScopeModel* scope = run.history.model.scope(root.scope);
  return root.why == CancelReason::timeout && (!scope || !scope->exited || scope->exited_time >= answer.end);
}

/// All that one place received, the slowest first.
Finding about(const Run& run, std::vector<Answer>& group) {
  std::stable_sort(group.begin(), group.end(), [](const Answer& a, const Answer& b) { return a.length() > b.length(); });
  const Answer& worst = group.front();
  const Event delivered = run.trace[worst.delivered];
  const Cancellation* request = request_of(run.history, delivered.cause);
  Finding f;
  f.severity = Severity::info;
  f.confidence = sureness(run, worst.ended ? worst.ended : run.history.model.ended ? run.trace.size() : 0);
  // Other recorders show no blocks, so a clean-up may have been declared that nobody sees.
  if (f.confidence == Confidence::proven && !run.trace.info.runtime.starts_with("awaitscope"))
    f.confidence = Confidence::likely;
  f.site = run.trace.site(delivered.where());
  f.begin = worst.since;
  f.end = worst.end;
  if (keeps_waiting(run, request, worst) &&
      static_cast<double>(worst.length().count()) >= run.setting("cancel-latency.warning_ms", warning_ms) * 1e6)
    f.severity = Severity::warning;
  for (const Answer& one : group) {
    if (f.evidence.size() >= most_evidence) break;
    f.tasks.push_back(one.task);
    f.evidence.push_back(one.delivered);
    if (one.ended) f.evidence.push_back(one.ended);
  }
  if (request) f.evidence.push_back(request->requested);
  const std::string from = worst.waited
                               ? fmt::format(", counted from {} s, when the tasks it waited for had ended", seconds(f.begin, 3))
                           : worst.since > delivered.at()
                               ? fmt::format(", counted from the end of its declared clean-up at {} s", seconds(f.begin, 3))
                               : "";
  f.sentence = fmt::format(
      "{} reached task {} at {} s{}, and it {}{}{}", request ? "the cancel from " + who_asked(run, *request) : "a cancel",
      run.name_of(worst.task), seconds(delivered.at(), 3), at(f.site),
      worst.ended ? fmt::format("took {} to answer", show(worst.length()))
                  : fmt::format("had not answered {} later", show(worst.length())),
      from,
      group.size() > 1 ? fmt::format("; {} there {} slow as well", counted(group.size() - 1, "other answer"),
                                     group.size() == 2 ? "was" : "were")
                       : "");
  return f;
}

std::vector<Finding> check(const Run& run) {
  std::map<std::uint16_t, std::vector<Answer>> groups;  // by place
  for (const Answer& answer : Answers(run).all()) {
    const Event delivered = run.trace[answer.delivered];
    if (!told_elsewhere(run, request_of(run.history, delivered.cause), answer)) groups[delivered.site].push_back(answer);
  }
  std::vector<Finding> out;
  for (auto& [site, group] : groups) out.push_back(about(run, group));
  return out;
}

}  // namespace

Lint cancel_latency() {
  return {"cancel-latency",
          "a task goes on for long after a cancel reached it",
          "keep clean-up short; what must take long belongs behind a shield, with a deadline of its own",
          "cleanup_in_finally",
          {{"info_ms", info_ms}, {"warning_ms", warning_ms}},
          check};
}

}  // namespace awaitscope::lints

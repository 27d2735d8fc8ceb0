// cleanup-await-unshielded: in trio's mode, an await while a cancel unwinds: cut at once, or without an end to hope for.
#include <utility>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr std::size_t most_evidence = 100;

bool is_level(const ScopeModel& scope) { return scope.type == ScopeType::cancel_scope || scope.type == ScopeType::nursery; }

/// The scope whose cancel a delivery answers, in trio's mode; null elsewhere.
const ScopeModel* asking(const Run& run, const Event& delivered) {
  if (delivered.cause == 0 || delivered.cause >= delivered.seq) return nullptr;
  const Event cause = run.trace[delivered.cause];
  if (cause.kind != Kind::cancel_requested && cause.kind != Kind::scope_enter) return nullptr;
  const ScopeModel* scope = run.history.model.scope({cause.kind == Kind::scope_enter ? cause.a : cause.b});
  return scope && is_level(*scope) ? scope : nullptr;
}

/// An await while a cancel unwound.
struct Await {
  TaskId task;
  Seq delivered = 0, at = 0;  ///< the first delivery; the event that shows the await
  Seq last = 0;               ///< the event that shows what became of it; 0: none
  SiteId site;
  bool cut = true;  ///< else it went on behind a shield that has no deadline
};

class Unwinding {
 public:
  explicit Unwinding(const Run& run) : run_(run), open_(run.history.model.tasks.size() + 1) {
    for (const ScopeModel& scope : run.history.model.scopes) {
      if (!scope.entered || !is_level(scope)) continue;
      own_[scope.task.value].push_back(&scope);
      if (scope.type == ScopeType::nursery && scope.site) nurseries_.emplace_back(scope.task.value, scope.site.value);
    }
    std::sort(nurseries_.begin(), nurseries_.end());
    for (auto& [task, own] : own_)
      std::sort(own.begin(), own.end(), [](const ScopeModel* a, const ScopeModel* b) { return a->entered < b->entered; });
  }
  bool applies() const { return !own_.empty(); }

  std::vector<Await> all() {
    for (const Event& e :
         run_.events({Kind::cancel_delivered, Kind::cancel_caught, Kind::task_done, Kind::resource_closed, Kind::level}))
      if (e.task && e.task < open_.size()) take(e, open_[e.task]);
    for (std::uint32_t id = 1; id < open_.size(); ++id)
      if (open_[id].first) shielded({id}, open_[id], 0);
    return std::move(out_);
  }

 private:
  struct Open {
    Seq first = 0;                ///< the delivery that it unwinds after; 0: it does not
    std::uint16_t closed_at = 0;  ///< where it has closed something since the last delivery
    std::vector<Seq> cut;         ///< deliveries since
  };

  void take(const Event& e, Open& task) {
    switch (e.kind) {
      case Kind::resource_closed:
      case Kind::level: task.closed_at = e.site; break;
      case Kind::cancel_delivered: delivered(e, task); break;
      default:
        if (task.first) shielded(e.who(), task, e.seq);
        task = {};
    }
  }
  void delivered(const Event& e, Open& task) {
    const ScopeModel* scope = asking(run_, e);
    const std::uint16_t closed_at = std::exchange(task.closed_at, std::uint16_t{0});
    if (!task.first) {
      if (scope) task.first = e.seq;
      return;
    }
    task.cut.push_back(e.seq);
    if (!scope || !e.site || scope->entered > task.first) return;  // a clean-up's own deadline has struck
    if (closed_at == e.site) return;                               // trio's aclose() closes first and looks for cancels then
    if (is_exit(e)) return;
    out_.push_back({e.who(), task.first, e.seq, e.seq, e.where(), true});
  }
  /// The end of a nursery is an await that nobody wrote.
  bool is_exit(const Event& e) const {
    return std::binary_search(nurseries_.begin(), nurseries_.end(), std::pair{e.task, std::uint32_t{e.site}});
  }

  /// Waits that no delivery ended, with no deadline around them.
  void shielded(TaskId id, const Open& task, Seq end) {
    const auto own = own_.find(id.value);
    if (own == own_.end() || id.value > run_.history.lanes.size()) return;
    const auto& spans = run_.history.lanes[id.value - 1].spans;
    auto span = std::lower_bound(spans.begin(), spans.end(), task.first, [](const Span& s, Seq seq) { return s.first < seq; });
    for (; span != spans.end() && (!end || span->first < end); ++span) {
      if (span->phase != Phase::waiting || span->wait == Wait::yield || span->wait == Wait::group) continue;
      auto step = span;
      while (step != spans.end() && step->phase != Phase::running) ++step;
      const bool waits = step == spans.end();  // to the end of the trace
      const auto cut = std::lower_bound(task.cut.begin(), task.cut.end(), span->first);
      if (cut != task.cut.end() && (waits || !step->last || *cut < step->last)) continue;
      if (limited(own->second, task.first, *span)) continue;
      const Seq last = !waits ? step->first : run_.history.model.ended ? run_.trace.size() : 0;
      out_.push_back({id, task.first, span->first, last, span->site, false});
      return;
    }
  }
  /// Whether a scope that the clean-up opened around that wait has a deadline.
  static bool limited(const std::vector<const ScopeModel*>& own, Seq delivered, const Span& span) {
    auto scope =
        std::lower_bound(own.begin(), own.end(), span.first, [](const ScopeModel* s, Seq q) { return s->entered < q; });
    while (scope != own.begin() && (*--scope)->entered > delivered)
      if ((!(*scope)->exited || (*scope)->exited > span.first) && ((*scope)->deadline || (*scope)->expired)) return true;
    return false;
  }

  const Run& run_;
  std::vector<Open> open_;                                                 ///< by task
  std::unordered_map<std::uint32_t, std::vector<const ScopeModel*>> own_;  ///< trio's scopes by task, in order
  std::vector<std::pair<std::uint32_t, std::uint32_t>> nurseries_;         ///< task and place of each
  std::vector<Await> out_;
};

Finding about(const Run& run, const std::vector<Await>& group) {
  const Await& first = group.front();
  const Event delivered = run.trace[first.delivered];
  Finding f;
  f.severity = Severity::info;
  f.confidence = sureness(run, first.last);
  f.site = run.trace.site(first.site);
  f.begin = delivered.at();
  f.end = run.trace[group.back().at].at();
  for (const Await& one : group) {
    if (f.evidence.size() >= most_evidence) break;
    if (std::find(f.tasks.begin(), f.tasks.end(), one.task) == f.tasks.end()) f.tasks.push_back(one.task);
    f.evidence.push_back(one.at);
    f.evidence.push_back(one.delivered);
  }
  const std::string often = group.size() > 1 ? fmt::format(" ({} times in all)", group.size()) : "";
  f.sentence = fmt::format("task {}, cancelled at {} s, awaited once more{}{} while it unwound: {}", run.name_of(first.task),
                           seconds(delivered.at(), 3), at(f.site), often,
                           first.cut ? "outside of a shield that await is cancelled as well, and does nothing"
                                     : "behind a shield that has no deadline, so nothing ends that wait if it hangs");
  return f;
}

std::vector<Finding> check(const Run& run) {
  Unwinding unwinding(run);
  if (!unwinding.applies()) return {};
  std::map<std::pair<std::uint16_t, bool>, std::vector<Await>> groups;
  for (const Await& one : unwinding.all()) groups[{static_cast<std::uint16_t>(one.site.value), one.cut}].push_back(one);
  std::vector<Finding> out;
  for (const auto& [place, group] : groups) out.push_back(about(run, group));
  return out;
}

}  // namespace

Lint cleanup_await_unshielded() {
  return {"cleanup-await-unshielded",
          "in trio's mode a task awaits while a cancel unwinds, without a shield and a deadline",
          "clean up without awaiting, or in a CancelScope with shield=True and a deadline (move_on_after(1, shield=True))",
          "nursery_semantics",
          {},
          check};
}

}  // namespace awaitscope::lints

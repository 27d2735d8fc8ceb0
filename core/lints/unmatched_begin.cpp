// unmatched-begin: about the trace itself: something begins and never ends, although the trace goes on past its end.
#include <array>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr std::size_t most_evidence = 100, most_lines = 64;  ///< that one task is in at once

/// A begin whose end is missing, and the event that shows it.
struct Missing {
  Kind kind = Kind::step_begin;
  Seq begin = 0, shown = 0;
};

class Pairs {
 public:
  explicit Pairs(const Run& run) : run_(run), tasks_(run.history.model.tasks.size() + 1) {
    // Other recorders may tell of several threads, whose steps overlap.
    one_thread_ = run.trace.info.runtime.starts_with("awaitscope");
  }

  std::vector<Missing> all() {
    for (const Event& e : run_.events({Kind::step_begin, Kind::step_end, Kind::task_done, Kind::block_begin, Kind::block_end,
                                       Kind::idle_begin, Kind::idle_end}))
      if (e.task < tasks_.size()) step(e, tasks_[e.task]);
    for (const Event& e : run_.events({Kind::acquire_begin, Kind::acquired, Kind::acquire_abandoned, Kind::task_done}))
      if (e.task && e.task < tasks_.size()) wait(e, tasks_[e.task]);
    for (const Open& task : tasks_) out_.insert(out_.end(), task.late.begin(), task.late.end());
    std::sort(out_.begin(), out_.end(), [](const Missing& a, const Missing& b) { return a.begin < b.begin; });
    return std::move(out_);
  }

 private:
  struct Open {
    Seq step = 0;
    std::vector<Seq> blocks;                             ///< they may nest
    std::vector<Missing> late;                           ///< blocks open when their step ended; their end may still come
    std::vector<std::pair<std::uint32_t, Seq>> waiting;  ///< in line: for which resource, since when
  };

  void step(const Event& e, Open& task) {
    switch (e.kind) {
      case Kind::step_begin:
        if (one_thread_ && running_ && running_ != e.task) lost(tasks_[running_].step, e);
        else lost(task.step, e);
        task.step = e.seq;
        running_ = e.task;
        break;
      case Kind::step_end:
      case Kind::task_done:  // an imported task's last step ends with it
        if (e.kind == Kind::task_done && one_thread_) break;
        for (const Seq block : task.blocks) task.late.push_back({Kind::block_begin, block, e.seq});
        task.blocks.clear();
        task.step = 0;
        if (running_ == e.task) running_ = 0;
        break;
      case Kind::block_begin: task.blocks.push_back(e.seq); break;
      case Kind::block_end:
        if (!task.blocks.empty()) task.blocks.pop_back();
        else if (!task.late.empty()) task.late.pop_back();
        break;
      case Kind::idle_begin:
        if (idle_) out_.push_back({Kind::idle_begin, idle_, e.seq});
        idle_ = e.seq;
        break;
      case Kind::idle_end: idle_ = 0; break;
      default: break;
    }
  }
  void lost(Seq& begin, const Event& e) {
    if (begin) out_.push_back({Kind::step_begin, begin, e.seq});
    begin = 0;
  }
  void wait(const Event& e, Open& task) {
    if (e.kind == Kind::task_done) {
      for (const auto& [resource, begin] : task.waiting) out_.push_back({Kind::acquire_begin, begin, e.seq});
      task.waiting.clear();
    } else if (e.kind == Kind::acquire_begin) {
      if (task.waiting.size() < most_lines) task.waiting.emplace_back(e.a, e.seq);
    } else if (const auto found =
                   std::find_if(task.waiting.begin(), task.waiting.end(), [&](const auto& w) { return w.first == e.a; });
               found != task.waiting.end()) {
      task.waiting.erase(found);
    }
  }

  const Run& run_;
  std::vector<Open> tasks_;  ///< 0: the loop's callbacks
  bool one_thread_ = false;
  std::uint32_t running_ = 0;
  Seq idle_ = 0;
  std::vector<Missing> out_;
};

std::string named(const Run& run, const Missing& one) {
  const Event begin = run.trace[one.begin], shown = run.trace[one.shown];
  const std::string who = task_named(run, begin.who());
  const std::string when = seconds(begin.at(), 3) + " s";
  switch (one.kind) {
    case Kind::step_begin:
      return fmt::format("{} began a step at {}, and {} began one at {} s", who, when,
                         begin.task == shown.task ? "it" : task_named(run, shown.who()), seconds(shown.at(), 3));
    case Kind::block_begin:
      return fmt::format("a blocking call of {} began at {}{}, and its step ended at {} s", who, when,
                         at(run.trace.site(begin.where())), seconds(shown.at(), 3));
    case Kind::acquire_begin:
      return fmt::format("{} got in line for {} at {}, and ended at {} s", who, run.name_of(ResourceId{begin.a}), when,
                         seconds(shown.at(), 3));
    default: return fmt::format("the loop began to idle at {}, and once more at {} s", when, seconds(shown.at(), 3));
  }
}

std::vector<Finding> check(const Run& run) {
  const std::vector<Missing> all = Pairs(run).all();
  if (all.empty()) return {};
  const Missing& first = all.front();
  Finding f;
  f.severity = Severity::info;
  f.confidence = sureness(run, first.shown);
  f.site = run.trace.site(run.trace[first.begin].where());
  f.begin = run.trace[first.begin].at();
  f.end = run.trace[all.back().shown].at();
  for (const Missing& one : all) {
    if (f.evidence.size() >= most_evidence) break;
    f.evidence.push_back(one.begin);
    f.evidence.push_back(one.shown);
    const TaskId task = run.trace[one.begin].who();
    if (task && std::find(f.tasks.begin(), f.tasks.end(), task) == f.tasks.end()) f.tasks.push_back(task);
  }
  f.sentence =
      fmt::format("{} in the trace: {}, with no end between",
                  all.size() == 1 ? "1 begin has no end" : fmt::format("{} begins have no end", all.size()), named(run, first));
  return {f};
}

}  // namespace

Lint unmatched_begin() {
  return {"unmatched-begin",
          "something begins in the trace and never ends, although the trace goes on",
          "trust no lengths there: the recorder lost the end, or was stopped between; record it again",
          "",
          {},
          check};
}

}  // namespace awaitscope::lints

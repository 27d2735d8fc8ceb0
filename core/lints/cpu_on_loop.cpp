// cpu-on-loop: a long step is long because it computes.  No await could help it; it must go elsewhere, or be cut.
#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double share = 0.8, slow_ms = 50;

struct Step {
  Event begin;
  Duration computed{};
  Duration longest{};
  Event call;  ///< the longest computation's begin
  bool open = false, computing = false;
  Event computation;
};

Finding told(const Run& run, const Step& step, Instant end, Seq ended) {
  const double length = static_cast<double>((end - step.begin.at()).count());
  Finding f;
  f.confidence = sureness(run, ended);
  f.site = run.trace.site(step.call.where());
  const TaskId task = step.begin.kind == Kind::step_begin ? step.begin.who() : TaskId{};
  const std::string what = step.call.a ? fmt::format(" in {}", plain(run.trace.text(step.call.a))) : "";
  f.sentence = fmt::format("{} computed on the loop's thread for {}{}{}{}: {:.0f} % of its step is work and not waiting",
                           task_named(run, task), ended ? "" : "at least ", show(step.computed), what, at(f.site),
                           100 * static_cast<double>(step.computed.count()) / length);
  f.begin = step.begin.at();
  f.end = end;
  if (task) f.tasks.push_back(task);
  f.evidence = {step.call.seq, step.begin.seq};
  if (ended) f.evidence.push_back(ended);
  return f;
}

std::vector<Finding> check(const Run& run) {
  const double least = run.setting("cpu-on-loop.share", share), slow = run.setting("slow-step.warning_ms", slow_ms);
  std::vector<Finding> out;
  Step step;
  const auto computed = [&](Instant now) {
    const Duration length = now - step.computation.at();
    step.computed += length;
    if (length > step.longest || !step.call.seq) step.longest = length, step.call = step.computation;
    step.computing = false;
  };
  const auto judge = [&](Instant end, Seq ended) {
    const double length = static_cast<double>((end - step.begin.at()).count());
    if (length / 1e6 >= slow && static_cast<double>(step.computed.count()) >= least * length)
      out.push_back(told(run, step, end, ended));
    step.open = false;
  };
  for (const Event& e : run.events(
           {Kind::step_begin, Kind::callback_begin, Kind::step_end, Kind::callback_end, Kind::block_begin, Kind::block_end})) {
    switch (e.kind) {
      case Kind::step_begin:
      case Kind::callback_begin:
        step = {};
        step.begin = e;
        step.open = true;
        break;
      case Kind::step_end:
      case Kind::callback_end:
        if (step.open) judge(e.at(), e.seq);
        break;
      case Kind::block_begin:
        if (step.open && e.c) step.computing = true, step.computation = e;
        break;
      case Kind::block_end:
        if (step.open && step.computing) computed(e.at());
        break;
      default: break;
    }
  }
  if (step.open) {
    if (step.computing) computed(run.trace.end());
    judge(run.trace.end(), 0);
  }
  return out;
}

}  // namespace

Lint cpu_on_loop() {
  return {"cpu-on-loop",
          "a long step computes, so no await could shorten it",
          "move the work to a worker with to_thread, to a process where an interpreter lock is in the way, or give way "
          "(await sleep(0)) every few milliseconds",
          "cpu_on_loop",
          {{"share", share}},
          check,
          true};
}

}  // namespace awaitscope::lints

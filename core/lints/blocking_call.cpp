// blocking-call: a call that blocks the thread was made inside a step on the loop's own thread.
#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double info_ms = 1, warning_ms = 20;

struct Call {
  Event begin;
  TaskId task;
  bool open = false;
};

Finding blamed(const Run& run, const Call& call, Instant end, Seq ended, Duration length) {
  Finding f;
  f.severity = static_cast<double>(length.count()) / 1e6 >= run.setting("blocking-call.warning_ms", warning_ms)
                   ? Severity::warning
                   : Severity::info;
  f.confidence = sureness(run, ended);
  f.site = run.trace.site(call.begin.where());
  const std::string what = call.begin.a ? plain(run.trace.text(call.begin.a)) : "a blocking call";
  f.sentence = fmt::format("{} called {} on the loop's thread{}: {} in which nothing else could run",
                           task_named(run, call.task), what, at(f.site), show(length));
  if (call.begin.c) f.advice = "it computes: move it to a worker with to_thread, or to a process, and await that";
  f.begin = call.begin.at();
  f.end = end;
  if (call.task) f.tasks.push_back(call.task);
  f.evidence.push_back(call.begin.seq);
  if (ended) f.evidence.push_back(ended);
  return f;
}

std::vector<Finding> check(const Run& run) {
  const double limit = run.setting("blocking-call.info_ms", info_ms);
  std::vector<Finding> out;
  const auto judge = [&](const Call& call, Instant end, Seq ended, Duration length) {
    if (static_cast<double>(length.count()) / 1e6 >= limit) out.push_back(blamed(run, call, end, ended, length));
  };
  Call call;
  bool inside = false;  // a step or a callback: elsewhere it holds up no task
  TaskId task;
  for (const Event& e : run.events(
           {Kind::step_begin, Kind::callback_begin, Kind::step_end, Kind::callback_end, Kind::block_begin, Kind::block_end})) {
    switch (e.kind) {
      case Kind::step_begin:
      case Kind::callback_begin:
        inside = true;
        task = e.kind == Kind::step_begin ? e.who() : TaskId{};
        call.open = false;
        break;
      case Kind::step_end:
      case Kind::callback_end: inside = call.open = false; break;
      case Kind::block_begin:
        if (inside) call = {e, task, true};
        break;
      case Kind::block_end:
        if (call.open) judge(call, e.at(), e.seq, e.at() - call.begin.at());
        call.open = false;
        break;
      default: break;
    }
  }
  // Cut off by the end of the trace: as long as it said it would be.
  if (call.open)
    judge(call, run.trace.end(), 0,
          std::max(run.trace.end() - call.begin.at(), Duration{std::max<std::int64_t>(call.begin.nanoseconds(), 0)}));
  return out;
}

}  // namespace

Lint blocking_call() {
  return {"blocking-call",
          "a step calls something that blocks the loop's thread",
          "use the awaitable form (await sleep, an async client), or move the call to a thread with to_thread",
          "blocking_sleep",
          {{"info_ms", info_ms}, {"warning_ms", warning_ms}},
          check,
          true};
}

}  // namespace awaitscope::lints

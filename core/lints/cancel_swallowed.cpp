// cancel-swallowed: a task was told to stop, caught the CancelledError and went on.
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/asked.h"
#include "core/findings/lost.h"
#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

/// The functions that caught a cancel, by the cancel_swallowed event: frames of an await chain.
std::unordered_map<Seq, TextId> catching_frames(const Run& run) {
  std::unordered_map<Seq, TextId> out;
  std::unordered_map<std::uint32_t, Event> frames;
  for (const Event& e : run.events({Kind::cancel_swallowed}))
    if (e.a) frames[e.a];
  if (frames.empty()) return out;
  for (const Event& e : run.events({Kind::coro_begin, Kind::cancel_swallowed})) {
    const auto frame = frames.find(e.a);
    if (frame == frames.end()) continue;
    if (e.kind == Kind::coro_begin) frame->second = e;
    else if (frame->second.seq && frame->second.task == e.task) out[e.seq] = {frame->second.b};
  }
  return out;
}

std::vector<Finding> check(const Run& run) {
  std::vector<Finding> out;
  if (run.history.cancellations.empty()) return out;
  const auto frames = catching_frames(run);
  const auto where = [&](Seq swallowed) {
    const auto frame = frames.find(swallowed);  // none: the task's own function
    return frame == frames.end() ? "there" : "in " + plain(run.trace.text(frame->second.value));
  };
  Seq reported = 0;
  for (const Cancellation& c : run.history.cancellations) {
    if (c.end != Cancellation::End::swallowed || c.delivered == reported) continue;  // requests that arrived as one
    if (lost_in_wait_for(run, c)) continue;  // not the program's doing: cancel-lost tells it
    reported = c.delivered;
    const Event ended = run.trace[c.ended];
    Finding f;
    f.severity = Severity::error;
    f.confidence = sureness(run, c.ended);
    // A runtime that cannot see handlers only shows that the task returned a value.
    if (f.confidence == Confidence::proven && ended.kind != Kind::cancel_swallowed) f.confidence = Confidence::likely;
    f.site = run.trace.site(c.delivered_at);
    f.sentence =
        fmt::format("task {} was asked to stop by {}; the CancelledError arrived at {}{} and was swallowed {}, and the task {}",
                    run.name_of(c.target), who_asked(run, c), seconds(c.delivered_time, 3) + " s", at(f.site), where(c.ended),
                    afterwards(run, c, "raised another error"));
    f.begin = c.requested_time;
    f.end = c.task_over ? c.task_ended : run.history.end;
    f.tasks.push_back(c.target);
    if (c.by && c.by != c.target) f.tasks.push_back(c.by);
    f.evidence = {c.ended, c.delivered, c.requested};
    for (const Cancellation* up = request_of(run.history, c.parent); up && f.evidence.size() < 16;
         up = request_of(run.history, up->parent)) {
      if (std::find(f.tasks.begin(), f.tasks.end(), up->target) == f.tasks.end()) f.tasks.push_back(up->target);
      f.evidence.push_back(up->requested);
    }
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace

Lint cancel_swallowed() {
  return {"cancel-swallowed",
          "a CancelledError is caught and the task goes on",
          "clean up and raise it again; only the code that asked may take a cancel back, with uncancel",
          "swallowed_cancel",
          {},
          check};
}

}  // namespace awaitscope::lints

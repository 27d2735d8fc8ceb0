#include "core/model/cancellations.h"

namespace awaitscope {
namespace {

using Indices = std::vector<std::uint32_t>;
using End = Cancellation::End;

/// Ends all of `which` and empties it.
void settle(History& h, Indices& which, End how, const Event& e) {
  for (std::uint32_t i : which) {
    h.cancellations[i].end = how;
    h.cancellations[i].ended = e.seq;
    h.cancellations[i].ended_time = e.at();
  }
  which.clear();
}

/// The request that a request came from: its cause, or what that event itself came from.
Seq parent_request(const History& h, const Trace& trace, const Event& e) {
  Seq cause = e.cause;
  for (int hops = 0; hops < 4 && cause != 0 && cause < e.seq; ++hops) {
    const Event event = trace[cause];
    if (event.kind == Kind::cancel_requested) {
      const auto found = std::lower_bound(h.cancellations.begin(), h.cancellations.end(), cause,
                                          [](const Cancellation& c, Seq seq) { return c.requested < seq; });
      return found != h.cancellations.end() && found->requested == cause ? cause : 0;
    }
    if (event.kind != Kind::cancel_propagated && event.kind != Kind::cancel_delivered) return 0;
    if (event.cause >= cause) return 0;
    cause = event.cause;
  }
  return 0;
}

void requested(History& h, const Trace& trace, const Event& e) {
  Cancellation c;
  c.requested = e.seq;
  c.target = e.who();
  c.by = {e.a};
  c.scope = {e.b};
  if (!enum_name(Field::cancel_reason, e.c).empty()) c.why = e.as<CancelReason>();
  c.message = {e.d};
  c.asked_at = e.where();
  c.parent = parent_request(h, trace, e);
  c.requested_time = e.at();
  const auto index = static_cast<std::uint32_t>(h.cancellations.size());
  h.cancellations.push_back(c);
  auto& of = h.unfinished.cancels[e.task];
  of.requested.push_back(index);
  of.all.push_back(index);
}

/// All requests made so far arrive as one error.
void delivered(History& h, History::Unfinished::Cancels& of, const Event& e) {
  for (std::uint32_t i : of.requested) {
    Cancellation& c = h.cancellations[i];
    c.delivered = e.seq;
    c.delivered_at = e.where();
    c.delivered_time = e.at();
  }
  of.delivered.insert(of.delivered.end(), of.requested.begin(), of.requested.end());
  of.requested.clear();
}

/// The task took its requests back: one that was never delivered has come to nothing.  What a block takes back of its own at
/// its exit was lost all the same if the body had swallowed it; a task that takes back a plain request after swallowing it has
/// answered for it.
void taken_back(History& h, History::Unfinished::Cancels& of, const Event& e) {
  settle(h, of.requested, End::lost, e);
  settle(h, of.delivered, End::caught, e);
  std::erase_if(of.swallowed, [&](std::uint32_t i) { return h.cancellations[i].scope.value != 0; });
  settle(h, of.swallowed, End::caught, e);
}

void over(History& h, History::Unfinished::Cancels& of, const Event& e) {
  const Outcome how = enum_name(Field::outcome, e.c).empty() ? Outcome::returned : e.as<Outcome>();
  // Cancelled before its first step: nothing was thrown anywhere, but the request did what it should.
  settle(h, of.requested, how == Outcome::cancelled ? End::cancelled : End::lost, e);
  // An error raised in clean-up replaces the cancel; a value returned although it was delivered means that it was lost.
  settle(h, of.delivered,
         how == Outcome::cancelled ? End::cancelled
         : how == Outcome::raised  ? End::caught
                                   : End::swallowed,
         e);
  for (std::uint32_t i : of.all) {
    h.cancellations[i].task_over = true;
    h.cancellations[i].task_ended = e.at();
  }
}

}  // namespace

void follow_cancellations(History& h, const Trace& trace, const Event& e) {
  if (e.kind == Kind::cancel_requested) {
    const TaskModel* task = h.model.task(e.who());
    if (e.task != 0 && (!task || task->phase != Phase::done)) requested(h, trace, e);
    return;
  }
  const bool matters = e.kind == Kind::cancel_delivered || e.kind == Kind::cancel_swallowed || e.kind == Kind::cancel_caught ||
                       (e.kind == Kind::cancel_uncancelled && e.a == 0) || e.kind == Kind::task_done;
  if (!matters) return;
  const auto found = h.unfinished.cancels.find(e.task);
  if (found == h.unfinished.cancels.end()) return;
  auto& of = found->second;
  if (e.kind == Kind::cancel_delivered) delivered(h, of, e);
  if (e.kind == Kind::cancel_caught) settle(h, of.delivered, End::caught, e);
  if (e.kind == Kind::cancel_uncancelled) taken_back(h, of, e);
  if (e.kind == Kind::cancel_swallowed) {
    of.swallowed.insert(of.swallowed.end(), of.delivered.begin(), of.delivered.end());
    settle(h, of.delivered, End::swallowed, e);
  }
  if (e.kind == Kind::task_done) {
    over(h, of, e);
    h.unfinished.cancels.erase(found);
  }
}

}  // namespace awaitscope

#include "core/runtime/timeout.h"

namespace awaitscope::runtime {

class Timeout::Deadline final : public Timer {
 public:
  void fire(Loop& loop) override {
    if (timeout) timeout->strike(loop);
  }
  Timeout* timeout = nullptr;
};

Timeout::Timeout(Duration delay, ScopeType type, Place at)
    : loop_(Loop::running()),
      task_(loop_.current_task()),
      at_(at),
      scope_(loop_.next_scope_id()),
      requests_at_entry_(task_->cancelling()) {
  const auto when = static_cast<std::uint64_t>((loop_.now() + delay).ns);
  loop_.emit(Kind::scope_enter, loop_.site(at_), loop_.cause(),
             {.a = scope_.value,
              .b = static_cast<std::uint32_t>(when),
              .c = static_cast<std::uint8_t>(type),
              .d = static_cast<std::uint32_t>(when >> 32)});
  reschedule(loop_.now() + delay);
}

Timeout::~Timeout() {
  if (!deadline_) return;
  deadline_->timeout = nullptr;
  loop_.cancel_timer(*deadline_);
}

void Timeout::reschedule(Instant when) {
  if (state_ != State::entered)
    throw RuntimeError(state_ == State::expiring ? "Cannot change state of expiring Timeout"
                                                 : "Cannot change state of expired Timeout");
  if (deadline_) {
    deadline_->timeout = nullptr;
    loop_.cancel_timer(*deadline_);
    const auto ns = static_cast<std::uint64_t>(when.ns);
    loop_.emit(Kind::scope_deadline, loop_.site(at_), loop_.cause(),
               {.a = scope_.value, .b = static_cast<std::uint32_t>(ns), .d = static_cast<std::uint32_t>(ns >> 32)});
  }
  deadline_ = new Deadline;
  deadline_->timeout = this;
  deadline_->when = when;
  deadline_->use = TimerUse::deadline;
  deadline_->site = loop_.site(at_);
  if (when <= loop_.now()) {  // rule D7: strikes at the first suspension of any kind
    loop_.call_soon({.run = [](Loop& loop, Handle& handle) { static_cast<Timer&>(*handle.object).fire(loop); },
                     .object = Ref<Counted>(deadline_.get()),
                     .argument = {},
                     .call = nullptr,
                     .cause = loop_.cause(),
                     .by = {}});
  } else {
    loop_.call_at(Ref<Timer>(deadline_.get()));
  }
}

void Timeout::strike(Loop& loop) {
  deadline_ = {};
  state_ = State::expiring;
  const Seq expired = loop.emit_for(task_->id(), Kind::scope_expired, loop.site(at_), loop.cause(), {.a = scope_.value});
  Loop::Because because(loop, expired);
  task_->cancel({{}, CancelReason::timeout, scope_, at_});
}

void Timeout::leave(std::exception_ptr error) {
  if (deadline_) {
    deadline_->timeout = nullptr;
    loop_.cancel_timer(*deadline_);
    deadline_ = {};
  }
  bool converted = false;
  if (state_ == State::expiring) {
    state_ = State::expired;
    // Only the request of this block is taken back; one from outside wins over the deadline (rules D3, D9, U4).
    if (task_->uncancel() <= requests_at_entry_ && error && is_cancelled_error(error)) {
      task_->settle(scope_);
      converted = true;
    }
  } else if (state_ == State::entered) {
    state_ = State::exited;
  }
  const Outcome how = !error                                    ? Outcome::returned
                      : !converted && is_cancelled_error(error) ? Outcome::cancelled
                                                                : Outcome::raised;
  loop_.emit(Kind::scope_exit, loop_.site(at_), loop_.cause(), {.a = scope_.value, .c = static_cast<std::uint8_t>(how)});
  if (converted) throw TimeoutError();
  if (error) std::rethrow_exception(error);
}

}  // namespace awaitscope::runtime

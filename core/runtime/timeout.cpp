#include "core/runtime/timeout.h"

namespace awaitscope::runtime {

class Timeout::Deadline final : public Timer {
 public:
  void fire(Loop& loop) override {
    if (timeout) timeout->strike(loop);
  }
  Timeout* timeout = nullptr;
};

namespace {
std::uint64_t nanoseconds(std::optional<Instant> when) { return when ? static_cast<std::uint64_t>(when->ns) : 0; }
}  // namespace

std::optional<Instant> detail::after(std::optional<Duration> delay) {
  if (!delay) return std::nullopt;
  return Loop::running().now() + *delay;
}

Timeout::Timeout(std::optional<Instant> when, ScopeType type, Place at)
    : loop_(Loop::running()),
      task_(loop_.current_task()),
      at_(at),
      scope_(loop_.next_scope_id()),
      requests_at_entry_(task_->cancelling()),
      when_(when) {
  const std::uint64_t deadline = nanoseconds(when);
  loop_.emit(Kind::scope_enter, loop_.site(at_), loop_.cause(),
             {.a = scope_.value,
              .b = static_cast<std::uint32_t>(deadline),
              .c = static_cast<std::uint8_t>(type),
              .d = static_cast<std::uint32_t>(deadline >> 32)});
  arm();
}

Timeout::~Timeout() { disarm(); }

void Timeout::reschedule(std::optional<Instant> when, Place at) {
  if (state_ == State::expiring) misuse<RuntimeError>("Cannot change state of expiring Timeout", at);
  if (state_ == State::expired) misuse<RuntimeError>("Cannot change state of expired Timeout", at);
  if (state_ == State::exited) misuse<RuntimeError>("Cannot change state of finished Timeout", at);
  disarm();
  when_ = when;
  const std::uint64_t deadline = nanoseconds(when);
  loop_.emit(Kind::scope_deadline, loop_.site(at), loop_.cause(),
             {.a = scope_.value, .b = static_cast<std::uint32_t>(deadline), .d = static_cast<std::uint32_t>(deadline >> 32)});
  arm();
}

void Timeout::arm() {
  if (!when_) return;
  deadline_ = new Deadline;
  deadline_->timeout = this;
  deadline_->when = *when_;
  deadline_->use = TimerUse::deadline;
  deadline_->site = loop_.site(at_);
  if (*when_ <= loop_.now()) {  // rule D7: strikes at the first suspension of any kind
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

void Timeout::disarm() {
  if (!deadline_) return;
  deadline_->timeout = nullptr;
  loop_.cancel_timer(*deadline_);
  deadline_ = {};
}

void Timeout::strike(Loop& loop) {
  deadline_ = {};
  state_ = State::expiring;
  const Seq expired = loop.emit_for(task_->id(), Kind::scope_expired, loop.site(at_), loop.cause(), {.a = scope_.value});
  Loop::Because because(loop, expired);
  task_->cancel({{}, CancelReason::timeout, scope_, at_});
}

void Timeout::leave(std::exception_ptr error) {
  disarm();
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

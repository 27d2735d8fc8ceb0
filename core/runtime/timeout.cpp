#include "core/runtime/timeout.h"

namespace awaitscope::runtime {

namespace {
std::uint64_t nanoseconds(std::optional<Instant> when) { return when ? static_cast<std::uint64_t>(when->ns) : 0; }
}  // namespace

std::optional<Instant> detail::after(std::optional<Duration> delay) {
  if (!delay) return std::nullopt;
  return Loop::running().now() + *delay;
}

class Timeout::State final : public Counted {
 public:
  State(std::optional<Instant> when, ScopeType type, Place at);
  ~State() override { disarm(); }
  void reschedule(std::optional<Instant> when, const Place& at);
  std::optional<Instant> when() const { return when_; }
  bool expired() const { return phase_ == Phase::expiring || phase_ == Phase::expired; }
  void leave(std::exception_ptr error);

 private:
  enum class Phase : std::uint8_t { entered, expiring, expired, exited };
  class Deadline final : public Timer {
   public:
    void fire(Loop& loop) override {
      if (timeout) timeout->strike(loop);
    }
    State* timeout = nullptr;
  };
  void arm();
  void disarm();
  void strike(Loop& loop);

  Loop& loop_;
  Ref<TaskBase> task_;
  Place at_;
  ScopeId scope_;
  Phase phase_ = Phase::entered;
  int requests_at_entry_;
  std::optional<Instant> when_;
  Ref<Deadline> deadline_;
};

Timeout::Timeout(std::optional<Instant> when, ScopeType type, Place at) : state_(new State(when, type, at)) {}
Timeout::State& Timeout::state() const { return static_cast<State&>(*state_); }
void Timeout::reschedule(std::optional<Instant> when, Place at) { state().reschedule(when, at); }
std::optional<Instant> Timeout::when() const { return state().when(); }
bool Timeout::expired() const { return state().expired(); }
void Timeout::leave(std::exception_ptr error) { state().leave(std::move(error)); }

Timeout::State::State(std::optional<Instant> when, ScopeType type, Place at)
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

void Timeout::State::reschedule(std::optional<Instant> when, const Place& at) {
  if (phase_ == Phase::expiring) misuse<RuntimeError>("Cannot change state of expiring Timeout", at);
  if (phase_ == Phase::expired) misuse<RuntimeError>("Cannot change state of expired Timeout", at);
  if (phase_ == Phase::exited) misuse<RuntimeError>("Cannot change state of finished Timeout", at);
  disarm();
  when_ = when;
  const std::uint64_t deadline = nanoseconds(when);
  loop_.emit(Kind::scope_deadline, loop_.site(at), loop_.cause(),
             {.a = scope_.value, .b = static_cast<std::uint32_t>(deadline), .d = static_cast<std::uint32_t>(deadline >> 32)});
  arm();
}

void Timeout::State::arm() {
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

void Timeout::State::disarm() {
  if (!deadline_) return;
  deadline_->timeout = nullptr;
  loop_.cancel_timer(*deadline_);
  deadline_ = {};
}

void Timeout::State::strike(Loop& loop) {
  deadline_ = {};
  phase_ = Phase::expiring;
  const Seq expired = loop.emit_for(task_->id(), Kind::scope_expired, loop.site(at_), loop.cause(), {.a = scope_.value});
  Loop::Because because(loop, expired);
  task_->cancel({{}, CancelReason::timeout, scope_, at_});
}

void Timeout::State::leave(std::exception_ptr error) {
  disarm();
  bool converted = false;
  if (phase_ == Phase::expiring) {
    phase_ = Phase::expired;
    // Only the request of this block is taken back; one from outside wins over the deadline (rules D3, D9, U4).
    if (task_->uncancel() <= requests_at_entry_ && error && is_cancelled_error(error)) {
      task_->settle(scope_);
      converted = true;
    }
  } else if (phase_ == Phase::entered) {
    phase_ = Phase::exited;
  }
  const Outcome how = !error                                    ? Outcome::returned
                      : !converted && is_cancelled_error(error) ? Outcome::cancelled
                                                                : Outcome::raised;
  loop_.emit(Kind::scope_exit, loop_.site(at_), loop_.cause(), {.a = scope_.value, .c = static_cast<std::uint8_t>(how)});
  if (converted) throw TimeoutError();
  if (error) std::rethrow_exception(error);
}

}  // namespace awaitscope::runtime

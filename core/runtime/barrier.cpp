#include "core/runtime/barrier.h"

namespace awaitscope::runtime {

namespace {
std::uint32_t checked(int parties, const Place& at) {
  if (parties < 1) misuse<ValueError>("parties must be > 0", at);
  return static_cast<std::uint32_t>(parties);
}
}  // namespace

Barrier::Barrier(int parties, std::string_view name, Place at)
    : resource_(ResourceType::barrier, checked(parties, at), 0, name, at), parties_(parties) {}

/// One wait until something changes; who waits looks again.
class [[nodiscard]] Barrier::Turn {
 public:
  Turn(Barrier& barrier, Place at) : barrier_(barrier), at_(at), turn_(barrier.line_, barrier.resource_, Wait::barrier, at) {}
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> frame) {
    entered_ = barrier_.state_;
    turn_.suspend(frame);
  }
  void await_resume() {
    Resource& resource = barrier_.resource_;
    try {
      turn_.resume();
    } catch (...) {  // rule P14
      const Seq abandoned = resource.emit(Kind::acquire_abandoned, at_);
      Loop::Because because(resource.loop(), abandoned);
      barrier_.line_.wake_one();
      throw;
    }
    const bool passed = entered_ == State::filling && barrier_.state_ == State::draining;
    resource.emit(passed ? Kind::acquired : Kind::acquire_abandoned, at_);
  }

 private:
  Barrier& barrier_;
  Place at_;
  State entered_ = State::filling;
  Parked turn_;
};

/// One party inside; the last one out makes the barrier ready for the next round.
class Barrier::Arrival {
 public:
  Arrival(Barrier& barrier, const Place& at) : barrier_(barrier), at_(at) { ++barrier_.resource_.value; }
  Arrival(const Arrival&) = delete;
  Arrival& operator=(const Arrival&) = delete;
  ~Arrival() {
    const Loop* loop = Loop::running_or_null();
    if (!loop || loop->closed()) return;  // the run is over, and the barrier may be gone before its parties
    if (--barrier_.resource_.value > 0) {
      barrier_.resource_.emit(Kind::level, at_);
      return;
    }
    if (barrier_.state_ != State::broken) barrier_.state_ = State::filling;
    barrier_.wake_all(Kind::level, at_);
  }

 private:
  Barrier& barrier_;
  Place at_;
};

Task<int> Barrier::wait(Place at) {
  while (state_ == State::draining || state_ == State::resetting) co_await Turn(*this, at);
  if (broken()) throw BrokenBarrierError("Barrier aborted", at);
  const int index = static_cast<int>(resource_.value);
  Arrival arrival(*this, at);
  if (index + 1 == parties_) {
    state_ = State::draining;
    wake_all(Kind::acquired, at);
    co_return index;
  }
  while (state_ == State::filling) co_await Turn(*this, at);
  if (state_ != State::draining) throw BrokenBarrierError("Abort or reset of barrier", at);
  co_return index;
}

void Barrier::abort(Place at) {
  state_ = State::broken;
  wake_all(Kind::level, at);
}

void Barrier::reset(Place at) {
  state_ = resource_.value > 0 ? State::resetting : State::filling;
  wake_all(Kind::level, at);
}

void Barrier::wake_all(Kind why, const Place& at) {
  const Seq changed = resource_.emit(why, at);
  Loop::Because because(resource_.loop(), changed);
  line_.wake_all();
}

}  // namespace awaitscope::runtime

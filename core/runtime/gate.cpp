#include "core/runtime/gate.h"

#include <utility>

namespace awaitscope::runtime {

void Gate::set(Mode mode) {
  std::lock_guard lock(mutex_);
  if (mode_.load() == Mode::stop) return;  // nothing undoes a stop
  mode_.store(mode, std::memory_order_release);
  step_after_.reset();
  tick_begun_ = false;
  if (mode != Mode::closed) standing_.store(false, std::memory_order_release);
  changed();
}

void Gate::hold_at(std::uint32_t event) {
  {
    std::lock_guard lock(mutex_);
    hold_at_ = event;
  }
  set(Mode::until);
}

void Gate::lay(const Hand& hand) {
  std::lock_guard lock(mutex_);
  asked_.push_back(hand);
  standing_.store(false, std::memory_order_release);
  woken_ = true;
  changed();
}

void Gate::slow_down(int times) {
  std::lock_guard lock(mutex_);
  slowness_.store(times, std::memory_order_release);
  woken_ = true;
  changed();
}

std::vector<Hand> Gate::laid() const {
  std::lock_guard lock(mutex_);
  return laid_;
}

void Gate::note(const Hand& hand) {
  std::lock_guard lock(mutex_);
  laid_.push_back(hand);
}

void Gate::changed() {
  calm_.store(mode_.load() == Mode::open && asked_.empty() && clock_slowness_ == slowness_.load(), std::memory_order_release);
  changed_.notify_all();
}

bool Gate::holds(At at, const Progress& progress) {
  const auto close = [&] {
    mode_.store(Mode::closed, std::memory_order_release);
    return true;
  };
  switch (mode_.load()) {
    case Mode::open:
    case Mode::stop: return false;
    case Mode::closed: return true;
    case Mode::one_step:
      if (!step_after_) step_after_ = progress.steps;
      return at != At::idle && progress.steps > *step_after_ && close();
    case Mode::one_tick:
      if (at == At::tick) return std::exchange(tick_begun_, true) && close();
      if (at == At::step) tick_begun_ = true;  // what is left of this pass is the one
      return false;
    case Mode::until: return progress.events >= hold_at_ && close();
  }
  return false;
}

void Gate::pass(At at, Progress progress, Visitor& visitor) {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (clock_slowness_ != slowness_.load()) {
      visitor.slow_down(clock_slowness_ = slowness_.load());
      changed();
    }
    while (!asked_.empty() && mode_.load() != Mode::stop) {
      const Hand hand = asked_.front();
      asked_.erase(asked_.begin());
      changed();
      lock.unlock();
      visitor.apply(hand);
      lock.lock();
    }
    if (!holds(at, progress)) return;
    const auto begin = std::chrono::steady_clock::now();
    const auto asked = [&] { return mode_.load() != Mode::closed || !asked_.empty() || clock_slowness_ != slowness_.load(); };
    if (!standing_.load()) {
      lock.unlock();
      visitor.hand_over();
      lock.lock();
      if (!asked()) {
        stands_.fetch_add(1, std::memory_order_release);
        standing_.store(true, std::memory_order_release);
        if (stood) stood();
      }
    }
    changed_.wait(lock, asked);
    visitor.stood_for(std::chrono::steady_clock::now() - begin);
  }
}

void Gate::sleep_until(std::chrono::steady_clock::time_point until) {
  std::unique_lock lock(mutex_);
  changed_.wait_until(lock, until, [&] { return woken_ || mode_.load() == Mode::closed || mode_.load() == Mode::stop; });
  woken_ = false;
}

void Gate::wake() {
  std::lock_guard lock(mutex_);
  woken_ = true;
  changed_.notify_all();
}

}  // namespace awaitscope::runtime

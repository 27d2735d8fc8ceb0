#pragma once
// The gate before every step: whoever watches a run can hold it, let single steps or passes through, and end it.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace awaitscope::runtime {

/// Shared by the loop's thread and the watcher's.  All members may be called from any thread.
class Gate {
 public:
  enum class Mode : int { open, closed, one_step, one_tick, stop };

  void pause() { set(Mode::closed); }
  void resume() { set(Mode::open); }
  void step() { set(Mode::one_step); }
  void tick() { set(Mode::one_tick); }
  /// The run ends at its next step; a waiting loop wakes at once.
  void stop() { set(Mode::stop); }
  bool stopping() const { return mode_.load(std::memory_order_acquire) == Mode::stop; }
  bool open() const { return mode_.load(std::memory_order_acquire) == Mode::open; }
  bool paused() const { return mode_.load(std::memory_order_acquire) == Mode::closed; }

  /// The loop asks before a step; returns how long it had to stand still.  `on_wait` runs before it waits.
  template <class OnWait>
  std::chrono::steady_clock::duration before_step(OnWait on_wait) {
    const Mode mode = mode_.load(std::memory_order_acquire);
    if (mode == Mode::open || mode == Mode::stop || mode == Mode::one_tick) [[likely]]
      return {};
    if (mode == Mode::one_step && mode_.exchange(Mode::closed) == Mode::one_step) return {};
    return wait(on_wait, true);
  }
  template <class OnWait>
  std::chrono::steady_clock::duration before_tick(OnWait on_wait) {
    const Mode mode = mode_.load(std::memory_order_acquire);
    if (mode == Mode::one_tick) {
      if (ticks_left_.exchange(0) == 1) return {};
      pause();
      return wait(on_wait, false);
    }
    return while_closed(on_wait);
  }
  /// Between the steps of a pass, while the loop idles: a closed gate holds the poll, else the clock would run on.
  template <class OnWait>
  std::chrono::steady_clock::duration while_closed(OnWait on_wait) {
    return paused() ? wait(on_wait, false) : std::chrono::steady_clock::duration{};
  }
  /// Sleeps until `until`, until the gate closes or stops, or a call of wake().
  void sleep_until(std::chrono::steady_clock::time_point until) {
    std::unique_lock lock(mutex_);
    changed_.wait_until(lock, until, [&] { return woken_ || mode_.load() == Mode::closed || mode_.load() == Mode::stop; });
    woken_ = false;
  }
  void wake() {
    std::lock_guard lock(mutex_);
    woken_ = true;
    changed_.notify_all();
  }

 private:
  void set(Mode mode) {
    std::lock_guard lock(mutex_);
    if (mode_.load() == Mode::stop) return;  // nothing undoes a stop
    if (mode == Mode::one_tick) ticks_left_ = 1;
    mode_.store(mode, std::memory_order_release);
    changed_.notify_all();
  }
  template <class OnWait>
  std::chrono::steady_clock::duration wait(OnWait on_wait, bool takes_step) {
    on_wait();
    const auto begin = std::chrono::steady_clock::now();
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return mode_.load() != Mode::closed; });
    if (takes_step && mode_.load() == Mode::one_step) mode_.store(Mode::closed);
    if (mode_.load() == Mode::one_tick) ticks_left_ = 0;  // what was waited for is this tick
    return std::chrono::steady_clock::now() - begin;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<Mode> mode_{Mode::open};
  std::atomic<int> ticks_left_{0};
  bool woken_ = false;
};

}  // namespace awaitscope::runtime

#pragma once
// The gate between steps: whoever watches a run can hold it, let single steps or passes through, change it by hand, slow its
// clock, and end it.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "core/trace/hand.h"

namespace awaitscope::runtime {

/// Shared by the loop's thread and the watcher's.  All members may be called from any thread, but for those that are the
/// loop's.  One mutex guards everything; what the watcher asks for is done by the loop's thread, between two steps.
class Gate {
 public:
  enum class Mode : int { open, closed, one_step, one_tick, until, stop };

  void pause() { set(Mode::closed); }
  void resume() { set(Mode::open); }
  /// Goes on until one task has made one step.
  void step() { set(Mode::one_step); }
  void tick() { set(Mode::one_tick); }
  /// Goes on until the event of this number is recorded; then the gate is closed.
  void hold_at(std::uint32_t event);
  /// The run ends at its next step; a waiting loop wakes at once.
  void stop() { set(Mode::stop); }
  /// Has this done before the next step, also at a closed gate.  Its `step` is filled in then.
  void lay(const Hand& hand);
  /// What has been done so far, by this and by the run's schedule, with its steps.
  std::vector<Hand> laid() const;
  /// The steady clock runs so many times slower from the next step on: 1, 2, 10.
  void slow_down(int times);
  int slowness() const { return slowness_.load(std::memory_order_acquire); }

  bool stopping() const { return mode_.load(std::memory_order_acquire) == Mode::stop; }
  /// Nothing is asked of the loop.
  bool open() const { return calm_.load(std::memory_order_acquire); }
  bool paused() const { return mode_.load(std::memory_order_acquire) == Mode::closed; }
  /// The loop's thread stands here, and all that it has recorded was handed over.
  bool standing() const { return standing_.load(std::memory_order_acquire); }
  /// How often it has begun to stand.
  std::uint64_t stands() const { return stands_.load(std::memory_order_acquire); }
  /// Called on the loop's thread each time that it begins to stand.  To be set before the run begins.
  std::function<void()> stood;

  // --- the loop's
  /// Where it asks: before a pass, before a step that is not the first of its pass, while it idles.
  enum class At { tick, step, idle };
  struct Progress {
    std::uint64_t steps = 0;   ///< of tasks
    std::uint32_t events = 0;  ///< recorded so far
  };
  class Visitor {
   public:
    virtual ~Visitor() = default;
    virtual void hand_over() = 0;  ///< what was recorded
    virtual void stood_for(std::chrono::steady_clock::duration length) = 0;
    virtual void apply(const Hand& hand) = 0;  ///< and notes it
    virtual void slow_down(int times) = 0;
  };
  /// Does what is asked for, and comes back when the loop may go on.
  void pass(At at, Progress progress, Visitor& visitor);
  void note(const Hand& hand);
  /// Sleeps until `until`, until something is asked, or a call of wake().
  void sleep_until(std::chrono::steady_clock::time_point until);
  void wake();

 private:
  void set(Mode mode);
  /// With the mutex held: something has changed.
  void changed();
  /// With the mutex held: whether the loop has to stand, in which case the gate is closed.
  bool holds(At at, const Progress& progress);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<Mode> mode_{Mode::open};
  std::atomic<bool> calm_{true}, standing_{false};
  std::atomic<std::uint64_t> stands_{0};
  std::atomic<int> slowness_{1};
  int clock_slowness_ = 1;                   ///< as the loop's clock has it
  std::optional<std::uint64_t> step_after_;  ///< one_step: the steps made when it began
  bool tick_begun_ = false;                  ///< one_tick: what comes next is the next one
  std::uint32_t hold_at_ = 0;
  std::vector<Hand> asked_, laid_;
  bool woken_ = false;
};

}  // namespace awaitscope::runtime

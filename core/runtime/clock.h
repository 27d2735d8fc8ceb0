#pragma once
// The loop's clock: virtual (moves when told to) or steady (the machine's, standing still while a gate is closed, and slower
// where a watcher wants it so).
#include <chrono>

#include "core/base/time.h"

namespace awaitscope::runtime {

class Clock {
 public:
  explicit Clock(bool steady) : steady_(steady), began_(std::chrono::steady_clock::now()) {}

  bool steady() const { return steady_; }
  Instant now() const {
    if (!steady_) return now_;
    const auto since = std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - began_);
    return now_ + (slowness_ == 1 ? since : since / slowness_);
  }
  /// Virtual: jumps forward; never backward.
  void advance_to(Instant t) {
    if (t > now_) now_ = t;
  }
  /// Steady: the time spent at a closed gate does not count.
  void leave_out(std::chrono::steady_clock::duration paused) { began_ += paused; }
  /// Steady: from now on it runs so many times slower than the machine's.
  void slow_down(int times) {
    if (!steady_) return;
    now_ = now();
    began_ = std::chrono::steady_clock::now();
    slowness_ = times;
  }
  int slowness() const { return slowness_; }
  std::chrono::steady_clock::time_point wall(Instant t) const {
    return began_ + std::chrono::duration_cast<std::chrono::steady_clock::duration>((t - now_) * slowness_);
  }

 private:
  bool steady_;
  Instant now_;                                  ///< steady: at `began_`
  std::chrono::steady_clock::time_point began_;  ///< of the stretch with this slowness, moved on by pauses
  int slowness_ = 1;
};

}  // namespace awaitscope::runtime

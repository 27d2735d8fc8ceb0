#pragma once
// The loop's clock: virtual (moves when told to) or steady (the machine's, standing still while a gate is closed).
#include <chrono>

#include "core/base/time.h"

namespace awaitscope::runtime {

class Clock {
 public:
  explicit Clock(bool steady) : steady_(steady), started_(std::chrono::steady_clock::now()) {}

  bool steady() const { return steady_; }
  Instant now() const {
    if (!steady_) return now_;
    return {std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - started_ - paused_).count()};
  }
  /// Virtual: jumps forward; never backward.
  void advance_to(Instant t) {
    if (t > now_) now_ = t;
  }
  /// Steady: the time spent at a closed gate does not count.
  void leave_out(std::chrono::steady_clock::duration paused) { paused_ += paused; }
  std::chrono::steady_clock::time_point wall(Instant t) const {
    return started_ + paused_ + std::chrono::duration_cast<std::chrono::steady_clock::duration>(Duration{t.ns});
  }

 private:
  bool steady_;
  Instant now_;
  std::chrono::steady_clock::time_point started_;
  std::chrono::steady_clock::duration paused_{};
};

}  // namespace awaitscope::runtime

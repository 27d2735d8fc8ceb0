#pragma once
// The common part of wait() and wait_for(): one future that is done when enough of some others are, or at a deadline.
#include "core/runtime/callback.h"

namespace awaitscope::runtime {

/// asyncio.ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION.
enum class When : std::uint8_t { all_completed, first_completed, first_exception };

/// Listens while it lives; the futures are left as they were, on every path (rule A3).
class Listener {
 public:
  /// `futures` without duplicates.  Those that are done already count from the next iteration on (rule I2).
  Listener(std::vector<Ref<FutureBase>> futures, When when, std::optional<Duration> timeout, ScopeType type, Place at);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  /// What to wait for.
  Waiting heard() const { return {heard_, at_}; }
  /// Listens no more.
  void stop();
  ScopeId scope() const { return scope_; }

 private:
  class Heard;
  std::vector<Ref<FutureBase>> futures_;
  Place at_;
  ScopeId scope_;
  Ref<FutureBase> heard_;
  CallHandle timer_;
  bool listening_ = true;
};

}  // namespace awaitscope::runtime

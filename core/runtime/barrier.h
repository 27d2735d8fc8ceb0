#pragma once
// asyncio.Barrier: tasks that wait for each other, then go on together (rules P12, P13).
#include "core/runtime/parking_lot.h"

namespace awaitscope::runtime {

/// asyncio builds it from a Condition whose lock is never held across a suspension; here the line alone does.
class Barrier {
 public:
  /// Opens when `parties` tasks wait; ValueError if fewer than one.  `name` is how traces call it.
  explicit Barrier(int parties, std::string_view name = "barrier", Place at = Place::current());
  Barrier(const Barrier&) = delete;
  Barrier& operator=(const Barrier&) = delete;

  /// Waits for all parties and gives the index of this one's arrival, 0 to parties - 1; the last does not wait, and the
  /// barrier can be used again (rule P12).  A cancelled party gives its place back; BrokenBarrierError where abort() or
  /// reset() came first (rule P13).
  Task<int> wait(Place at = Place::current());
  /// Breaks the barrier: BrokenBarrierError for those who wait and those who will (rule P13).  In asyncio a coroutine, one
  /// that never suspends.
  void abort(Place at = Place::current());
  /// Back to the start: BrokenBarrierError for those who wait.
  void reset(Place at = Place::current());

  int parties() const { return parties_; }
  /// Those who wait for it to open; none while they leave.
  int n_waiting() const { return state_ == State::filling ? static_cast<int>(resource_.value) : 0; }
  bool broken() const { return state_ == State::broken; }

 private:
  enum class State : std::uint8_t { filling, draining, resetting, broken };
  class Turn;
  class Arrival;
  void wake_all(Kind why, const Place& at);

  Resource resource_;  // value: parties inside
  int parties_;
  State state_ = State::filling;
  ParkingLot line_;
};

}  // namespace awaitscope::runtime

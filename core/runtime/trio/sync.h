#pragma once
// trio's Event, Semaphore and Lock: as asyncio's, but every operation that may wait is a checkpoint (rules O8, O11).
#include "core/runtime/parking_lot.h"
#include "core/runtime/trio/checkpoint.h"

namespace awaitscope::trio {

/// An operation without waiting would have to wait.
struct WouldBlock : std::runtime_error {
  WouldBlock() : runtime_error("WouldBlock") {}
};

/// Those who wait, first come first served: trio's ParkingLot.
class ParkingLot {
 public:
  explicit ParkingLot(runtime::Resource& resource, Wait wait) : resource_(resource), wait_(wait) {}
  ParkingLot(const ParkingLot&) = delete;
  ParkingLot& operator=(const ParkingLot&) = delete;

  class [[nodiscard]] Park : public Blocked {
   public:
    Park(ParkingLot& lot, Place at) : Blocked(lot.wait_, lot.resource_.id().value, at), lot_(lot) {}
    Park(const Park&) = default;
    ~Park();
    void await_suspend(std::coroutine_handle<> frame);
    void await_resume();

   private:
    friend class ParkingLot;
    void leave();
    ParkingLot& lot_;
    bool parked_ = false;
  };
  Park park(Place at) { return {*this, at}; }
  bool empty() const;
  /// Wakes the one who has waited longest and says who it is; nobody if there is none.
  TaskId unpark();
  void unpark_all();

 private:
  runtime::Resource& resource_;
  Wait wait_;
  std::vector<Park*> line_;  ///< one that was cancelled stays until it runs
};

/// A flag that is set once: trio.Event has no clear().
class Event {
 public:
  explicit Event(std::string_view name = "event", Place at = Place::current());
  /// Waits until it is set; a checkpoint if it is.
  Task<void> wait(Place at = Place::current());
  void set(Place at = Place::current());
  bool is_set() const { return resource_.value != 0; }

 private:
  runtime::Resource resource_;  // value: 1 once it is set
  ParkingLot lot_;
};

class Semaphore {
 public:
  /// ValueError if negative, or above `max_value`, which release() must not exceed.
  explicit Semaphore(int initial_value, std::optional<int> max_value = std::nullopt, std::string_view name = "semaphore",
                     Place at = Place::current());
  /// Takes a permit, waiting in line for it; always a checkpoint.
  Task<void> acquire(Place at = Place::current());
  /// WouldBlock where acquire() would wait.
  void acquire_nowait(Place at = Place::current());
  /// Hands the permit to the first in line, or keeps it.  ValueError beyond `max_value`.
  void release(Place at = Place::current());
  int value() const { return static_cast<int>(resource_.value); }

 private:
  bool full() const { return lot_.empty() && max_value_ && value() == *max_value_; }
  runtime::Resource resource_;  // value: permits left
  std::optional<int> max_value_;
  ParkingLot lot_;
};

/// Has an owner: the task that took it, also when that has ended.
class Lock {
 public:
  explicit Lock(std::string_view name = "lock", Place at = Place::current());
  /// Always a checkpoint.  RuntimeError where the owner asks again.
  Task<void> acquire(Place at = Place::current());
  void acquire_nowait(Place at = Place::current());
  /// RuntimeError for who is not the owner.
  void release(Place at = Place::current());
  bool locked() const { return static_cast<bool>(owner_); }

 private:
  runtime::Resource resource_;  // value: 1 while it is free
  TaskId owner_;                ///< a task that has ended may still be it
  ParkingLot lot_;
};

}  // namespace awaitscope::trio

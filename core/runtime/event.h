#pragma once
// asyncio.Event: a flag that tasks can wait for (rule P8).  Not to be mixed up with awaitscope::Event, a line of a trace.
#include "core/runtime/parking_lot.h"

namespace awaitscope::runtime {

class Event {
 public:
  /// Clear at first.  `name` is how traces call it.
  explicit Event(std::string_view name = "event", Place at = Place::current());
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  class Waiter;
  /// Waits until the flag is set; without suspension where it is (rule P8).  May return after it was cleared again.
  [[nodiscard]] Waiter wait(Place at = Place::current());
  /// Raises the flag and wakes everybody in line, in order, even if it is cleared at once (rule P8).
  void set(Place at = Place::current());
  /// Lowers the flag; those who were woken stay awake.
  void clear(Place at = Place::current());
  bool is_set() const { return resource_.value != 0; }

 private:
  Resource resource_;  // value: 1 while it is set
  ParkingLot line_;
};

// ------------------------------------------------------------------------------------------------ awaiters

class [[nodiscard]] Event::Waiter {
 public:
  Waiter(Event& event, Place at) : event_(event), at_(at), turn_(event.line_, event.resource_, Wait::event, at) {}
  bool await_ready();
  void await_suspend(std::coroutine_handle<> frame) { turn_.suspend(frame); }
  void await_resume();

 private:
  Event& event_;
  Place at_;
  Parked turn_;
};

inline Event::Waiter Event::wait(Place at) { return {*this, at}; }

}  // namespace awaitscope::runtime

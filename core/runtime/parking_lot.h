#pragma once
// What every synchronisation primitive stands on: a line of waiting tasks, first come first served, and a voice in the trace.
#include "core/runtime/hands.h"
#include "core/runtime/task.h"

namespace awaitscope::runtime {

/// A primitive as the trace sees it.  Its events carry the state after the change, and the event that led to it.
class Resource {
 public:
  Resource(ResourceType type, std::uint32_t capacity, std::uint32_t value, std::string_view name, const Place& at);
  ~Resource();
  Resource(const Resource&) = delete;
  Resource& operator=(const Resource&) = delete;

  Seq emit(Kind kind, const Place& at);
  Loop& loop() const { return loop_; }
  ResourceId id() const { return id_; }
  /// From now on hands may be laid on the primitive that owns this.
  void offer(const Hands::Touchable& primitive) {
    if (Hands* hands = loop_.hands()) hands->offer(id_, primitive);
  }

  std::uint32_t value;        ///< permits left, items, or whatever the primitive counts
  std::uint32_t waiters = 0;  ///< tasks in line; one that was woken counts until it has resumed

 private:
  Loop& loop_;
  ResourceId id_;
};

class Parked;

/// The tasks in line.  The one who wakes sets Loop::Because to the event that is the reason.
class ParkingLot {
 public:
  ParkingLot() = default;
  ParkingLot(const ParkingLot&) = delete;
  ParkingLot& operator=(const ParkingLot&) = delete;

  /// Somebody is in line who was not cancelled; one that was woken counts until it has resumed (rules P1, P3, P6).
  bool busy() const;
  /// Somebody is in line whom nobody has woken yet.
  bool anyone_asleep() const;
  /// Tasks that nobody has woken yet.
  std::size_t asleep() const;
  /// Wakes the `count` longest sleepers and returns how many there were (rules P2, P8, P9).
  std::size_t wake(std::size_t count);
  bool wake_one() { return wake(1) == 1; }
  void wake_all() { wake(static_cast<std::size_t>(-1)); }
  /// Wakes the very first if it sleeps, and nobody where it is awake already: how a lock passes on.
  void wake_front();

 private:
  friend class Parked;
  Parked *first_ = nullptr, *last_ = nullptr;
};

/// One task's place in a line, taken when it suspends and left when it resumes or its frame goes.  It must not move while
/// in line; in a coroutine's frame it does not.
class [[nodiscard]] Parked {
 public:
  Parked(ParkingLot& lot, Resource& resource, Wait wait, Place at) : lot_(lot), resource_(resource), wait_(wait), at_(at) {}
  Parked(const Parked&) = default;  ///< of one that is not in line
  Parked& operator=(const Parked&) = delete;
  ~Parked() { leave(); }

  /// Gets in line and records it.
  void suspend(std::coroutine_handle<> frame);
  /// Leaves the line; throws CancelledError where one is due.
  void resume();
  /// Whether it suspended at all.
  bool was_parked() const { return static_cast<bool>(turn_); }
  /// Whether somebody woke it: of an interrupted wait, that what it was given must go on to the next (rule P4).
  bool was_woken() const { return turn_ && turn_->done() && !turn_->cancelled(); }

 private:
  friend class ParkingLot;
  void leave() noexcept;

  ParkingLot& lot_;
  Resource& resource_;
  Wait wait_;
  Place at_;
  TaskBase* task_ = nullptr;
  Ref<FutureBase> turn_;
  Parked *before_ = nullptr, *after_ = nullptr;
  bool in_line_ = false;
};

}  // namespace awaitscope::runtime

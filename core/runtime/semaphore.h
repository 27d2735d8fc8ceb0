#pragma once
// asyncio.Semaphore: a number of permits and a FIFO queue (rules P1 to P5).
#include <list>

#include "core/runtime/task.h"

namespace awaitscope::runtime {

class Semaphore {
 public:
  /// `permits` may be taken at once; ValueError if negative.  `name` is how traces call it.
  explicit Semaphore(int permits, std::string_view name = "semaphore", Place at = Place::current());
  ~Semaphore();
  Semaphore(const Semaphore&) = delete;
  Semaphore& operator=(const Semaphore&) = delete;

  class Acquire;
  class Hold;
  /// Takes a permit, waiting in line for one; without suspension where one is free and nobody waits (rule P1).
  [[nodiscard]] Acquire acquire(Place at = Place::current());
  /// `auto permit = co_await semaphore.hold();` is `async with semaphore:`; the permit returns itself.
  [[nodiscard]] Hold hold(Place at = Place::current());
  /// Gives a permit back and wakes the first in line (rule P2); more than were there at first is allowed (rule P5).
  void release(Place at = Place::current());
  /// True if acquire() would suspend.
  bool locked() const;
  int permits_left() const { return value_; }

  /// A permit of its own; move-only.
  class [[nodiscard]] Permit {
   public:
    Permit(Semaphore* semaphore, Place at) : semaphore_(semaphore), at_(at) {}
    Permit(Permit&& other) noexcept : semaphore_(std::exchange(other.semaphore_, nullptr)), at_(other.at_) {}
    Permit& operator=(Permit&&) = delete;
    ~Permit() {
      if (semaphore_) semaphore_->release(at_);
    }

   private:
    Semaphore* semaphore_;
    Place at_;
  };

 private:
  bool wake_next();
  Seq emit(Kind kind, const Place& at);

  Loop& loop_;
  ResourceId id_;
  int value_;
  std::list<Ref<FutureBase>> waiters_;
};

class [[nodiscard]] Semaphore::Acquire {
 public:
  Acquire(Semaphore& semaphore, Place at) : semaphore_(semaphore), at_(at) {}
  Acquire(Acquire&&) = default;
  ~Acquire();
  bool await_ready();
  void await_suspend(std::coroutine_handle<> frame);
  void await_resume();

 private:
  void leave_queue();
  Semaphore& semaphore_;
  Place at_;
  TaskBase* task_ = nullptr;
  Ref<FutureBase> turn_;
  std::list<Ref<FutureBase>>::iterator place_;
};

class [[nodiscard]] Semaphore::Hold {
 public:
  Hold(Semaphore& semaphore, Place at) : acquire_(semaphore, at), semaphore_(&semaphore), at_(at) {}
  bool await_ready() { return acquire_.await_ready(); }
  void await_suspend(std::coroutine_handle<> frame) { acquire_.await_suspend(frame); }
  Permit await_resume() {
    acquire_.await_resume();
    return {semaphore_, at_};
  }

 private:
  Acquire acquire_;
  Semaphore* semaphore_;
  Place at_;
};

inline Semaphore::Acquire Semaphore::acquire(Place at) { return {*this, at}; }
inline Semaphore::Hold Semaphore::hold(Place at) { return {*this, at}; }

}  // namespace awaitscope::runtime

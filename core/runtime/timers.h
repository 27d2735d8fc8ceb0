#pragma once
// Timers in order of (deadline, insertion), with true cancel: a 4-ary heap whose members know their place (rule T1).
#include <vector>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/runtime/frame_pool.h"
#include "core/trace/event.h"

namespace awaitscope::runtime {

class Loop;

/// A call at a moment.  `fire` runs as a callback of its own in the loop.
class Timer : public Counted {
 public:
  virtual void fire(Loop& loop) = 0;

  Instant when;
  TimerId id;
  TimerUse use = TimerUse::call;
  TaskId task;  ///< on whose behalf
  SiteId site;
  bool cancelled = false;
  bool at_poll = false;  ///< fires while the loop polls, before the batch is formed: trio's deadlines
  bool queued() const { return index_ != none; }

 private:
  friend class TimerHeap;
  static constexpr std::size_t none = ~std::size_t{0};
  std::size_t index_ = none;
};

class TimerHeap {
 public:
  bool empty() const { return heap_.empty(); }
  std::size_t size() const { return heap_.size(); }
  Timer& first() const { return *heap_.front(); }
  /// Keeps a share of the timer and numbers it.
  void push(Ref<Timer> timer) {
    timer->id = {++made_};
    timer->index_ = heap_.size();
    heap_.push_back(std::move(timer));
    rise(heap_.size() - 1);
  }
  Ref<Timer> pop() { return remove(*heap_.front()); }
  Ref<Timer> remove(Timer& timer) {
    const std::size_t at = timer.index_;
    Ref<Timer> out = std::move(heap_[at]);
    out->index_ = Timer::none;
    Ref<Timer> last = std::move(heap_.back());
    heap_.pop_back();
    if (at < heap_.size()) {
      place(at, std::move(last));
      sink(at);
      rise(at);
    }
    return out;
  }
  void clear() {
    for (auto& timer : heap_) timer->index_ = Timer::none;
    heap_.clear();
  }

 private:
  static bool before(const Timer& a, const Timer& b) { return a.when != b.when ? a.when < b.when : a.id.value < b.id.value; }
  void place(std::size_t at, Ref<Timer> timer) {
    timer->index_ = at;
    heap_[at] = std::move(timer);
  }
  void rise(std::size_t at) {
    Ref<Timer> moving = std::move(heap_[at]);
    for (; at > 0 && before(*moving, *heap_[(at - 1) / 4]); at = (at - 1) / 4) place(at, std::move(heap_[(at - 1) / 4]));
    place(at, std::move(moving));
  }
  void sink(std::size_t at) {
    Ref<Timer> moving = std::move(heap_[at]);
    for (;;) {
      std::size_t best = at * 4 + 1;
      if (best >= heap_.size()) break;
      for (std::size_t child = best + 1; child < heap_.size() && child <= at * 4 + 4; ++child)
        if (before(*heap_[child], *heap_[best])) best = child;
      if (!before(*heap_[best], *moving)) break;
      place(at, std::move(heap_[best]));
      at = best;
    }
    place(at, std::move(moving));
  }
  std::vector<Ref<Timer>> heap_;
  std::uint32_t made_ = 0;
};

}  // namespace awaitscope::runtime

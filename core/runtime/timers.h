#pragma once
// Timers in order of (deadline, insertion), with true cancel: a 4-ary heap whose members know their place (rule T1).
#include <vector>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/runtime/frame_pool.h"
#include "core/trace/event.h"

namespace awaitscope::runtime {

class FutureBase;
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
  /// The future that it finishes, null where it does something else.
  virtual const FutureBase* finishes() const { return nullptr; }

 private:
  friend class TimerHeap;
  static constexpr std::size_t none = ~std::size_t{0};
  std::size_t index_ = none;
};

class TimerHeap {
 public:
  bool empty() const { return heap_.empty(); }
  std::size_t size() const { return heap_.size(); }
  Timer& first() const { return *heap_.front().timer; }
  /// Keeps a share of the timer and numbers it.
  void push(Ref<Timer> timer) {
    timer->id = {++made_};
    heap_.push_back({timer->when.ns, made_, std::move(timer)});
    rise(heap_.size() - 1);
  }
  Ref<Timer> pop() { return remove(first()); }
  Ref<Timer> remove(Timer& timer) {
    const std::size_t at = timer.index_;
    Ref<Timer> out = std::move(heap_[at].timer);
    out->index_ = Timer::none;
    Entry last = std::move(heap_.back());
    heap_.pop_back();
    if (at < heap_.size()) {
      place(at, std::move(last));
      if (sink(at) == at) rise(at);
    }
    return out;
  }
  /// The one that finishes this future; null: none.
  Timer* finishing(const FutureBase& future) const {
    for (const auto& entry : heap_)
      if (entry.timer->finishes() == &future) return entry.timer.get();
    return nullptr;
  }
  void clear() {
    for (auto& entry : heap_) entry.timer->index_ = Timer::none;
    heap_.clear();
  }

 private:
  /// The keys stand beside the pointer: comparing touches no timer.
  struct Entry {
    std::int64_t when;
    std::uint32_t id;
    Ref<Timer> timer;
  };
  static bool before(const Entry& a, const Entry& b) { return a.when != b.when ? a.when < b.when : a.id < b.id; }
  void place(std::size_t at, Entry entry) {
    entry.timer->index_ = at;
    heap_[at] = std::move(entry);
  }
  void rise(std::size_t at) {
    Entry moving = std::move(heap_[at]);
    for (; at > 0 && before(moving, heap_[(at - 1) / 4]); at = (at - 1) / 4) place(at, std::move(heap_[(at - 1) / 4]));
    place(at, std::move(moving));
  }
  std::size_t sink(std::size_t at) {
    Entry moving = std::move(heap_[at]);
    for (;;) {
      std::size_t best = at * 4 + 1;
      if (best >= heap_.size()) break;
      for (std::size_t child = best + 1; child < heap_.size() && child <= at * 4 + 4; ++child)
        if (before(heap_[child], heap_[best])) best = child;
      if (!before(heap_[best], moving)) break;
      place(at, std::move(heap_[best]));
      at = best;
    }
    place(at, std::move(moving));
    return at;
  }
  std::vector<Entry> heap_;
  std::uint32_t made_ = 0;
};

}  // namespace awaitscope::runtime

#pragma once
// The practical limit: the least that a loop with tasks, timers, a semaphore and cancellation can be.  One thread, virtual
// time, no records, and none of asyncio's finer rules.  What the runtime costs is told as a multiple of this.
//
// What makes it fast: frames from free lists, the queue's link inside the promise, results read where they were left, no
// type erasure, nothing counted.  It even transfers from frame to frame, which the runtime must not do: without optimisation
// g++ makes no tail call of that, and the stack grows.
#include <chrono>
#include <coroutine>
#include <cstdint>
#include <exception>
#include <new>
#include <utility>
#include <vector>

namespace awaitscope::bench::ideal {

/// Memory by size class, cut from slabs and never given back.
class Pool {
 public:
  void* get(std::size_t bytes) {
    const std::size_t size_class = (bytes + 31) / 32;
    if (size_class >= classes) return ::operator new(bytes);
    if (Free* free = free_[size_class]) {
      free_[size_class] = free->next;
      return free;
    }
    return fresh(size_class * 32);
  }
  void put(void* memory, std::size_t bytes) {
    const std::size_t size_class = (bytes + 31) / 32;
    if (size_class >= classes) return ::operator delete(memory);
    free_[size_class] = new (memory) Free{free_[size_class]};
  }

 private:
  struct Free {
    Free* next;
  };
  static constexpr std::size_t classes = 64, slab = 1 << 20;
  void* fresh(std::size_t bytes) {
    if (left_ < bytes) at_ = static_cast<char*>(::operator new(slab)), left_ = slab;
    left_ -= bytes;
    return std::exchange(at_, at_ + bytes);
  }
  Free* free_[classes] = {};
  char* at_ = nullptr;
  std::size_t left_ = 0;
};
inline Pool pool;

struct Cancelled {};
class Sleep;

/// Waits for a number of tasks to end.
struct Join {
  struct Node* waiter = nullptr;
  std::size_t left = 0;
};

/// A task's share of its outermost promise; the promises of inner calls leave it unused.
struct Node {
  Node* next = nullptr;          ///< in the ready queue or in a semaphore's line
  std::coroutine_handle<> leaf;  ///< the frame to resume
  Join* join = nullptr;
  Sleep* sleeping = nullptr;
  bool done = false, cancelled = false;
};

class Line {
 public:
  bool empty() const { return !head_; }
  void push(Node& node) {
    node.next = nullptr;
    (head_ ? tail_->next : head_) = &node;
    tail_ = &node;
  }
  Node& pop() { return *std::exchange(head_, head_->next); }

 private:
  Node *head_ = nullptr, *tail_ = nullptr;
};

/// Sleepers by (when, order): a 4-ary heap whose members know their place.
class Timers {
 public:
  bool empty() const { return heap_.empty(); }
  std::int64_t first() const { return heap_.front().when; }
  void push(std::int64_t when, Sleep& sleeper) {
    heap_.emplace_back();
    rise(heap_.size() - 1, {when, ++made_, &sleeper});
  }
  Sleep& pop();
  void remove(std::size_t at) {
    const Entry last = heap_.back();
    heap_.pop_back();
    if (at == heap_.size()) return;
    if (at > 0 && last.before(heap_[(at - 1) / 4])) rise(at, last);
    else sink(at, last);
  }

 private:
  struct Entry {
    std::int64_t when = 0;
    std::uint64_t order = 0;
    Sleep* sleeper = nullptr;
    bool before(const Entry& other) const { return when != other.when ? when < other.when : order < other.order; }
  };
  void place(std::size_t at, const Entry& entry);
  void rise(std::size_t at, const Entry& entry) {
    for (; at > 0 && entry.before(heap_[(at - 1) / 4]); at = (at - 1) / 4) place(at, heap_[(at - 1) / 4]);
    place(at, entry);
  }
  void sink(std::size_t at, const Entry& entry) {
    for (std::size_t child = at * 4 + 1; child < heap_.size(); child = at * 4 + 1) {
      std::size_t best = child;
      const std::size_t end = child + 4 < heap_.size() ? child + 4 : heap_.size();
      while (++child < end)
        if (heap_[child].before(heap_[best])) best = child;
      if (!heap_[best].before(entry)) break;
      place(at, heap_[best]);
      at = best;
    }
    place(at, entry);
  }
  std::vector<Entry> heap_;
  std::uint64_t made_ = 0;
};

struct Loop {
  Line ready;
  Timers timers;
  std::int64_t now = 0;
  Node* current = nullptr;

  Node& suspend(std::coroutine_handle<> frame) {
    current->leaf = frame;
    return *current;
  }
  void run();
};
inline Loop loop;

class [[nodiscard]] Sleep {
 public:
  explicit Sleep(std::chrono::nanoseconds delay) : delay_(delay.count()) {}
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> frame) {
    task_ = &loop.suspend(frame);
    task_->sleeping = this;
    loop.timers.push(loop.now + delay_, *this);
  }
  void await_resume() const {
    if (std::exchange(task_->cancelled, false)) throw Cancelled();
  }
  void wake() {
    task_->sleeping = nullptr;
    loop.ready.push(*task_);
  }
  std::size_t place = 0;  ///< in the heap

 private:
  std::int64_t delay_;
  Node* task_ = nullptr;
};

/// Lets everything that is ready run once.
struct [[nodiscard]] Yield {
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> frame) const noexcept { loop.ready.push(loop.suspend(frame)); }
  void await_resume() const noexcept {}
};

inline void Timers::place(std::size_t at, const Entry& entry) {
  heap_[at] = entry;
  entry.sleeper->place = at;
}
inline Sleep& Timers::pop() {
  Sleep& sleeper = *heap_.front().sleeper;
  remove(0);
  return sleeper;
}
inline void Loop::run() {
  for (;;) {
    while (!ready.empty()) {
      current = &ready.pop();
      current->leaf.resume();
    }
    if (timers.empty()) return;
    now = timers.first();
    while (!timers.empty() && timers.first() <= now) timers.pop().wake();
  }
}

/// A coroutine that gives a number: lazy, run inline by whoever awaits it.
class [[nodiscard]] Task {
 public:
  struct promise_type : Node {
    static void* operator new(std::size_t bytes) { return pool.get(bytes); }
    static void operator delete(void* memory, std::size_t bytes) { pool.put(memory, bytes); }
    Task get_return_object() { return Task(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    struct End {
      bool await_ready() noexcept { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> frame) noexcept {
        promise_type& ended = frame.promise();
        if (ended.parent) return ended.parent;
        ended.done = true;
        if (ended.join && --ended.join->left == 0) loop.ready.push(*ended.join->waiter);
        return std::noop_coroutine();
      }
      void await_resume() noexcept {}
    };
    End final_suspend() noexcept { return {}; }
    void return_value(long given) noexcept { value = given; }
    void unhandled_exception() noexcept { error = std::current_exception(); }

    std::coroutine_handle<> parent;
    long value = 0;
    std::exception_ptr error;
  };

  Task(Task&& other) noexcept : frame_(std::exchange(other.frame_, {})) {}
  Task& operator=(Task&&) = delete;
  ~Task() {
    if (frame_) frame_.destroy();
  }
  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> parent) const noexcept {
    promise().parent = parent;
    return frame_;
  }
  long await_resume() const { return *this; }

  bool ok() const { return !promise().error; }
  /// What it gave, or throws what it threw.
  operator long() const {
    if (promise().error) std::rethrow_exception(promise().error);
    return promise().value;
  }

 protected:
  template <class Member>
  friend class Gather;
  explicit Task(std::coroutine_handle<promise_type> frame) : frame_(frame) {}
  promise_type& promise() const { return frame_.promise(); }
  void begin() const {
    promise().leaf = frame_;
    loop.ready.push(promise());
  }

 private:
  std::coroutine_handle<promise_type> frame_;
};

/// A coroutine that runs as a task of its own; it has ended when this goes.
class [[nodiscard]] Handle : public Task {
 public:
  explicit Handle(Task&& coroutine) : Task(std::move(coroutine)) { Task::begin(); }
  void cancel() const {
    Sleep* const sleep = promise().sleeping;
    if (!sleep) return;
    promise().cancelled = true;
    loop.timers.remove(sleep->place);
    sleep->wake();
  }
  bool await_ready() const noexcept { return promise().done; }
  void await_suspend(std::coroutine_handle<> frame) {
    join_ = {&loop.suspend(frame), 1};
    promise().join = &join_;
  }

 private:
  template <class Member>
  friend class Gather;
  void begin() const {}
  Join join_;
};

/// Waits for several, which start here unless they have started; gives them back, with their results where they were left.
template <class Member>
class [[nodiscard]] Gather {
 public:
  explicit Gather(std::vector<Member> members) : members_(std::move(members)) {}
  bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> frame) {
    join_.waiter = &loop.suspend(frame);
    for (const Member& member : members_) {
      member.begin();
      if (member.promise().done) continue;
      member.promise().join = &join_;
      ++join_.left;
    }
    return join_.left > 0;
  }
  std::vector<Member> await_resume() noexcept { return std::move(members_); }

 private:
  std::vector<Member> members_;
  Join join_;
};

class Semaphore {
 public:
  explicit Semaphore(int permits) : permits_(permits) {}
  struct [[nodiscard]] Acquire {
    Semaphore& semaphore;
    bool await_ready() const noexcept { return semaphore.permits_ > 0 && semaphore.permits_-- > 0; }
    void await_suspend(std::coroutine_handle<> frame) const { semaphore.line_.push(loop.suspend(frame)); }
    void await_resume() const noexcept {}
  };
  Acquire acquire() { return {*this}; }
  /// The permit goes to the first in line.
  void release() {
    if (line_.empty()) ++permits_;
    else loop.ready.push(line_.pop());
  }

 private:
  int permits_;
  Line line_;
};

/// Runs `main` and all that it starts to the end.
inline long run(Task main) {
  const Handle task(std::move(main));
  loop.run();
  return task;
}

}  // namespace awaitscope::bench::ideal

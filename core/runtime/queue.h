#pragma once
// asyncio.Queue, PriorityQueue and LifoQueue: items handed from task to task (rules Q1 to Q5).
#include <algorithm>
#include <deque>

#include "core/runtime/parking_lot.h"

namespace awaitscope::runtime {

struct QueueFull : std::runtime_error {
  QueueFull() : runtime_error("QueueFull") {}
};
struct QueueEmpty : std::runtime_error {
  QueueEmpty() : runtime_error("QueueEmpty") {}
};

/// What a queue does whatever its items are.
class QueueBase {
 public:
  std::size_t qsize() const { return resource_.value; }
  std::size_t maxsize() const { return maxsize_; }
  bool empty() const { return qsize() == 0; }
  bool full() const { return maxsize_ > 0 && qsize() >= maxsize_; }

  /// The work on one item that was taken is finished; ValueError if there is none left to finish (rule Q3).
  void task_done(Place at = Place::current());
  class Join;
  /// Waits until task_done() was called once for every item put; without suspension where that is so (rule Q3).
  [[nodiscard]] Join join(Place at = Place::current());

 protected:
  class Turn;
  QueueBase(std::size_t maxsize, std::string_view name, const Place& at);
  ~QueueBase() = default;
  Turn wait_for_room(Place at);
  Turn wait_for_item(Place at);
  /// An item has come in: wakes the first getter, who looks again (rule Q1).
  void item_put(const Place& at);
  /// An item has gone out: wakes the first putter, who looks again (rule Q2).
  void item_taken(const Place& at);

 private:
  std::size_t maxsize_;
  Resource resource_;  // value: items
  std::size_t unfinished_ = 0;
  ParkingLot getters_, putters_, joiners_;
};

/// The queues differ only in the `Order` that holds the items (rule Q5).
template <class T, class Order>
class BasicQueue : public QueueBase {
 public:
  /// `maxsize` items at most, 0: any number.  `name` is how traces call it.
  explicit BasicQueue(std::size_t maxsize = 0, std::string_view name = "queue", Place at = Place::current())
      : QueueBase(maxsize, name, at) {}
  BasicQueue(const BasicQueue&) = delete;
  BasicQueue& operator=(const BasicQueue&) = delete;

  /// Puts an item in, waiting in line while the queue is full (rule Q2).
  Task<void> put(T item, Place at = Place::current()) {
    while (full()) co_await wait_for_room(at);
    put_nowait(std::move(item), at);
  }
  /// Takes the next item, waiting in line while there is none.  Whoever looks first gets it: a getter that was woken may
  /// find nothing and gets in line again (rule Q1).  An interrupted get takes nothing (rule Q4).
  Task<T> get(Place at = Place::current()) {
    while (empty()) co_await wait_for_item(at);
    co_return get_nowait(at);
  }
  /// The same without waiting: QueueFull, QueueEmpty (rule Q2).
  void put_nowait(T item, Place at = Place::current()) {
    if (full()) throw QueueFull();
    items_.put(std::move(item));
    item_put(at);
  }
  T get_nowait(Place at = Place::current()) {
    if (empty()) throw QueueEmpty();
    T item = items_.take();
    item_taken(at);
    return item;
  }

 private:
  Order items_;
};

namespace detail {
template <class T>
class OldestFirst {
 public:
  void put(T item) { items_.push_back(std::move(item)); }
  T take() {
    T item = std::move(items_.front());
    items_.pop_front();
    return item;
  }

 private:
  std::deque<T> items_;
};
template <class T>
class NewestFirst {
 public:
  void put(T item) { items_.push_back(std::move(item)); }
  T take() {
    T item = std::move(items_.back());
    items_.pop_back();
    return item;
  }

 private:
  std::vector<T> items_;
};
/// heapq's heap; libstdc++ moves items as it does, so that equal ones come out in the same order.
template <class T>
class SmallestFirst {
 public:
  void put(T item) {
    items_.push_back(std::move(item));
    std::push_heap(items_.begin(), items_.end(), later);
  }
  T take() {
    std::pop_heap(items_.begin(), items_.end(), later);
    T item = std::move(items_.back());
    items_.pop_back();
    return item;
  }

 private:
  static bool later(const T& a, const T& b) { return b < a; }
  std::vector<T> items_;
};
}  // namespace detail

template <class T>
using Queue = BasicQueue<T, detail::OldestFirst<T>>;
template <class T>
using PriorityQueue = BasicQueue<T, detail::SmallestFirst<T>>;
template <class T>
using LifoQueue = BasicQueue<T, detail::NewestFirst<T>>;

// ------------------------------------------------------------------------------------------------ awaiters

/// One wait for room or for an item.
class [[nodiscard]] QueueBase::Turn {
 public:
  Turn(QueueBase& queue, Wait wait, Place at) : queue_(queue), wait_(wait), at_(at), turn_(line(), queue.resource_, wait, at) {}
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> frame) { turn_.suspend(frame); }
  /// Interrupted after it was woken: the next in line is woken instead, if there is still something for it (rule Q4).
  void await_resume();

 private:
  ParkingLot& line() { return wait_ == Wait::queue_put ? queue_.putters_ : queue_.getters_; }
  bool in_vain() const { return wait_ == Wait::queue_put ? queue_.full() : queue_.empty(); }
  QueueBase& queue_;
  Wait wait_;
  Place at_;
  Parked turn_;
};

class [[nodiscard]] QueueBase::Join {
 public:
  Join(QueueBase& queue, Place at) : queue_(queue), at_(at), turn_(queue.joiners_, queue.resource_, Wait::queue_join, at) {}
  bool await_ready() const noexcept { return queue_.unfinished_ == 0; }
  void await_suspend(std::coroutine_handle<> frame) { turn_.suspend(frame); }
  void await_resume();

 private:
  QueueBase& queue_;
  Place at_;
  Parked turn_;
};

inline QueueBase::Join QueueBase::join(Place at) { return {*this, at}; }
inline QueueBase::Turn QueueBase::wait_for_room(Place at) { return {*this, Wait::queue_put, at}; }
inline QueueBase::Turn QueueBase::wait_for_item(Place at) { return {*this, Wait::queue_get, at}; }

}  // namespace awaitscope::runtime

#pragma once
// asyncio.as_completed: results in the order in which they come (rules A4, A5).
#include <deque>
#include <unordered_map>

#include "core/runtime/callback.h"

namespace awaitscope::runtime {

/// Which futures have ended and were not taken yet, whatever their values are.
class CompletedLine : public Counted {
 public:
  explicit CompletedLine(Place at);
  ~CompletedLine() override;
  /// Listens to the future with this index.  False if it does already.
  bool add(const Ref<FutureBase>& future, std::size_t index);
  /// The deadline for all of them.
  void time_out_after(Duration timeout);
  /// Nobody asks any more: the scope ends.
  void leave();
  /// Waits for the next and gives its index; none where the deadline came first.
  Task<std::optional<std::size_t>> take(Place at);

 private:
  static void completed(Counted& self, FutureBase& future);
  void time_out();
  void put(std::optional<std::size_t> index);
  void wake_next();

  Loop& loop_;
  Place at_;
  ScopeId scope_;
  TaskId owner_;
  bool left_ = false;
  struct Todo {
    Ref<FutureBase> future;
    std::size_t index;
  };
  std::unordered_map<const FutureBase*, Todo> todo_;
  std::deque<std::optional<std::size_t>> done_;
  std::deque<Ref<FutureBase>> takers_;
  CallHandle timer_;
};

/// What as_completed gives.
template <class T>
class Completed {
 public:
  Completed(std::vector<Future<T>> futures, std::optional<Duration> timeout, Place at);
  Completed(Completed&&) noexcept = default;
  Completed& operator=(Completed&&) = delete;
  ~Completed() {
    if (line_) line_->leave();
  }
  /// How many were not asked for yet.
  std::size_t left() const { return left_; }
  /// Waits for the one that ends next and gives its result or throws its error; TimeoutError for each that the deadline
  /// came before (rule A5).  Call it `left()` times.
  Task<T> next(Place at = Place::current());

 private:
  using Futures = std::shared_ptr<const std::vector<Future<T>>>;
  static Task<T> wait_for_one(Ref<CompletedLine> line, Futures futures, Place at);
  Futures futures_;
  std::size_t left_ = 0;
  Ref<CompletedLine> line_;
};

/// `auto completed = as_completed(tasks, 2s);  while (completed.left()) { auto x = co_await completed.next(); ... }`
/// Coroutines become tasks in argument order; who stops early leaves the rest running (rule A4).
template <class T>
Completed<T> as_completed(std::vector<Future<T>> futures, std::optional<Duration> timeout = std::nullopt,
                          Place at = Place::current()) {
  return {std::move(futures), timeout, at};
}
template <class T>
Completed<T> as_completed(const std::vector<TaskHandle<T>>& tasks, std::optional<Duration> timeout = std::nullopt,
                          Place at = Place::current()) {
  return {std::vector<Future<T>>(tasks.begin(), tasks.end()), timeout, at};
}
template <class T>
Completed<T> as_completed(std::vector<Task<T>> coroutines, std::optional<Duration> timeout = std::nullopt,
                          Place at = Place::current()) {
  std::vector<Future<T>> futures;
  for (Task<T>& coroutine : coroutines) futures.push_back(ensure_future(std::move(coroutine), at));
  return {std::move(futures), timeout, at};
}

// ------------------------------------------------------------------------------------------------ templates

template <class T>
Completed<T>::Completed(std::vector<Future<T>> futures, std::optional<Duration> timeout, Place at)
    : futures_(std::make_shared<const std::vector<Future<T>>>(std::move(futures))), line_(new CompletedLine(at)) {
  for (std::size_t i = 0; i < futures_->size(); ++i) left_ += line_->add((*futures_)[i].base(), i);
  if (timeout && left_ > 0) line_->time_out_after(*timeout);
}

template <class T>
Task<T> Completed<T>::next(Place at) {
  if (left_ > 0) --left_;
  return wait_for_one(line_, futures_, at);
}

template <class T>
Task<T> Completed<T>::wait_for_one(Ref<CompletedLine> line, Futures futures, Place at) {
  const std::optional<std::size_t> index = co_await line->take(at).at(at);
  if (!index) throw TimeoutError();
  co_return (*futures)[*index].result(at);
}

}  // namespace awaitscope::runtime

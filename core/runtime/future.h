#pragma once
// A result that will be there later: asyncio's Future, the base of tasks and of everything that can be waited for.
#include <coroutine>
#include <optional>
#include <source_location>
#include <type_traits>

#include "core/runtime/errors.h"
#include "core/trace/event.h"

namespace awaitscope::runtime {

/// Where in the program a call stands.  Functions that await take it last, defaulted, so that it names their caller.
using Place = std::source_location;

class FutureBase;

/// What a finished future does; `self` is kept alive until it was called or removed.
struct Callback {
  void (*call)(Counted& self, FutureBase& future) = nullptr;
  Ref<Counted> self;
};

/// Who asks for a cancel and why; it travels down await chains.
struct CancelCall {
  std::string message;
  CancelReason why = CancelReason::call;
  ScopeId scope;
  Place at;
};

/// The state machine of a future without its value's type.
class FutureBase : public Counted {
 public:
  enum class State : std::uint8_t { pending, finished, failed, cancelled };

  FutureBase();
  ~FutureBase() override;

  State state() const noexcept { return state_; }
  bool done() const noexcept { return state_ != State::pending; }
  bool cancelled() const noexcept { return state_ == State::cancelled; }

  /// Makes it cancelled and schedules its callbacks; false if it was done (rule F2).
  virtual bool cancel(const CancelCall& call);
  /// Schedules `callback` for the next iteration after it is done; at once scheduled if it is (rules K5, K6, F3).
  void add_done_callback(Callback callback);
  /// Removes every copy not yet scheduled and returns how many there were (rule F5).
  std::size_t remove_done_callback(const Counted* self);

  /// Finishes it.  InvalidStateError if it is done already (rule F2).
  void set_finished() { finish(State::finished); }
  void set_error(std::exception_ptr error);
  /// Fails it with a CancelledError without being cancelled itself: what gather() does to its awaiter (rule A9).
  void set_cancelled_error(std::string message);

  /// The error, null if there is none; counts as retrieved (rule N2).
  std::exception_ptr error();
  /// Throws what awaiting it would throw, if anything; counts as retrieved.
  void check();
  bool carries_cancelled_error() const noexcept { return cancelled() || cancelled_error_; }
  const std::string& message() const noexcept { return message_; }
  void mark_retrieved() noexcept { retrieved_ = true; }
  bool never_retrieved() const noexcept { return state_ == State::failed && !cancelled_error_ && !retrieved_; }

  /// How a task's wait for this reads in a trace.
  Wait wait = Wait::future;
  std::uint32_t object = 0;

 protected:
  void finish(State state);
  /// The run is over: nobody will be told.  Breaks the circles of a gather and its children.
  void forget_callbacks() {
    first_ = {};
    more_.clear();
  }
  std::string message_;  ///< of the cancel
  std::exception_ptr error_;
  Loop* loop_;

 private:
  void schedule(Callback callback);

  State state_ = State::pending;
  bool cancelled_error_ = false;
  bool retrieved_ = false;
  Callback first_;  ///< nearly every future has one waiter
  std::vector<Callback> more_;
};

/// Storage for a value of type T, or for nothing.
template <class T>
struct Held {
  std::optional<T> value;
  T take() {
    if constexpr (std::is_copy_constructible_v<T>) return *value;  // several may await one task
    else return std::move(*value);
  }
};
template <>
struct Held<void> {
  void take() {}
};

template <class T>
class FutureState : public FutureBase {
 public:
  Held<T> held;
};

/// asyncio.Future: somebody sets it, tasks await it.
template <class T = void>
class Future {
 public:
  Future() : state_(new FutureState<T>) {}
  template <class U = T>
  requires(!std::is_void_v<T>) void set_result(U&& value) {
    if (state_->done()) throw InvalidStateError("invalid state: the future is done");
    state_->held.value.emplace(std::forward<U>(value));
    state_->set_finished();
  }
  void set_result() requires std::is_void_v<T> { state_->set_finished(); }
  void set_error(std::exception_ptr error) { state_->set_error(std::move(error)); }
  bool cancel(std::string message = {}, Place at = Place::current()) {
    return state_->cancel({std::move(message), CancelReason::call, {}, at});
  }
  bool done() const { return state_->done(); }
  bool cancelled() const { return state_->cancelled(); }
  /// Throws the error it holds; InvalidStateError while it is pending.
  T result() {
    state_->check();
    return state_->held.take();
  }
  const Ref<FutureState<T>>& state() const { return state_; }

 private:
  Ref<FutureState<T>> state_;
};

}  // namespace awaitscope::runtime

#pragma once
// A result that will be there later: asyncio's Future, the base of tasks and of everything that can be waited for.
#include <functional>
#include <optional>
#include <type_traits>
#include <vector>

#include "core/runtime/errors.h"
#include "core/trace/event.h"

namespace awaitscope::runtime {

class Loop;
class FutureBase;

/// What a finished future does; `self` is kept alive until it was called or removed.
struct Callback {
  void (*call)(Counted& self, FutureBase& future) = nullptr;
  Ref<Counted> self;
  bool at_once = false;  ///< not in the next iteration but by the one who finishes the future
};

/// Who asks for a cancel and why; it travels down await chains.
struct CancelCall {
  std::string message;
  CancelReason why = CancelReason::call;
  ScopeId scope;
  Place at;
};

/// The state machine of a future without its value's type (rules F1 to F5, K5, K6).
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

  /// Finishes it; it must be pending, as for all that set it.
  void set_finished() { finish(State::finished); }
  void set_error(std::exception_ptr error);
  /// Fails it with a CancelledError without being cancelled itself: what gather() does to its awaiter (rule A9).
  void set_cancelled_error(std::string message);

  /// The error, null if there is none; counts as retrieved (rule N2).
  std::exception_ptr error();
  /// Throws what awaiting it would throw, if anything; counts as retrieved.  It must be done.
  void check();
  bool carries_cancelled_error() const noexcept { return cancelled() || cancelled_error_; }
  /// What a CancelledError of it says to the next who takes it: the error that ended a task goes to the first (rule C9).
  std::string take_message();
  void mark_retrieved() noexcept { retrieved_ = true; }
  bool has_callbacks() const noexcept { return first_.call != nullptr; }
  bool never_retrieved() const noexcept { return state_ == State::failed && !cancelled_error_ && !retrieved_; }

  void handle_made() noexcept { ++handles_; }
  void handle_gone() noexcept {
    if (--handles_ == 0) orphaned();
  }
  bool has_handle() const noexcept { return handles_ > 0; }

  /// How a task's wait for this reads in a trace.
  Wait wait = Wait::future;
  std::uint32_t object = 0;

 protected:
  void finish(State state);
  /// The last handle is gone.
  virtual void orphaned() noexcept {}
  /// The run is over: nobody will be told.  Breaks the circles of a gather and its children.
  void forget_callbacks() {
    first_ = {};
    more_.clear();
  }
  std::string message_;                       ///< of the last cancel, for whoever takes a CancelledError
  std::optional<std::string> first_message_;  ///< for the first who takes it
  std::exception_ptr error_;
  Loop* loop_;

 private:
  void schedule(Callback callback);

  State state_ = State::pending;
  bool cancelled_error_ = false;
  bool retrieved_ = false;
  std::uint32_t handles_ = 0;
  Callback first_;  ///< nearly every future has one waiter
  std::vector<Callback> more_;
};

/// A share in a future that counts as a handle of it.
class Handled {
 public:
  Handled(Ref<FutureBase> future) : future_(std::move(future)) {
    if (future_) future_->handle_made();
  }
  Handled(const Handled& other) : Handled(other.future_) {}
  Handled(Handled&& other) noexcept = default;
  Handled& operator=(Handled other) noexcept {
    std::swap(future_, other.future_);
    return *this;
  }
  ~Handled() {
    if (future_) future_->handle_gone();
  }
  const Ref<FutureBase>& get() const { return future_; }
  FutureBase* operator->() const { return future_.get(); }

 private:
  Ref<FutureBase> future_;
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

/// A future that no task stands behind.  The loop knows them: one that nobody ever sets and those who listen to it would keep
/// each other for ever.
class OpenFuture : public FutureBase {
 public:
  OpenFuture();
  ~OpenFuture() override;
  static void forget_all(Loop& loop);

 private:
  OpenFuture *before_ = nullptr, *after_ = nullptr;
};

template <class T>
class FutureState final : public OpenFuture {
 public:
  Held<T> held;
};

/// A function for add_done_callback; its copies are one and the same for remove_done_callback.
class DoneCallback {
 public:
  template <class F>
  requires(!std::is_same_v<std::remove_cvref_t<F>, DoneCallback>) DoneCallback(F function, Place at = Place::current())
      : function_(new Function(std::move(function), at)) {}

  // --- for futures
  Callback as_callback() const { return {&Function::call, function_}; }
  const Counted* identity() const { return function_.get(); }

 private:
  class Function final : public Counted {
   public:
    Function(std::function<void()> function, Place at) : function_(std::move(function)), at_(at) {}
    static void call(Counted& self, FutureBase& future);

   private:
    std::function<void()> function_;
    Place at_;
  };
  Ref<Function> function_;
};

/// asyncio.Future: somebody sets it, tasks await it.  A handle; its copies are the same future.
template <class T = void>
class Future {
 public:
  using value_type = T;

  /// A pending one: loop.create_future().  RuntimeError where no loop runs.
  Future() : Future(Ref<FutureState<T>>(new FutureState<T>)) {}
  explicit Future(const Ref<FutureState<T>>& state) : base_(state), held_(&state->held) {}

  /// Sets the result and schedules whoever waits (rule F1).  InvalidStateError if it is done (rule F2).
  template <class U = T>
  requires(!std::is_void_v<T>) void set_result(U&& value, Place at = Place::current()) {
    may_be_set("set_result", at);
    held_->value.emplace(std::forward<U>(value));
    base_->set_finished();
  }
  void set_result(Place at = Place::current()) requires std::is_void_v<T> {
    may_be_set("set_result", at);
    base_->set_finished();
  }
  void set_exception(std::exception_ptr error, Place at = Place::current()) {
    may_be_set("set_exception", at);
    base_->set_error(std::move(error));
  }
  template <class Error>
  requires(!std::is_same_v<std::remove_cvref_t<Error>, std::exception_ptr>) void set_exception(Error error,
                                                                                               Place at = Place::current()) {
    set_exception(std::make_exception_ptr(std::move(error)), at);
  }

  /// A future is cancelled now; a task is asked to stop (rules C1 to C3).  False if it is done.
  bool cancel(std::string message = {}, Place at = Place::current()) {
    return base_->cancel({std::move(message), CancelReason::call, {}, at});
  }
  bool done() const { return base_->done(); }
  bool cancelled() const { return base_->cancelled(); }
  /// The result; throws its error, or InvalidStateError while it is pending.
  T result(Place at = Place::current()) const {
    must_be_done("Result is not set.", at);
    base_->check();
    return held_->take();
  }
  /// Its error, null if it has a result.  Throws CancelledError if it was cancelled, InvalidStateError while it is pending.
  std::exception_ptr exception(Place at = Place::current()) const {
    must_be_done("Exception is not set.", at);
    if (base_->carries_cancelled_error()) base_->check();
    return base_->error();
  }
  /// Calls `callback` in the iteration after it is done, in one line with those who wait (rules K6, F3).
  void add_done_callback(const DoneCallback& callback) const { base_->add_done_callback(callback.as_callback()); }
  /// Removes every copy that is not scheduled yet and gives their number (rule F5).
  std::size_t remove_done_callback(const DoneCallback& callback) const {
    return base_->remove_done_callback(callback.identity());
  }
  explicit operator bool() const { return static_cast<bool>(base_.get()); }

  // --- for the primitives of the runtime
  Future(Ref<FutureBase> base, Held<T>* held) : base_(std::move(base)), held_(held) {}
  const Ref<FutureBase>& base() const { return base_.get(); }
  Held<T>& held() const { return *held_; }

 private:
  void may_be_set(const char* operation, const Place& at) const {
    if (base_->wait == Wait::task) misuse<RuntimeError>(std::string("Task does not support ") + operation + " operation", at);
    if (base_->done()) misuse<InvalidStateError>("invalid state", at);
  }
  void must_be_done(const char* message, const Place& at) const {
    if (!base_->done()) misuse<InvalidStateError>(message, at);
  }

  Handled base_;
  Held<T>* held_;
};

}  // namespace awaitscope::runtime

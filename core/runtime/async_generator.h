#pragma once
// Async generators: coroutines that yield values to whoever asks for the next one (rules Y1 to Y5).
#include "core/runtime/task.h"

namespace awaitscope::runtime {

/// What a generator's frame holds besides the value it offers.
class GeneratorPromiseBase : public PromiseBase {
 public:
  using PromiseBase::PromiseBase;
  void return_void() noexcept {}
  bool closing = false;  ///< the yield at which it stands throws GeneratorExit

  class Yield {
   public:
    explicit Yield(GeneratorPromiseBase& promise) : promise_(promise) {}
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> frame) noexcept;
    void await_resume() const {
      if (promise_.closing) throw GeneratorExit();
    }

   private:
    GeneratorPromiseBase& promise_;
  };
  std::coroutine_handle<> at_yield;  ///< where it stands
};

/// A generator without the type of its values; shared by its handles and, when the last is gone, by the task that closes it.
class GeneratorBase : public Counted {
 public:
  GeneratorBase(std::coroutine_handle<> frame, GeneratorPromiseBase& promise);
  ~GeneratorBase() override;

  bool finished() const { return finished_; }
  /// Throws GeneratorExit at the yield and runs the clean-up, inline (rule Y3).
  Task<void> aclose(Place at) { return aclose(Ref<GeneratorBase>(this), at); }
  /// The last handle is gone: a task of its own closes what is open (rule Y2).
  void last_handle_gone() noexcept;
  int handles = 0;

  /// Runs to the next yield or to the end, within the awaiting task (rule Y1).
  class [[nodiscard]] Advance {
   public:
    Advance(GeneratorBase& generator, Place at) : generator_(&generator), at_(at) {}
    bool await_ready() const;
    void await_suspend(std::coroutine_handle<> parent);
    /// Throws what the generator threw.
    void await_resume();

   private:
    Ref<GeneratorBase> generator_;
    Place at_;
    FrameId outer_;
    bool ran_ = false;
  };

 private:
  static Task<void> aclose(Ref<GeneratorBase> generator, Place at);
  void ended(const Place& at) noexcept;
  void forget() noexcept;
  void tell(Kind kind, const Place& at);

  Loop& loop_;
  std::coroutine_handle<> frame_;
  GeneratorPromiseBase& promise_;
  bool begun_ = false, running_ = false, finished_ = false;
  ResourceId id_;  ///< for the trace: open from its first next() to its end, held by the task that runs in it
};

/// `AsyncGenerator<int> count() { co_yield 1; co_await sleep(1s); co_yield 2; }`
///
///     for (;;) {                               // async for: a co_await does not stand in a condition
///       auto item = co_await numbers.next();
///       if (!item) break;
///     }
///
/// A handle; its copies are the same generator.  Nothing runs before the first next().
template <class T>
class [[nodiscard]] AsyncGenerator {
 public:
  class promise_type;
  class Next;

  AsyncGenerator(const AsyncGenerator& other) : generator_(other.generator_) { ++generator_->handles; }
  AsyncGenerator(AsyncGenerator&& other) noexcept = default;
  AsyncGenerator& operator=(AsyncGenerator other) noexcept {
    std::swap(generator_, other.generator_);
    return *this;
  }
  ~AsyncGenerator() {
    if (generator_ && --generator_->handles == 0) generator_->last_handle_gone();
  }

  /// The next value; none when the generator has ended, and ever after.  Throws what it threw.  RuntimeError while another
  /// next() of it runs.  anext() in Python.
  Next next(Place at = Place::current()) const { return {generator_, at}; }
  /// Ends it where it stands: GeneratorExit is thrown at its yield and its clean-up runs in this task (rule Y3).  Nothing
  /// runs in one that has not begun or has ended.
  Task<void> aclose(Place at = Place::current()) const { return generator_->aclose(at); }

 private:
  class State;
  explicit AsyncGenerator(Ref<State> state) : generator_(std::move(state)) { ++generator_->handles; }
  Ref<State> generator_;
};

// ------------------------------------------------------------------------------------------------ templates

template <class T>
class AsyncGenerator<T>::promise_type : public GeneratorPromiseBase {
 public:
  using GeneratorPromiseBase::GeneratorPromiseBase;
  AsyncGenerator get_return_object(const char* name = __builtin_FUNCTION(), const char* in = __builtin_FILE(),
                                   std::uint32_t at = __builtin_LINE()) {
    function = name, file = in, line = at;
    return AsyncGenerator(Ref<State>(new State(*this)));
  }
  Yield yield_value(T value) {
    offered.emplace(std::move(value));
    return Yield(*this);
  }
  std::optional<T> offered;
};

template <class T>
class AsyncGenerator<T>::State final : public GeneratorBase {
 public:
  explicit State(promise_type& promise)
      : GeneratorBase(std::coroutine_handle<promise_type>::from_promise(promise), promise), promise(promise) {}
  promise_type& promise;
};

template <class T>
class [[nodiscard]] AsyncGenerator<T>::Next : public GeneratorBase::Advance {
 public:
  Next(const Ref<State>& state, Place at) : Advance(*state, at), state_(state) {}
  std::optional<T> await_resume() {
    Advance::await_resume();
    if (state_->finished()) return std::nullopt;
    return std::exchange(state_->promise.offered, std::nullopt);
  }

 private:
  Ref<State> state_;
};

}  // namespace awaitscope::runtime

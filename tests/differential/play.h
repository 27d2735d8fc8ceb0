#pragma once
// What the interpreters of both modes share: the log, the step limit, bodies, loops and try.
#include <memory>

#include "core/runtime/runtime.h"
#include "tests/differential/program.h"
#include "tests/support/boom.h"

namespace awaitscope::differential {

using namespace awaitscope::runtime;
using runtime::Event;  // asyncio's, not the trace's
using testing::Boom;
using testing::ex;

/// A value of the language, as it is printed.
using Value = std::string;
/// What a body came to: nothing, or the value of a `return` that leaves the function.
using Signal = std::optional<Value>;

/// The result of a program: what it logged and in which iteration; none where that is not compared.
struct Result {
  std::vector<std::string> log;
  std::vector<std::optional<std::uint32_t>> ticks;
};

/// How to run: the loop's own order and no record are what asyncio promises.
struct Options {
  Policy* policy = nullptr;
  Sink* sink = nullptr;
};

inline Duration milliseconds(const Node& ms) { return std::chrono::milliseconds(ms.number()); }
inline std::optional<Duration> milliseconds_or_none(const Node& ms) {
  return ms.null() ? std::nullopt : std::optional(milliseconds(ms));
}
inline std::string shown(bool value) { return value ? "True" : "False"; }
inline std::string shown(int value) { return std::to_string(value); }
inline const std::string& shown(const std::string& value) { return value; }
/// One program.  `Who` is who acts: a pointer to something with a `name`.
template <class Who>
class Play {
 public:
  virtual ~Play() = default;

 protected:
  Play(const Node& program, RunOptions how) : program_(program) {
    if (!program["limit"].null()) limit_ = program["limit"].number();
    how.gate = &gate_;
    runner_ = std::make_unique<Runner>(how);
  }

  /// Runs an op that never suspends; false if it is none.
  virtual bool synchronous(Who who, const Node& op) = 0;
  virtual Task<Signal> suspending(Who who, const Node* op) = 0;
  virtual std::string spelled(const std::exception_ptr& error) const { return ex(error); }
  /// Whether a `try` hands it to its on_cancel.
  virtual bool is_cancel(const std::exception_ptr& error) const { return is_cancelled_error(error); }

  void log(const std::string& who, const std::string& text) {
    if (dead_) return;
    const Loop& loop = runner_->loop();
    result_.log.push_back(std::to_string(loop.now().ns / 1'000'000) + " " + who + " " + text);
    result_.ticks.push_back(shutdown_ ? std::nullopt : std::optional(loop.iteration()));
  }
  /// Counts a step; true where the program has to stop.
  bool over_limit() {
    if (dead_ || ++steps_ <= limit_) return dead_;
    log("-", "-- limit");
    dead_ = true;
    gate_.stop();
    return true;
  }

  /// The body of a function, with its first and last line.
  Task<Value> activate(Who who, std::string function);
  Task<Signal> body(Who who, const Node* ops);
  Task<Signal> loop_op(Who who, const Node* op);
  Task<Signal> try_op(Who who, const Node* op);

  /// Runs a function and logs what came of it; errors stay here.
  template <class F>
  void attempt(Who who, const std::string& label, F function) {
    std::string out = "None";
    try {
      if constexpr (std::is_void_v<std::invoke_result_t<F>>) function();
      else out = shown(function());
    } catch (const std::exception&) { out = spelled(std::current_exception()); }
    log(who->name, label + " -> " + out);
  }
  /// Awaits, logs what came of it in the same step, and throws errors on.
  template <class A>
  Task<void> outcome(Who who, std::string label, A awaitable);
  /// The same for a block, which has a signal instead of a value; `more()` is printed behind.
  template <class More>
  Task<Signal> block(Who who, std::string label, Task<Signal> inside, More more);

  const Node& program_;
  Result result_;
  bool dead_ = false, shutdown_ = false;
  int steps_ = 0, limit_ = 400;
  Gate gate_;
  std::unique_ptr<Runner> runner_;
};

/// The end of a program that was stopped: suspends for good.
struct Never {
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  void await_resume() const noexcept {}
};

// ------------------------------------------------------------------------------------------------ templates

template <class Who>
Task<Value> Play<Who>::activate(Who who, std::string function) {
  log(who->name, "enter " + function);
  Value value = "None";
  try {
    const Signal signal = co_await body(who, &program_["fns"][function]);
    if (signal) value = *signal;
  } catch (...) {
    log(who->name, "leave " + function + " -> " + spelled(std::current_exception()));
    throw;
  }
  log(who->name, "leave " + function + " -> " + value);
  co_return value;
}

template <class Who>
Task<Signal> Play<Who>::body(Who who, const Node* ops) {
  for (const Node& op : ops->list()) {
    const bool stop = over_limit();
    if (stop) co_await Never();
    if (synchronous(who, op)) continue;
    Signal signal = co_await suspending(who, &op);
    if (signal) co_return signal;
  }
  co_return std::nullopt;
}

template <class Who>
Task<Signal> Play<Who>::loop_op(Who who, const Node* op) {
  for (int i = 0; i < (*op)[1].number(); ++i) {
    Signal signal = co_await body(who, &(*op)[2]);
    if (signal) co_return signal;
  }
  co_return std::nullopt;
}

template <class Who>
Task<Signal> Play<Who>::try_op(Who who, const Node* op) {
  std::exception_ptr error;
  Signal signal;
  try {
    signal = co_await body(who, &(*op)[1]);
  } catch (...) { error = std::current_exception(); }
  if (error) {
    const Node& handler = is_cancel(error) ? (*op)[2] : (*op)[3];
    if (!handler.null()) {
      log(who->name, "caught " + spelled(error));
      std::exception_ptr later;
      try {
        signal = co_await body(who, &handler[1]);
      } catch (...) { later = std::current_exception(); }
      const bool swallow = handler[0].text() == "swallow" || signal.has_value();
      error = later ? later : swallow ? nullptr : error;
    }
  }
  if (const Node& final = (*op)[4]; !final.null()) {
    log(who->name, "finally");
    co_await body(who, &final);
  }
  if (error) std::rethrow_exception(error);
  co_return signal;
}

template <class Who>
template <class A>
Task<void> Play<Who>::outcome(Who who, std::string label, A awaitable) {
  std::string out = "None";
  try {
    if constexpr (requires { typename A::value_type; }) {
      if constexpr (std::is_void_v<typename A::value_type>) co_await std::move(awaitable);
      else out = shown(co_await std::move(awaitable));
    } else {
      co_await std::move(awaitable);
    }
  } catch (...) {
    log(who->name, label + " -> " + spelled(std::current_exception()));
    throw;
  }
  log(who->name, label + " -> " + out);
}

template <class Who>
template <class More>
Task<Signal> Play<Who>::block(Who who, std::string label, Task<Signal> inside, More more) {
  Signal signal;
  try {
    signal = co_await std::move(inside);
  } catch (...) {
    log(who->name, label + " -> " + spelled(std::current_exception()) + more());
    throw;
  }
  log(who->name, label + " -> ok" + more());
  co_return signal;
}

}  // namespace awaitscope::differential

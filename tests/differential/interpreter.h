#pragma once
// Runs a random program of spec.md on the runtime, as coroutines: the counterpart of oracle_run.py, which runs it on asyncio.
#include <deque>
#include <memory>
#include <unordered_map>
#include <variant>

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

/// One program.  Members s_<op> are synchronous (they log an error and go on), those that return Task may suspend (they log
/// and rethrow).
class Interpreter {
 public:
  Interpreter(const Node& program, const Options& options);
  Result execute();

 private:
  using Name = const std::string*;  // who acts; "-" in callbacks
  struct Awaited {
    Future<Value> future;
    std::string name;
  };
  using Object = std::variant<std::unique_ptr<Semaphore>, std::unique_ptr<BoundedSemaphore>, std::unique_ptr<Lock>,
                                std::unique_ptr<Event>, std::unique_ptr<Condition>, std::unique_ptr<Queue<int>>,
                                std::unique_ptr<PriorityQueue<int>>, std::unique_ptr<LifoQueue<int>>, std::unique_ptr<Barrier>>;

  // --- log
  void log(const std::string& who, const std::string& text);
  void notice(const Report& report);
  void report(std::string end);

  // --- tasks and functions
  const std::string& next_name(const std::string& function);
  Awaited keep(TaskHandle<Value> task);
  Awaited spawn(const std::string& function);
  Task<Value> call(std::string function);
  Task<Signal> body(Name who, const Node* ops);
  void step();
  bool over_limit();

  // --- variables
  const Awaited* var(Name who, const std::string& v) const;
  const TaskHandle<Value>* task_of(const Awaited& awaited) const;
  bool reaches(const FutureBase* from, const FutureBase* to) const;
  std::optional<std::vector<Awaited>> targets(Name who, const std::vector<std::string>& names, bool in_line);
  class Edges;

  // --- ops
  bool synchronous(Name who, const Node& op);
  Task<Signal> suspending(Name who, const Node* op);
  void callback(const Node* ops);
  template <class F>
  void attempt(Name who, const std::string& label, F function);
  template <class A>
  Task<void> outcome(Name who, std::string label, A awaitable);
  Task<void> await_ops(Name who, const Node* op);
  Task<void> as_completed_op(Name who, std::string label, std::vector<Future<Value>> futures, std::optional<Duration> timeout);
  Task<void> drain(Name who, std::vector<Future<Value>> futures, std::optional<Duration> timeout);
  Task<Signal> group(Name who, const Node* op);
  Task<Signal> timeout(Name who, const Node* op);
  Task<Signal> with(Name who, const Node* op);
  Task<void> acquire(std::string object);
  void release(const std::string& object);
  Task<Signal> try_op(Name who, const Node* op);
  Task<void> raise(const std::string& kind);
  std::string names_of(const std::vector<Future<Value>>& futures) const;

  const Node& program_;
  Result result_;
  bool dead_ = false, shutdown_ = false;
  int steps_ = 0, limit_ = 400;
  std::string forgotten_;  ///< the function whose coroutine is being thrown away
  Gate gate_;
  std::unique_ptr<Runner> runner_;
  std::deque<std::string> names_;
  std::vector<TaskHandle<Value>> tasks_;
  std::vector<Future<Value>> futures_;
  std::unordered_map<const FutureBase*, std::string> name_of_;
  std::unordered_map<const FutureBase*, std::vector<const FutureBase*>> waiting_;
  std::map<std::string, Awaited> vars_;
  std::map<std::string, TaskGroup> groups_;
  std::map<std::string, Timeout> timeouts_;
  std::map<std::string, CallHandle> handles_;
  std::map<std::string, int> counters_;
  std::map<std::string, Object> objects_;
};

}  // namespace awaitscope::differential

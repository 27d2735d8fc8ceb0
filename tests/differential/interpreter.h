#pragma once
// Runs a random program of spec.md on the runtime, as coroutines: the counterpart of oracle_run.py, which runs it on asyncio.
#include <deque>
#include <unordered_map>
#include <variant>

#include "tests/differential/play.h"

namespace awaitscope::differential {

/// A task of the program, or "-" in callbacks.
struct Actor {
  std::string name;
};

/// One program.  Synchronous ops log an error and go on, the others log and rethrow.
class Interpreter final : public Play<const Actor*> {
 public:
  Interpreter(const Node& program, const Options& options);
  Result execute();

 private:
  using Who = const Actor*;
  struct Awaited {
    Future<Value> future;
    std::string name;
  };
  using Object = std::variant<std::unique_ptr<Semaphore>, std::unique_ptr<BoundedSemaphore>, std::unique_ptr<Lock>,
                              std::unique_ptr<Event>, std::unique_ptr<Condition>, std::unique_ptr<Queue<int>>,
                              std::unique_ptr<PriorityQueue<int>>, std::unique_ptr<LifoQueue<int>>, std::unique_ptr<Barrier>>;

  RunOptions run_options(const Node& program, const Options& options);
  void notice(const Report& report);
  void report(const std::string& end);

  // --- tasks and functions
  const Actor& next_actor(const std::string& function);
  Awaited keep(TaskHandle<Value> task);
  Awaited spawn(const std::string& function);
  Task<Value> call(std::string function);

  // --- variables
  std::optional<Awaited> var(Who who, const std::string& v) const;
  const TaskHandle<Value>* task_of(const Awaited& awaited) const;
  bool reaches(const FutureBase* from, const FutureBase* to) const;
  std::optional<std::vector<Awaited>> targets(Who who, const std::vector<std::string>& names, bool in_line);
  class Edges;

  // --- ops
  bool synchronous(Who who, const Node& op) override;
  bool on_task(Who who, const Node& op);
  bool on_object(Who who, const Node& op);
  Task<Signal> suspending(Who who, const Node* op) override;
  void callback(const Node* ops);
  Task<void> await_ops(Who who, const Node* op);
  Task<Value> waited(std::vector<Future<Value>> futures, std::string mode, std::optional<Duration> timeout);
  Task<void> drain(Who who, std::vector<Future<Value>> futures, std::optional<Duration> timeout);
  Task<Signal> group(Who who, const Node* op);
  Task<Signal> timeout(Who who, const Node* op);
  Task<Signal> with(Who who, const Node* op);
  Task<void> acquire(std::string object);
  void release(const std::string& object);
  Object& object(const Node& name) { return objects_.at(name.text()); }
  std::string names_of(const std::vector<Future<Value>>& futures) const;

  std::string forgotten_;  ///< the function whose coroutine is being thrown away
  std::deque<Actor> actors_;
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

#pragma once
// Runs a random program of trio_spec.md on the runtime in trio's mode: the counterpart of trio_oracle.py.
#include <deque>
#include <memory>
#include <variant>

#include "core/runtime/trio/trio.h"
#include "tests/differential/interpreter.h"

namespace awaitscope::differential {

/// One program in trio's mode.  Members as in Interpreter.
class TrioInterpreter {
 public:
  TrioInterpreter(const Node& program, const Options& options);
  Result execute();

 private:
  struct Actor {  // a task of the program
    std::string function, name;
    std::optional<trio::TaskStatus<Value>> status;
    bool done = false;
  };
  using Who = Actor*;
  struct Channel {
    trio::MemorySendChannel<int> send;
    trio::MemoryReceiveChannel<int> receive;
  };
  using Object = std::variant<std::unique_ptr<trio::Event>, std::unique_ptr<trio::Semaphore>, std::unique_ptr<trio::Lock>,
                              std::unique_ptr<Channel>>;

  void log(const std::string& who, const std::string& text);
  const std::string& name(Actor& actor);
  Actor& actor(const std::string& function);
  Task<Value> run(Who who);
  Task<void> child(Who who);
  Task<Value> call(Who who, std::string function);
  Task<Signal> body(Who who, const Node* ops);
  bool over_limit();

  bool synchronous(Who who, const Node& op);
  Task<Signal> suspending(Who who, const Node* op);
  template <class F>
  void attempt(Who who, const std::string& label, F function);
  template <class A>
  Task<void> outcome(Who who, std::string label, A awaitable);
  Task<Signal> scope(Who who, const Node* op);
  Task<Signal> nursery(Who who, const Node* op);
  Task<void> start(Who who, const Node* op);
  Task<Signal> with(Who who, const Node* op);
  Task<Signal> each(Who who, const Node* op);
  Task<Signal> try_op(Who who, const Node* op);
  Task<void> acquire(const Object* object);
  void release(const Object& object);
  Instant at(const Node& ms) const;
  Channel& channel(const Node& name) { return *std::get<std::unique_ptr<Channel>>(objects_.at(name.text())); }

  const Node& program_;
  Result result_;
  bool dead_ = false;
  int steps_ = 0, limit_ = 400;
  Gate gate_;
  std::unique_ptr<Runner> runner_;
  std::deque<Actor> actors_;
  std::vector<Actor*> tasks_;  ///< in the order of their first steps
  std::map<std::string, int> count_;
  std::map<std::string, trio::CancelScope> scopes_;
  std::map<std::string, trio::Nursery> nurseries_;
  std::map<std::string, Object> objects_;
};

}  // namespace awaitscope::differential

#pragma once
// Runs a random program of trio_spec.md on the runtime in trio's mode: the counterpart of trio_oracle.py.
#include <deque>
#include <variant>

#include "core/runtime/trio/trio.h"
#include "tests/differential/play.h"

namespace awaitscope::differential {

/// A task of a program.
struct TrioActor {
  std::string function, name;
  std::optional<trio::TaskStatus<Value>> status;
  bool done = false;
};

/// One program in trio's mode.
class TrioInterpreter final : public Play<TrioActor*> {
 public:
  TrioInterpreter(const Node& program, const Options& options);
  Result execute();

 private:
  using Who = TrioActor*;
  struct Channel {
    trio::MemorySendChannel<int> send;
    trio::MemoryReceiveChannel<int> receive;
  };
  using Object = std::variant<std::unique_ptr<trio::Event>, std::unique_ptr<trio::Semaphore>, std::unique_ptr<trio::Lock>,
                              std::unique_ptr<Channel>>;

  // --- tasks
  const std::string& name(TrioActor& actor);
  TrioActor& actor(const std::string& function);
  Task<Value> run(Who who);
  Task<void> child(Who who);

  // --- ops
  std::string spelled(const std::exception_ptr& error) const override;
  bool is_cancel(const std::exception_ptr& error) const override;
  bool synchronous(Who who, const Node& op) override;
  Task<Signal> suspending(Who who, const Node* op) override;
  Task<Signal> scope(Who who, const Node* op);
  Task<Signal> nursery(Who who, const Node* op);
  Task<void> start(Who who, const Node* op);
  Task<Signal> with(Who who, const Node* op);
  Task<Signal> each(Who who, const Node* op);
  Task<void> acquire(const Object* object);
  void release(const Object& object);
  Instant at(const Node& ms) const { return runner_->loop().now() + milliseconds(ms); }
  Channel& channel(const Node& name) { return *std::get<std::unique_ptr<Channel>>(objects_.at(name.text())); }

  std::deque<TrioActor> actors_;
  std::vector<TrioActor*> tasks_;  ///< in the order of their first steps
  std::map<std::string, int> count_;
  std::map<std::string, trio::CancelScope> scopes_;
  std::map<std::string, trio::Nursery> nurseries_;
  std::map<std::string, Object> objects_;
};

}  // namespace awaitscope::differential

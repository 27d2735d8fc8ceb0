// From the start of a program to its end, its variables, and the ops that never suspend.
#include "tests/differential/interpreter.h"

#include <algorithm>

#include "core/runtime/workers.h"

namespace awaitscope::differential {

RunOptions Interpreter::run_options(const Node& program, const Options& options) {
  RunOptions how;
  how.sink = options.sink;
  how.policy = options.policy;
  how.workers = program["workers"].null() ? 2 : static_cast<std::size_t>(program["workers"].number());
  how.exception_handler = [this](const Report& report) { notice(report); };
  return how;
}

Interpreter::Interpreter(const Node& program, const Options& options) : Play(program, run_options(program, options)) {
  for (const auto& [name, made] : program["objects"].map()) {
    const std::string& kind = made[0].text();
    const int number = made[1].null() ? 0 : made[1].number();
    const auto size = static_cast<std::size_t>(number);
    if (kind == "sem") objects_[name] = std::make_unique<Semaphore>(number);
    else if (kind == "bsem") objects_[name] = std::make_unique<BoundedSemaphore>(number);
    else if (kind == "lock") objects_[name] = std::make_unique<Lock>();
    else if (kind == "event") objects_[name] = std::make_unique<Event>();
    else if (kind == "cond") objects_[name] = std::make_unique<Condition>();
    else if (kind == "queue") objects_[name] = std::make_unique<Queue<int>>(size);
    else if (kind == "prio") objects_[name] = std::make_unique<PriorityQueue<int>>(size);
    else if (kind == "lifo") objects_[name] = std::make_unique<LifoQueue<int>>(size);
    else if (kind == "barrier") objects_[name] = std::make_unique<Barrier>(number);
    else throw std::runtime_error("unknown kind of object: " + kind);
  }
}

// ------------------------------------------------------------------------------------------------ from start to end

Result Interpreter::execute() {
  const Awaited main = spawn("main");
  vars_.emplace("main", main);
  Loop& loop = runner_->loop();
  const auto hangs = [&] { return loop.outcome() == RunOutcome::hang; };
  const RunResult ended = runner_->run_until_complete(*static_cast<TaskBase*>(main.future.base().get()));
  if (!hangs() && !dead_) {
    const std::string end = ended.error ? "-- raised " + ex(ended.error) : "-- ok " + main.future.result();
    shutdown_ = true;
    runner_->cancel_all_tasks();
    if (!hangs() && loop.workers().unfinished() > 0) loop.run_until_complete(*loop.workers().joined());
    if (!hangs()) {
      const auto unseen = [&](const Future<Value>& future) {
        if (future.base()->never_retrieved())
          log("-", "!! never-retrieved " + name_of_[future.base().get()] + " " + ex(future.exception()));
      };
      for (const auto& task : tasks_) unseen(task);
      for (const auto& future : futures_) unseen(future);
      report(end);
    }
  }
  if (hangs()) {
    std::string end = "-- hang";
    for (const auto& task : tasks_)
      if (!task.done()) end += " " + task.name();
    report(end);
  }
  dead_ = true;
  for (const auto& future : futures_) future.base()->mark_retrieved();
  handles_.clear();
  groups_.clear();
  timeouts_.clear();
  runner_->close();
  objects_.clear();
  return std::move(result_);
}

void Interpreter::report(const std::string& end) {
  log("-", end);
  shutdown_ = true;
  for (const auto& task : tasks_) {
    const std::exception_ptr error = task.done() && !task.cancelled() ? task.base()->error() : nullptr;
    const std::string state = !task.done()       ? "pending"
                              : task.cancelled() ? "cancelled"
                              : error            ? ex(error)
                                                 : task.held().take();
    log("-", "== " + task.name() + " " + state + " requests=" + std::to_string(task.cancelling()));
  }
}

void Interpreter::notice(const Report& report) {
  switch (report.what) {
    case Diagnosis::callback_error: return log("-", "!! callback-error " + ex(report.error));
    case Diagnosis::shutdown_error:
      return log("-", "!! shutdown-error " + tasks_.at(report.object - 1).name() + " " + ex(report.error));
    case Diagnosis::never_awaited: return log("-", "!! never-awaited " + forgotten_);
    case Diagnosis::misuse: return;             // is thrown as well
    case Diagnosis::destroyed_pending: return;  // after a hang
    case Diagnosis::never_retrieved: return;    // of the futures behind gather and shield; others are told at the end
    case Diagnosis::hang: return;               // is the end of the log
    default: return log("-", "!! error " + report.text);
  }
}

// ------------------------------------------------------------------------------------------------ tasks and variables

const Actor& Interpreter::next_actor(const std::string& function) {
  return actors_.emplace_back(Actor{tasks_.empty() ? "main" : function + "#" + std::to_string(tasks_.size())});
}

Interpreter::Awaited Interpreter::keep(TaskHandle<Value> task) {
  name_of_[task.base().get()] = task.name();
  tasks_.push_back(task);
  return {task, task.name()};
}

Interpreter::Awaited Interpreter::spawn(const std::string& function) {
  return keep(create_task(call(function), next_actor(function).name));
}

Task<Value> Interpreter::call(std::string function) {
  const Actor who{current_task().name()};
  co_return co_await activate(&who, function);
}

std::optional<Interpreter::Awaited> Interpreter::var(Who who, const std::string& v) const {
  if (v == "self") {
    for (const auto& task : tasks_)
      if (task.name() == who->name) return Awaited{task, task.name()};
    return std::nullopt;
  }
  const auto found = vars_.find(v);
  return found == vars_.end() ? std::nullopt : std::optional(found->second);
}

const TaskHandle<Value>* Interpreter::task_of(const Awaited& awaited) const {
  if (awaited.future.base()->wait != Wait::task) return nullptr;
  return &tasks_.at(awaited.future.base()->object - 1);
}

std::string Interpreter::names_of(const std::vector<Future<Value>>& futures) const {
  std::string out;
  for (const auto& future : futures) out += (out.empty() ? "" : ", ") + name_of_.at(future.base().get());
  return "[" + out + "]";
}

// ------------------------------------------------------------------------------------------------ synchronous ops

void Interpreter::callback(const Node* ops) {
  struct Dead {};
  static const Actor nobody{"-"};
  if (shutdown_ || dead_) return;
  for (const Node& op : ops->list()) {
    if (over_limit()) throw Dead();
    if (op[0].text() == "raise") {
      const std::string& kind = op[1].text();
      if (kind == "cancel") throw CancelledError();
      if (kind == "timeout") throw TimeoutError();
      throw Boom(kind);
    }
    synchronous(&nobody, op);
  }
}

bool Interpreter::synchronous(Who who, const Node& op) {
  const std::string& name = op[0].text();
  if (name == "log") {
    log(who->name, label_of(op));
  } else if (name == "block") {
    block_for(milliseconds(op[1]));
  } else if (name == "add") {
    counters_[op[1].text()] += op[2].number();
  } else if (name == "call_soon") {
    handles_.insert_or_assign(op[1].text(), call_soon([this, ops = &op[2]] { callback(ops); }));
  } else if (name == "call_later") {
    handles_.insert_or_assign(op[1].text(), call_later(milliseconds(op[2]), [this, ops = &op[3]] { callback(ops); }));
  } else if (name == "cancel_handle") {
    if (const auto handle = handles_.find(op[1].text()); handle != handles_.end()) handle->second.cancel();
  } else if (name == "reschedule") {
    const auto block = timeouts_.find(op[1].text());
    if (block == timeouts_.end()) log(who->name, label_of(op) + " -> skip");
    else
      attempt(who, label_of(op), [&] {
        const auto delay = milliseconds_or_none(op[2]);
        block->second.reschedule(delay ? std::optional(now() + *delay) : std::nullopt);
      });
  } else {
    return on_task(who, op) || on_object(who, op);
  }
  return true;
}

bool Interpreter::on_task(Who who, const Node& op) {
  const std::string &name = op[0].text(), label = label_of(op);
  const auto on = [&](auto use) {
    auto target = var(who, op[1].text());
    if (target) use(*target);
    else log(who->name, label + " -> skip");
  };
  if (name == "spawn") {
    if (shutdown_) {
      log(who->name, label + " -> skip");
    } else {
      const Awaited made = spawn(op[2].text());
      vars_.insert_or_assign(op[1].text(), made);
      log(who->name, label + " -> " + made.name);
    }
  } else if (name == "group_spawn") {
    const auto group = groups_.find(op[1].text());
    if (group == groups_.end() || shutdown_) log(who->name, label + " -> skip");
    else
      attempt(who, label, [&] {
        const std::string& function = op[3].text();
        const Awaited made = keep(group->second.create_task(call(function), next_actor(function).name));
        vars_.insert_or_assign(op[2].text(), made);
        return made.name;
      });
  } else if (name == "cancel") {
    on([&](Awaited& target) { attempt(who, label, [&] { return target.future.cancel(op[2].null() ? "" : op[2].text()); }); });
  } else if (name == "uncancel") {
    log(who->name, "uncancel -> " + std::to_string(current_task().uncancel()));
  } else if (name == "state") {
    on([&](const Awaited& target) {
      const std::string state = !target.future.done() ? "pending" : target.future.cancelled() ? "cancelled" : "done";
      const auto* task = task_of(target);
      log(who->name, label + " -> " + state + (task ? " " + std::to_string(task->cancelling()) : ""));
    });
  } else if (name == "forget") {
    forgotten_ = op[1].text();
    static_cast<void>(call(forgotten_));
  } else if (name == "future") {
    const Awaited made{Future<Value>(), "fut#" + std::to_string(futures_.size())};
    futures_.push_back(made.future);
    name_of_[made.future.base().get()] = made.name;
    vars_.insert_or_assign(op[1].text(), made);
    log(who->name, label + " -> " + made.name);
  } else if (name == "fut_set" || name == "fut_error") {
    const auto target = vars_.find(op[1].text());
    if (target == vars_.end() || task_of(target->second)) log(who->name, label + " -> skip");
    else
      attempt(who, label, [&] {
        Future<Value> future = target->second.future;
        if (name == "fut_set") future.set_result(op[2].shown());
        else future.set_exception(Boom(op[2].text()));
      });
  } else if (name == "done_cb") {
    auto target = var(who, op[1].text());
    if (target) target->future.add_done_callback(DoneCallback([this, ops = &op[2]] { callback(ops); }));
    else log(who->name, "done_cb " + op[1].text() + " -> skip");
  } else {
    return false;
  }
  return true;
}

bool Interpreter::on_object(Who who, const Node& op) {
  const std::string &name = op[0].text(), label = label_of(op);
  if (name == "release") {
    attempt(who, label, [&] { release(op[1].text()); });
  } else if (name == "set") {
    std::get<std::unique_ptr<Event>>(object(op[1]))->set();
  } else if (name == "clear") {
    std::get<std::unique_ptr<Event>>(object(op[1]))->clear();
  } else if (name == "notify") {
    attempt(who, "notify " + op[1].text() + " " + op[2].shown(), [&] {
      auto& condition = *std::get<std::unique_ptr<Condition>>(object(op[1]));
      if (op[2].null()) condition.notify_all();
      else condition.notify(static_cast<std::size_t>(op[2].number()));
    });
  } else if (name == "put_nowait" || name == "get_nowait" || name == "task_done") {
    std::visit(
        [&](auto& queue) {
          if constexpr (requires { queue->get_nowait(); }) {
            if (name == "put_nowait") attempt(who, label, [&] { queue->put_nowait(op[2].number()); });
            else if (name == "get_nowait") attempt(who, label, [&] { return queue->get_nowait(); });
            else attempt(who, label, [&] { queue->task_done(); });
          }
        },
        object(op[1]));
  } else {
    return false;
  }
  return true;
}

void Interpreter::release(const std::string& object) {
  std::visit(
      [](auto& target) {
        if constexpr (requires { target->release(); }) target->release();
      },
      objects_.at(object));
}

}  // namespace awaitscope::differential

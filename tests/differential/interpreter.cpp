#include "tests/differential/interpreter.h"

#include <algorithm>

#include "core/runtime/workers.h"

namespace awaitscope::differential {
namespace {

using namespace std::chrono_literals;

std::optional<Duration> duration(const Node& ms) {
  if (ms.null()) return std::nullopt;
  return std::chrono::milliseconds(ms.number());
}

std::string shown(const std::exception_ptr& error) { return ex(error); }
std::string shown(bool value) { return value ? "True" : "False"; }
std::string shown(int value) { return std::to_string(value); }

/// " a b" of ["a", "b"].
std::string joined(const std::vector<Node>& words) {
  std::string out;
  for (const Node& word : words) out += " " + word.shown();
  return out;
}

std::vector<std::string> names_in(const Node& list) {
  std::vector<std::string> out;
  for (const Node& item : list.list()) out.push_back(item.text());
  return out;
}

/// The end of a program that was stopped: suspends for good.
struct Never {
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  void await_resume() const noexcept {}
};
struct Dead {};

std::exception_ptr error_of(const std::string& kind) {
  if (kind == "cancel") return std::make_exception_ptr(CancelledError());
  if (kind == "timeout") return std::make_exception_ptr(TimeoutError());
  return std::make_exception_ptr(Boom(kind));
}

int in_thread(int ms, std::string* kind) {
  block_for(std::chrono::milliseconds(ms));
  if (!kind->empty()) throw Boom(*kind);
  return ms;
}

}  // namespace

Interpreter::Interpreter(const Node& program, const Options& options) : program_(program) {
  if (!program["limit"].null()) limit_ = program["limit"].number();
  RunOptions how;
  how.gate = &gate_;
  how.sink = options.sink;
  how.policy = options.policy;
  how.workers = program["workers"].null() ? 2 : static_cast<std::size_t>(program["workers"].number());
  how.exception_handler = [this](const Report& report) { notice(report); };
  runner_ = std::make_unique<Runner>(how);
  for (const auto& [name, object] : program["objects"].map()) {
    const std::string& kind = object[0].text();
    const auto size = [&] { return static_cast<std::size_t>(object[1].number()); };
    if (kind == "sem") objects_[name] = std::make_unique<Semaphore>(object[1].number());
    else if (kind == "bsem") objects_[name] = std::make_unique<BoundedSemaphore>(object[1].number());
    else if (kind == "lock") objects_[name] = std::make_unique<Lock>();
    else if (kind == "event") objects_[name] = std::make_unique<Event>();
    else if (kind == "cond") objects_[name] = std::make_unique<Condition>();
    else if (kind == "queue") objects_[name] = std::make_unique<Queue<int>>(size());
    else if (kind == "prio") objects_[name] = std::make_unique<PriorityQueue<int>>(size());
    else if (kind == "lifo") objects_[name] = std::make_unique<LifoQueue<int>>(size());
    else if (kind == "barrier") objects_[name] = std::make_unique<Barrier>(object[1].number());
    else throw std::runtime_error("unknown kind of object: " + kind);
  }
}

// ------------------------------------------------------------------------------------------------ from start to end

Result Interpreter::execute() {
  const Awaited main = spawn("main");
  vars_.emplace("main", main);
  const RunResult ended = runner_->run_until_complete(*static_cast<TaskBase*>(main.future.base().get()));
  const auto hangs = [&] { return runner_->loop().outcome() == RunOutcome::hang; };
  if (!hangs() && !dead_) {
    const std::string end = ended.error ? "-- raised " + ex(ended.error) : "-- ok " + main.future.result();
    shutdown_ = true;
    runner_->cancel_all_tasks();
    Loop& loop = runner_->loop();
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

void Interpreter::report(std::string end) {
  const bool hang = end.rfind("-- hang", 0) == 0;
  if (!hang || shutdown_) shutdown_ = true;
  log("-", end);
  shutdown_ = true;
  for (const auto& task : tasks_) {
    const std::string state = !task.done()                    ? "pending"
                              : task.cancelled()              ? "cancelled"
                              : task.base()->error() != nullptr ? ex(task.base()->error())
                                                              : task.held().take();
    log("-", "== " + task.name() + " " + state + " requests=" + std::to_string(task.cancelling()));
  }
}

void Interpreter::log(const std::string& who, const std::string& text) {
  if (dead_) return;
  const Loop& loop = runner_->loop();
  result_.log.push_back(std::to_string(loop.now().ns / 1'000'000) + " " + who + " " + text);
  result_.ticks.push_back(shutdown_ ? std::nullopt : std::optional(loop.iteration()));
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

// ------------------------------------------------------------------------------------------------ tasks and functions

const std::string& Interpreter::next_name(const std::string& function) {
  return names_.emplace_back(tasks_.empty() ? "main" : function + "#" + std::to_string(tasks_.size()));
}

Interpreter::Awaited Interpreter::keep(TaskHandle<Value> task) {
  name_of_[task.base().get()] = task.name();
  tasks_.push_back(task);
  return {task, task.name()};
}

Interpreter::Awaited Interpreter::spawn(const std::string& function) {
  return keep(create_task(call(function), next_name(function)));
}

Task<Value> Interpreter::call(std::string function) {
  const std::string who = current_task().name();
  log(who, "enter " + function);
  Value value = "None";
  try {
    const Signal signal = co_await body(&who, &program_["fns"][function]);
    if (signal) value = *signal;
  } catch (...) {
    log(who, "leave " + function + " -> " + shown(std::current_exception()));
    throw;
  }
  log(who, "leave " + function + " -> " + value);
  co_return value;
}

bool Interpreter::over_limit() {
  if (++steps_ <= limit_) return false;
  log("-", "-- limit");
  dead_ = true;
  gate_.stop();
  return true;
}

Task<Signal> Interpreter::body(Name who, const Node* ops) {
  for (const Node& op : ops->list()) {
    const bool stop = dead_ || over_limit();
    if (stop) co_await Never();
    if (synchronous(who, op)) continue;
    Signal signal = co_await suspending(who, &op);
    if (signal) co_return signal;
  }
  co_return std::nullopt;
}

void Interpreter::callback(const Node* ops) {
  if (shutdown_ || dead_) return;
  static const std::string nobody = "-";
  for (const Node& op : ops->list()) {
    if (over_limit()) throw Dead();
    if (op[0].text() == "raise") std::rethrow_exception(error_of(op[1].text()));
    synchronous(&nobody, op);
  }
}

// ------------------------------------------------------------------------------------------------ variables

const Interpreter::Awaited* Interpreter::var(Name who, const std::string& v) const {
  thread_local Awaited self;
  if (v == "self") {
    for (const auto& task : tasks_)
      if (task.name() == *who) {
        self = {task, task.name()};
        return &self;
      }
    return nullptr;
  }
  const auto found = vars_.find(v);
  return found == vars_.end() ? nullptr : &found->second;
}

const TaskHandle<Value>* Interpreter::task_of(const Awaited& awaited) const {
  if (awaited.future.base()->wait != Wait::task) return nullptr;
  return &tasks_.at(awaited.future.base()->object - 1);
}

bool Interpreter::reaches(const FutureBase* from, const FutureBase* to) const {
  if (from == to) return true;
  const auto edges = waiting_.find(from);
  return edges != waiting_.end() &&
         std::any_of(edges->second.begin(), edges->second.end(), [&](const FutureBase* next) { return reaches(next, to); });
}

/// What the current task waits for while it executes an await op.
class Interpreter::Edges {
 public:
  Edges(Interpreter& on, std::vector<const FutureBase*> targets) : on_(on), me_(Loop::running().current_task()) {
    on_.waiting_[me_] = std::move(targets);
  }
  ~Edges() { on_.waiting_.erase(me_); }
  Edges(const Edges&) = delete;

 private:
  Interpreter& on_;
  const FutureBase* me_;
};

/// Variables as they are, functions as new tasks (none where one runs inline); nothing where the op is to be skipped.
std::optional<std::vector<Interpreter::Awaited>> Interpreter::targets(Name who, const std::vector<std::string>& names,
                                                                      bool in_line) {
  const FutureBase* me = Loop::running().current_task();
  for (const std::string& name : names) {
    if (name[0] == 'f' && !shutdown_) continue;
    const Awaited* known = name[0] == 'f' ? nullptr : var(who, name);
    if (!known || reaches(known->future.base().get(), me)) return std::nullopt;
  }
  std::vector<Awaited> out;
  for (const std::string& name : names)
    if (name[0] != 'f') out.push_back(*var(who, name));
    else if (!in_line) out.push_back(spawn(name));
  return out;
}

std::string Interpreter::names_of(const std::vector<Future<Value>>& futures) const {
  std::string out;
  for (const auto& future : futures) out += (out.empty() ? "" : ", ") + name_of_.at(future.base().get());
  return out;
}

// ------------------------------------------------------------------------------------------------ synchronous ops

template <class F>
void Interpreter::attempt(Name who, const std::string& label, F function) {
  std::string out = "None";
  try {
    if constexpr (std::is_void_v<std::invoke_result_t<F>>) function();
    else out = shown(function());
  } catch (const std::exception&) { out = shown(std::current_exception()); }
  log(*who, label + " -> " + out);
}

bool Interpreter::synchronous(Name who, const Node& op) {
  const std::string& name = op[0].text();
  const auto skip = [&](const std::string& label) {
    log(*who, label + " -> skip");
    return true;
  };
  const auto object = [&]() -> Object& { return objects_.at(op[1].text()); };

  if (name == "log") {
    log(*who, "log " + op[1].text());
  } else if (name == "block") {
    block_for(*duration(op[1]));
  } else if (name == "spawn") {
    const std::string label = "spawn " + op[1].text() + " " + op[2].text();
    if (shutdown_) return skip(label);
    const Awaited made = spawn(op[2].text());
    vars_.insert_or_assign(op[1].text(), made);
    log(*who, label + " -> " + made.name);
  } else if (name == "group_spawn") {
    const std::string label = "group_spawn " + op[1].text() + " " + op[2].text() + " " + op[3].text();
    const auto group = groups_.find(op[1].text());
    if (group == groups_.end() || shutdown_) return skip(label);
    try {
      const Awaited made = keep(group->second.create_task(call(op[3].text()), next_name(op[3].text())));
      vars_.insert_or_assign(op[2].text(), made);
      log(*who, label + " -> " + made.name);
    } catch (const RuntimeError&) { log(*who, label + " -> " + shown(std::current_exception())); }
  } else if (name == "cancel") {
    const std::string label = "cancel " + op[1].text() + (op[2].null() ? "" : " " + op[2].text());
    const Awaited* target = var(who, op[1].text());
    if (!target) return skip(label);
    Future<Value> future = target->future;
    attempt(who, label, [&] { return future.cancel(op[2].null() ? "" : op[2].text()); });
  } else if (name == "uncancel") {
    log(*who, "uncancel -> " + std::to_string(current_task().uncancel()));
  } else if (name == "state") {
    const Awaited* target = var(who, op[1].text());
    if (!target) return skip("state " + op[1].text());
    const std::string state = !target->future.done() ? "pending" : target->future.cancelled() ? "cancelled" : "done";
    const auto* task = task_of(*target);
    log(*who, "state " + op[1].text() + " -> " + state + (task ? " " + std::to_string(task->cancelling()) : ""));
  } else if (name == "forget") {
    forgotten_ = op[1].text();
    static_cast<void>(call(op[1].text()));
  } else if (name == "future") {
    const Awaited made{Future<Value>(), "fut#" + std::to_string(futures_.size())};
    futures_.push_back(made.future);
    name_of_[made.future.base().get()] = made.name;
    vars_.insert_or_assign(op[1].text(), made);
    log(*who, "future " + op[1].text() + " -> " + made.name);
  } else if (name == "fut_set" || name == "fut_error") {
    const std::string label = name + " " + op[1].text() + " " + op[2].shown();
    const auto target = vars_.find(op[1].text());
    if (target == vars_.end() || task_of(target->second)) return skip(label);
    Future<Value> future = target->second.future;
    attempt(who, label, [&] {
      if (name == "fut_set") future.set_result(op[2].shown());
      else future.set_exception(Boom(op[2].text()));
    });
  } else if (name == "call_soon") {
    handles_.insert_or_assign(op[1].text(), call_soon([this, ops = &op[2]] { callback(ops); }));
  } else if (name == "call_later") {
    handles_.insert_or_assign(op[1].text(), call_later(*duration(op[2]), [this, ops = &op[3]] { callback(ops); }));
  } else if (name == "cancel_handle") {
    if (const auto handle = handles_.find(op[1].text()); handle != handles_.end()) handle->second.cancel();
  } else if (name == "done_cb") {
    const Awaited* target = var(who, op[1].text());
    if (!target) return skip("done_cb " + op[1].text());
    target->future.add_done_callback(DoneCallback([this, ops = &op[2]] { callback(ops); }));
  } else if (name == "reschedule") {
    const std::string label = "reschedule " + op[1].text() + " " + op[2].shown();
    const auto block = timeouts_.find(op[1].text());
    if (block == timeouts_.end()) return skip(label);
    attempt(who, label, [&] {
      const auto delay = duration(op[2]);
      block->second.reschedule(delay ? std::optional(Loop::running().now() + *delay) : std::nullopt);
    });
  } else if (name == "release") {
    attempt(who, "release " + op[1].text(), [&] { release(op[1].text()); });
  } else if (name == "set") {
    std::get<std::unique_ptr<Event>>(object())->set();
  } else if (name == "clear") {
    std::get<std::unique_ptr<Event>>(object())->clear();
  } else if (name == "notify") {
    attempt(who, "notify " + op[1].text() + " " + op[2].shown(), [&] {
      auto& condition = *std::get<std::unique_ptr<Condition>>(object());
      if (op[2].null()) condition.notify_all();
      else condition.notify(static_cast<std::size_t>(op[2].number()));
    });
  } else if (name == "add") {
    counters_[op[1].text()] += op[2].number();
  } else if (name == "put_nowait" || name == "get_nowait" || name == "task_done") {
    const std::string label = name + " " + op[1].text() + (name == "put_nowait" ? " " + op[2].shown() : "");
    std::visit(
        [&](auto& queue) {
          if constexpr (requires { queue->get_nowait(); }) {
            if (name == "put_nowait") attempt(who, label, [&] { queue->put_nowait(op[2].number()); });
            else if (name == "get_nowait") attempt(who, label, [&] { return queue->get_nowait(); });
            else attempt(who, label, [&] { queue->task_done(); });
          }
        },
        object());
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

// ------------------------------------------------------------------------------------------------ ops that may suspend

/// Awaits, logs what came of it in the same step, and throws errors on.
template <class A>
Task<void> Interpreter::outcome(Name who, std::string label, A awaitable) {
  std::string out = "None";
  try {
    if constexpr (requires { typename A::value_type; }) {
      if constexpr (std::is_void_v<typename A::value_type>) co_await std::move(awaitable);
      else if constexpr (std::is_same_v<typename A::value_type, Value>) out = co_await std::move(awaitable);
      else out = shown(co_await std::move(awaitable));
    } else if constexpr (std::is_void_v<decltype(awaitable.await_resume())>) {
      co_await std::move(awaitable);
    } else {
      out = co_await std::move(awaitable);
    }
  } catch (...) {
    log(*who, label + " -> " + shown(std::current_exception()));
    throw;
  }
  log(*who, label + " -> " + out);
}

namespace {
/// The awaitables of the language as coroutines that give what the log prints.
template <class A>
Task<Value> as_true(A awaitable) {
  co_await std::move(awaitable);
  co_return "True";
}
Task<Value> gathered(std::vector<Future<Value>> futures, bool keep) {
  std::string out;
  if (keep) {
    gather_settled all(std::move(futures));
    const auto settled = co_await std::move(all);
    for (const auto& one : settled) out += (out.empty() ? "" : ", ") + (one.ok() ? *one.value : ex(one.error));
  } else {
    gather all(std::move(futures));
    const auto values = co_await std::move(all);
    for (const auto& value : values) out += (out.empty() ? "" : ", ") + value;
  }
  co_return "[" + out + "]";
}
Task<Value> through(Future<Value> future) { co_return co_await future; }
Task<Value> shielded(Future<Value> future) { co_return co_await shield(future); }
Task<void> nothing() { co_return; }
}  // namespace

Task<void> Interpreter::drain(Name who, std::vector<Future<Value>> futures, std::optional<Duration> timeout) {
  auto completed = as_completed(std::move(futures), timeout);
  while (completed.left() > 0) {
    try {
      co_await outcome(who, "next", completed.next());
    } catch (const std::exception&) {}
  }
}

Task<void> Interpreter::await_ops(Name who, const Node* op_at) {
  const Node& op = *op_at;
  const std::string& name = op[0].text();
  const bool one = op[1].kind == Node::Kind::text;
  const std::vector<std::string> named = one ? std::vector<std::string>(1, op[1].text()) : names_in(op[1]);
  std::string label = name;
  for (const std::string& target : named) label += " " + target;
  if (name == "gather" && op[2].kind == Node::Kind::boolean && op[2].boolean()) label += " keep";
  if (name == "wait_for" || name == "as_completed") label += " " + op[2].shown();
  if (name == "wait") label += " " + op[2].text() + " " + op[3].shown();
  const bool in_line = name == "wait_for" && (op[2].null() || op[2].number() > 0);

  const auto found = targets(who, named, in_line);
  if (!found) {
    log(*who, label + " -> skip");
    co_return;
  }
  std::vector<Future<Value>> futures;
  std::vector<const FutureBase*> edges;
  for (const Awaited& target : *found) {
    futures.push_back(target.future);
    edges.push_back(target.future.base().get());
  }
  const Edges waits(*this, std::move(edges));
  if (name == "await") {
    co_await outcome(who, label, through(futures[0]));
  } else if (name == "gather") {
    co_await outcome(who, label, gathered(futures, !op[2].null() && op[2].boolean()));
  } else if (name == "shield") {
    co_await outcome(who, label, shielded(futures[0]));
  } else if (name == "wait_for") {
    if (futures.empty()) co_await outcome(who, label, wait_for(call(named[0]), duration(op[2])));
    else co_await outcome(who, label, wait_for(futures[0], duration(op[2])));
  } else if (name == "wait") {
    const std::string& mode = op[2].text();
    const When when = mode == "FIRST_COMPLETED"   ? When::first_completed
                      : mode == "FIRST_EXCEPTION" ? When::first_exception
                                                  : When::all_completed;
    const auto waiting = [](Interpreter* on, std::vector<Future<Value>> all, When until,
                            std::optional<Duration> timeout) -> Task<Value> {
      const auto waited = co_await wait(std::move(all), until, timeout);
      co_return "done=[" + on->names_of(waited.done) + "] pending=[" + on->names_of(waited.pending) + "]";
    };
    co_await outcome(who, label, waiting(this, futures, when, duration(op[3])));
  } else {
    co_await outcome(who, label, drain(who, futures, duration(op[2])));
  }
}

Task<void> Interpreter::acquire(std::string object) {
  Object& target = objects_.at(object);
  if (auto* semaphore = std::get_if<std::unique_ptr<Semaphore>>(&target)) co_await (*semaphore)->acquire();
  else if (auto* bounded = std::get_if<std::unique_ptr<BoundedSemaphore>>(&target)) co_await (*bounded)->acquire();
  else if (auto* lock = std::get_if<std::unique_ptr<Lock>>(&target)) co_await (*lock)->acquire();
  else co_await std::get<std::unique_ptr<Condition>>(target)->acquire();
}

Task<void> Interpreter::raise(const std::string& kind) {
  std::rethrow_exception(error_of(kind));
  co_return;
}

Task<Signal> Interpreter::group(Name who, const Node* op) {
  const std::string name = (*op)[1].text();
  Signal signal;
  try {
    signal = co_await with_task_group([&](TaskGroup& group) -> Task<Signal> {
      groups_.insert_or_assign(name, group);
      co_return co_await body(who, &(*op)[2]);
    });
  } catch (...) {
    log(*who, "group " + name + " -> " + shown(std::current_exception()));
    throw;
  }
  log(*who, "group " + name + " -> ok");
  co_return signal;
}

Task<Signal> Interpreter::timeout(Name who, const Node* op) {
  const std::string name = (*op)[1].text(), label = "timeout " + name + " " + (*op)[2].shown();
  std::optional<Timeout> mine;
  const auto expired = [&] { return std::string(" expired=") + shown(mine->expired()); };
  Signal signal;
  try {
    signal = co_await with_timeout(duration((*op)[2]), [&](Timeout& block) -> Task<Signal> {
      mine = block;
      timeouts_.insert_or_assign(name, block);
      co_return co_await body(who, &(*op)[3]);
    });
  } catch (...) {
    log(*who, label + " -> " + shown(std::current_exception()) + expired());
    throw;
  }
  log(*who, label + " -> ok" + expired());
  co_return signal;
}

Task<Signal> Interpreter::with(Name who, const Node* op) {
  const std::string object = (*op)[1].text();
  Signal signal;
  try {
    co_await acquire(object);
    log(*who, "with " + object + " in");
    std::exception_ptr error;
    try {
      signal = co_await body(who, &(*op)[2]);
    } catch (...) { error = std::current_exception(); }
    release(object);
    if (error) std::rethrow_exception(error);
  } catch (...) {
    log(*who, "with " + object + " -> " + shown(std::current_exception()));
    throw;
  }
  log(*who, "with " + object + " -> ok");
  co_return signal;
}

Task<Signal> Interpreter::try_op(Name who, const Node* op) {
  std::exception_ptr error;
  Signal signal;
  try {
    signal = co_await body(who, &(*op)[1]);
  } catch (...) { error = std::current_exception(); }
  if (error) {
    const Node& handler = is_cancelled_error(error) ? (*op)[2] : (*op)[3];
    if (!handler.null()) {
      log(*who, "caught " + shown(error));
      std::exception_ptr later;
      try {
        signal = co_await body(who, &handler[1]);
      } catch (...) { later = std::current_exception(); }
      const bool swallow = handler[0].text() == "swallow" || signal.has_value();
      error = later ? later : swallow ? nullptr : error;
    }
  }
  if (const Node& final = (*op)[4]; !final.null()) {
    log(*who, "finally");
    co_await body(who, &final);
  }
  if (error) std::rethrow_exception(error);
  co_return signal;
}

Task<Signal> Interpreter::suspending(Name who, const Node* op_at) {
  const Node& op = *op_at;
  const std::string& name = op[0].text();
  const std::string label = name + joined(std::vector<Node>(op.items.begin() + 1, op.items.end()));

  if (name == "group") co_return co_await group(who, op_at);
  if (name == "timeout") co_return co_await timeout(who, op_at);
  if (name == "with") co_return co_await with(who, op_at);
  if (name == "try") co_return co_await try_op(who, op_at);
  if (name == "return") co_return op[1].shown();
  if (name == "loop") {
    for (int i = 0; i < op[1].number(); ++i) {
      Signal signal = co_await body(who, &op[2]);
      if (signal) co_return signal;
    }
    co_return std::nullopt;
  }
  if (name == "await" || name == "gather" || name == "shield" || name == "wait_for" || name == "wait" || name == "as_completed") {
    co_await await_ops(who, op_at);
    co_return std::nullopt;
  }

  const auto object = [&]() -> Object& { return objects_.at(op[1].text()); };
  const auto queue = [&](auto use) {
    std::visit(
        [&](auto& target) {
          if constexpr (requires { target->get_nowait(); }) use(*target);
        },
        object());
  };
  std::optional<Task<void>> run;
  if (name == "sleep") run.emplace(outcome(who, label, sleep(*duration(op[1]))));
  else if (name == "yield") run.emplace(outcome(who, label, sleep(0ms)));
  else if (name == "call") run.emplace(outcome(who, label, call(op[1].text())));
  else if (name == "raise") run.emplace(raise(op[1].text()));
  else if (name == "acquire") run.emplace(outcome(who, label, as_true(acquire(op[1].text()))));
  else if (name == "ev_wait") run.emplace(outcome(who, label, as_true(std::get<std::unique_ptr<Event>>(object())->wait())));
  else if (name == "cond_wait") run.emplace(outcome(who, label, as_true(std::get<std::unique_ptr<Condition>>(object())->wait())));
  else if (name == "cond_until") {
    auto& condition = *std::get<std::unique_ptr<Condition>>(object());
    const std::string* counter = &op[2].text();
    const int wanted = op[3].number();
    run.emplace(outcome(who, label, as_true(condition.wait_for([this, counter, wanted] { return counters_[*counter] >= wanted; }))));
  } else if (name == "put") queue([&](auto& target) { run.emplace(outcome(who, label, target.put(op[2].number()))); });
  else if (name == "get") queue([&](auto& target) { run.emplace(outcome(who, label, target.get())); });
  else if (name == "join") queue([&](auto& target) { run.emplace(outcome(who, label, target.join())); });
  else if (name == "barrier") run.emplace(outcome(who, label, std::get<std::unique_ptr<Barrier>>(object())->wait()));
  else if (name == "reset" || name == "abort") {
    auto& barrier = *std::get<std::unique_ptr<Barrier>>(object());
    if (name == "reset") barrier.reset();
    else barrier.abort();
    run.emplace(outcome(who, label, nothing()));
  } else if (name == "to_thread") {
    run.emplace([](Interpreter* on, Name actor, std::string text, int ms, std::string kind) -> Task<void> {
      co_await on->outcome(actor, text, to_thread(in_thread, ms, &kind));
    }(this, who, label, op[1].number(), op[2].null() ? "" : op[2].text()));
  } else {
    throw std::runtime_error("unknown op: " + name);
  }
  co_await *std::move(run);
  co_return std::nullopt;
}

}  // namespace awaitscope::differential

#include "tests/differential/trio_interpreter.h"

#include <algorithm>

namespace awaitscope::differential {
namespace {

std::string shown(const std::exception_ptr& error) {  // trio's name for it
  std::string text = ex(error);
  for (std::size_t at; (at = text.find("CancelledError")) != std::string::npos;) text.replace(at, 14, "Cancelled");
  return text;
}
std::string shown(bool value) { return value ? "True" : "False"; }
std::string shown(int value) { return std::to_string(value); }
std::string shown(const std::string& value) { return value; }

std::string flags(const trio::CancelScope& scope) {
  return "called=" + shown(scope.cancel_called()) + " caught=" + shown(scope.cancelled_caught());
}

/// Whether a Cancelled is in it, at any depth.
bool cancelled(const std::exception_ptr& error) {
  if (is_cancelled_error(error)) return true;
  try {
    std::rethrow_exception(error);
  } catch (const ExceptionGroup& group) {
    return std::any_of(group.errors().begin(), group.errors().end(), cancelled);
  } catch (...) { return false; }
}

Duration milliseconds(const Node& ms) { return std::chrono::milliseconds(ms.number()); }

struct Never {
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  void await_resume() const noexcept {}
};

}  // namespace

TrioInterpreter::TrioInterpreter(const Node& program, const Options& options) : program_(program) {
  if (!program["limit"].null()) limit_ = program["limit"].number();
  RunOptions how;
  how.gate = &gate_;
  how.sink = options.sink;
  how.policy = options.policy;
  runner_ = std::make_unique<Runner>(how);
  for (const auto& [name, object] : program["objects"].map()) {
    const std::string& kind = object[0].text();
    if (kind == "event") {
      objects_[name] = std::make_unique<trio::Event>();
    } else if (kind == "sem") {
      const auto most = object[2].null() ? std::nullopt : std::optional(object[2].number());
      objects_[name] = std::make_unique<trio::Semaphore>(object[1].number(), most);
    } else if (kind == "lock") {
      objects_[name] = std::make_unique<trio::Lock>();
    } else if (kind == "chan") {
      auto [send, receive] = trio::open_memory_channel<int>(static_cast<std::size_t>(object[1].number()));
      objects_[name] = std::make_unique<Channel>(Channel{send, receive});
    } else {
      throw std::runtime_error("unknown kind of object: " + kind);
    }
  }
}

Result TrioInterpreter::execute() {
  const auto main = create_task(run(&actor("main")), "main");
  const RunResult ended = runner_->run_until_complete(*static_cast<TaskBase*>(main.base().get()));
  if (runner_->loop().outcome() == RunOutcome::hang) {
    std::string end = "-- hang";
    for (const Actor* task : tasks_)
      if (!task->done) end += " " + task->name;
    log("-", end);
  } else if (!dead_) {
    log("-", ended.error ? "-- raised " + shown(ended.error) : "-- ok " + main.held().take());
  }
  dead_ = true;
  scopes_.clear();
  nurseries_.clear();
  for (Actor& actor : actors_) actor.status = {};
  runner_->close();
  objects_.clear();
  return std::move(result_);
}

void TrioInterpreter::log(const std::string& who, const std::string& text) {
  if (dead_) return;
  result_.log.push_back(std::to_string(runner_->loop().now().ns / 1'000'000) + " " + who + " " + text);
  result_.ticks.push_back(runner_->loop().iteration());
}

// ------------------------------------------------------------------------------------------------ tasks and functions

TrioInterpreter::Actor& TrioInterpreter::actor(const std::string& function) {
  return actors_.emplace_back(Actor{function, {}, {}, false});
}

const std::string& TrioInterpreter::name(Actor& actor) {
  const int number = ++count_[actor.function];
  actor.name = actor.function == "main" ? "main" : actor.function + "#" + std::to_string(number);
  return actor.name;
}

Task<Value> TrioInterpreter::run(Who who) {
  struct Done {
    Who who;
    ~Done() { who->done = true; }
  } done{who};
  if (who->name.empty()) name(*who);
  tasks_.push_back(who);
  co_return co_await call(who, who->function);
}

Task<void> TrioInterpreter::child(Who who) { co_await run(who); }

Task<Value> TrioInterpreter::call(Who who, std::string function) {
  log(who->name, "enter " + function);
  Value value = "None";
  try {
    const Signal signal = co_await body(who, &program_["fns"][function]);
    if (signal) value = *signal;
  } catch (...) {
    log(who->name, "leave " + function + " -> " + shown(std::current_exception()));
    throw;
  }
  log(who->name, "leave " + function + " -> " + value);
  co_return value;
}

bool TrioInterpreter::over_limit() {
  if (++steps_ <= limit_) return false;
  log("-", "-- limit");
  dead_ = true;
  gate_.stop();
  return true;
}

Task<Signal> TrioInterpreter::body(Who who, const Node* ops) {
  for (const Node& op : ops->list()) {
    const bool stop = dead_ || over_limit();
    if (stop) co_await Never();
    if (synchronous(who, op)) continue;
    Signal signal = co_await suspending(who, &op);
    if (signal) co_return signal;
  }
  co_return std::nullopt;
}

Instant TrioInterpreter::at(const Node& ms) const { return runner_->loop().now() + milliseconds(ms); }

// ------------------------------------------------------------------------------------------------ synchronous ops

template <class F>
void TrioInterpreter::attempt(Who who, const std::string& label, F function) {
  std::string out = "None";
  try {
    if constexpr (std::is_void_v<std::invoke_result_t<F>>) function();
    else out = shown(function());
  } catch (const std::exception&) { out = shown(std::current_exception()); }
  log(who->name, label + " -> " + out);
}

bool TrioInterpreter::synchronous(Who who, const Node& op) {
  const std::string& what = op[0].text();
  std::string label = what;
  for (std::size_t i = 1; i < op.items.size(); ++i) label += " " + op[i].shown();
  const auto on_scope = [&](auto use) {
    const auto scope = scopes_.find(op[1].text());
    if (scope == scopes_.end()) log(who->name, label + " -> skip");
    else attempt(who, label, [&] { return use(scope->second); });
  };
  const auto object = [&]() -> Object& { return objects_.at(op[1].text()); };

  if (what == "log") {
    log(who->name, "log " + op[1].text());
  } else if (what == "block") {
    block_for(milliseconds(op[1]));
  } else if (what == "start_soon") {
    const auto nursery = nurseries_.find(op[1].text());
    if (nursery == nurseries_.end()) {
      log(who->name, label + " -> skip");
    } else {
      Actor& made = actor(op[2].text());
      attempt(who, label, [&] {
        nursery->second.start_soon(child(&made));
        return name(made);
      });
    }
  } else if (what == "cancel") {
    on_scope([](trio::CancelScope& scope) { scope.cancel(); });
  } else if (what == "deadline") {
    on_scope([&](trio::CancelScope& scope) {
      scope.set_deadline(op[2].null() ? std::nullopt : std::optional(at(op[2])));
    });
  } else if (what == "shield") {
    on_scope([&](trio::CancelScope& scope) { scope.set_shield(op[2].boolean()); });
  } else if (what == "state") {
    on_scope([](trio::CancelScope& scope) { return flags(scope); });
  } else if (what == "started") {
    label = "started " + op[1].shown();
    if (!who->status) log(who->name, label + " -> skip");
    else attempt(who, label, [&] { who->status->started(op[1].shown()); });
  } else if (what == "set") {
    attempt(who, label, [&] { std::get<std::unique_ptr<trio::Event>>(object())->set(); });
  } else if (what == "is_set") {
    attempt(who, label, [&] { return std::get<std::unique_ptr<trio::Event>>(object())->is_set(); });
  } else if (what == "release") {
    attempt(who, label, [&] { release(object()); });
  } else if (what == "acquire_nowait") {
    attempt(who, label, [&] {
      if (auto* lock = std::get_if<std::unique_ptr<trio::Lock>>(&object())) (*lock)->acquire_nowait();
      else std::get<std::unique_ptr<trio::Semaphore>>(object())->acquire_nowait();
    });
  } else if (what == "send_nowait") {
    attempt(who, label, [&] { channel(op[1]).send.send_nowait(op[2].number()); });
  } else if (what == "receive_nowait") {
    attempt(who, label, [&] { return channel(op[1]).receive.receive_nowait(); });
  } else if (what == "close_send") {
    attempt(who, label, [&] { channel(op[1]).send.close(); });
  } else if (what == "close_receive") {
    attempt(who, label, [&] { channel(op[1]).receive.close(); });
  } else {
    return false;
  }
  return true;
}

void TrioInterpreter::release(const Object& object) {
  if (auto* lock = std::get_if<std::unique_ptr<trio::Lock>>(&object)) (*lock)->release();
  else std::get<std::unique_ptr<trio::Semaphore>>(object)->release();
}

Task<void> TrioInterpreter::acquire(const Object* object) {
  if (auto* lock = std::get_if<std::unique_ptr<trio::Lock>>(object)) co_await (*lock)->acquire();
  else co_await std::get<std::unique_ptr<trio::Semaphore>>(*object)->acquire();
}

// ------------------------------------------------------------------------------------------------ ops that may suspend

template <class A>
Task<void> TrioInterpreter::outcome(Who who, std::string label, A awaitable) {
  std::string out = "None";
  try {
    if constexpr (requires { typename A::value_type; }) {
      if constexpr (std::is_void_v<typename A::value_type>) co_await std::move(awaitable);
      else out = shown(co_await std::move(awaitable));
    } else {
      co_await std::move(awaitable);
    }
  } catch (...) {
    log(who->name, label + " -> " + shown(std::current_exception()));
    throw;
  }
  log(who->name, label + " -> " + out);
}

Task<Signal> TrioInterpreter::scope(Who who, const Node* op) {
  const std::string &kind = (*op)[0].text(), &name = (*op)[1].text();
  const Node* ops = &op->items.back();
  std::string label = kind + " " + name + " " + (*op)[2].shown();
  if (kind == "scope") label += " " + (*op)[3].shown();
  std::optional<trio::CancelScope> seen;
  const auto inside = [&](trio::CancelScope& scope) -> Task<Signal> {
    scopes_.insert_or_assign(name, scope);
    seen = scope;
    co_return co_await body(who, ops);
  };
  const auto end = [&](const std::string& out) { log(who->name, label + " -> " + out + (seen ? " " + flags(*seen) : "")); };
  Signal signal;
  try {
    if (kind == "fail_after") {
      signal = co_await trio::fail_after(milliseconds((*op)[2]), inside);
    } else {
      const auto when = (*op)[2].null() ? std::nullopt : std::optional(at((*op)[2]));
      const trio::CancelScope made = kind == "scope" ? trio::CancelScope(when, (*op)[3].boolean())
                                                     : trio::move_on_after(milliseconds((*op)[2]));
      std::optional<Signal> maybe = co_await trio::with(made, inside);
      if (maybe) signal = *maybe;
    }
  } catch (...) {
    end(shown(std::current_exception()));
    throw;
  }
  end("ok");
  co_return signal;
}

Task<Signal> TrioInterpreter::nursery(Who who, const Node* op) {
  const std::string& name = (*op)[1].text();
  std::optional<trio::CancelScope> seen;
  const auto inside = [&](trio::Nursery& nursery) -> Task<Signal> {
    nurseries_.insert_or_assign(name, nursery);
    seen = nursery.cancel_scope();
    scopes_.insert_or_assign(name, *seen);
    co_return co_await body(who, &(*op)[2]);
  };
  Signal signal;
  try {
    std::optional<Signal> maybe = co_await trio::with_nursery(inside);
    if (maybe) signal = *maybe;
  } catch (...) {
    log(who->name, "nursery " + name + " -> " + shown(std::current_exception()) + " " + flags(*seen));
    throw;
  }
  log(who->name, "nursery " + name + " -> ok " + flags(*seen));
  co_return signal;
}

Task<void> TrioInterpreter::start(Who who, const Node* op) {
  const std::string label = "start " + (*op)[1].text() + " " + (*op)[2].text();
  const auto nursery = nurseries_.find((*op)[1].text());
  if (nursery == nurseries_.end()) {
    log(who->name, label + " -> skip");
    co_return;
  }
  Actor* made = &actor((*op)[2].text());
  co_await outcome(who, label, nursery->second.start<Value>([this, made](trio::TaskStatus<Value> status) {
    made->status = status;
    return child(made);
  }));
}

Task<Signal> TrioInterpreter::with(Who who, const Node* op) {
  const std::string label = "with " + (*op)[1].text();
  const Object* object = &objects_.at((*op)[1].text());
  Signal signal;
  try {
    co_await acquire(object);
    log(who->name, label + " in");
    std::exception_ptr error;
    try {
      signal = co_await body(who, &(*op)[2]);
    } catch (...) { error = std::current_exception(); }
    release(*object);
    if (error) std::rethrow_exception(error);
  } catch (...) {
    log(who->name, label + " -> " + shown(std::current_exception()));
    throw;
  }
  log(who->name, label + " -> ok");
  co_return signal;
}

Task<Signal> TrioInterpreter::each(Who who, const Node* op) {
  const std::string label = "each " + (*op)[1].text();
  const auto receive = channel((*op)[1]).receive;
  Signal signal;
  try {
    for (;;) {
      const auto item = co_await receive.next();
      if (!item) break;
      log(who->name, "item " + (*op)[1].text() + " " + shown(*item));
      signal = co_await body(who, &(*op)[2]);
      if (signal) break;
    }
  } catch (...) {
    log(who->name, label + " -> " + shown(std::current_exception()));
    throw;
  }
  log(who->name, label + " -> ok");
  co_return signal;
}

Task<Signal> TrioInterpreter::try_op(Who who, const Node* op) {
  std::exception_ptr error;
  Signal signal;
  try {
    signal = co_await body(who, &(*op)[1]);
  } catch (...) { error = std::current_exception(); }
  if (error) {
    const Node& handler = cancelled(error) ? (*op)[2] : (*op)[3];
    if (!handler.null()) {
      log(who->name, "caught " + shown(error));
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

Task<Signal> TrioInterpreter::suspending(Who who, const Node* op_at) {
  const Node& op = *op_at;
  const std::string& what = op[0].text();
  std::string label = what;
  for (std::size_t i = 1; i < op.items.size(); ++i) label += " " + op[i].shown();

  if (what == "scope" || what == "move_on_after" || what == "fail_after") co_return co_await scope(who, op_at);
  if (what == "nursery") co_return co_await nursery(who, op_at);
  if (what == "with") co_return co_await with(who, op_at);
  if (what == "each") co_return co_await each(who, op_at);
  if (what == "try") co_return co_await try_op(who, op_at);
  if (what == "return") co_return op[1].shown();
  if (what == "raise") throw Boom(op[1].text());
  if (what == "loop") {
    for (int i = 0; i < op[1].number(); ++i) {
      Signal signal = co_await body(who, &op[2]);
      if (signal) co_return signal;
    }
    co_return std::nullopt;
  }

  std::optional<Task<void>> run;
  if (what == "checkpoint") run.emplace(outcome(who, label, trio::checkpoint()));
  else if (what == "sleep") run.emplace(outcome(who, label, trio::sleep(milliseconds(op[1]))));
  else if (what == "sleep_until") run.emplace(outcome(who, label, trio::sleep_until(at(op[1]))));
  else if (what == "sleep_forever") run.emplace(outcome(who, label, trio::sleep_forever()));
  else if (what == "call") run.emplace(outcome(who, label, call(who, op[1].text())));
  else if (what == "start") run.emplace(start(who, op_at));
  else if (what == "ev_wait")
    run.emplace(outcome(who, label, std::get<std::unique_ptr<trio::Event>>(objects_.at(op[1].text()))->wait()));
  else if (what == "acquire") run.emplace(outcome(who, label, acquire(&objects_.at(op[1].text()))));
  else if (what == "send") run.emplace(outcome(who, label, channel(op[1]).send.send(op[2].number())));
  else if (what == "receive") run.emplace(outcome(who, label, channel(op[1]).receive.receive()));
  else if (what == "aclose_send") run.emplace(outcome(who, label, channel(op[1]).send.aclose()));
  else if (what == "aclose_receive") run.emplace(outcome(who, label, channel(op[1]).receive.aclose()));
  else throw std::runtime_error("unknown op: " + what);
  co_await *std::move(run);
  co_return std::nullopt;
}

}  // namespace awaitscope::differential

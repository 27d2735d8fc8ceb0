#include "tests/differential/trio_interpreter.h"

#include <algorithm>

namespace awaitscope::differential {
namespace {

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

RunOptions run_options(const Options& options) {
  RunOptions how;
  how.sink = options.sink;
  how.policy = options.policy;
  return how;
}

}  // namespace

TrioInterpreter::TrioInterpreter(const Node& program, const Options& options) : Play(program, run_options(options)) {
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
    for (const TrioActor* task : tasks_)
      if (!task->done) end += " " + task->name;
    log("-", end);
  } else if (!dead_) {
    log("-", ended.error ? "-- raised " + spelled(ended.error) : "-- ok " + main.held().take());
  }
  dead_ = true;
  scopes_.clear();
  nurseries_.clear();
  for (TrioActor& actor : actors_) actor.status = {};
  runner_->close();
  objects_.clear();
  return std::move(result_);
}

std::string TrioInterpreter::spelled(const std::exception_ptr& error) const {  // by trio's name
  std::string text = ex(error);
  for (std::size_t at; (at = text.find("CancelledError")) != std::string::npos;) text.replace(at, 14, "Cancelled");
  return text;
}

bool TrioInterpreter::is_cancel(const std::exception_ptr& error) const { return cancelled(error); }

// ------------------------------------------------------------------------------------------------ tasks and functions

TrioActor& TrioInterpreter::actor(const std::string& function) {
  return actors_.emplace_back(TrioActor{function, {}, {}, false});
}

const std::string& TrioInterpreter::name(TrioActor& actor) {
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
  co_return co_await activate(who, who->function);
}

Task<void> TrioInterpreter::child(Who who) { co_await run(who); }

// ------------------------------------------------------------------------------------------------ synchronous ops

bool TrioInterpreter::synchronous(Who who, const Node& op) {
  const std::string& what = op[0].text();
  std::string label = label_of(op);
  const auto on_scope = [&](auto use) {
    const auto scope = scopes_.find(op[1].text());
    if (scope == scopes_.end()) log(who->name, label + " -> skip");
    else attempt(who, label, [&] { return use(scope->second); });
  };
  const auto object = [&]() -> Object& { return objects_.at(op[1].text()); };

  if (what == "log") {
    log(who->name, label);
  } else if (what == "block") {
    block_for(milliseconds(op[1]));
  } else if (what == "start_soon") {
    const auto nursery = nurseries_.find(op[1].text());
    if (nursery == nurseries_.end()) {
      log(who->name, label + " -> skip");
    } else {
      TrioActor& made = actor(op[2].text());
      attempt(who, label, [&] {
        nursery->second.start_soon(child(&made));
        return name(made);
      });
    }
  } else if (what == "cancel") {
    on_scope([](trio::CancelScope& scope) { scope.cancel(); });
  } else if (what == "deadline") {
    on_scope([&](trio::CancelScope& scope) { scope.set_deadline(op[2].null() ? std::nullopt : std::optional(at(op[2]))); });
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

Task<Signal> TrioInterpreter::scope(Who who, const Node* op) {
  const std::string &kind = (*op)[0].text(), &name = (*op)[1].text();
  std::string label = kind + " " + name + " " + (*op)[2].shown();
  if (kind == "scope") label += " " + (*op)[3].shown();
  std::optional<trio::CancelScope> seen;
  const auto inside = [&](trio::CancelScope& scope) -> Task<Signal> {
    scopes_.insert_or_assign(name, scope);
    seen = scope;
    co_return co_await body(who, &op->items.back());
  };
  const auto entered = [&]() -> Task<Signal> {
    if (kind == "fail_after") co_return co_await trio::fail_after(milliseconds((*op)[2]), inside);
    const auto deadline = (*op)[2].null() ? std::nullopt : std::optional(at((*op)[2]));
    trio::CancelScope scope(deadline);
    if (kind == "scope") scope.set_shield((*op)[3].boolean());
    else scope = trio::move_on_after(milliseconds((*op)[2]));
    const std::optional<Signal> signal = co_await trio::with(scope, inside);
    co_return signal ? *signal : std::nullopt;
  };
  co_return co_await block(who, label, entered(), [&] { return seen ? " " + flags(*seen) : ""; });
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
  const auto entered = [&]() -> Task<Signal> {
    const std::optional<Signal> signal = co_await trio::with_nursery(inside);
    co_return signal ? *signal : std::nullopt;
  };
  co_return co_await block(who, "nursery " + name, entered(), [&] { return " " + flags(*seen); });
}

Task<void> TrioInterpreter::start(Who who, const Node* op) {
  const std::string label = "start " + (*op)[1].text() + " " + (*op)[2].text();
  const auto nursery = nurseries_.find((*op)[1].text());
  if (nursery == nurseries_.end()) {
    log(who->name, label + " -> skip");
    co_return;
  }
  TrioActor* made = &actor((*op)[2].text());
  co_await outcome(who, label, nursery->second.start<Value>([this, made](trio::TaskStatus<Value> status) {
    made->status = status;
    return child(made);
  }));
}

Task<Signal> TrioInterpreter::with(Who who, const Node* op) {
  const std::string label = "with " + (*op)[1].text();
  const Object* object = &objects_.at((*op)[1].text());
  const auto inside = [&]() -> Task<Signal> {
    co_await acquire(object);
    log(who->name, label + " in");
    Signal signal;
    std::exception_ptr error;
    try {
      signal = co_await body(who, &(*op)[2]);
    } catch (...) { error = std::current_exception(); }
    release(*object);
    if (error) std::rethrow_exception(error);
    co_return signal;
  };
  co_return co_await block(who, label, inside(), [] { return ""; });
}

Task<Signal> TrioInterpreter::each(Who who, const Node* op) {
  const std::string& name = (*op)[1].text();
  const auto receive = channel((*op)[1]).receive;
  const auto inside = [&]() -> Task<Signal> {
    Signal signal;
    while (!signal) {
      const auto item = co_await receive.next();
      if (!item) break;
      log(who->name, "item " + name + " " + shown(*item));
      signal = co_await body(who, &(*op)[2]);
    }
    co_return signal;
  };
  co_return co_await block(who, "each " + name, inside(), [] { return ""; });
}

Task<Signal> TrioInterpreter::suspending(Who who, const Node* op_at) {
  const Node& op = *op_at;
  const std::string& what = op[0].text();
  std::string label = label_of(op);

  if (what == "scope" || what == "move_on_after" || what == "fail_after") co_return co_await scope(who, op_at);
  if (what == "nursery") co_return co_await nursery(who, op_at);
  if (what == "with") co_return co_await with(who, op_at);
  if (what == "each") co_return co_await each(who, op_at);
  if (what == "try") co_return co_await try_op(who, op_at);
  if (what == "return") co_return op[1].shown();
  if (what == "raise") throw Boom(op[1].text());
  if (what == "loop") co_return co_await loop_op(who, op_at);

  std::optional<Task<void>> run;
  if (what == "checkpoint") run.emplace(outcome(who, label, trio::checkpoint()));
  else if (what == "sleep") run.emplace(outcome(who, label, trio::sleep(milliseconds(op[1]))));
  else if (what == "sleep_until") run.emplace(outcome(who, label, trio::sleep_until(at(op[1]))));
  else if (what == "sleep_forever") run.emplace(outcome(who, label, trio::sleep_forever()));
  else if (what == "call") run.emplace(outcome(who, label, activate(who, op[1].text())));
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

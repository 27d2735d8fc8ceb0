// The ops that may suspend.
#include <algorithm>

#include "tests/differential/interpreter.h"

namespace awaitscope::differential {
namespace {

using namespace std::chrono_literals;

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
int in_thread(int ms, std::string kind) {
  block_for(std::chrono::milliseconds(ms));
  if (!kind.empty()) throw Boom(kind);
  return ms;
}

}  // namespace

// ------------------------------------------------------------------------------------------------ await ops

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
std::optional<std::vector<Interpreter::Awaited>> Interpreter::targets(Who who, const std::vector<std::string>& names,
                                                                      bool in_line) {
  const FutureBase* me = Loop::running().current_task();
  for (const std::string& name : names) {
    if (name[0] == 'f' && !shutdown_) continue;
    const auto known = name[0] == 'f' ? std::nullopt : var(who, name);
    if (!known || reaches(known->future.base().get(), me)) return std::nullopt;
  }
  std::vector<Awaited> out;
  for (const std::string& name : names)
    if (name[0] != 'f') out.push_back(*var(who, name));
    else if (!in_line) out.push_back(spawn(name));
  return out;
}

Task<Value> Interpreter::waited(std::vector<Future<Value>> futures, std::string mode, std::optional<Duration> timeout) {
  const When when = mode == "FIRST_COMPLETED"   ? When::first_completed
                    : mode == "FIRST_EXCEPTION" ? When::first_exception
                                                : When::all_completed;
  const auto waited = co_await wait(std::move(futures), when, timeout);
  co_return "done=" + names_of(waited.done) + " pending=" + names_of(waited.pending);
}

Task<void> Interpreter::drain(Who who, std::vector<Future<Value>> futures, std::optional<Duration> timeout) {
  auto completed = as_completed(std::move(futures), timeout);
  while (completed.left() > 0) {
    try {
      co_await outcome(who, "next", completed.next());
    } catch (const std::exception&) {}
  }
}

Task<void> Interpreter::await_ops(Who who, const Node* op_at) {
  const Node& op = *op_at;
  const std::string& name = op[0].text();
  std::vector<std::string> named;
  if (op[1].kind == Node::Kind::text) named.push_back(op[1].text());
  else
    for (const Node& target : op[1].list()) named.push_back(target.text());
  const bool keep = name == "gather" && !op[2].null() && op[2].boolean();
  const bool in_line = name == "wait_for" && (op[2].null() || op[2].number() > 0);
  std::string label = name;
  for (const std::string& target : named) label += " " + target;
  if (keep) label += " keep";
  if (name == "wait_for" || name == "as_completed") label += " " + op[2].shown();
  if (name == "wait") label += " " + op[2].text() + " " + op[3].shown();

  const auto found = targets(who, named, in_line);
  if (!found) {
    log(who->name, label + " -> skip");
    co_return;
  }
  std::vector<Future<Value>> futures;
  std::vector<const FutureBase*> edges;
  for (const Awaited& target : *found) {
    futures.push_back(target.future);
    edges.push_back(target.future.base().get());
  }
  const Edges waits(*this, std::move(edges));
  const auto limit = milliseconds_or_none(op[2].kind == Node::Kind::number ? op[2] : op[3]);
  if (name == "await") co_await outcome(who, label, through(futures[0]));
  else if (name == "gather") co_await outcome(who, label, gathered(futures, keep));
  else if (name == "shield") co_await outcome(who, label, shielded(futures[0]));
  else if (name == "wait") co_await outcome(who, label, waited(futures, op[2].text(), limit));
  else if (name == "as_completed") co_await outcome(who, label, drain(who, futures, limit));
  else if (futures.empty()) co_await outcome(who, label, wait_for(call(named[0]), limit));
  else co_await outcome(who, label, wait_for(futures[0], limit));
}

// ------------------------------------------------------------------------------------------------ blocks

Task<Signal> Interpreter::group(Who who, const Node* op) {
  const std::string name = (*op)[1].text();
  const auto inside = [&](TaskGroup& group) -> Task<Signal> {
    groups_.insert_or_assign(name, group);
    co_return co_await body(who, &(*op)[2]);
  };
  co_return co_await block(who, "group " + name, with_task_group(inside), [] { return ""; });
}

Task<Signal> Interpreter::timeout(Who who, const Node* op) {
  const std::string name = (*op)[1].text();
  std::optional<Timeout> mine;
  const auto inside = [&](Timeout& block) -> Task<Signal> {
    mine = block;
    timeouts_.insert_or_assign(name, block);
    co_return co_await body(who, &(*op)[3]);
  };
  const auto expired = [&] { return " expired=" + shown(mine->expired()); };
  const std::string label = "timeout " + name + " " + (*op)[2].shown();
  co_return co_await block(who, label, with_timeout(milliseconds_or_none((*op)[2]), inside), expired);
}

Task<void> Interpreter::acquire(std::string name) {
  Object& target = objects_.at(name);
  if (auto* semaphore = std::get_if<std::unique_ptr<Semaphore>>(&target)) co_await (*semaphore)->acquire();
  else if (auto* bounded = std::get_if<std::unique_ptr<BoundedSemaphore>>(&target)) co_await (*bounded)->acquire();
  else if (auto* lock = std::get_if<std::unique_ptr<Lock>>(&target)) co_await (*lock)->acquire();
  else co_await std::get<std::unique_ptr<Condition>>(target)->acquire();
}

Task<Signal> Interpreter::with(Who who, const Node* op) {
  const std::string name = (*op)[1].text();
  const auto inside = [&]() -> Task<Signal> {
    co_await acquire(name);
    log(who->name, "with " + name + " in");
    std::exception_ptr error;
    Signal signal;
    try {
      signal = co_await body(who, &(*op)[2]);
    } catch (...) { error = std::current_exception(); }
    release(name);
    if (error) std::rethrow_exception(error);
    co_return signal;
  };
  co_return co_await block(who, "with " + name, inside(), [] { return ""; });
}

// ------------------------------------------------------------------------------------------------ all of them

Task<Signal> Interpreter::suspending(Who who, const Node* op_at) {
  const Node& op = *op_at;
  const std::string &name = op[0].text(), label = label_of(op);
  if (name == "group") co_return co_await group(who, op_at);
  if (name == "timeout") co_return co_await timeout(who, op_at);
  if (name == "with") co_return co_await with(who, op_at);
  if (name == "try") co_return co_await try_op(who, op_at);
  if (name == "loop") co_return co_await loop_op(who, op_at);
  if (name == "return") co_return op[1].shown();
  if (name == "raise" && op[1].text() == "cancel") throw CancelledError();
  if (name == "raise" && op[1].text() == "timeout") throw TimeoutError();
  if (name == "raise") throw Boom(op[1].text());

  const auto queue = [&](auto use) {
    std::visit(
        [&](auto& target) {
          if constexpr (requires { target->get_nowait(); }) use(*target);
        },
        object(op[1]));
  };
  std::optional<Task<void>> run;
  if (name == "sleep") run.emplace(outcome(who, label, sleep(milliseconds(op[1]))));
  else if (name == "yield") run.emplace(outcome(who, label, sleep(0ms)));
  else if (name == "call") run.emplace(outcome(who, label, call(op[1].text())));
  else if (name == "acquire") run.emplace(outcome(who, label, as_true(acquire(op[1].text()))));
  else if (name == "ev_wait")
    run.emplace(outcome(who, label, as_true(std::get<std::unique_ptr<Event>>(object(op[1]))->wait())));
  else if (name == "cond_wait")
    run.emplace(outcome(who, label, as_true(std::get<std::unique_ptr<Condition>>(object(op[1]))->wait())));
  else if (name == "cond_until") {
    auto& condition = *std::get<std::unique_ptr<Condition>>(object(op[1]));
    const auto enough = [this, counter = &op[2].text(), wanted = op[3].number()] { return counters_[*counter] >= wanted; };
    run.emplace(outcome(who, label, as_true(condition.wait_for(enough))));
  } else if (name == "put") queue([&](auto& target) { run.emplace(outcome(who, label, target.put(op[2].number()))); });
  else if (name == "get") queue([&](auto& target) { run.emplace(outcome(who, label, target.get())); });
  else if (name == "join") queue([&](auto& target) { run.emplace(outcome(who, label, target.join())); });
  else if (name == "barrier") run.emplace(outcome(who, label, std::get<std::unique_ptr<Barrier>>(object(op[1]))->wait()));
  else if (name == "reset" || name == "abort") {
    auto& barrier = *std::get<std::unique_ptr<Barrier>>(object(op[1]));
    name == "reset" ? barrier.reset() : barrier.abort();
    run.emplace(outcome(who, label, nothing()));
  } else if (name == "to_thread") {
    const std::string kind = op[2].null() ? "" : op[2].text();
    run.emplace(outcome(who, label, to_thread(in_thread, op[1].number(), kind)));
  } else {
    run.emplace(await_ops(who, op_at));
  }
  co_await *std::move(run);
  co_return std::nullopt;
}

}  // namespace awaitscope::differential

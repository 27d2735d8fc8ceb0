#include "core/runtime/as_completed.h"

namespace awaitscope::runtime {

CompletedLine::CompletedLine(Place at)
    : loop_(Loop::running()), at_(at), scope_(loop_.next_scope_id()), owner_(loop_.current_id()) {
  loop_.emit(Kind::scope_enter, loop_.site(at), loop_.cause(),
             {.a = scope_.value, .c = static_cast<std::uint8_t>(ScopeType::as_completed)});
}

CompletedLine::~CompletedLine() {
  if (Loop::running_or_null() != &loop_) return;
  timer_.cancel();
  leave();
}

void CompletedLine::leave() {
  if (std::exchange(left_, true) || Loop::running_or_null() != &loop_) return;
  loop_.emit_for(owner_, Kind::scope_exit, loop_.site(at_), loop_.cause(),
                 {.a = scope_.value, .c = static_cast<std::uint8_t>(Outcome::returned)});
}

bool CompletedLine::add(const Ref<FutureBase>& future, std::size_t index) {
  if (!todo_.try_emplace(future.get(), Todo{future, index}).second) return false;
  if (future->wait == Wait::task)
    loop_.emit(Kind::scope_child, loop_.site(at_), loop_.cause(), {.a = scope_.value, .b = future->object});
  future->add_done_callback({&CompletedLine::completed, this});
  return true;
}

void CompletedLine::time_out_after(Duration timeout) {
  const auto deadline = static_cast<std::uint64_t>((loop_.now() + timeout).ns);
  loop_.emit(Kind::scope_deadline, loop_.site(at_), loop_.cause(),
             {.a = scope_.value, .b = static_cast<std::uint32_t>(deadline), .d = static_cast<std::uint32_t>(deadline >> 32)});
  timer_ = call_later(
      timeout, [this] { time_out(); }, at_);
}

void CompletedLine::completed(Counted& self, FutureBase& future) {
  auto& line = static_cast<CompletedLine&>(self);
  const auto done = line.todo_.find(&future);
  if (done == line.todo_.end()) return;
  const std::size_t index = done->second.index;
  line.todo_.erase(done);
  line.put(index);
  if (line.todo_.empty()) line.timer_.cancel();
}

void CompletedLine::time_out() {
  const Ref<CompletedLine> alive(this);
  Loop::Because because(loop_,
                        loop_.emit_for(owner_, Kind::scope_expired, loop_.site(at_), loop_.cause(), {.a = scope_.value}));
  for (const auto& [_, left] : std::exchange(todo_, {})) {
    left.future->remove_done_callback(this);
    put(std::nullopt);
  }
}

void CompletedLine::put(std::optional<std::size_t> index) {
  done_.push_back(index);
  wake_next();
}

void CompletedLine::wake_next() {
  while (!takers_.empty()) {
    const Ref<FutureBase> taker = std::move(takers_.front());
    takers_.pop_front();
    if (taker->done()) continue;
    return taker->set_finished();
  }
}

// As asyncio's Queue.get: who is woken looks again, and who is interrupted then wakes the next (rules Q1, Q4).
Task<std::optional<std::size_t>> CompletedLine::take(Place at) {
  const Ref<CompletedLine> alive(this);
  while (done_.empty()) {
    const Ref<FutureBase> turn(new FutureBase);
    turn->wait = Wait::scope;
    turn->object = scope_.value;
    takers_.push_back(turn);
    try {
      co_await Waiting(turn, at);
    } catch (...) {
      std::erase_if(takers_, [&](const auto& taker) { return taker.get() == turn.get(); });
      if (!done_.empty() && !turn->cancelled()) wake_next();
      throw;
    }
  }
  const std::optional<std::size_t> next = done_.front();
  done_.pop_front();
  co_return next;
}

}  // namespace awaitscope::runtime

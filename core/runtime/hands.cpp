#include "core/runtime/hands.h"

#include "core/runtime/task.h"

namespace awaitscope::runtime {
namespace {

/// The wait of whoever made this request; null where it is not on its way.
Ref<TaskBase> who_waits(const Loop& loop, std::uint32_t request) {
  for (const auto& task : loop.all_tasks())
    if (const FutureBase* wait = task->waiting_for();
        wait && !wait->done() && wait->wait == Wait::request && wait->object == request)
      return task;
  return {};
}

}  // namespace

void Hands::apply_due(std::uint64_t step) {
  while (next() <= step) {
    const Hand hand = scheduled_[used_++];
    apply(hand);
  }
}

void Hands::apply(const Hand& hand) {
  loop_.gate().note(hand);
  if (const std::string why = carry_out(hand); !why.empty()) tell_missed(hand, why);
}

void Hands::tell_unused() {
  for (; used_ < scheduled_.size(); ++used_) {
    loop_.gate().note(scheduled_[used_]);
    tell_missed(scheduled_[used_], "the run has ended before");
  }
}

std::string Hands::carry_out(const Hand& hand) {
  switch (hand.what) {
    case Hand::What::cancel: return cancel(hand);
    case Hand::What::fail:
    case Hand::What::delay: return end_or_delay(hand);
    case Hand::What::release:
    case Hand::What::set: return touch(hand);
  }
  return "no such hand";
}

std::string Hands::cancel(const Hand& hand) {
  for (const auto& task : loop_.all_tasks()) {
    if (task->id().value != hand.target) continue;
    if (task->mode) return "trio cancels scopes, not tasks";
    tell(hand, task->id());
    task->cancel({"by hand", CancelReason::call, {}, Place{}});
    return {};
  }
  return "no such task runs";
}

std::string Hands::end_or_delay(const Hand& hand) {
  const auto task = who_waits(loop_, hand.target);
  if (!task) return "no such request is on its way";
  const Ref<FutureBase> answer(task->waiting_for());
  if (hand.what == Hand::What::delay) {
    Timer* timer = loop_.timer_of(*answer);
    if (!timer) return "it gets no answer that could be late";
    tell(hand, task->id());
    loop_.postpone(*timer, hand.amount);
    return {};
  }
  tell(hand, task->id());
  failed_.insert(hand.target);  // the service asks when its wait is over, which is now
  answer->set_finished();
  return {};
}

std::string Hands::touch(const Hand& hand) {
  const auto found = touchable_.find(hand.target);
  const bool release = hand.what == Hand::What::release;
  if (found == touchable_.end() || found->second.what != hand.what)
    return release ? "no such semaphore is there" : "no such event is there";
  const Touchable primitive = found->second;
  if (const char* why = primitive.forbids(primitive.self)) return why;
  tell(hand, {});
  primitive.touch(primitive.self);
  return {};
}

void Hands::tell(const Hand& hand, TaskId about) {
  loop_.act_because(
      loop_.emit_for(about, Kind::intervened, {}, 0, {.a = loop_.recorder().text(to_text(hand)).value, .b = hand.target}));
}

void Hands::tell_missed(const Hand& hand, const std::string& why) {
  loop_.diagnose({.what = Diagnosis::hand_missed, .text = to_text(hand) + ": " + why, .object = hand.target});
}

}  // namespace awaitscope::runtime

#include "core/runtime/callback.h"

namespace awaitscope::runtime {

class CallHandle::Call final : public Timer {
 public:
  explicit Call(std::function<void()> function) : function_(std::move(function)) {}
  void fire(Loop& loop) override {
    if (cancelled) return;
    const CallbackSpan span(loop, site);
    const auto function = std::exchange(function_, {});
    function();
  }
  /// What it captured goes now, not when the last handle goes.
  void forget() { function_ = {}; }

 private:
  std::function<void()> function_;
};

CallHandle::CallHandle(const Ref<Call>& call) : call_(call) {}

void CallHandle::cancel() {
  if (!call_) return;
  auto& call = static_cast<Call&>(*call_);
  if (call.queued()) Loop::running().cancel_timer(call);
  call.cancelled = true;
  call.forget();
}
bool CallHandle::cancelled() const { return call_ && static_cast<const Call&>(*call_).cancelled; }

CallHandle call_soon(std::function<void()> function, Place at) {
  Loop& loop = Loop::running();
  const Ref<CallHandle::Call> call(new CallHandle::Call(std::move(function)));
  call->site = loop.site(at);
  loop.call_soon({.run = [](Loop& on, Handle& handle) { static_cast<Timer&>(*handle.object).fire(on); },
                  .object = call,
                  .argument = {},
                  .call = nullptr,
                  .cause = loop.cause(),
                  .by = loop.actor()});
  return CallHandle(call);
}

CallHandle call_at(Instant when, std::function<void()> function, Place at) {
  Loop& loop = Loop::running();
  const Ref<CallHandle::Call> call(new CallHandle::Call(std::move(function)));
  call->site = loop.site(at);
  call->when = when;
  loop.call_at(Ref<Timer>(call.get()));
  return CallHandle(call);
}

CallHandle call_later(Duration delay, std::function<void()> function, Place at) {
  return call_at(now() + delay, std::move(function), at);
}

}  // namespace awaitscope::runtime

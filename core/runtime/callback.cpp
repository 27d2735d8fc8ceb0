#include "core/runtime/callback.h"

namespace awaitscope::runtime {

class CallHandle::Call final : public Timer {
 public:
  explicit Call(std::function<void()> function) : function_(std::move(function)) {}
  void fire(Loop& loop) override {
    if (cancelled) return;
    loop.emit(Kind::callback_begin, site, loop.cause(), {});
    // What it captured goes when it has run, not when the last handle goes.
    const auto function = std::exchange(function_, {});
    struct End {
      Loop& loop;
      ~End() { loop.emit(Kind::callback_end, {}, loop.cause(), {}); }
    } end{loop};
    function();
  }

 private:
  std::function<void()> function_;
};

CallHandle::CallHandle(Ref<Call> call) : call_(std::move(call)) {}
CallHandle::CallHandle(const CallHandle&) = default;
CallHandle& CallHandle::operator=(const CallHandle&) = default;
CallHandle::~CallHandle() = default;

void CallHandle::cancel() {
  if (call_->queued()) Loop::running().cancel_timer(*call_);
  call_->cancelled = true;
}
bool CallHandle::cancelled() const { return call_->cancelled; }

CallHandle call_soon(std::function<void()> function, Place at) {
  Loop& loop = Loop::running();
  Ref<CallHandle::Call> call(new CallHandle::Call(std::move(function)));
  call->site = loop.site(at);
  loop.call_soon({.run = [](Loop& on, Handle& handle) { static_cast<Timer&>(*handle.object).fire(on); },
                  .object = call,
                  .argument = {},
                  .call = nullptr,
                  .cause = loop.cause(),
                  .by = loop.actor()});
  return CallHandle(std::move(call));
}

CallHandle call_later(Duration delay, std::function<void()> function, Place at) {
  Loop& loop = Loop::running();
  Ref<CallHandle::Call> call(new CallHandle::Call(std::move(function)));
  call->site = loop.site(at);
  call->when = loop.now() + delay;
  loop.call_at(Ref<Timer>(call.get()));
  return CallHandle(std::move(call));
}

}  // namespace awaitscope::runtime

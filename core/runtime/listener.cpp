#include "core/runtime/listener.h"

#include <exception>

namespace awaitscope::runtime {

/// Apart from the Listener, whose frame may go before the callbacks do.
class Listener::Heard final : public FutureBase {
 public:
  Heard(When when, std::size_t count) : when_(when), left_(count) {}
  void release() {
    if (!done()) set_finished();
  }
  void time_out() {
    if (done()) return;
    Loop::Because because(*loop_, loop_->emit(Kind::scope_expired, {}, loop_->cause(), {.a = object}));
    set_finished();
  }
  static void ended(Counted& self, FutureBase& future) {
    auto& heard = static_cast<Heard&>(self);
    --heard.left_;
    if (heard.left_ == 0 || heard.when_ == When::first_completed || heard.failed(future)) heard.release();
  }

 private:
  bool failed(FutureBase& future) const {  // looking at the error retrieves it
    return when_ == When::first_exception && !future.cancelled() && future.error() != nullptr;
  }
  When when_;
  std::size_t left_;
};

Listener::Listener(std::vector<Ref<FutureBase>> futures, When when, std::optional<Duration> timeout, ScopeType type, Place at)
    : futures_(std::move(futures)), at_(at) {
  Loop& loop = Loop::running();
  scope_ = loop.next_scope_id();
  const SiteId site = loop.site(at);
  const auto deadline = static_cast<std::uint64_t>(timeout ? (loop.now() + *timeout).ns : 0);
  loop.emit(Kind::scope_enter, site, loop.cause(),
            {.a = scope_.value,
             .b = static_cast<std::uint32_t>(deadline),
             .c = static_cast<std::uint8_t>(type),
             .d = static_cast<std::uint32_t>(deadline >> 32)});
  const Ref<Heard> heard(new Heard(when, futures_.size()));
  heard->wait = Wait::scope;
  heard->object = scope_.value;
  heard_ = heard;
  if (timeout)
    timer_ = call_later(
        *timeout, [heard] { heard->time_out(); }, at);
  for (const auto& future : futures_) {
    if (future->wait == Wait::task) loop.emit(Kind::scope_child, site, loop.cause(), {.a = scope_.value, .b = future->object});
    future->add_done_callback({&Heard::ended, heard});
  }
}

Listener::~Listener() { stop(); }

void Listener::stop() {
  if (!std::exchange(listening_, false)) return;
  Loop* loop = Loop::running_or_null();
  if (!loop || loop->closed()) return;
  timer_.cancel();
  for (const auto& future : futures_) future->remove_done_callback(heard_.get());
  const bool interrupted = heard_->cancelled() || std::uncaught_exceptions() > 0;
  const Outcome how = interrupted ? Outcome::cancelled : Outcome::returned;
  loop->emit(Kind::scope_exit, loop->site(at_), loop->cause(), {.a = scope_.value, .c = static_cast<std::uint8_t>(how)});
}

}  // namespace awaitscope::runtime

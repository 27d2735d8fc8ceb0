#include "core/runtime/wait.h"

#include "core/runtime/callback.h"

namespace awaitscope::runtime::detail {
namespace {

/// The waiter's future and what it listens to.  Apart from the coroutine's frame, which may go before the callbacks do.
class Listener final : public FutureBase {
 public:
  Listener(When when, std::size_t count) : when_(when), left_(count) { wait = Wait::future; }
  void release() {
    if (!done()) set_finished();
  }
  static void ended(Counted& self, FutureBase& future) {
    auto& listener = static_cast<Listener&>(self);
    --listener.left_;
    const bool failed = listener.when_ == When::first_exception && !future.cancelled() && future.error() != nullptr;
    if (listener.left_ == 0 || listener.when_ == When::first_completed || failed) listener.release();
  }

 private:
  When when_;
  std::size_t left_;
};

/// Leaves the futures as they were, on every path out of the wait.
class Attached {
 public:
  Attached(const std::vector<Ref<FutureBase>>& futures, Ref<Listener> listener, std::optional<Duration> timeout, Place at)
      : futures_(futures), listener_(std::move(listener)) {
    if (timeout)
      timer_.emplace(call_later(
          *timeout, [target = listener_] { target->release(); }, at));
    for (const auto& future : futures_) future->add_done_callback({&Listener::ended, Ref<Counted>(listener_.get())});
  }
  ~Attached() {
    if (Loop::running().closing()) return;
    if (timer_) timer_->cancel();
    for (const auto& future : futures_) future->remove_done_callback(listener_.get());
  }
  Attached(const Attached&) = delete;
  Attached& operator=(const Attached&) = delete;

 private:
  const std::vector<Ref<FutureBase>>& futures_;
  Ref<Listener> listener_;
  std::optional<CallHandle> timer_;
};

}  // namespace

Task<void> wait(std::vector<Ref<FutureBase>> futures, When when, std::optional<Duration> timeout, Place at) {
  if (futures.empty()) throw ValueError("Set of Tasks/Futures is empty.");
  Ref<Listener> listener(new Listener(when, futures.size()));
  const Attached attached(futures, listener, timeout, at);
  co_await FutureAwaiter<FutureBase, void>(Ref<FutureBase>(listener.get()), at);
}

}  // namespace awaitscope::runtime::detail

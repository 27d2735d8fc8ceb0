#include "core/runtime/wait_for.h"

#include "core/runtime/listener.h"

namespace awaitscope::runtime::detail {

Task<void> cancel_and_wait(Ref<FutureBase> future, Place at) {
  Listener listener({future}, When::all_completed, std::nullopt, ScopeType::wait_for, at);
  future->cancel({{}, CancelReason::timeout, listener.scope(), at});
  co_await listener.heard();
}

Task<bool> wait_3_11(Ref<FutureBase> future, Duration delay, Place at) {
  Listener listener({future}, When::all_completed, delay, ScopeType::wait_for, at);
  std::exception_ptr interrupted;
  try {
    co_await listener.heard();
  } catch (const CancelledError&) { interrupted = std::current_exception(); }
  if (future->done()) co_return true;  // and whoever asked for a cancel in this moment was not heard (rule W7)
  listener.stop();
  co_await cancel_and_wait(future, at).at(at);
  if (interrupted) std::rethrow_exception(interrupted);
  co_return false;
}

}  // namespace awaitscope::runtime::detail

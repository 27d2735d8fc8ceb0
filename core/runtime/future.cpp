#include "core/runtime/future.h"

#include <cassert>

#include "core/runtime/loop.h"
#include "core/runtime/task.h"

namespace awaitscope::runtime {

FramePool& ThreadState::make_pool() {
  thread_local FramePool pool;  // the owner: given back when the thread ends
  return pool;
}

FutureBase::FutureBase() : loop_(&Loop::running()) {}

FutureBase::~FutureBase() {
  if (never_retrieved() && Loop::running_or_null() == loop_)
    loop_->diagnose({.what = Diagnosis::never_retrieved,
                     .text = describe(error_),
                     .object = wait == Wait::task ? object : 0,
                     .error = error_});
}

void DoneCallback::Function::call(Counted& self, FutureBase&) {
  auto& function = static_cast<Function&>(self);
  Loop& loop = Loop::running();
  const CallbackSpan span(loop, loop.site(function.at_));
  function.function_();
}

OpenFuture::OpenFuture() : after_(loop_->open_futures) {
  if (after_) after_->before_ = this;
  loop_->open_futures = this;
}

OpenFuture::~OpenFuture() {
  if (before_) before_->after_ = after_;
  else if (Loop::running_or_null() == loop_ && loop_->open_futures == this) loop_->open_futures = after_;
  if (after_) after_->before_ = before_;
}

void OpenFuture::forget_all(Loop& loop) {
  while (OpenFuture* first = loop.open_futures) {
    const Ref<OpenFuture> alive(first);
    loop.open_futures = first->after_;
    if (first->after_) first->after_->before_ = nullptr;
    first->after_ = nullptr;
    first->forget_callbacks();
  }
}

bool FutureBase::cancel(const CancelCall& call) {
  if (done()) {
    mark_retrieved();
    return false;
  }
  message_ = call.message;
  finish(State::cancelled);
  return true;
}

void FutureBase::add_done_callback(Callback callback) {
  if (done()) return schedule(std::move(callback));
  if (!first_.call && more_.empty()) first_ = std::move(callback);
  else more_.push_back(std::move(callback));
}

std::size_t FutureBase::remove_done_callback(const Counted* self) {
  std::size_t removed = std::erase_if(more_, [&](const Callback& c) { return c.self.get() == self; });
  if (first_.call && first_.self.get() == self) {
    first_ = {};
    ++removed;
    if (!more_.empty()) {
      first_ = std::move(more_.front());
      more_.erase(more_.begin());
    }
  }
  return removed;
}

void FutureBase::set_error(std::exception_ptr error) {
  error_ = std::move(error);
  finish(State::failed);
}

void FutureBase::set_cancelled_error(std::string message) {
  message_ = std::move(message);
  cancelled_error_ = true;
  finish(State::failed);
}

void FutureBase::finish(State state) {
  assert(!done());
  state_ = state;
  if (first_.call) schedule(std::exchange(first_, {}));
  for (Callback& callback : std::exchange(more_, {})) schedule(std::move(callback));
}

void FutureBase::schedule(Callback callback) {
  if (callback.at_once) return callback.call(*callback.self, *this);
  loop_->call_soon(
      {.run = [](Loop&, Handle& handle) { handle.call(*handle.object, static_cast<FutureBase&>(*handle.argument)); },
       .object = std::move(callback.self),
       .argument = this,
       .call = callback.call,
       .cause = loop_->cause(),
       .by = loop_->actor()});
}

std::exception_ptr FutureBase::error() {
  retrieved_ = true;
  if (carries_cancelled_error()) return std::make_exception_ptr(CancelledError(message_));
  return error_;
}

std::string FutureBase::take_message() { return first_message_ ? *std::exchange(first_message_, std::nullopt) : message_; }

void FutureBase::check() {
  assert(done());
  retrieved_ = true;
  if (carries_cancelled_error()) throw CancelledError(take_message());
  if (error_) std::rethrow_exception(error_);
}

}  // namespace awaitscope::runtime

#include "core/runtime/settled.h"

#include "core/runtime/loop.h"

namespace awaitscope::runtime {

void record_use(OutcomeUse use, TaskId of, RequestId request, const Place& at) {
  Loop* loop = Loop::running_or_null();
  if (!loop || loop->closed()) return;
  loop->emit(Kind::outcome_used, loop->site(at), loop->cause(),
             {.a = of.value, .b = request.value, .c = static_cast<std::uint8_t>(use)});
}

struct KeptError::Kept {
  std::exception_ptr error;
  TaskId of;
  bool seen = false;   ///< somebody has read the error
  bool asked = false;  ///< a question was recorded, so that the answers to it matter
  bool ok_asked = false;
};

KeptError::KeptError(std::exception_ptr error, TaskId of) {
  if (error) kept_ = std::make_shared<Kept>(Kept{std::move(error), of});
}

KeptError::operator std::exception_ptr() const {
  if (!kept_) return nullptr;
  kept_->seen = true;
  if (kept_->asked) record_use(OutcomeUse::error, kept_->of, {}, Place{});
  return kept_->error;
}

bool KeptError::ok() const {
  if (!kept_) return true;
  kept_->ok_asked = true;
  if (kept_->asked) record_use(OutcomeUse::is_ok, kept_->of, {}, Place{});
  return false;
}

void KeptError::asked(OutcomeUse use, const Place& at) const {
  // What was asked before comes with it: a trace holds no question about outcomes that nobody sorts this way.
  if (!std::exchange(kept_->asked, true)) {
    if (kept_->ok_asked) record_use(OutcomeUse::is_ok, kept_->of, {}, Place{});
    if (kept_->seen) record_use(OutcomeUse::error, kept_->of, {}, Place{});
  }
  record_use(use, kept_->of, {}, at);
}

bool KeptError::is_exception(TaskId of, const Place& at) const {
  if (!kept_) {
    record_use(OutcomeUse::is_exception, of, {}, at);
    return false;
  }
  asked(OutcomeUse::is_exception, at);
  return !is_cancelled_error(kept_->error);
}

bool KeptError::cancelled(const Place& at) const {
  if (!kept_) return false;
  asked(OutcomeUse::is_cancelled, at);
  return is_cancelled_error(kept_->error);
}

void KeptError::leave_out(const Place& at) const {
  if (kept_ && !kept_->seen) asked(OutcomeUse::dropped, at);
}

}  // namespace awaitscope::runtime

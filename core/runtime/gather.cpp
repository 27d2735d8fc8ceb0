#include "core/runtime/gather.h"

namespace awaitscope::runtime {

GatherFuture::GatherFuture(bool keep_errors, Place at) : keep_errors_(keep_errors), at_(at) {
  scope_ = loop_->next_scope_id();
  wait = Wait::gather;
  object = scope_.value;
  loop_->emit(Kind::scope_enter, loop_->site(at), loop_->cause(),
              {.a = scope_.value, .c = static_cast<std::uint8_t>(ScopeType::gather)});
}

void GatherFuture::start() {
  if (children_.empty()) return settle();
  // Children that are done already count at once (rule A11); the others report in the order in which they end.
  for (const auto& child : children_)
    if (!child->done())
      child->add_done_callback(
          {[](Counted& self, FutureBase& ended) { static_cast<GatherFuture&>(self).child_done(ended); }, this});
  for (const auto& child : children_)
    if (child->done() && finished_ < children_.size()) child_done(*child);
}

bool GatherFuture::cancel(const CancelCall& call) {
  if (done()) return false;
  CancelCall passed = call;
  passed.why = CancelReason::gather;
  passed.scope = scope_;
  bool any = false;
  for (const auto& child : children_) any = child->cancel(passed) || any;
  // Only where a child took it: a gather whose children are all done will wake its awaiter anyway.
  if (any) cancel_requested_ = true;
  return any;
}

void GatherFuture::child_done(FutureBase& child) {
  ++finished_;
  if (done()) {
    child.mark_retrieved();  // rule A7: later errors are silent
    return;
  }
  if (!keep_errors_) {
    if (child.carries_cancelled_error()) {
      end(Outcome::cancelled);
      return set_cancelled_error(child.message());
    }
    if (auto error = child.error()) {
      end(Outcome::raised);
      return set_error(error);
    }
  }
  if (finished_ == children_.size()) settle();
}

void GatherFuture::settle() {
  if (cancel_requested_) {
    end(Outcome::cancelled);
    return set_cancelled_error({});
  }
  end(Outcome::returned);
  set_finished();
}

void GatherFuture::end(Outcome how) {
  loop_->emit(Kind::scope_exit, loop_->site(at_), loop_->cause(), {.a = scope_.value, .c = static_cast<std::uint8_t>(how)});
}

}  // namespace awaitscope::runtime

#include "core/runtime/gather.h"

#include <unordered_set>

namespace awaitscope::runtime {

GatherFuture::GatherFuture(bool keep_errors, Place at) : keep_errors_(keep_errors), at_(at) {
  scope_ = loop_->next_scope_id();
  owner_ = loop_->current_id();
  wait = Wait::gather;
  object = scope_.value;
  loop_->emit(Kind::scope_enter, loop_->site(at), loop_->cause(),
              {.a = scope_.value, .c = static_cast<std::uint8_t>(ScopeType::gather)});
}

void GatherFuture::add(const Ref<FutureBase>& child, bool made) {
  children_.push_back(child);
  if (made) return;
  shared_ = true;
  if (child->wait == Wait::task)
    loop_->emit(Kind::scope_child, loop_->site(at_), loop_->cause(), {.a = scope_.value, .b = child->object});
}

void GatherFuture::start() {
  std::vector<Ref<FutureBase>> once = children_;
  if (shared_) {
    std::unordered_set<const FutureBase*> seen;
    std::erase_if(once, [&](const auto& child) { return !seen.insert(child.get()).second; });
  }
  expected_ = once.size();
  if (once.empty()) return settle();
  // Children that are done already count at once (rule A11); the others report in the order in which they end.
  std::erase_if(once, [&](const auto& child) {
    if (!child->done())
      child->add_done_callback(
          {[](Counted& self, FutureBase& ended) { static_cast<GatherFuture&>(self).child_done(ended); }, this});
    return !child->done();
  });
  for (const auto& child : once) child_done(*child);
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
      return set_cancelled_error(child.take_message());
    }
    if (auto error = child.error()) {
      end(Outcome::raised);
      return set_error(error);
    }
  }
  if (finished_ == expected_) settle();
}

void GatherFuture::settle() {
  for (const auto& child : children_) child->mark_retrieved();  // the results are read, even where a cancel hides them
  if (cancel_requested_) {
    end(Outcome::cancelled);
    return set_cancelled_error(children_.back()->take_message());
  }
  end(Outcome::returned);
  set_finished();
}

void GatherFuture::end(Outcome how) {
  left_ = true;
  loop_->emit_for(owner_, Kind::scope_exit, loop_->site(at_), loop_->cause(),
                  {.a = scope_.value, .c = static_cast<std::uint8_t>(how)});
}

GatherFuture::~GatherFuture() {
  if (!left_ && Loop::running_or_null() == loop_) end(Outcome::raised);
}

}  // namespace awaitscope::runtime

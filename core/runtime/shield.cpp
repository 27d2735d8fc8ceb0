#include "core/runtime/shield.h"

namespace awaitscope::runtime {

ShieldFuture::ShieldFuture(TaskBase& inner, Place at) : inner_(&inner), at_(at), scope_(loop_->next_scope_id()) {
  wait = Wait::scope;
  object = scope_.value;
  loop_->emit(Kind::scope_enter, loop_->site(at_), loop_->cause(),
              {.a = scope_.value, .c = static_cast<std::uint8_t>(ScopeType::shield)});
  loop_->emit(Kind::scope_child, loop_->site(at_), loop_->cause(), {.a = scope_.value, .b = inner.id().value});
}

void ShieldFuture::connect() {
  inner_->add_done_callback({[](Counted& self, FutureBase&) { static_cast<ShieldFuture&>(self).inner_done(); }, this});
  // Once this side is over, nobody retrieves the inner error on its behalf (rule S3).
  add_done_callback({[](Counted&, FutureBase& outer) {
                       auto& self = static_cast<ShieldFuture&>(outer);
                       if (!self.inner_->done()) self.inner_->remove_done_callback(&self);
                     },
                     inner_});
}

bool ShieldFuture::cancel(const CancelCall& call) {
  if (done()) return false;
  loop_->emit(Kind::cancel_shielded, loop_->site(call.at), loop_->cause(), {.a = inner_->id().value});
  end(Outcome::cancelled);
  return FutureBase::cancel(call);
}

void ShieldFuture::inner_done() {
  if (done()) return;
  if (inner_->cancelled()) {
    end(Outcome::cancelled);
    FutureBase::cancel({});
  } else if (auto error = inner_->error()) {
    end(Outcome::raised);
    set_error(std::move(error));
  } else {
    end(Outcome::returned);
    set_finished();
  }
}

void ShieldFuture::end(Outcome how) {
  loop_->emit(Kind::scope_exit, loop_->site(at_), loop_->cause(), {.a = scope_.value, .c = static_cast<std::uint8_t>(how)});
}

}  // namespace awaitscope::runtime

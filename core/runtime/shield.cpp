#include "core/runtime/shield.h"

namespace awaitscope::runtime {
namespace {

class ShieldFuture final : public FutureBase {
 public:
  ShieldFuture(const Ref<FutureBase>& inner, Place at)
      : inner_(inner), at_(at), scope_(loop_->next_scope_id()), owner_(loop_->current_id()) {
    wait = Wait::scope;
    object = scope_.value;
    loop_->emit(Kind::scope_enter, loop_->site(at_), loop_->cause(),
                {.a = scope_.value, .c = static_cast<std::uint8_t>(ScopeType::shield)});
    if (inner->wait == Wait::task)
      loop_->emit(Kind::scope_child, loop_->site(at_), loop_->cause(), {.a = scope_.value, .b = inner->object});
  }

  /// Connects both sides; apart from the constructor, since callbacks share in it.
  void connect() {
    inner_->add_done_callback({[](Counted& self, FutureBase&) { static_cast<ShieldFuture&>(self).inner_done(); }, this});
    // Once this side is over, nobody retrieves the inner error on its behalf (rule S3).
    add_done_callback({[](Counted&, FutureBase& outer) {
                         auto& self = static_cast<ShieldFuture&>(outer);
                         if (!self.inner_->done()) self.inner_->remove_done_callback(&self);
                       },
                       inner_});
  }

  /// Cancels this side only, and the trace says so.
  bool cancel(const CancelCall& call) override {
    if (done()) return false;
    loop_->emit_for(owner_, Kind::cancel_shielded, loop_->site(call.at), loop_->cause(),
                    {.a = inner_->wait == Wait::task ? inner_->object : 0});
    end(Outcome::cancelled);
    return FutureBase::cancel(call);
  }

 private:
  void inner_done() {
    if (done()) {
      if (!inner_->cancelled()) inner_->mark_retrieved();
    } else if (inner_->cancelled()) {
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
  void end(Outcome how) {
    loop_->emit_for(owner_, Kind::scope_exit, loop_->site(at_), loop_->cause(),
                    {.a = scope_.value, .c = static_cast<std::uint8_t>(how)});
  }

  Ref<FutureBase> inner_;
  Place at_;
  ScopeId scope_;
  TaskId owner_;
};

}  // namespace

Ref<FutureBase> detail::shield_future(const Ref<FutureBase>& inner, Place at) {
  if (inner->done()) return inner;
  const Ref<ShieldFuture> outer(new ShieldFuture(inner, at));
  outer->connect();
  return outer;
}

}  // namespace awaitscope::runtime

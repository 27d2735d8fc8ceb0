#include "core/runtime/trio/cancel_scope.h"

#include <algorithm>

#include "core/runtime/trio/cancel_status.h"

namespace awaitscope::trio {

CancelScope::CancelScope(std::optional<Instant> deadline, bool shield) : state_(new State(deadline, shield)) {}
CancelScope::State& CancelScope::state() const { return static_cast<State&>(*state_); }
void CancelScope::cancel(Place at) const { state().cancel(CancelReason::scope, at); }
bool CancelScope::cancel_called() const { return state().cancel_called(); }
bool CancelScope::cancelled_caught() const { return state().cancelled_caught(); }
std::optional<Instant> CancelScope::deadline() const { return state().deadline(); }
void CancelScope::set_deadline(std::optional<Instant> deadline, Place at) const { state().set_deadline(deadline, at); }
bool CancelScope::shield() const { return state().shield(); }
void CancelScope::set_shield(bool shield, Place) const { state().set_shield(shield); }
void CancelScope::enter(ScopeType type, Place at) const { state().enter(type, at); }
std::exception_ptr CancelScope::close(std::exception_ptr error) const { return state().close(std::move(error)); }

CancelScope move_on_after(Duration delay, Place at) {
  if (delay.count() < 0) runtime::misuse<runtime::ValueError>("timeout must be non-negative", at);
  return CancelScope(current_time() + delay);
}
Instant current_time() { return Loop::running().now(); }

namespace {
/// A Cancelled, or a group of nothing else.
bool only_cancelled(const std::exception_ptr& error) {
  if (runtime::is_cancelled_error(error)) return true;
  try {
    std::rethrow_exception(error);
  } catch (const runtime::ExceptionGroup& group) {
    return std::all_of(group.errors().begin(), group.errors().end(), only_cancelled);
  } catch (...) { return false; }
}
}  // namespace

// ------------------------------------------------------------------------------------------------ the scope itself

class CancelScope::State::Deadline final : public runtime::Timer {
 public:
  explicit Deadline(State& scope) : scope_(scope) {}
  void fire(Loop& loop) override {
    const Ref<State> alive(&scope_);
    Loop::Because because(loop, scope_.tell(Kind::scope_expired, site, loop.cause(), {.a = scope_.id_.value}));
    scope_.registered_ = {};
    // A sleep that is over is no cancel to look at.
    if (FutureBase* turn = scope_.task_->waiting_for(); scope_.hidden_ && turn && !turn->done()) turn->set_finished();
    scope_.cancel(CancelReason::timeout, scope_.at_);
  }

 private:
  State& scope_;
};

CancelScope::State::~State() {
  if (registered_) loop_.cancel_timer(*registered_);
  if (status_) status_->close();
}

Seq CancelScope::State::tell(Kind kind, SiteId site, Seq cause, Recorder::Fields fields) {
  return hidden_ ? 0 : loop_.emit_for(task_->id(), kind, site, cause, fields);
}

void CancelScope::State::cancel(CancelReason why, const Place& at) {
  if (cancel_called_) return;
  cancel_called_ = true;
  update_deadline();
  if (!status_) return;
  cancelled_by_ = tell(Kind::cancel_requested, loop_.site(at), loop_.cause(),
                       {.a = loop_.actor().value, .b = id_.value, .c = static_cast<std::uint8_t>(why)});
  Loop::Because because(loop_, cancelled_by_);
  status_->recalculate();
}

bool CancelScope::State::cancel_called() {
  // A deadline that has passed counts, also before the loop has come to it.
  if ((status_ || !entered_) && !cancel_called_ && deadline_ && loop_.now() >= *deadline_) cancel(CancelReason::timeout, at_);
  return cancel_called_;
}

void CancelScope::State::set_deadline(std::optional<Instant> deadline, const Place& at) {
  deadline_ = deadline;
  if (status_) {
    const auto ns = static_cast<std::uint64_t>(deadline ? deadline->ns : 0);
    loop_.emit(Kind::scope_deadline, loop_.site(at), loop_.cause(),
               {.a = id_.value, .b = static_cast<std::uint32_t>(ns), .d = static_cast<std::uint32_t>(ns >> 32)});
  }
  update_deadline();
}

void CancelScope::State::set_shield(bool shield) {
  shield_ = shield;
  if (status_) status_->recalculate();
}

void CancelScope::State::update_deadline() {
  const std::optional<Instant> wanted = status_ && !cancel_called_ ? deadline_ : std::nullopt;
  if (registered_ && wanted && registered_->when == *wanted) return;
  if (registered_) loop_.cancel_timer(*registered_);
  registered_ = {};
  if (!wanted) return;
  registered_ = new Deadline(*this);
  registered_->when = *wanted;
  registered_->use = hidden_ ? TimerUse::sleep : TimerUse::deadline;
  registered_->site = loop_.site(at_);
  registered_->at_poll = true;
  loop_.call_at(registered_);
}

void CancelScope::State::enter(ScopeType type, const Place& at) {
  if (entered_) runtime::misuse<runtime::RuntimeError>("Each CancelScope may only be used for a single 'with' block", at);
  entered_ = true;
  Seat& seat = Seat::current();
  task_ = loop_.current_task();
  at_ = at;
  if (!hidden_) id_ = loop_.next_scope_id();
  const auto ns = static_cast<std::uint64_t>(deadline_ ? deadline_->ns : 0);
  const Seq entered = tell(Kind::scope_enter, loop_.site(at), loop_.cause(),
                           {.a = id_.value,
                            .b = static_cast<std::uint32_t>(ns),
                            .c = static_cast<std::uint8_t>(type),
                            .d = static_cast<std::uint32_t>(ns >> 32)});
  if (deadline_ && loop_.now() >= *deadline_) cancel_called_ = true;
  if (cancel_called_) cancelled_by_ = entered;
  status_ = new CancelStatus(*this, seat.status());
  if (!status_->parent()) status_->recalculate();
  seat.move_to(status_.get());
  update_deadline();
}

std::exception_ptr CancelScope::State::close(std::exception_ptr error) {
  Seat& seat = Seat::current();
  seat.move_to(status_->parent());
  if (error && status_->effectively_cancelled() && !status_->parent_cancellation_is_visible()) error = without_cancelled(error);
  if (cancelled_caught_)
    tell(Kind::cancel_caught, loop_.site(at_), cancelled_by_ ? cancelled_by_ : loop_.cause(), {.a = id_.value});
  status_->close();
  status_ = {};
  update_deadline();
  const Outcome how = !error ? Outcome::returned : only_cancelled(error) ? Outcome::cancelled : Outcome::raised;
  tell(Kind::scope_exit, loop_.site(at_), loop_.cause(), {.a = id_.value, .c = static_cast<std::uint8_t>(how)});
  return error;
}

std::exception_ptr CancelScope::State::without_cancelled(const std::exception_ptr& error) {
  if (runtime::is_cancelled_error(error)) {
    cancelled_caught_ = true;
    return nullptr;
  }
  try {
    std::rethrow_exception(error);
  } catch (const runtime::ExceptionGroup& group) {
    std::vector<std::exception_ptr> left;
    bool changed = false;
    for (const auto& member : group.errors()) {
      const std::exception_ptr kept = without_cancelled(member);
      changed = changed || kept != member;
      if (kept) left.push_back(kept);
    }
    if (left.empty()) return nullptr;
    return changed ? std::make_exception_ptr(runtime::ExceptionGroup(group.message(), std::move(left))) : error;
  } catch (...) { return error; }
}

}  // namespace awaitscope::trio

#include "core/runtime/trio/nursery.h"

#include "core/runtime/trio/checkpoint.h"

namespace awaitscope::trio {

/// Children keep it alive; handles of it outlive the block.
class Nursery::State final : public Counted {
 public:
  explicit State(Place at) : loop_(Loop::running()), parent_(loop_.current_task()) {
    scope_.enter(ScopeType::nursery, at);
    status_ = scope_.state().status();
  }
  const char* refuses() const { return closed_ ? "Nursery is closed to new arrivals" : nullptr; }
  const CancelScope& scope() const { return scope_; }
  void adopt(TaskBase* task);
  Task<std::exception_ptr> leave(std::exception_ptr error, Place at);
  bool take_children(State& from);
  void expect(int change) {
    pending_starts_ += change;
    close_if_empty();
  }

 private:
  class AllGone;
  void child_finished(TaskBase& task);
  void add_error(std::exception_ptr error);
  void close_if_empty();

  Loop& loop_;
  Ref<TaskBase> parent_;
  CancelScope scope_;
  Ref<CancelStatus> status_;
  std::vector<Ref<TaskBase>> children_;
  std::vector<std::exception_ptr> errors_;
  int pending_starts_ = 0;
  bool body_running_ = true, closed_ = false;
  Ref<FutureBase> all_gone_;
};

/// What the body waits for in the end.  A cancel does not end the wait: it is one more error, and the children's business.
class Nursery::State::AllGone final : public FutureBase {
 public:
  explicit AllGone(Nursery::State& nursery) : nursery_(&nursery) {
    wait = Wait::group;
    object = nursery.scope_.state().id().value;
  }
  bool cancel(const runtime::CancelCall&) override {
    if (std::exchange(interrupted_, true)) return false;
    nursery_->loop_.emit_for(nursery_->parent_->id(), Kind::cancel_delivered, {}, nursery_->loop_.cause(), {});
    nursery_->add_error(std::make_exception_ptr(Cancelled()));
    return false;
  }

 private:
  Nursery::State* nursery_;  ///< which waits in leave() and so lives
  bool interrupted_ = false;
};

Nursery Nursery::open(Place at) { return Nursery(Ref<State>(new State(at))); }
Nursery::State& Nursery::state() const { return static_cast<State&>(*state_); }
const char* Nursery::refuses() const { return state().refuses(); }
ScopeId Nursery::scope_id() const { return state().scope().state().id(); }
CancelScope Nursery::cancel_scope() const { return state().scope(); }
void Nursery::adopt(TaskBase* task) const { state().adopt(task); }
bool Nursery::take_children(const Nursery& from) const { return state().take_children(from.state()); }
void Nursery::expect(int change) const { state().expect(change); }
Task<std::exception_ptr> Nursery::leave(std::exception_ptr error, Place at) const {
  return state().leave(std::move(error), at);
}

// ------------------------------------------------------------------------------------------------ the nursery itself

void Nursery::State::adopt(TaskBase* task) {
  children_.emplace_back(task);
  Seat& seat = Seat::of(*task);
  seat.nursery = this;
  seat.move_to(status_.get());
  // At once, in the step in which it ends; the nursery of that moment, since start() may have moved it.
  task->add_done_callback({[](Counted& self, FutureBase& ended) {
                             auto& task = static_cast<TaskBase&>(ended);
                             const Ref<Counted> home = std::exchange(static_cast<Seat&>(self).nursery, {});
                             static_cast<State&>(*home).child_finished(task);
                           },
                           task->mode, true});
}

void Nursery::State::child_finished(TaskBase& task) {
  Seat::of(task).move_to(nullptr);
  const std::exception_ptr error = task.error();
  std::erase_if(children_, [&](const auto& child) { return child.get() == &task; });
  if (error) add_error(error);
  close_if_empty();
}

void Nursery::State::add_error(std::exception_ptr error) {
  const bool cancelled = runtime::is_cancelled_error(error);
  errors_.push_back(std::move(error));
  scope_.state().cancel(cancelled ? CancelReason::parent : CancelReason::sibling_failed, Place{});
}

void Nursery::State::close_if_empty() {
  if (body_running_ || !children_.empty() || pending_starts_ > 0) return;
  closed_ = true;
  if (all_gone_ && !all_gone_->done()) all_gone_->set_finished();
}

Task<std::exception_ptr> Nursery::State::leave(std::exception_ptr error, Place at) {
  const Ref<State> alive(this);
  if (error) add_error(std::exchange(error, {}));
  body_running_ = false;
  close_if_empty();
  if (!closed_) {
    all_gone_ = new AllGone(*this);
    co_await runtime::Waiting(all_gone_, at);
  } else {
    try {
      co_await checkpoint(at).at(at);
    } catch (...) { add_error(std::current_exception()); }
  }
  if (!errors_.empty())
    error = std::make_exception_ptr(runtime::ExceptionGroup("Exceptions from Trio nursery", std::exchange(errors_, {})));
  co_return scope_.close(std::move(error));
}

bool Nursery::State::take_children(State& from) {
  if (from.status_->effectively_cancelled()) return false;
  for (const auto& child : from.children_) {
    Seat::of(*child).nursery = this;
    children_.push_back(child);
    loop_.emit(Kind::scope_child, {}, loop_.cause(), {.a = scope_.state().id().value, .b = child->id().value});
  }
  from.children_.clear();
  // Scopes that they have opened, and those who are in none, move below this nursery's scope.
  const auto scopes = from.status_->children;
  for (CancelStatus* scope : scopes) scope->set_parent(status_.get());
  const auto tasks = from.status_->tasks;
  for (TaskBase* task : tasks)
    if (task != from.parent_.get()) Seat::of(*task).move_to(status_.get());
  from.close_if_empty();
  return true;
}

}  // namespace awaitscope::trio

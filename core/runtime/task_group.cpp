#include "core/runtime/task_group.h"

#include <algorithm>

namespace awaitscope::runtime {

/// Done callbacks keep it alive; handles of it outlive the block.
class TaskGroup::State : public Counted {
 public:
  explicit State(Place at) : loop_(Loop::running()), parent_(loop_.current_task()), at_(at), scope_(loop_.next_scope_id()) {
    loop_.emit(Kind::scope_enter, loop_.site(at_), loop_.cause(),
               {.a = scope_.value, .c = static_cast<std::uint8_t>(ScopeType::group)});
  }
  const char* refuses() const;
  void adopt(TaskBase* task);
  Task<void> leave(std::exception_ptr error);
  ScopeId scope() const { return scope_; }

 private:
  void task_done(TaskBase& task);
  void abort(CancelReason why);

  Loop& loop_;
  Ref<TaskBase> parent_;
  Place at_;
  ScopeId scope_;
  std::vector<Ref<TaskBase>> tasks_;  ///< in order of creation; those that have ended go now and then
  std::size_t unfinished_ = 0, tidy_at_ = 32;
  std::vector<std::exception_ptr> errors_;
  Ref<FutureBase> completed_;
  bool exiting_ = false, aborting_ = false, ended_ = false, parent_cancel_requested_ = false;
};

TaskGroup::TaskGroup(Place at) : state_(new State(at)) {}
TaskGroup::State& TaskGroup::state() const { return static_cast<State&>(*state_); }
const char* TaskGroup::refuses() const { return state_ ? state().refuses() : "TaskGroup has not been entered"; }
ScopeId TaskGroup::scope() const { return state().scope(); }
void TaskGroup::adopt(TaskBase* task) { state().adopt(task); }
Task<void> TaskGroup::leave(std::exception_ptr error) { return state().leave(std::move(error)); }

const char* TaskGroup::State::refuses() const {
  if (ended_ || (exiting_ && unfinished_ == 0)) return "TaskGroup is finished";
  return aborting_ ? "TaskGroup is shutting down" : nullptr;
}

void TaskGroup::State::adopt(TaskBase* task) {
  if (tasks_.size() >= tidy_at_) {
    std::erase_if(tasks_, [](const auto& member) { return member->done(); });
    tidy_at_ = std::max<std::size_t>(32, tasks_.size() * 2);
  }
  tasks_.emplace_back(task);
  ++unfinished_;
  task->add_done_callback(
      {[](Counted& self, FutureBase& ended) { static_cast<State&>(self).task_done(static_cast<TaskBase&>(ended)); }, this});
}

void TaskGroup::State::abort(CancelReason why) {
  aborting_ = true;
  const auto members = tasks_;  // in creation order, where CPython's set has none (rule G3)
  for (const auto& task : members)
    if (!task->done()) task->cancel({{}, why, scope_, at_});
}

void TaskGroup::State::task_done(TaskBase& task) {
  --unfinished_;
  if (completed_ && unfinished_ == 0 && !completed_->done()) completed_->set_finished();
  if (task.cancelled()) return;  // rule G6
  auto error = task.error();
  if (!error) return;
  errors_.push_back(std::move(error));
  if (parent_->done()) return;
  if (!aborting_ && !parent_cancel_requested_) {
    abort(CancelReason::sibling_failed);
    parent_cancel_requested_ = true;
    parent_->cancel({{}, CancelReason::sibling_failed, scope_, at_});
  }
}

Task<void> TaskGroup::State::leave(std::exception_ptr error) {
  const Ref<State> alive(this);
  exiting_ = true;
  const bool body_cancelled = error && is_cancelled_error(error);
  std::exception_ptr propagate = body_cancelled ? error : nullptr;
  if (error && !aborting_) abort(body_cancelled ? CancelReason::parent : CancelReason::sibling_failed);

  while (unfinished_ > 0) {
    if (!completed_) {
      completed_ = new FutureBase;
      completed_->wait = Wait::group;
      completed_->object = scope_.value;
    }
    std::exception_ptr interrupted;
    try {
      co_await Waiting(completed_, at_);
    } catch (const CancelledError&) { interrupted = std::current_exception(); }
    if (interrupted && !aborting_) {
      propagate = interrupted;
      abort(CancelReason::parent);
    } else if (interrupted) {
      parent_->settle(scope_);  // more requests while aborting are counted, no more (rule G15)
    }
    completed_ = {};
  }

  ended_ = true;
  tasks_.clear();
  if (parent_cancel_requested_) {
    parent_->settle(scope_);
    if (parent_->uncancel() == 0) propagate = nullptr;
  }
  const bool failed = !errors_.empty() || (error && !body_cancelled);
  const Outcome how = failed ? Outcome::raised : propagate ? Outcome::cancelled : Outcome::returned;
  loop_.emit(Kind::scope_exit, loop_.site(at_), loop_.cause(), {.a = scope_.value, .c = static_cast<std::uint8_t>(how)});
  if (propagate && errors_.empty()) std::rethrow_exception(propagate);
  if (error && !body_cancelled) errors_.push_back(error);
  if (!errors_.empty()) {
    if (parent_->cancelling()) {  // rule G8: a request from outside is renewed, so that it is not lost
      parent_->uncancel();
      parent_->cancel({{}, CancelReason::call, scope_, at_});
    }
    throw ExceptionGroup("unhandled errors in a TaskGroup", std::exchange(errors_, {}));
  }
}

}  // namespace awaitscope::runtime

#include "core/runtime/trio/cancel_status.h"

#include <algorithm>

namespace awaitscope::trio {

CancelStatus::CancelStatus(CancelScope::State& scope, CancelStatus* parent) : scope_(&scope) { set_parent(parent); }

CancelStatus::~CancelStatus() { close(); }

bool CancelStatus::parent_cancellation_is_visible() const {
  return parent_ && !(scope_ && scope_->shield()) && parent_->effectively_cancelled_;
}

void CancelStatus::set_parent(CancelStatus* parent) {
  if (parent_) std::erase(parent_->children, this);
  parent_ = parent;
  if (!parent_) return;
  parent_->children.push_back(this);
  recalculate();
}

void CancelStatus::close() {
  set_parent(nullptr);
  scope_ = nullptr;
}

void CancelStatus::recalculate() {
  std::vector<CancelStatus*> todo(1, this);
  while (!todo.empty()) {
    CancelStatus* current = todo.back();
    todo.pop_back();
    const bool cancelled = (current->scope_ && current->scope_->cancel_called()) || current->parent_cancellation_is_visible();
    if (cancelled == current->effectively_cancelled_) continue;
    current->effectively_cancelled_ = cancelled;
    if (cancelled) {
      const auto inside = current->tasks;
      for (TaskBase* task : inside) Seat::of(*task).attempt_delivery();
    }
    todo.insert(todo.end(), current->children.begin(), current->children.end());
  }
}

Seq CancelStatus::cause() const {
  Seq cause = 0;
  for (const CancelStatus* node = this; node; node = node->parent_.get()) {
    if (node->scope_ && node->scope_->cancelled_by()) cause = node->scope_->cancelled_by();
    if (!node->parent_cancellation_is_visible()) break;
  }
  return cause;
}

// ------------------------------------------------------------------------------------------------ seats

Seat& Seat::of(TaskBase& task) {
  if (!task.mode) task.mode = new Seat(task);
  return static_cast<Seat&>(*task.mode);
}

Seat& Seat::current() {
  TaskBase* task = Loop::running().current_task();
  if (!task) runtime::misuse<runtime::RuntimeError>("must be called from async context", Place::current());
  return of(*task);
}

void Seat::move_to(CancelStatus* status) {
  if (status_) std::erase(status_->tasks, &task_);
  status_ = status;
  if (!status_) return;
  status_->tasks.push_back(&task_);
  if (status_->effectively_cancelled()) attempt_delivery();
}

void Seat::attempt_delivery() {
  FutureBase* turn = task_.waiting_for();
  if (!turn || turn->done() || !cancelled()) return;
  Loop::Because because(Loop::running(), status_->cause());
  turn->cancel({{}, CancelReason::scope, {}, Place{}});
}

void Seat::throw_cancelled(const Place& at) {
  Loop& loop = Loop::running();
  loop.emit_for(task_.id(), Kind::cancel_delivered, loop.site(at), status_ ? status_->cause() : loop.cause(), {});
  throw Cancelled();
}

}  // namespace awaitscope::trio

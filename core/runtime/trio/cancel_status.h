#pragma once
// The tree of cancel scopes, and where each task stands in it: trio's CancelStatus, line by line.
#include "core/runtime/trio/cancel_scope.h"

namespace awaitscope::trio {

using runtime::Counted;
using runtime::FutureBase;
using runtime::Loop;
using runtime::Ref;
using runtime::TaskBase;

/// A node of the tree: one scope that is entered.
class CancelStatus : public Counted {
 public:
  CancelStatus(CancelScope::State& scope, CancelStatus* parent);
  ~CancelStatus() override;

  bool effectively_cancelled() const { return effectively_cancelled_; }
  bool parent_cancellation_is_visible() const;
  CancelStatus* parent() const { return parent_.get(); }
  void set_parent(CancelStatus* parent);
  /// The scope was left.
  void close();
  /// Brings this node and those below up to date, and delivers to tasks that are cancelled by that.
  void recalculate();
  /// The event that cancelled what is here: of the outermost scope that can be seen.
  Seq cause() const;

  std::vector<CancelStatus*> children;  ///< in order of entry
  std::vector<TaskBase*> tasks;         ///< those of which this is the innermost scope

 private:
  CancelScope::State* scope_;
  Ref<CancelStatus> parent_;
  bool effectively_cancelled_ = false;
};

/// What trio's mode keeps of a task: its innermost scope.
class Seat : public runtime::TaskMode {
 public:
  explicit Seat(TaskBase& task) : task_(task) {}
  ~Seat() override { move_to(nullptr); }
  /// The seat of a task; made when it is first asked for.
  static Seat& of(TaskBase& task);
  static Seat& current();

  CancelStatus* status() const { return status_.get(); }
  void move_to(CancelStatus* status);
  bool cancelled() const { return status_ && status_->effectively_cancelled(); }
  /// Wakes the task with Cancelled if it waits, can be interrupted, and is cancelled.
  void attempt_delivery();
  /// Throws Cancelled, recorded as delivered.
  [[noreturn]] void throw_cancelled(const Place& at);
  void suspended(TaskBase&) override { attempt_delivery(); }

  Ref<Counted> nursery;  ///< of which it is a child

 private:
  TaskBase& task_;
  Ref<CancelStatus> status_;
};

class CancelScope::State final : public Counted {
 public:
  /// `hidden`: a scope that the trace does not tell of.
  State(std::optional<Instant> deadline, bool shield, bool hidden = false)
      : loop_(Loop::running()), deadline_(deadline), shield_(shield), hidden_(hidden) {}
  ~State() override;

  void cancel(CancelReason why, const Place& at);
  bool cancel_called();
  bool cancelled_caught() const { return cancelled_caught_; }
  std::optional<Instant> deadline() const { return deadline_; }
  void set_deadline(std::optional<Instant> deadline, const Place& at);
  bool shield() const { return shield_; }
  void set_shield(bool shield);
  void enter(ScopeType type, const Place& at);
  std::exception_ptr close(std::exception_ptr error);

  CancelStatus* status() const { return status_.get(); }
  ScopeId id() const { return id_; }
  Seq cancelled_by() const { return cancelled_by_; }

 private:
  class Deadline;
  Seq tell(Kind kind, SiteId site, Seq cause, Recorder::Fields fields);
  void update_deadline();
  std::exception_ptr without_cancelled(const std::exception_ptr& error);

  Loop& loop_;
  std::optional<Instant> deadline_;
  bool shield_, hidden_, entered_ = false, cancel_called_ = false, cancelled_caught_ = false;
  Ref<TaskBase> task_;
  Place at_;
  ScopeId id_;
  Seq cancelled_by_ = 0;
  Ref<CancelStatus> status_;
  Ref<runtime::Timer> registered_;
};

}  // namespace awaitscope::trio

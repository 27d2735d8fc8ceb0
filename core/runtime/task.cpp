#include "core/runtime/task.h"

#include <algorithm>

#include "core/runtime/intervened.h"

namespace awaitscope::runtime {

TaskBase::TaskBase(std::string_view name, const PromiseBase& root, std::coroutine_handle<> frame, ScopeId scope, Place at)
    : root_(frame), root_promise_(root), id_(loop_->next_task_id()), leaf_(frame), in_scope_(scope.value != 0) {
  const std::string_view shown = name.empty() ? plain_function_name(root.function) : name;
  name_ = shown;
  wait = Wait::task;
  object = id_.value;
  Recorder& recorder = loop_->recorder();
  const TaskId parent = loop_->current_id();
  const Seq created = loop_->emit_for(id_, Kind::task_created, loop_->site(at), loop_->cause(),
                                      {.a = parent.value, .b = recorder.text(shown).value, .d = scope.value});
  loop_->register_task(*this);
  Loop::Because because(*loop_, created);
  make_ready(WhyReady::start, 0);
}

TaskBase::~TaskBase() { abandon(); }

void TaskBase::abandon() {
  if (!root_) return;
  if (Intervened* on = loop_->intervened(); on && on->threads() && on->threads()->stands(*this)) {
    TaskBase* const before = std::exchange(loop_->current_, this);
    on->threads()->unwind(*this);
    loop_->current_ = before;
  }
  if (!done()) {
    loop_->forget_task(*this);
    loop_->diagnose({.what = Diagnosis::destroyed_pending, .text = name_, .object = id_.value});
  }
  if (const auto future = std::exchange(waiting_for_, {})) future->remove_done_callback(this);  // they would keep each other
  if (loop_->closed()) {
    forget_callbacks();
    mode = {};
  }
  std::exchange(root_, {}).destroy();
}

bool TaskBase::cancel(const CancelCall& call) {
  if (done()) {
    mark_retrieved();  // rule N3
    return false;
  }
  ++requests_;
  undelivered_ = true;
  request_ = loop_->emit_for(id_, Kind::cancel_requested, loop_->site(call.at), loop_->cause(),
                             {.a = loop_->actor().value,
                              .b = call.scope.value,
                              .c = static_cast<std::uint8_t>(call.why),
                              .d = loop_->recorder().text(call.message).value});
  Loop::Because because(*loop_, request_);
  if (Intervened* on = loop_->intervened(); on && on->shields(name_) && cleaning_up()) {
    undelivered_ = false;
    loop_->emit_for(id_, Kind::cancel_shielded, loop_->site(call.at), request_, {});
    return true;
  }
  if (waiting_for_) {
    CancelCall passed = call;
    if (waiting_for_->wait == Wait::task || waiting_for_->wait == Wait::gather) {
      loop_->emit_for(id_, Kind::cancel_propagated, loop_->site(call.at), request_,
                      {.a = waiting_for_->wait == Wait::task ? waiting_for_->object : 0,
                       .b = waiting_for_->wait == Wait::gather ? waiting_for_->object : 0});
      passed.why = CancelReason::parent;
    }
    const Ref<FutureBase> future = waiting_for_;
    if (future->cancel(passed)) return true;
  }
  must_cancel_ = true;  // rule C3
  message_ = call.message;
  return true;
}

int TaskBase::uncancel() {
  if (requests_ > 0) {
    if (--requests_ == 0 && must_cancel_) tell_dropped();
    loop_->emit_for(id_, Kind::cancel_uncancelled, {}, loop_->cause(), {.a = static_cast<std::uint32_t>(requests_)});
    if (requests_ == 0) must_cancel_ = false;  // rule U3
  }
  return requests_;
}

void TaskBase::settle(ScopeId scope) {
  bool any = false;
  for (auto& weak : tokens_)
    if (auto token = weak.lock()) {
      token->settle();
      any = true;
    }
  tokens_.clear();
  if (any || delivered_)
    loop_->emit_for(id_, Kind::cancel_caught, {}, delivered_ ? delivered_ : loop_->cause(), {.a = scope.value});
  delivered_ = 0;
}

void TaskBase::wait_for(std::coroutine_handle<> frame, FutureBase& future, SiteId site) {
  leaf_ = frame;
  waiting_for_ = &future;
  wait_kind_ = future.wait;
  wait_object_ = future.object;
  wait_site_ = site;
  future.add_done_callback({&TaskBase::wake, this, true});  // its next step is the handle
}

void TaskBase::yield(std::coroutine_handle<> frame, SiteId site) {
  leaf_ = frame;
  wait_kind_ = Wait::yield;
  wait_object_ = 0;
  wait_site_ = site;
}

void TaskBase::throw_cancelled(std::string message) {
  undelivered_ = false;
  if (Intervened* on = loop_->intervened()) on->asked(*this);
  delivered_ = loop_->emit_for(id_, Kind::cancel_delivered, wait_site_, request_, {});
  auto token = std::make_shared<CancelToken>(*this, delivered_);
  std::erase_if(tokens_, [](auto& weak) { return weak.expired(); });
  tokens_.push_back(token);
  throw CancelledError(std::move(message), std::move(token));
}

void TaskBase::resumed(FutureBase* waited_for) {
  const bool passed_down = undelivered_ && waited_for && waited_for->carries_cancelled_error();
  if (passed_down || must_cancel_) {
    must_cancel_ = false;
    if (waited_for) waited_for->mark_retrieved();
    // The error of what it waits for is on its way already, whatever was asked since (rule C2).
    if (waited_for && waited_for->carries_cancelled_error()) throw_cancelled(waited_for->take_message());
    throw_cancelled(message_);
  }
  undelivered_ = false;  // a child that swallowed shields its parent (rule C12)
}

void TaskBase::token_released(const CancelToken& token) {
  if (requests_ == 0 || loop_->closed() || done() || (root_ && root_.done())) return;
  // Another delivery is under way: the request was handed on, not lost.
  for (auto& weak : tokens_)
    if (auto other = weak.lock(); other && other.get() != &token) return;
  if (Intervened* on = loop_->intervened(); on && on->ask_again(*this, token.delivered())) {
    cancel({"asked again", CancelReason::scope, {}, Place{}});
    --requests_;  // it is the same request
    return;
  }
  const bool in_step = loop_->current_task() == this;
  loop_->emit_for(id_, Kind::cancel_swallowed, wait_site_, token.delivered(), {.a = in_step ? innermost.value : 0});
  delivered_ = 0;
}

bool TaskBase::cleaning_up() const {
  return delivered_ != 0 && std::any_of(tokens_.begin(), tokens_.end(), [](const auto& token) { return !token.expired(); });
}

void TaskBase::tell_dropped() {
  Intervened* on = loop_->intervened();
  if (const Seq delivered = on ? on->pending(*this) : 0)
    loop_->emit_for(id_, Kind::cancel_swallowed, wait_site_, delivered, {});
}

void TaskBase::orphaned() noexcept {
  if (!root_) return;
  if (loop_->closed()) return abandon();  // rule N7
  if (in_scope_ || has_callbacks() || std::exchange(told_orphaned_, true)) return;
  loop_->emit(Kind::handle_dropped, {}, loop_->cause(), {.a = id_.value});
}

void TaskBase::make_ready(WhyReady why, std::uint32_t object) {
  ready_ = loop_->emit_for(id_, Kind::task_ready, {}, loop_->cause(),
                           {.a = loop_->actor().value, .b = object, .c = static_cast<std::uint8_t>(why)});
  loop_->call_soon({.run = &TaskBase::run_step, .object = this, .argument = {}, .call = nullptr, .cause = ready_, .by = id_});
}

namespace {
WhyReady why_after(Wait wait) {
  switch (wait) {
    case Wait::sleep:
    case Wait::request: return WhyReady::timer;
    case Wait::task: return WhyReady::task;
    case Wait::semaphore:
    case Wait::lock: return WhyReady::released;
    case Wait::event:
    case Wait::barrier:
    case Wait::queue_join: return WhyReady::set;
    case Wait::condition: return WhyReady::notified;
    case Wait::queue_get: return WhyReady::put;
    case Wait::queue_put: return WhyReady::got;
    case Wait::gather: return WhyReady::gather;
    case Wait::group: return WhyReady::group;
    case Wait::job: return WhyReady::job;
    default: return WhyReady::future;
  }
}
}  // namespace

void TaskBase::wake(Counted& self, FutureBase& future) {
  auto& task = static_cast<TaskBase&>(self);
  const bool by_cancel = future.cancelled() && (task.undelivered_ || task.mode);
  // An error instead of an item: the other side of a channel was closed.
  const bool closed = future.state() == State::failed && (future.wait == Wait::queue_get || future.wait == Wait::queue_put);
  task.make_ready(by_cancel ? WhyReady::cancel : closed ? WhyReady::other : why_after(future.wait), future.object);
}

void TaskBase::run_step(Loop&, Handle& handle) { static_cast<TaskBase&>(*handle.object).step(); }

void TaskBase::step() {
  Loop& loop = *loop_;
  if (done() || !root_) return;
  waiting_for_ = {};
  loop.current_ = this;
  loop.actor_ = id_;
  ++loop.steps_;
  loop.cause_ = loop.emit_for(id_, Kind::step_begin, {}, ready_, {});
  wait_kind_ = Wait::none;
  if (!std::exchange(started_, true) && must_cancel_) {
    // Rule C4: the body never runs.  The delivery is recorded, since the request did arrive.
    must_cancel_ = false;
    delivered_ = loop.emit_for(id_, Kind::cancel_delivered, {}, request_, {});
    first_message_ = std::exchange(message_, {});
    std::exchange(root_, {}).destroy();
    finish_task();
  } else {
    if (Intervened* on = loop.intervened(); on && on->threads()) [[unlikely]] {
      on->threads()->run(*this, leaf_);
    } else {
      loop.next = leaf_;
      while (auto frame = std::exchange(loop.next, {})) frame.resume();
    }
    if (loop.outcome() == RunOutcome::hang) {  // it holds the thread for ever: this step has no end
      loop.standing_ = this;
      loop.current_ = nullptr;
      return;
    }
    if (root_.done()) {
      finish_task();
    } else if (wait_kind_ == Wait::none) {
      loop.diagnose({.what = Diagnosis::lost_task, .text = name_, .object = id_.value});
    }
  }
  loop.emit_for(id_, Kind::step_end, wait_site_, loop.cause_, {.a = wait_object_, .c = static_cast<std::uint8_t>(wait_kind_)});
  if (!done()) {
    if (mode) mode->suspended(*this);
    if (wait_kind_ == Wait::yield) make_ready(WhyReady::yield, 0);
    else if (must_cancel_ && waiting_for_) {  // rule C5
      const Ref<FutureBase> future = waiting_for_;
      Loop::Because because(loop, request_);
      if (future->cancel({message_, CancelReason::parent, {}, Place{}})) must_cancel_ = false;
    }
  }
  loop.current_ = nullptr;
}

void TaskBase::finish_task() {
  std::exception_ptr error = root_ ? root_promise_.error : nullptr;
  if (Intervened* on = loop_->intervened()) error = on->leave(*this, std::move(error));
  const bool raised_cancelled = !root_ || (error && is_cancelled_error(error));
  const bool lost_value = !error && root_ && must_cancel_;  // rule C5: it asked itself to stop and returned
  for (auto& weak : tokens_)
    if (auto token = weak.lock(); token && (raised_cancelled || lost_value)) token->settle();
  const Outcome how = raised_cancelled || lost_value ? Outcome::cancelled : error ? Outcome::raised : Outcome::returned;
  if (how != Outcome::cancelled && must_cancel_) tell_dropped();
  Loop::Because because(*loop_, how == Outcome::cancelled && delivered_ ? delivered_ : 0);
  if (how == Outcome::cancelled) loop_->emit_for(id_, Kind::cancel_completed, {}, loop_->cause(), {});
  const std::string text = how == Outcome::raised ? describe(error) : std::string();
  done_ = loop_->emit_for(id_, Kind::task_done, {}, loop_->cause(),
                          {.a = loop_->recorder().text(text).value,
                           .b = static_cast<std::uint32_t>(requests_),
                           .c = static_cast<std::uint8_t>(how)});
  Loop::Because ended(*loop_, done_);
  loop_->forget_task(*this);
  wait_site_ = {};
  wait_object_ = 0;
  wait_kind_ = Wait::none;
  if (how == Outcome::cancelled) {
    if (error) {
      try {
        std::rethrow_exception(error);
      } catch (const CancelledError& cancelled) { first_message_ = cancelled.message(); }
      message_.clear();
    }
    finish(State::cancelled);
  } else if (how == Outcome::raised) {
    error_ = error;
    finish(State::failed);
  } else {
    harvest();
    finish(State::finished);
  }
  if (root_) std::exchange(root_, {}).destroy();
}

// ------------------------------------------------------------------------------------------------ what others see

AnyTask current_task(Place at) {
  TaskBase* task = Loop::running().current_task();
  if (!task) misuse<RuntimeError>("no running task", at);
  return AnyTask(task);
}

std::vector<AnyTask> all_tasks() {
  std::vector<AnyTask> out;
  for (const auto& task : Loop::running().all_tasks()) out.emplace_back(task.get());
  return out;
}

void Waiting::refuse_oneself() const {
  if (const TaskBase* task = Loop::running().current_task(); task == future_.get())
    misuse<RuntimeError>("Task cannot await on itself: " + task->name(), at_);
}

void report_retrieved(const FutureBase& task, const Place& at) {
  Loop& loop = Loop::running();
  loop.emit(Kind::result_retrieved, loop.site(at), loop.cause(), {.a = task.object});
}

CancelToken::CancelToken(TaskBase& task, std::uint32_t delivered) : task_(&task), delivered_(delivered) {}
CancelToken::~CancelToken() {
  if (!settled_) task_->token_released(*this);
}

}  // namespace awaitscope::runtime

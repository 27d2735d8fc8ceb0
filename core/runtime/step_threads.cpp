#include "core/runtime/step_threads.h"

#include <algorithm>
#include <thread>

#include "core/runtime/task.h"

namespace awaitscope::runtime {
namespace {
/// No error of the program: it unwinds frames that nobody goes on with.
struct Unwound {};
}  // namespace

struct StepThreads::Thread {
  std::thread thread{};
  std::condition_variable turn{};
  std::coroutine_handle<> frame{};   ///< to begin with; null: it has no step
  const TaskBase* stands = nullptr;  ///< whose step stands here
  bool unwinding = false;
  std::exception_ptr error{};
};

StepThreads::StepThreads(Loop& loop) : loop_(loop), pool_(&this_thread().frames()) {}

StepThreads::~StepThreads() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
    for (const auto& one : threads_) one->turn.notify_one();
  }
  for (const auto& one : threads_) one->thread.join();
}

void StepThreads::run(const TaskBase& task, std::coroutine_handle<> frame) {
  if (Thread* standing = thread_of(task)) return hand_to(*standing);
  Thread& thread = free_thread();
  thread.frame = frame;
  hand_to(thread);
}

void StepThreads::stand(const TaskBase& task) {
  std::unique_lock lock(mutex_);
  Thread& self = *std::exchange(now_, nullptr);
  self.stands = &task;
  ++standing_;
  loops_turn_.notify_one();
  self.turn.wait(lock, [&] { return now_ == &self; });
  --standing_;
  self.stands = nullptr;
  if (std::exchange(self.unwinding, false)) throw Unwound{};
}

void StepThreads::unwind(const TaskBase& task) {
  Thread* standing = thread_of(task);
  if (!standing) return;
  standing->unwinding = true;
  loop_.recorder().pause();  // it is no part of the run
  hand_to(*standing);
  loop_.recorder().resume();
}

StepThreads::Thread* StepThreads::thread_of(const TaskBase& task) const {
  if (standing_ == 0) return nullptr;
  const auto found = std::find_if(threads_.begin(), threads_.end(), [&](const auto& one) { return one->stands == &task; });
  return found == threads_.end() ? nullptr : found->get();
}

StepThreads::Thread& StepThreads::free_thread() {
  for (const auto& one : threads_)
    if (!one->frame) return *one;
  Thread& made = *threads_.emplace_back(std::make_unique<Thread>());
  made.thread = std::thread([this, &made] { live(made); });
  return made;
}

void StepThreads::hand_to(Thread& thread) {
  std::unique_lock lock(mutex_);
  now_ = &thread;
  thread.turn.notify_one();
  loops_turn_.wait(lock, [&] { return !now_; });
  if (thread.error) std::rethrow_exception(std::exchange(thread.error, {}));
}

void StepThreads::live(Thread& self) {
  this_thread().loop = &loop_;
  this_thread().pool = pool_;
  std::unique_lock lock(mutex_);
  for (;;) {
    self.turn.wait(lock, [&] { return closing_ || now_ == &self; });
    if (now_ != &self) return;
    lock.unlock();
    try {
      loop_.next = self.frame;
      while (auto frame = std::exchange(loop_.next, {})) frame.resume();
    } catch (...) { self.error = std::current_exception(); }
    lock.lock();
    self.frame = {};
    now_ = nullptr;
    loops_turn_.notify_one();
  }
}

}  // namespace awaitscope::runtime

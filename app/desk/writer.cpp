#include "app/desk/writer.h"

namespace awaitscope::desk {

Writer::Writer() : thread_([this] { work(); }) {}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Writer::write(const std::string& name, std::function<Status()> job) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.insert_or_assign(name, std::move(job));
  }
  changed_.notify_all();
}

void Writer::flush() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return jobs_.empty() && !working_; });
}

std::string Writer::take_error() {
  const std::lock_guard lock(mutex_);
  return std::exchange(error_, {});
}

void Writer::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return over_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    const std::function<Status()> job = std::move(jobs_.begin()->second);
    jobs_.erase(jobs_.begin());
    working_ = true;
    lock.unlock();
    const Status done = job();
    lock.lock();
    working_ = false;
    if (!done && error_.empty()) error_ = done.error();
    changed_.notify_all();
  }
}

}  // namespace awaitscope::desk

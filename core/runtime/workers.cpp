#include "core/runtime/workers.h"

#include <deque>
#include <mutex>
#include <thread>

namespace awaitscope::runtime {

/// The real threads.  They touch a job's `call` alone; everything else happens on the loop's thread.
struct Workers::Threads {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Job*> waiting;
  std::vector<Job*> done;
  std::vector<std::thread> threads;
  bool closing = false;
  std::function<void()> wake;

  void work() {
    std::unique_lock lock(mutex);
    for (;;) {
      changed.wait(lock, [&] { return closing || !waiting.empty(); });
      if (waiting.empty()) return;
      Job* job = waiting.front();
      waiting.pop_front();
      lock.unlock();
      job->call();
      lock.lock();
      done.push_back(job);
      wake();
    }
  }
};

Workers::Workers(Loop& loop, std::size_t count) : loop_(loop), count_(count) {
  if (!loop.steady()) return;
  threads_ = std::make_unique<Threads>();
  threads_->wake = [&gate = loop.gate()] { gate.wake(); };
}

Workers::~Workers() {
  if (!threads_) return;
  {
    std::lock_guard lock(threads_->mutex);
    threads_->closing = true;
    threads_->waiting.clear();
    threads_->changed.notify_all();
  }
  for (auto& thread : threads_->threads) thread.join();
}

void Workers::submit(Ref<Job> job) {
  ++unfinished_;
  queued_.push_back(std::move(job));
  if (loop_.steady()) start_queued();
  else loop_.external_at(loop_.now(), [this] { start_queued(); });
}

void Workers::start_queued() {
  while (busy_ < count_ && !queued_.empty()) {
    const Ref<Job> job = std::move(queued_.front());
    queued_.erase(queued_.begin());
    if (job->dropped) {
      --unfinished_;
      continue;
    }
    ++busy_;
    job->running = true;
    loop_.emit_for({}, Kind::job_started, {}, loop_.cause(), {.a = job->id.value, .b = static_cast<std::uint32_t>(busy_)});
    if (threads_) {
      job->keep();  // the thread's share; collect() gives it back
      std::lock_guard lock(threads_->mutex);
      threads_->waiting.push_back(job.get());
      if (threads_->threads.size() < count_ && threads_->threads.size() < unfinished_)
        threads_->threads.emplace_back([threads = threads_.get()] { threads->work(); });
      threads_->changed.notify_one();
      continue;
    }
    in_worker_ = true;
    taken_ = {};
    job->call();
    in_worker_ = false;
    loop_.external_at(loop_.now() + taken_, [this, job] { ended(job); });
  }
}

void Workers::ended(const Ref<Job>& job) {
  --busy_;
  --unfinished_;
  const Seq end =
      loop_.emit_for({}, Kind::job_ended, {}, loop_.cause(),
                     {.a = job->id.value, .c = static_cast<std::uint8_t>(job->raised ? Outcome::raised : Outcome::returned)});
  {
    Loop::Because because(loop_, end);
    // The result is one external event, one handle (rule I7).
    loop_.call_soon({.run = [](Loop&, Handle& handle) { static_cast<Job&>(*handle.object).deliver(); },
                     .object = job,
                     .argument = {},
                     .call = nullptr,
                     .cause = end,
                     .by = {}});
  }
  start_queued();
}

void Workers::collect() {
  if (!threads_) return;
  std::vector<Job*> done;
  {
    std::lock_guard lock(threads_->mutex);
    done.swap(threads_->done);
  }
  for (Job* job : done) {
    const Ref<Job> share(job);
    job->drop();
    ended(share);
  }
}

bool Workers::take_time(Duration length) {
  if (in_worker_) taken_ += length;
  return in_worker_;
}

}  // namespace awaitscope::runtime

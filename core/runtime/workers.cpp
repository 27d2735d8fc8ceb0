#include "core/runtime/workers.h"

#include <algorithm>
#include <mutex>
#include <thread>

#include "core/runtime/interpreter_lock.h"

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
      this_thread().job = job;
      job->call();
      this_thread().job = nullptr;
      lock.lock();
      done.push_back(job);
      wake();
    }
  }
};

Workers::Workers(Loop& loop, std::size_t count, bool processes)
    : loop_(loop), count_(count), processes_(processes), first_number_(loop.number_workers(count)), running_(count) {
  if (!loop.steady()) return;
  threads_ = std::make_unique<Threads>();
  threads_->wake = [&gate = loop.gate()] { gate.wake(); };
}

Workers::~Workers() {
  if (threads_) {
    {
      std::lock_guard lock(threads_->mutex);
      threads_->closing = true;
      threads_->waiting.clear();
      threads_->changed.notify_all();
    }
    for (auto& thread : threads_->threads) thread.join();
  }
}

void Workers::submit(Ref<Job> job) {
  ++unfinished_;
  if (loop_.threads().interpreter_lock && !processes_) job->lock = &loop_.interpreter_lock();
  job->due = loop_.steady() ? loop_.now() : loop_.now() + loop_.threads().hop;
  queued_.push_back(job);
  if (loop_.steady()) start_queued();
  else loop_.external_at(job->due, [this] { start_queued(); });
}

void Workers::unwanted(Job& job) {
  if (job.running || job.dropped) return;
  job.dropped = true;
  // As in concurrent.futures, the handle that would deliver the result comes all the same.
  schedule_delivery(Ref<Job>(&job), loop_.cause());
}

void Workers::start_queued() {
  for (;;) {
    const auto free = std::find_if(running_.begin(), running_.end(), [](const auto& job) { return !job; });
    if (free == running_.end() || queued_.empty() || queued_.front()->due > loop_.now()) return;
    const Ref<Job> job = std::move(queued_.front());
    queued_.pop_front();
    if (job->dropped) {
      loop_.emit_for({}, Kind::job_ended, {}, job->cause,
                     {.a = job->id.value, .c = static_cast<std::uint8_t>(Outcome::cancelled)});
      one_less();
      continue;
    }
    *free = job;
    job->running = true;
    job->worker = first_number_ + static_cast<std::uint32_t>(free - running_.begin());
    job->cause = loop_.emit_for({}, Kind::job_started, {}, job->cause, {.a = job->id.value, .b = job->worker});
    if (threads_) hand_to_thread(job);
    else simulate(job);
  }
}

void Workers::simulate(const Ref<Job>& job) {
  ThreadState& thread = this_thread();  // for the function this is another thread: no loop runs on it
  thread.loop = nullptr;
  thread.job = job.get();
  job->call();
  thread.job = nullptr;
  thread.loop = &loop_;
  if (job->lock) go_on_under_lock(job, 0);
  else play(job);
}

/// Nothing can hold the job up: when it does what is known beforehand.
void Workers::play(const Ref<Job>& job) {
  Duration after{};
  for (const Job::Part& part : job->parts) {
    after += part.length;
    if (part.what == Job::Part::What::line) loop_.external_at(loop_.now() + after, [this, part] { say(part); });
  }
  loop_.external_at(loop_.now() + after, [this, job] { ended(job); });
}

void Workers::go_on_under_lock(const Ref<Job>& job, std::size_t part) {
  for (; part < job->parts.size(); ++part) {
    const Job::Part& now = job->parts[part];
    const auto next = [this, job, part] { go_on_under_lock(job, part + 1); };
    switch (now.what) {
      case Job::Part::What::line: say(now); break;
      case Job::Part::What::wait: return loop_.external_at(loop_.now() + now.length, next);
      case Job::Part::What::compute: return job->lock->compute(job, now.length, next);
    }
  }
  ended(job);
}

void Workers::say(const Job::Part& line) {
  loop_.emit_for({}, Kind::log, loop_.site(line.at), 0, {.a = loop_.recorder().text(line.text).value});
}

void Workers::hand_to_thread(const Ref<Job>& job) {
  job->simulated = false;
  job->slowness = loop_.gate().slowness();
  std::lock_guard lock(threads_->mutex);
  threads_->waiting.push_back(job.get());
  if (threads_->threads.size() < count_ && threads_->threads.size() < unfinished_)
    threads_->threads.emplace_back([threads = threads_.get()] { threads->work(); });
  threads_->changed.notify_one();
}

void Workers::ended(const Ref<Job>& job) {
  running_[job->worker - first_number_] = {};
  const Seq end =
      loop_.emit_for({}, Kind::job_ended, {}, job->cause,
                     {.a = job->id.value, .c = static_cast<std::uint8_t>(job->raised ? Outcome::raised : Outcome::returned)});
  schedule_delivery(job, end);
  one_less();
  start_queued();
}

Ref<FutureBase> Workers::joined() {
  joined_ = new FutureBase;
  if (unfinished_ == 0) joined_->set_finished();
  return joined_;
}

void Workers::one_less() {
  if (--unfinished_ > 0 || !joined_) return;
  loop_.call_soon({.run = [](Loop&, Handle& handle) { static_cast<FutureBase&>(*handle.object).set_finished(); },
                   .object = std::exchange(joined_, {}),
                   .argument = {},
                   .call = nullptr,
                   .cause = loop_.cause(),
                   .by = {}});
}

void Workers::schedule_delivery(const Ref<Job>& job, Seq cause) {
  // The result is one external event, one handle (rule I7).
  loop_.call_soon({.run = [](Loop&, Handle& handle) { static_cast<Job&>(*handle.object).deliver(); },
                   .object = job,
                   .argument = {},
                   .call = nullptr,
                   .cause = cause,
                   .by = {}});
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
    for (const Job::Part& part : job->parts)
      if (part.what == Job::Part::What::line) say(part);
    ended(share);
  }
}

// ------------------------------------------------------------------------------------------------ on the worker

void Job::log(const std::string& text, const Place& at) { parts.push_back({Part::What::line, {}, text, at}); }

void Job::occupy(Duration length) {
  if (!simulated) std::this_thread::sleep_for(length * slowness);
  parts.push_back({Part::What::wait, length});
}

void Job::compute(Duration length) {
  if (!simulated && lock) lock->really_hold(length * slowness);
  else if (!simulated) std::this_thread::sleep_for(length * slowness);
  // Between two computations nothing lets go of the lock.
  if (!parts.empty() && parts.back().what == Part::What::compute) parts.back().length += length;
  else parts.push_back({Part::What::compute, length});
}

}  // namespace awaitscope::runtime

#pragma once
// The programs that are measured, one for each kind of operation; written once, for the runtime and for the ideal, which
// have the same names for the same things.
//
// Each does `n` operations, of which `at_once` are under way together, and gives n: who runs it sees that nothing was left
// out.  `n` is a multiple of `at_once`.
#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

namespace awaitscope::bench {

using namespace std::chrono_literals;

inline void check_all_done(long done, long n) {
  if (done != n) throw std::logic_error("the program did " + std::to_string(done) + " of " + std::to_string(n) + " operations");
}

/// `Runtime` says what the names mean: Task (of a number), Handle, Semaphore, Cancelled, create_task, gather, sleep, yield.
template <class Runtime>
struct Programs {
  using Task = typename Runtime::Task;
  using Handle = typename Runtime::Handle;
  using Semaphore = typename Runtime::Semaphore;

  // --- a task that does nothing: started and joined
  static Task one() { co_return 1; }
  static Task spawn(long n, long at_once) {
    long done = 0;
    while (done < n) {
      std::vector<Task> tasks = several(at_once, [](long) { return one(); });
      const auto results = co_await Runtime::gather(std::move(tasks));
      done += sum(results);
    }
    co_return done;
  }

  // --- one pass through the ready queue
  static Task yielder(long times) {
    for (long i = 0; i < times; ++i) co_await Runtime::yield();
    co_return times;
  }
  static Task yield(long n, long at_once) {
    std::vector<Task> tasks = several(at_once, [=](long) { return yielder(n / at_once); });
    const auto results = co_await Runtime::gather(std::move(tasks));
    co_return sum(results);
  }

  // --- a task that sleeps once; the deadlines differ and come in no order
  static Task sleeper(std::chrono::nanoseconds delay) {
    co_await Runtime::sleep(delay);
    co_return 1;
  }
  static Task timer(long n, long at_once) {
    long done = 0;
    while (done < n) {
      std::vector<Task> tasks = several(at_once, [=](long i) { return sleeper(scattered(i, at_once)); });
      const auto results = co_await Runtime::gather(std::move(tasks));
      done += sum(results);
    }
    co_return done;
  }

  // --- a task that waits for one of ten permits, keeps it for a pass and hands it on
  static Task worker(Semaphore* permits) {
    co_await permits->acquire();
    co_await Runtime::yield();
    permits->release();
    co_return 1;
  }
  static Task semaphore(long n, long at_once) {
    Semaphore permits(10);
    long done = 0;
    while (done < n) {
      std::vector<Task> tasks = several(at_once, [&](long) { return worker(&permits); });
      const auto results = co_await Runtime::gather(std::move(tasks));
      done += sum(results);
    }
    co_return done;
  }

  // --- one level in a chain of awaits
  static Task deep(long levels) {
    if (levels == 0) co_return 0;
    const long below = co_await deep(levels - 1);
    co_return below + 1;
  }
  static Task await(long n, long at_once) {
    long done = 0;
    while (done < n) {
      const long levels = co_await deep(at_once);
      done += levels;
    }
    co_return done;
  }

  // --- a task that is cancelled in its sleep; who awaits it catches the error
  static Task cancel(long n, long at_once) {
    long caught = 0;
    while (caught < n) {
      std::vector<Handle> tasks = sleepers(at_once);
      co_await Runtime::yield();
      for (Handle& task : tasks) {
        task.cancel();
        try {
          co_await task;
        } catch (const typename Runtime::Cancelled&) { ++caught; }
      }
    }
    co_return caught;
  }

  // --- the same, but all at once and joined without a throw
  static Task cancel_settled(long n, long at_once) {
    long cancelled = 0;
    while (cancelled < n) {
      std::vector<Handle> tasks = sleepers(at_once);
      co_await Runtime::yield();
      for (Handle& task : tasks) task.cancel();
      const auto results = co_await Runtime::gather_settled(std::move(tasks));
      for (const auto& result : results) cancelled += !result.ok();
    }
    co_return cancelled;
  }

 private:
  static std::chrono::nanoseconds scattered(long i, long count) { return 1s + i * 2654435761 % count * 100ns; }
  template <class Make>
  static std::vector<Task> several(long count, Make make) {
    std::vector<Task> tasks;
    tasks.reserve(static_cast<std::size_t>(count));
    for (long i = 0; i < count; ++i) tasks.push_back(make(i));
    return tasks;
  }
  static std::vector<Handle> sleepers(long count) {
    std::vector<Handle> tasks;
    tasks.reserve(static_cast<std::size_t>(count));
    for (long i = 0; i < count; ++i) tasks.push_back(Runtime::create_task(sleeper(scattered(i, count))));
    return tasks;
  }
  template <class Results>
  static long sum(const Results& results) {
    long sum = 0;
    for (const long result : results) sum += result;
    return sum;
  }
};

}  // namespace awaitscope::bench

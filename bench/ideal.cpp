#include "bench/ideal.h"

#include "bench/operations.h"
#include "bench/programs.h"

namespace awaitscope::bench::ideal {
namespace {

struct Ideal {
  using Task = ideal::Task;
  using Handle = ideal::Handle;
  using Semaphore = ideal::Semaphore;
  using Cancelled = ideal::Cancelled;
  static auto create_task(Task coroutine) { return Handle(std::move(coroutine)); }
  static auto gather(std::vector<Task> tasks) { return Gather<Task>(std::move(tasks)); }
  static auto gather_settled(std::vector<Handle> tasks) { return Gather<Handle>(std::move(tasks)); }
  static auto sleep(std::chrono::nanoseconds delay) { return Sleep(delay); }
  static auto yield() { return Yield(); }
};
using P = Programs<Ideal>;

}  // namespace

void spawn(long n, long at_once) { check_all_done(run(P::spawn(n, at_once)), n); }
void yield(long n, long at_once) { check_all_done(run(P::yield(n, at_once)), n); }
void timer(long n, long at_once) { check_all_done(run(P::timer(n, at_once)), n); }
void semaphore(long n, long at_once) { check_all_done(run(P::semaphore(n, at_once)), n); }
void await(long n, long at_once) { check_all_done(run(P::await(n, at_once)), n); }
void cancel(long n, long at_once) { check_all_done(run(P::cancel(n, at_once)), n); }
void cancel_settled(long n, long at_once) { check_all_done(run(P::cancel_settled(n, at_once)), n); }

}  // namespace awaitscope::bench::ideal

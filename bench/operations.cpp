#include "bench/operations.h"

#include <limits>

#include "bench/programs.h"
#include "core/runtime/runtime.h"

namespace awaitscope::bench {
namespace {

struct Awaitscope {
  using Task = runtime::Task<long>;
  using Handle = runtime::TaskHandle<long>;
  using Semaphore = runtime::Semaphore;
  using Cancelled = runtime::CancelledError;
  static auto create_task(Task coroutine) { return runtime::create_task(std::move(coroutine)); }
  static auto gather(std::vector<Task> tasks) { return runtime::gather(std::move(tasks)); }
  static auto gather_settled(std::vector<Handle> tasks) { return runtime::gather_settled(std::move(tasks)); }
  static auto sleep(Duration delay) { return runtime::sleep(delay); }
  static auto yield() { return runtime::sleep(0ms); }
};

template <auto program>
void run(long n, long at_once, Sink* sink) {
  constexpr auto all = std::numeric_limits<std::uint64_t>::max();
  runtime::RunOptions options;
  options.sink = sink;
  options.limits = {.events = all, .steps_at_one_instant = all};
  long done = 0;
  const auto main = [&]() -> runtime::Task<void> { done = co_await program(n, at_once); };
  const runtime::RunResult result = runtime::run(main, options);
  if (result.error) std::rethrow_exception(result.error);
  check_all_done(done, n);
}

using P = Programs<Awaitscope>;
constexpr Operation all[] = {
    {"spawn", 100'000, 1000, true, run<P::spawn>, ideal::spawn},
    {"yield", 100'000, 100, false, run<P::yield>, ideal::yield},
    {"timer", 100'000, 1000, true, run<P::timer>, ideal::timer},
    {"semaphore", 100'000, 1000, true, run<P::semaphore>, ideal::semaphore},
    {"await", 100'000, 1000, false, run<P::await>, ideal::await},
    {"cancel", 5'000, 100, false, run<P::cancel>, ideal::cancel},
    {"cancel_settled", 5'000, 100, false, run<P::cancel_settled>, ideal::cancel_settled},
};

}  // namespace

std::span<const Operation> operations() { return all; }

}  // namespace awaitscope::bench

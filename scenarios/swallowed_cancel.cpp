// A timeout of one second around a worker that will not be told.
//
// Cancel is one exception, delivered once.  Eat it and the request is gone, with everything above (timeouts, groups,
// shutdown) counting on it.  Clean up, then raise it again.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

// @begin bad
Task<std::string> stubborn(Settings set) {
  try {
    co_await sleep(set.time("work"));  // @a
  } catch (const CancelledError&) {
    log("cancelled, but who cares");  // @b
  }
  co_await sleep(set.time("more"));  // @c
  co_return "late";
}

Task<void> bad(Settings set) {
  auto worker = create_task(stubborn(set), "worker");  // @d
  try {
    auto got = co_await with_timeout(set.time("timeout"), [&]() -> Task<std::string> {  // @e
      co_return co_await worker;  // @f
    });
    log("got", got);  // @g
  } catch (const TimeoutError&) {
    log("timed out");  // @h
  }
}
// @end bad

// @begin fixed
Task<std::string> obedient(Settings set) {
  std::exception_ptr stop;
  try {
    co_await sleep(set.time("work"));  // @a
  } catch (const CancelledError&) {
    stop = std::current_exception();  // no await in a handler
  }
  if (stop) {
    log("cleaning up");  // @b
    co_await sleep(set.time("cleanup"));  // @c
    std::rethrow_exception(stop);
  }
  co_return "done";
}

Task<void> fixed(Settings set) {
  auto worker = create_task(obedient(set), "worker");  // @d
  try {
    auto got = co_await with_timeout(set.time("timeout"), [&]() -> Task<std::string> {  // @e
      co_return co_await worker;  // @f
    });
    log("got", got);  // @g
  } catch (const TimeoutError&) {
    log("timed out");  // @h
  }
}
// @end fixed

}  // namespace

Scenario swallowed_cancel() {
  Scenario out;
  out.id = "L16";
  out.name = "swallowed_cancel";
  out.topic = "Stopping";
  out.title = "A timeout that does nothing, because the worker eats its cancel";
  out.watch = "The cancel strikes the worker at 1.0 s and the bar goes on for 3.0 s more; fixed, it ends within its clean-up.";
  out.parameters = {{"timeout", "s", 1, 0.1, 10, 0.1, "how long the caller is willing to wait"},
                    {"work", "s", 10, 0.1, 60, 0.1, "how long the worker's main part takes"},
                    {"more", "s", 3, 0, 20, 0.1, "what the worker does after it swallowed the cancel (bad version)"},
                    {"cleanup", "s", 0.2, 0, 5, 0.1, "how long its clean-up takes (fixed version)"}};
  out.variants = {{"bad", bad}, {"fixed", fixed}};
  out.findings = {"cancel-swallowed"};
  return out;
}

}  // namespace awaitscope::scenarios

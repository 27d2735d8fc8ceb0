// A timeout of one second around a worker that will not be told.
//
// Cancel is one exception, delivered once.  Eat it and the request is gone, with everything above (timeouts, groups,
// shutdown) counting on it.  Clean up, then raise it again.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

using Text = Task<std::string>;

// @begin bad
Text stubborn(Settings set) {
  try {
    co_await sleep(set.time("work"));  // @a
  } catch (const CancelledError&) {
    log("cancelled, but who cares");  // @b
  }
  co_await sleep(set.time("more"));  // @c
  co_return "late";
}

Task<void> bad(Settings set) {
  auto limit = set.time("timeout");
  auto worker = create_task(stubborn(set), "worker");  // @d
  try {
    auto got = co_await with_timeout(limit, [&]() -> Text {  // @e
      co_return co_await worker;  // @f
    });
    log("got", got);  // @g
  } catch (const TimeoutError&) {
    log("timed out");  // @h
  }
}
// @end bad

// @begin fixed
Text obedient(Settings set) {
  std::exception_ptr stop;
  try {
    co_await sleep(set.time("work"));  // @a
  } catch (const CancelledError&) {
    stop = std::current_exception();  // no await here
  }
  if (!stop) co_return "done";
  log("cleaning up");  // @b
  co_await sleep(set.time("cleanup"));  // @c
  std::rethrow_exception(stop);
}

Task<void> fixed(Settings set) {
  auto limit = set.time("timeout");
  auto worker = create_task(obedient(set), "worker");  // @d
  try {
    auto got = co_await with_timeout(limit, [&]() -> Text {  // @e
      co_return co_await worker;  // @f
    });
    log("got", got);  // @g
  } catch (const TimeoutError&) {
    log("timed out");  // @h
  }
}
// @end fixed

std::string promise(const Told& run, const Settings& set) {
  if (run.seconds() <= set.number("timeout") + set.number("cleanup") + 1e-6) return "";
  return "the caller waited " + seconds(run.trace.end(), 1) + " s";
}

}  // namespace

Scenario swallowed_cancel() {
  Scenario out;
  out.id = "L16";
  out.name = "swallowed_cancel";
  out.parameters = {{"timeout", "s", 1, 0.1, 10, 0.1},
                    {"work", "s", 10, 0.1, 60, 0.1},
                    {"more", "s", 3, 0, 20, 0.1},
                    {"cleanup", "s", 0.2, 0, 5, 0.1}};
  out.variants = {{"bad", bad, {"cancel-swallowed"}}, {"fixed", fixed, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios

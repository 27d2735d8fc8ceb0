// A timeout of one second around a worker that will not be told.
//
// Cancel is one exception, delivered once.  Eat it and the request is gone, with everything above (timeouts, groups,
// shutdown) counting on it.  Clean up, then raise it again.
#include "core/runtime/trio/trio.h"
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

using Text = Task<std::string>;
using Body = Task<void>;

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

// @begin bad.return
Text half(Settings set) {
  try {
    co_await sleep(set.time("work"));  // @a
    co_return "done";
  } catch (const CancelledError&) {
    co_return "half of it";
  }
}

Task<void> bad_return(Settings set) {
  auto limit = set.time("timeout");
  try {
    auto got = co_await with_timeout(limit, [&]() -> Text {  // @e
      co_return co_await half(set);  // @f
    });
    log("got", got);  // @g
  } catch (const TimeoutError&) {
    log("timed out");  // @h
  }
}
// @end bad.return

// @begin bad.loop
Text tireless(Settings set) {
  for (;;)
    try {
      co_await sleep(set.time("work"));  // @a
      co_return "done";
    } catch (const CancelledError&) {
      log("interrupted, once more");  // @b
    }
}

Task<void> bad_loop(Settings set) {
  auto limit = set.time("timeout");
  try {
    auto got = co_await with_timeout(limit, [&]() -> Text {  // @e
      co_return co_await tireless(set);  // @f
    });
    log("got", got);  // @g
  } catch (const TimeoutError&) {
    log("timed out");  // @h
  }
}
// @end bad.loop

// @begin bad.bare
Text careless(Settings set) {
  try {
    co_await sleep(set.time("work"));  // @a
  } catch (...) {
    log("some error, never mind");  // @b
  }
  co_await sleep(set.time("more"));  // @c
  co_return "late";
}

Task<void> bad_bare(Settings set) {
  auto limit = set.time("timeout");
  try {
    auto got = co_await with_timeout(limit, [&]() -> Text {  // @e
      co_return co_await careless(set);  // @f
    });
    log("got", got);  // @g
  } catch (const TimeoutError&) {
    log("timed out");  // @h
  }
}
// @end bad.bare

// @begin bad.group
Task<void> deaf(Settings set) {
  try {
    co_await sleep(set.time("work"));  // @a
  } catch (const CancelledError&) {
    log("cancelled, but who cares");  // @b
  }
  co_await sleep(set.time("more"));  // @c
}

Task<void> fails(Settings set) {
  co_await sleep(set.time("timeout"));  // @d
  throw ServiceError("no such page");
}

Task<void> bad_group(Settings set) {
  try {
    co_await with_task_group([&](auto& group) -> Body {  // @e
      group.create_task(deaf(set), "worker");  // @f
      group.create_task(fails(set), "sibling");  // @g
      co_return;
    });
  } catch (const ExceptionGroup&) {
    log("the group is left");  // @h
  }
}
// @end bad.group

// @begin bad.wait_for
Text eater(Settings set) {
  try {
    co_await sleep(set.time("work"));  // @a
  } catch (const CancelledError&) {
    log("cancelled, but who cares");  // @b
  }
  co_await sleep(set.time("more"));  // @c
  co_return "late";
}

Task<void> bad_wait_for(Settings set) {
  auto limit = set.time("timeout");
  try {
    auto got = co_await wait_for(eater(set), limit);  // @e
    log("got", got);  // @g
  } catch (const TimeoutError&) {
    log("timed out");  // @h
  }
}
// @end bad.wait_for

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

// @begin fixed.exception
Text selective(Settings set) {
  try {
    co_await sleep(set.time("work"));  // @a
  } catch (const std::exception&) {
    log("an error, never mind");  // @b
  }
  co_await sleep(set.time("more"));  // @c
  co_return "late";
}

Task<void> fixed_exception(Settings set) {
  auto limit = set.time("timeout");
  try {
    auto got = co_await with_timeout(limit, [&]() -> Text {  // @e
      co_return co_await selective(set);  // @f
    });
    log("got", got);  // @g
  } catch (const TimeoutError&) {
    log("timed out");  // @h
  }
}
// @end fixed.exception

// @begin fixed.trio
Text asked_again(Settings set) {
  try {
    co_await trio::sleep(set.time("work"));  // @a
  } catch (const trio::Cancelled&) {
    log("cancelled, but who cares");  // @b
  }
  co_await trio::sleep(set.time("more"));  // @c
  co_return "late";
}

Task<void> fixed_trio(Settings set) {
  auto scope = trio::move_on_after(set.time("timeout"));
  co_await trio::with(scope, [&]() -> Body {  // @e
    auto got = co_await asked_again(set);  // @f
    log("got", got);  // @g
  });
  if (scope.cancelled_caught()) log("timed out");  // @h
}
// @end fixed.trio

std::string promise(const Told& run, const Settings& set) {
  if (run.last() == "got half of it") return "the caller takes half a result for a whole one";
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
  out.variants = {{"bad", bad, {"cancel-swallowed"}},
                  {"bad.return", bad_return, {"cancel-swallowed"}},
                  {"bad.loop", bad_loop, {"cancel-swallowed"}},
                  {"bad.bare", bad_bare, {"cancel-swallowed"}},
                  {"bad.group", bad_group, {"cancel-swallowed"}},
                  {"bad.wait_for", bad_wait_for, {"cancel-swallowed"}},
                  {"fixed", fixed, {}},
                  {"fixed.exception", fixed_exception, {}},
                  {"fixed.trio", fixed_trio, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios

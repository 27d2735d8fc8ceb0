// A worker in three pieces that eats its cancel, under asyncio and under trio.
//
// asyncio cancels a task once: eat the error, and nothing follows.  trio cancels a region until it is empty: every await in it
// raises Cancelled again, so that the same worker is out at once.  What both have, asyncio since 3.11, is a block that is not
// left before its tasks have ended.
#include "core/runtime/trio/trio.h"
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

using Body = Task<void>;

// @begin bad
Task<void> stubborn(Settings set) {
  for (int n = 1; n <= set.count("pieces"); ++n)
    try {
      co_await sleep(set.time("piece"));  // @a
      log("piece", n, "done");  // @b
    } catch (const CancelledError&) {
      log("piece", n, "cancelled");  // @c
    }
}

Task<void> bad(Settings set) {
  auto worker = create_task(stubborn(set), "worker");  // @d
  co_await sleep(set.time("cancel"));  // @e
  worker.cancel();  // @f
  co_await worker;  // @g
  log("left");  // @h
}
// @end bad

// @begin fixed
Task<void> cornered(Settings set) {
  for (int n = 1; n <= set.count("pieces"); ++n)
    try {
      co_await trio::sleep(set.time("piece"));  // @a
      log("piece", n, "done");  // @b
    } catch (const trio::Cancelled&) {
      log("piece", n, "cancelled");  // @c
    }
}

Task<void> fixed(Settings set) {
  co_await trio::with_nursery([&](auto& nursery) -> Body {  // @d
    nursery.start_soon(cornered(set), "worker");  // @w
    co_await trio::sleep(set.time("cancel"));  // @e
    nursery.cancel_scope().cancel();  // @f
  });
  log("left");  // @h
}
// @end fixed

// It would push the second half of a with_finally to the right.
// clang-format off

// @begin fixed.group
Task<void> fails(Settings set) {
  co_await sleep(set.time("cancel"));  // @a
  throw ServiceError("no such page");
}

Task<void> sibling(Settings set) {
  co_await with_finally([&]() -> Body {  // @b
    co_await sleep(set.time("piece"));  // @c
  }, [&]() -> Body {
    co_await sleep(set.time("cleanup"));  // @l
    log("the sibling is gone");  // @m
  });
}

Task<void> fixed_group(Settings set) {
  try {
    co_await with_task_group([&](auto& group) -> Body {  // @d
      group.create_task(fails(set), "fails");  // @e
      group.create_task(sibling(set), "sibling");  // @f
      co_return;
    });
  } catch (const ExceptionGroup&) {
    log("left, with the error");  // @h
  }
}
// @end fixed.group

// clang-format on

std::string promise(const Told& run, const Settings& set) {
  for (const Told::Line& line : run.logged("piece"))
    if (line.text.ends_with("done") && line.at > set.number("cancel") + 1e-9) return line.text + " after the cancel";
  return "";
}

}  // namespace

Scenario nursery_semantics() {
  Scenario out;
  out.id = "X08";
  out.name = "nursery_semantics";
  out.parameters = {{"pieces", "", 3, 1, 10, 1},
                    {"piece", "s", 2, 0.1, 10, 0.1},
                    {"cancel", "s", 1, 0.1, 10, 0.1},
                    {"cleanup", "s", 0.5, 0, 5, 0.1}};
  out.variants = {{"bad", bad, {"cancel-swallowed"}}, {"fixed", fixed, {}}, {"fixed.group", fixed_group, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios

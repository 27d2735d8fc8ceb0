// A handler starts a helper with a bare create_task; then the handler is cancelled.
//
// A task belongs to the loop, not to the function that started it, so the helper runs on with nobody to end it, to hear
// of its failure or to wait for it.  A group gives it an owner: ending, failing and cancelling all have one place to go.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

using Done = Task<void>;
using Kept = std::shared_ptr<std::vector<TaskHandle<>>>;

// @begin both
Done helper(Service journal, Settings set) {
  co_await journal.get("write", set.time("helper"));  // @h
  log("helper done");  // @i
}
// @end both

// @begin bad
Done handler(Service journal, Settings set, Kept kept) {
  auto task = create_task(helper(journal, set), "helper");  // @a
  if (set.on("keep")) kept->push_back(task);
  co_await sleep(set.time("work"));  // @b
}

Done bad(Settings set) {
  Service journal(ServiceOptions("journal"));  // @s
  Kept kept(new std::vector<TaskHandle<>>);
  auto task = create_task(handler(journal, set, kept));  // @c
  co_await sleep(set.time("cancel"));  // @d
  task.cancel();  // @e
  co_await wait(task);  // @f
  log("handler over, left", all_tasks().size() - 1);  // @g
  co_await sleep(set.time("rest"));  // @r
}
// @end bad

// @begin bad.exit
Done bad_exit(Settings set) {
  Service journal(ServiceOptions("journal"));  // @s
  auto task = create_task(helper(journal, set), "helper");  // @a
  co_await sleep(set.time("cancel"));  // @d
  log("main returns");  // @g
}
// @end bad.exit

// @begin fixed
Done owner(Service journal, Settings set) {
  co_await with_task_group([&](TaskGroup& tg) -> Done {  // @g
    tg.create_task(helper(journal, set), "helper");  // @a
    co_await sleep(set.time("work"));  // @b
  });
}

Done fixed(Settings set) {
  Service journal(ServiceOptions("journal"));  // @s
  auto task = create_task(owner(journal, set), "handler");  // @c
  co_await sleep(set.time("cancel"));  // @d
  task.cancel();  // @e
  co_await wait(task);  // @f
  log("handler over, left", all_tasks().size() - 1);  // @l
  co_await sleep(set.time("rest"));  // @r
}
// @end fixed

/// Once a handler is over, nothing of it runs any more; and what was begun is not cut in the middle.
std::string promise(const Told& run, const Settings&) {
  if (run.number("left") > 0) return "the handler is over, and a task of it runs on";
  return run.logged("main returns").empty() ? "" : "the program ended in the middle of a write";
}

}  // namespace

Scenario task_leak() {
  Scenario out;
  out.id = "L15";
  out.name = "task_leak";
  out.parameters = {{"cancel", "s", 1, 0.1, 20, 0.1},
                    {"helper", "s", 3, 0.1, 20, 0.1},
                    {"work", "s", 10, 0.1, 60, 0.1},
                    {"rest", "s", 3, 0, 20, 0.5},
                    {"keep", "", 0, 0, 1, 1}};
  out.variants = {{"bad", bad, {"orphan"}}, {"bad.exit", bad_exit, {"work-lost-at-exit"}}, {"fixed", fixed, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios

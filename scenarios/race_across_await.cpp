// A hundred tasks that each add one to a counter.
//
// Between two awaits you are alone; across one, anyone may have run.  A value that was read before an await is a memory, not
// the truth: all read 0, wait, and write 1.  A lock around the three lines helps, and so does having no await among them.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

using Counter = Cell<int>*;

// @begin bad
Task<void> increment(Counter counter, Duration pause) {
  auto seen = counter->read();  // @a
  co_await sleep(pause);  // @b
  counter->write(seen + 1);  // @c
}

Task<void> bad(Settings set) {
  Cell<int> counter(0, "counter");  // @d
  auto pause = set.time("pause");
  std::vector<Task<void>> all;
  for (int i = 0; i < set.count("tasks"); ++i)
    all.push_back(increment(&counter, pause));
  co_await gather(std::move(all));  // @e
  log("counter", counter.read(), "of", set.count("tasks"));  // @f
}
// @end bad

// @begin bad.hidden
Task<void> slow(Counter counter, Duration pause) {
  auto seen = counter->read();  // @a
  co_await sleep(pause);  // @b
  counter->write(seen + 1);  // @c
}

Task<void> late(Counter counter, Duration pause) {
  co_await sleep(pause);  // @d
  auto seen = counter->read();  // @e
  counter->write(seen + 1);  // @f
}

Task<void> bad_hidden(Settings set) {
  Cell<int> c(0, "counter");  // @g
  auto pause = set.time("pause");
  co_await gather(slow(&c, pause), late(&c, pause));  // @h
  log("counter", c.read(), "of", 2);  // @i
}
// @end bad.hidden

// @begin fixed
Task<void> increment(Counter counter, Lock* lock,
                     Duration pause) {
  auto permit = co_await lock->hold();  // @a
  auto seen = counter->read();  // @b
  co_await sleep(pause);  // @c
  counter->write(seen + 1);  // @d
}

Task<void> fixed(Settings set) {
  Cell<int> counter(0, "counter");  // @e
  Lock lock("lock");  // @l
  auto pause = set.time("pause");
  std::vector<Task<void>> all;
  for (int i = 0; i < set.count("tasks"); ++i)
    all.push_back(increment(&counter, &lock, pause));
  co_await gather(std::move(all));  // @f
  log("counter", counter.read(), "of", set.count("tasks"));  // @g
}
// @end fixed

// @begin fixed.no_await
Task<void> add_one(Counter counter, Duration pause) {
  auto seen = counter->read();  // @a
  counter->write(seen + 1);  // @b
  co_await sleep(pause);  // @c
}

Task<void> fixed_no_await(Settings set) {
  Cell<int> counter(0, "counter");  // @d
  auto pause = set.time("pause");
  std::vector<Task<void>> all;
  for (int i = 0; i < set.count("tasks"); ++i)
    all.push_back(add_one(&counter, pause));
  co_await gather(std::move(all));  // @e
  log("counter", counter.read(), "of", set.count("tasks"));  // @f
}
// @end fixed.no_await

std::string promise(const Told& run, const Settings&) {
  if (run.ok() && run.number("counter") == run.number("of")) return "";
  return "updates were lost: " + run.last();
}

}  // namespace

Scenario race_across_await() {
  Scenario out;
  out.id = "L24";
  out.name = "race_across_await";
  out.parameters = {{"tasks", "", 100, 1, 200, 1}, {"pause", "s", 0.01, 0, 1, 0.01}};
  out.variants = {{"bad", bad, {"await-atomicity"}},
                  {"bad.hidden", bad_hidden, {}},
                  {"fixed", fixed, {}},
                  {"fixed.no_await", fixed_no_await, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios

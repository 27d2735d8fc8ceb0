// Three children started by hand, cancelled by hand when one of them fails, and left before they have stopped.
//
// cancel() posts a letter, it does not wait for the answer: the caller hears of the error while the other children have
// not even begun to clean up.  A TaskGroup cancels the siblings and stays until the last one is gone, then raises one
// ExceptionGroup with all errors.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

using Done = Task<void>;
using Number = Task<int>;

int total(const std::vector<int>& numbers) {
  int out = 0;
  for (const int number : numbers)
    out += number;
  return out;
}
int total(const std::vector<TaskHandle<int>>& tasks) {
  int out = 0;
  for (const auto& task : tasks)
    out += task.result();
  return out;
}
std::size_t pending() { return all_tasks().size() - 1; }  // besides the caller

// @begin job
Done fail(Settings set) {
  co_await sleep(set.time("fails"));  // @f
  throw ValueError("no");
}
/// Works, and cleans up however it is left.
Number job(Settings set, int n) {
  auto work = [&]() -> Done {
    co_await sleep(set.time("work"));  // @w
  };
  auto clean_up = [&]() -> Done {
    co_await sleep(set.time("cleanup"));  // @c
    log("cleaned up", n);  // @d
  };
  co_await with_finally(work, clean_up);  // @t
  co_return n;
}
// @end job

// @begin both
Number child(Settings set, int n) {
  if (n <= set.count("failing")) co_await fail(set);  // @f
  co_return co_await job(set, n);  // @j
}
// @end both

// @begin bad
Number fetch_all(Settings set) {
  std::vector<TaskHandle<int>> tasks;
  for (int n = 1; n <= 3; ++n)
    tasks.push_back(create_task(child(set, n)));  // @t
  try {
    co_return total(co_await gather(tasks));  // @g
  } catch (const std::exception&) {
    for (auto& task : tasks)
      task.cancel();  // @x
    throw;
  }
}

Done bad(Settings set) {
  try {
    log("sum", co_await fetch_all(set));  // @m
  } catch (const ValueError&) {
    log("failed, pending", pending());  // @e
  }
  co_await sleep(set.time("rest"));  // @z
}
// @end bad

// @begin bad.outer
Number fetch_three(Settings set) {
  std::vector<TaskHandle<int>> tasks;
  for (int n = 1; n <= 3; ++n)
    tasks.push_back(create_task(child(set, n)));  // @t
  try {
    co_return total(co_await gather(tasks));  // @g
  } catch (const std::exception&) {
    for (auto& task : tasks)
      task.cancel();  // @x
    throw;
  }
}

Done bad_outer(Settings set) {
  const auto limit = set.time("outer");
  try {
    log("sum", co_await wait_for(fetch_three(set), limit));  // @m
  } catch (const TimeoutError&) {
    log("timed out, pending", pending());  // @e
  }
  co_await sleep(set.time("rest"));  // @z
}
// @end bad.outer

// @begin bad.plain
Number fetch_grouped(Settings set) {
  std::vector<TaskHandle<int>> tasks;
  co_await with_task_group([&](TaskGroup& group) -> Done {  // @g
    for (int n = 1; n <= 3; ++n)
      tasks.push_back(group.create_task(child(set, n)));  // @t
    co_return;
  });
  co_return total(tasks);
}

Done bad_plain(Settings set) {
  try {
    log("sum", co_await fetch_grouped(set));  // @m
  } catch (const ValueError&) {
    log("failed, pending", pending());  // @e
  }
  co_await sleep(set.time("rest"));  // @z
}
// @end bad.plain

// @begin fixed
Number fetch_in_group(Settings set) {
  std::vector<TaskHandle<int>> tasks;
  co_await with_task_group([&](TaskGroup& group) -> Done {  // @g
    for (int n = 1; n <= 3; ++n)
      tasks.push_back(group.create_task(child(set, n)));  // @t
    co_return;
  });
  co_return total(tasks);
}

Done fixed(Settings set) {
  try {
    log("sum", co_await fetch_in_group(set));  // @m
  } catch (const ExceptionGroup& group) {
    const auto errors = group.split<ValueError>().first;
    const auto n = errors->errors().size();
    log("failed", n, "pending", pending());  // @e
  }
  co_await sleep(set.time("rest"));  // @z
}
// @end fixed

/// Who hears that it failed may rely on it that nothing of it runs any more.
std::string promise(const Told& run, const Settings&) {
  if (!run.ok()) return "the error was not handled";
  const double pending = run.number("pending");
  return pending > 0 ? seconds(run.trace.end(), 1) + " s: the caller knew of the error, and " +
                           std::to_string(static_cast<int>(pending)) + " children still ran"
                     : "";
}

}  // namespace

Scenario manual_vs_taskgroup() {
  Scenario out;
  out.id = "L11";
  out.name = "manual_vs_taskgroup";
  out.parameters = {{"fails", "s", 1, 0.1, 20, 0.1},
                    {"work", "s", 10, 0.1, 60, 0.1},
                    {"cleanup", "s", 2, 0, 20, 0.1},
                    {"rest", "s", 3, 0, 20, 0.5},
                    {"failing", "", 1, 0, 3, 1},
                    {"outer", "s", 0.5, 0.1, 20, 0.1}};
  out.presets = {{"two_fail", {{"failing", 2}}}};
  out.variants = {{"bad", bad, {"cancel-not-awaited", "outlives-scope"}},
                  {"bad.outer", bad_outer, {"outlives-scope"}},
                  {"bad.plain", bad_plain, {}},
                  {"fixed", fixed, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios

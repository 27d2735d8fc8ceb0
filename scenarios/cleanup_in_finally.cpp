// Three jobs with a connection each: one ends well, one with an error, one is cancelled.  Which of them close it?
//
// Leaving happens in more ways than cancel, and finally covers them all; a handler for CancelledError covers one.  A clean-up
// that awaits can itself be cancelled: keep it short, or shield it and stay until it is done.  And who is cancelled before
// its first step never gets as far as a try.
#include "scenarios/scenario.h"

#include "core/runtime/stream.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

using Jobs = std::vector<TaskHandle<void>>;
const std::vector<std::string> endings = {"ok", "error", "cancel"};

/// All three as tasks, which begin at the caller's line.
template <class Worker>
Jobs start(Worker worker, Settings set, Place at = Place::current()) {
  Jobs jobs;
  for (const std::string& ending : endings)
    jobs.push_back(create_task(worker(ending, set), ending, at));
  return jobs;
}

void fail_on_error(const std::string& ending) {
  if (ending == "error") throw ServiceError("no such page");
}

// @begin bad
Task<void> job(std::string ending, Settings set) {
  Stream conn(ending, set.time("closing"));  // @o
  std::exception_ptr stop;
  try {
    co_await sleep(set.time("work"));  // @w
    fail_on_error(ending);
  } catch (const CancelledError&) {
    stop = std::current_exception();
  }
  if (!stop) co_return;
  co_await conn.aclose();  // @c
  log(ending, "closed");  // @d
  std::rethrow_exception(stop);
}

Task<void> bad(Settings set) {
  Jobs jobs = start(job, set);  // @j
  co_await sleep(set.time("cancel"));  // @s
  jobs[2].cancel();  // @x
  co_await gather_settled(jobs);  // @g
  co_await sleep(set.time("later"));  // @h
}
// @end bad

// It would push the second half of a with_finally to the right.
// clang-format off

// @begin bad.twice
Task<void> hasty(Settings set) {
  Stream conn("conn", set.time("closing"));  // @o
  co_await with_finally([&]() -> Task<void> {  // @t
    co_await sleep(set.time("work"));  // @w
  }, [&]() -> Task<void> {
    co_await conn.aclose();  // @c
    log("closed");  // @d
  });
}

Task<void> bad_twice(Settings set) {
  auto job = create_task(hasty(set), "job");  // @j
  co_await sleep(set.time("cancel"));  // @s
  job.cancel();  // @x
  co_await sleep(set.time("again"));  // @y
  job.cancel();  // @z
  co_await gather_settled(job);  // @g
  log("the job is over");  // @e
  co_await sleep(set.time("later"));  // @h
}
// @end bad.twice

// @begin bad.early
Task<void> unlucky(Stream conn, Settings set) {
  co_await with_finally([&]() -> Task<void> {  // @t
    log("working");  // @l
    co_await sleep(set.time("work"));  // @w
  }, [&]() -> Task<void> {
    co_await conn.aclose();  // @c
    log("closed");  // @d
  });
}

Task<void> bad_early(Settings set) {
  Stream conn("conn", set.time("closing"));  // @o
  auto job = create_task(unlucky(conn, set), "job");  // @j
  job.cancel();  // @x
  co_await gather_settled(job);  // @g
  log("the job is over");  // @e
  co_await sleep(set.time("later"));  // @h
}
// @end bad.early

// @begin fixed
Task<void> tidy(std::string ending, Settings set) {
  Stream conn(ending, set.time("closing"));  // @o
  co_await with_finally([&]() -> Task<void> {  // @t
    co_await sleep(set.time("work"));  // @w
    fail_on_error(ending);
  }, [&]() -> Task<void> {
    co_await conn.aclose();  // @c
    log(ending, "closed");  // @d
  });
}

Task<void> fixed(Settings set) {
  Jobs jobs = start(tidy, set);  // @j
  co_await sleep(set.time("cancel"));  // @s
  jobs[2].cancel();  // @x
  co_await gather_settled(jobs);  // @g
  co_await sleep(set.time("later"));  // @h
}
// @end fixed

// @begin fixed.shield
Task<void> patient(Settings set) {
  Stream conn("conn", set.time("closing"));  // @o
  co_await with_finally([&]() -> Task<void> {  // @t
    co_await sleep(set.time("work"));  // @w
  }, [&]() -> Task<void> {
    auto closing = create_task(conn.aclose(), "closing");  // @n
    co_await with_finally([&]() -> Task<void> {  // @u
      co_await shield(closing);  // @p
    }, [&]() -> Task<void> {
      co_await closing;  // @q
      log("closed");  // @d
    });
  });
}

Task<void> fixed_shield(Settings set) {
  auto job = create_task(patient(set), "job");  // @j
  co_await sleep(set.time("cancel"));  // @s
  job.cancel();  // @x
  co_await sleep(set.time("again"));  // @y
  job.cancel();  // @z
  co_await gather_settled(job);  // @g
}
// @end fixed.shield

// clang-format on

std::string promise(const Told& run, const Settings&) {
  const int open = run.count(Kind::resource_opened) - run.count(Kind::resource_closed);
  return open ? std::to_string(open) + " of the connections stay open" : "";
}

}  // namespace

Scenario cleanup_in_finally() {
  Scenario out;
  out.id = "L17";
  out.name = "cleanup_in_finally";
  out.parameters = {{"work", "s", 2, 0.1, 20, 0.1},
                    {"cancel", "s", 1, 0.1, 20, 0.1},
                    {"closing", "s", 0.5, 0, 5, 0.1},
                    {"again", "s", 0.2, 0, 5, 0.1},
                    {"later", "s", 1, 0, 10, 0.1}};
  out.variants = {{"bad", bad, {"resource-not-closed"}},
                  {"bad.twice", bad_twice, {"cleanup-interrupted", "resource-not-closed"}},
                  {"bad.early", bad_early, {"resource-not-closed"}},
                  {"fixed", fixed, {}},
                  {"fixed.shield", fixed_shield, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios

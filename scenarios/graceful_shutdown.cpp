// A service takes orders and writes them; then its main returns, with writes under way.
//
// The runner cancels what is left and waits for its clean-up, but it cannot know which work you meant to finish.
// Draining is your policy: stop the intake, give the rest a deadline, cancel what is left after it, and close what you
// opened in reverse order.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

using Done = Task<void>;
using Orders = std::shared_ptr<Queue<int>>;

struct App {
  Orders orders;
  TaskHandle<> intake;
  std::vector<TaskHandle<>> workers;
};

// @begin app
/// One order after the other, until it is told to stop.
Done take_orders(Orders orders, Settings set) {
  for (int n = 1; n <= set.count("orders"); ++n) {
    log("order", n);  // @o
    orders->put_nowait(n);  // @p
    co_await sleep(set.time("every"));  // @e
  }
}

/// Writes orders, and flushes its log however it is left.
Done worker(Service db, Orders orders, Settings set) {
  auto write_all = [&]() -> Done {
    for (;;) {
      const int n = co_await orders->get();  // @g
      const std::string what = "write " + std::to_string(n);
      co_await db.get(what, set.time("write"));  // @w
      log("written", n);  // @l
      orders->task_done();  // @d
    }
  };
  auto flush = [&]() -> Done {
    co_await sleep(set.time("flush"));  // @f
  };
  co_await with_finally(write_all, flush);  // @t
}

App start(Settings set) {
  Service db(ServiceOptions("db"));  // @s
  App app;
  app.orders.reset(new Queue<int>(0, "orders"));  // @q
  app.intake = create_task(take_orders(app.orders, set), "intake");  // @i
  for (int n = 0; n < 3; ++n)
    app.workers.push_back(create_task(worker(db, app.orders, set), "worker"));  // @c
  return app;
}
// @end app

// @begin bad
Done bad(Settings set) {
  App app = start(set);
  co_await sleep(set.time("accept"));  // @a
  log("main returns");  // @b
}
// @end bad

// @begin bad.stubborn
Done stubborn(Settings set) {
  try {
    co_await sleep(set.time("accept") * 10);  // @x
  } catch (const CancelledError&) {
    log("not now");  // @y
  }
  co_await sleep(set.time("stubborn"));  // @z
}

Done bad_stubborn(Settings set) {
  App app = start(set);
  auto report = create_task(stubborn(set), "report");  // @r
  co_await sleep(set.time("accept"));  // @a
  log("main returns");  // @b
}
// @end bad.stubborn

// @begin fixed
Done fixed(Settings set) {
  App app = start(set);
  {
    Region phase("accepting");  // @a
    co_await sleep(set.time("accept"));  // @b
  }
  try {
    Region phase("draining");  // @c
    app.intake.cancel();  // @d
    const auto limit = set.time("drain");
    co_await wait_for(app.orders->join(), limit);  // @e
  } catch (const TimeoutError&) {
    log("gave up");  // @f
  }
  {
    Region phase("cancelling");  // @g
    for (auto& task : app.workers)
      task.cancel();  // @h
    co_await gather_settled(app.workers);  // @i
  }
  Region phase("closing");  // @j
  log("closed db, then log file");  // @k
}
// @end fixed

/// Every order that was accepted is written, or somebody decided to give it up.
std::string promise(const Told& run, const Settings&) {
  const auto accepted = run.logged("order").size(), written = run.logged("written").size();
  if (accepted == written || !run.logged("gave up").empty()) return "";
  return std::to_string(accepted - written) + " accepted orders were never written";
}

}  // namespace

Scenario graceful_shutdown() {
  Scenario out;
  out.id = "L23";
  out.name = "graceful_shutdown";
  out.parameters = {{"accept", "s", 1, 0.1, 9, 0.1},
                    {"every", "s", 0.4, 0.1, 5, 0.1},
                    {"orders", "", 25, 1, 50, 1},
                    {"write", "s", 0.8, 0.1, 10, 0.1},
                    {"flush", "s", 1, 0, 10, 0.1},
                    {"drain", "s", 2, 0.1, 20, 0.1},
                    {"stubborn", "s", 3, 0, 20, 0.5}};
  out.variants = {{"bad", bad, {"work-lost-at-exit"}},
                  {"bad.stubborn", bad_stubborn, {"cancel-swallowed", "shutdown-blocked", "work-lost-at-exit"}},
                  {"fixed", fixed, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios

// A pool of three connections, and a handler that gives its connection back on the happy path only.
//
// Every second request fails, and each failure keeps a connection.  A leak shows up later and elsewhere: the victim is the
// request that waits, the culprit the one that failed long before.  Tie the release to the end of a block, and every path
// pays back.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

using Handler = Task<void> (*)(Pool);
const auto all = When::all_completed;

ServiceOptions database(const Settings& set) {
  return ServiceOptions("db").latency(set.time("takes")).fails([nth = set.count("fails_every")](int n) { return n % nth == 0; });
}
PoolOptions few(const Settings& set) {
  return PoolOptions("pool").limit(set.count("pool")).timeout(set.time("pool_timeout"));
}

// @begin both
Task<void> serve(Settings set, Handler handle) {
  Pool pool(Service(database(set)), few(set));  // @p
  std::vector<TaskHandle<void>> tasks;
  for (int i = 0; i < set.count("requests"); ++i) {
    tasks.push_back(create_task(handle(pool), "request"));  // @q
    co_await sleep(set.time("every"));  // @r
  }
  auto limit = set.time("patience");
  auto [done, left] = co_await wait(tasks, all, limit);  // @w
  int failed = 0;
  for (auto& request : done)
    failed += request.exception() != nullptr;
  int ok = static_cast<int>(done.size()) - failed;
  log("ok", ok, "failed", failed, "waiting", left.size());  // @l
}
// @end both

// @begin bad
Task<void> request(Pool pool) {
  auto connection = co_await pool.acquire();  // @a
  co_await connection.request("order");  // @b
  pool.release(connection);  // @c
}
// @end bad

// @begin fixed
Task<void> request_in_block(Pool pool) {
  auto connection = co_await pool.hold();  // @a
  co_await connection->request("order");  // @b
}
// @end fixed

Task<void> bad(Settings set) { return serve(set, request); }
Task<void> fixed(Settings set) { return serve(set, request_in_block); }

std::string promise(const Told& run, const Settings&) {
  const int waiting = static_cast<int>(run.number("waiting"));
  return waiting == 0 ? "" : std::to_string(waiting) + " requests never get an answer";
}

}  // namespace

Scenario resource_leak() {
  Scenario out;
  out.id = "L22";
  out.name = "resource_leak";
  out.parameters = {{"pool", "", 3, 1, 20, 1},
                    {"fails_every", "", 2, 1, 20, 1},
                    {"requests", "", 10, 1, 60, 1},
                    {"every", "s", 1, 0.1, 10, 0.1},
                    {"takes", "s", 0.5, 0.1, 5, 0.1},
                    {"patience", "s", 2, 0.5, 30, 0.5},
                    {"pool_timeout", "s", 0, 0, 10, 0.5}};
  out.variants = {{"bad", bad, {"pool-exhausted-by-leak", "resource-not-closed"}}, {"fixed", fixed, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios

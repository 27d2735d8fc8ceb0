// Three orders loaded side by side, over one database session.
//
// A session is one conversation with one connection and its transaction.  Two speakers on one line cannot both be in the
// middle of a sentence: the driver refuses the second.  Share the engine, which is the pool, and let a factory make a session
// for each task.  A driver that blocks loads them one after another, whatever the sessions.
#include "core/runtime/session.h"
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

constexpr bool keep_rows = false;  // expire_on_commit=False
ServiceOptions database(const Settings& set) { return ServiceOptions("db").latency(set.time("query")); }
PoolOptions connections(const Settings& set) {
  return PoolOptions("engine").limit(set.count("pool")).connect(set.time("connect"));
}

// @begin bad
Task<void> bad(Settings set) {
  Pool engine(Service(database(set)), connections(set));  // @p
  Session session(engine);
  if (set.on("connected"))
    co_await session.execute("user");  // @a
  std::vector<Task<Row>> loads;
  for (int i = 0; i < set.count("orders"); ++i)
    loads.push_back(session.execute("order"));
  auto rows = co_await gather_settled(std::move(loads));  // @b
  int ok = 0, errors = 0;
  for (auto& row : rows)
    ++(row.ok() ? ok : errors);
  log("ok", ok, "errors", errors);  // @c
}
// @end bad

// @begin bad.sync
Task<void> load_sync(Settings set) {
  block_for(set.time("query"), "cursor.execute");  // @a
  log("order");  // @b
  co_return;
}

Task<void> bad_sync(Settings set) {
  std::vector<Task<void>> loads;
  for (int i = 0; i < set.count("orders"); ++i)
    loads.push_back(load_sync(set));
  co_await gather(std::move(loads));  // @c
  log("all loaded");  // @d
}
// @end bad.sync

// @begin bad.expired
Task<void> bad_expired(Settings set) {
  Pool engine(Service(database(set)), connections(set));  // @p
  Session session(engine);
  Row row = co_await session.execute("order");  // @a
  co_await session.commit();  // @b
  try {
    log("order", row.number());  // @c
  } catch (const MissingGreenlet&) {
    log("ok", 0, "errors", 1);  // @d
  }
}
// @end bad.expired

// @begin fixed
Task<void> load(SessionFactory sessions) {
  Session session = sessions();
  Row row = co_await session.execute("order");  // @b
  co_await session.commit();  // @c
  co_await session.refresh(row);  // @d
  log("order", row.number());  // @e
}

Task<void> fixed(Settings set) {
  Pool engine(Service(database(set)), connections(set));  // @p
  SessionFactory sessions(engine, keep_rows);
  std::vector<Task<void>> loads;
  for (int i = 0; i < set.count("orders"); ++i)
    loads.push_back(load(sessions));
  co_await gather(std::move(loads));  // @g
  log("all loaded");  // @h
}
// @end fixed

std::string promise(const Told& run, const Settings&) {
  const int errors = static_cast<int>(run.number("errors"));
  return run.ok() && errors <= 0 ? "" : std::to_string(errors) + " orders are not there";
}

}  // namespace

Scenario db_session_per_task() {
  Scenario out;
  out.id = "X06";
  out.name = "db_session_per_task";
  out.parameters = {{"orders", "", 3, 2, 60, 1},
                    {"query", "s", 0.2, 0.05, 5, 0.05},
                    {"connect", "s", 0.1, 0.05, 5, 0.05},
                    {"pool", "", 5, 1, 60, 1},
                    {"connected", "", 1, 0, 1, 1}};
  out.variants = {{"bad", bad, {"shared-connection-overlap"}},
                  {"bad.sync", bad_sync, {"blocking-call", "slow-step"}},
                  {"bad.expired", bad_expired, {}},
                  {"fixed", fixed, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios

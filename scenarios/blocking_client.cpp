// Three coroutines in one gather, and each calls a client that blocks.
//
// `async def` around a blocking call does not make the call wait politely.  It holds the thread until the socket answers,
// so the three come one after another and nothing else runs.  The wait itself must be handed to the loop (an async client)
// or, where only a blocking library exists, to another thread.
#include "core/runtime/blocking_client.h"

#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

ServiceOptions answering(const Settings& set) { return ServiceOptions("http").latency(set.time("latency")); }
void get(BlockingClient http) { http.get(); }

// @begin both
Task<void> heartbeat(Settings set) {
  for (;;) {
    log("beat");  // @h
    co_await sleep(set.time("heartbeat"));  // @i
  }
}
// @end both

// @begin bad
Task<void> fetch(BlockingClient http, int n) {
  http.get();  // @a
  log("answer", n);  // @b
  co_return;
}

Task<void> bad(Settings set) {
  auto beats = create_task(heartbeat(set), "heartbeat");  // @c
  BlockingClient http("requests.get", set.time("latency"));
  std::vector<Task<void>> calls;
  for (int n = 1; n <= set.count("requests"); ++n)
    calls.push_back(fetch(http, n));
  co_await gather(std::move(calls));  // @d
  log("all answered");  // @e
  beats.cancel();  // @f
  co_await wait(beats);  // @g
}
// @end bad

// @begin bad.db
Task<void> query(BlockingClient db, int n) {
  db.get();  // @a
  log("answer", n);  // @b
  co_return;
}

Task<void> bad_db(Settings set) {
  auto beats = create_task(heartbeat(set), "heartbeat");  // @c
  BlockingClient db("cursor.execute", set.time("latency"));
  std::vector<Task<void>> calls;
  for (int n = 1; n <= set.count("requests"); ++n)
    calls.push_back(query(db, n));
  co_await gather(std::move(calls));  // @d
  log("all answered");  // @e
  beats.cancel();  // @f
  co_await wait(beats);  // @g
}
// @end bad.db

// @begin fixed
Task<void> fetch_async(Service http, int n) {
  co_await http.get("page");  // @a
  log("answer", n);  // @b
}

Task<void> fixed(Settings set) {
  auto beats = create_task(heartbeat(set), "heartbeat");  // @c
  Service http(answering(set));  // @s
  std::vector<Task<void>> calls;
  for (int n = 1; n <= set.count("requests"); ++n)
    calls.push_back(fetch_async(http, n));
  co_await gather(std::move(calls));  // @d
  log("all answered");  // @e
  beats.cancel();  // @f
  co_await wait(beats);  // @g
}
// @end fixed

// @begin fixed.thread
Task<void> fetch_in_thread(BlockingClient http, int n) {
  co_await to_thread(get, http);  // @a
  log("answer", n);  // @b
}

Task<void> fixed_thread(Settings set) {
  auto beats = create_task(heartbeat(set), "heartbeat");  // @c
  BlockingClient http("requests.get", set.time("latency"));
  std::vector<Task<void>> calls;
  for (int n = 1; n <= set.count("requests"); ++n)
    calls.push_back(fetch_in_thread(http, n));
  co_await gather(std::move(calls));  // @d
  log("all answered");  // @e
  beats.cancel();  // @f
  co_await wait(beats);  // @g
}
// @end fixed.thread

std::string promise(const Told& run, const Settings& set) {
  const auto done = run.times("all answered");
  if (!run.ok() || done.empty() || run.logged("answer").size() != static_cast<std::size_t>(set.count("requests")))
    return "an answer is missing";
  // So many rounds it takes where no more threads are there than this.
  const int rounds = (set.count("requests") + set.count("workers") - 1) / set.count("workers");
  return done[0] <= rounds * set.number("latency") + 1e-6 ? "" : "the answers came one after another";
}

void prepare(const Settings& set, RunOptions& options) { options.workers = static_cast<std::size_t>(set.count("workers")); }

}  // namespace

Scenario blocking_client() {
  Scenario out;
  out.id = "L05";
  out.name = "blocking_client";
  out.parameters = {{"requests", "", 3, 1, 8, 1},
                    {"latency", "s", 1, 0.1, 5, 0.1},
                    {"heartbeat", "s", 0.5, 0.1, 2, 0.1},
                    {"workers", "", 4, 1, 8, 1}};
  out.variants = {{"bad", bad, {"blocking-call", "slow-step"}},
                  {"bad.db", bad_db, {"blocking-call", "slow-step"}},
                  {"fixed", fixed, {}},
                  {"fixed.thread", fixed_thread, {}}};
  out.promise = promise;
  out.prepare = prepare;
  return out;
}

}  // namespace awaitscope::scenarios

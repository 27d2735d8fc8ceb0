// Connections and their pool: what they do and what they write into a trace.
#include "tests/runtime/misuse.h"
#include "tests/runtime/story.h"

namespace awaitscope::runtime {
namespace {
using story::of_resource;
using story::told;
using testing::Lines;

ServiceOptions slow() { return ServiceOptions("db").latency(1s); }
PoolOptions two() { return PoolOptions("pool").limit(2).connect(500ms); }

Task<void> ask(Pool pool, int n) {
  auto connection = co_await pool.hold();
  co_await connection->request("q");
  log("answer", n, connection->name());
}

TEST(Pool, OpensUpToItsLimitThenLendsWhatComesBack) {
  const auto run = told([]() -> Task<void> {
    Pool pool(Service(slow()), two());
    auto a = create_task(ask(pool, 1), "a"), b = create_task(ask(pool, 2), "b"), c = create_task(ask(pool, 3), "c");
    co_await gather(a, b, c);
    EXPECT_EQ(pool.lent(), 0);
    EXPECT_EQ(pool.idle(), 2);
  });
  EXPECT_EQ(run.log(), (Lines{"1.5 answer 1 pool-1", "1.5 answer 2 pool-2", "2.5 answer 3 pool-2"}));
  EXPECT_EQ(of_resource(run, "pool"), (Lines{"created pool 2", "a acquired 1 0", "b acquired 0 0", "c acquire_begin 0 1",
                                             "a released 0 1", "c woken: released, by a after a released", "b released 1 1",
                                             "c acquired 1 0", "c released 2 0", "main resource_closed 0 0", "destroyed"}));
  EXPECT_EQ(of_resource(run, "pool-2"),
            (Lines{"created connection 1", "b resource_opened 0 0", "b acquired 0 0", "b released 1 0", "c acquired 0 0",
                   "c released 1 0", "main resource_closed 0 0", "destroyed"}));
}

TEST(Pool, TheHandshakeIsARequestThatTheFirstRequestDependsOn) {
  const auto run = told([]() -> Task<void> {
    Pool pool(Service(slow()), two());
    co_await ask(pool, 1);
    co_await ask(pool, 2);
  });
  Lines begun;
  for (const auto& e : run.of(Kind::request_begin)) begun.push_back(std::string(run.trace.text(e.d)));
  EXPECT_EQ(begun, (Lines{"connect", "q", "q"}));
  const auto inputs = run.of(Kind::request_input);
  ASSERT_EQ(inputs.size(), 2u);
  EXPECT_EQ(run.trace[inputs[0].b].kind, Kind::request_end);
  EXPECT_EQ(run.trace[inputs[0].b].a, run.of(Kind::request_begin)[0].a);
}

TEST(Pool, WaitsInLineUntilItsTimeout) {
  const auto run = told([]() -> Task<void> {
    Pool pool(Service(slow()), PoolOptions("pool").limit(1).timeout(300ms));
    auto first = co_await pool.acquire();
    try {
      co_await pool.acquire();
    } catch (const PoolTimeout& error) { log("late:", error.what()); }
    auto waiter = create_task(ask(pool, 1));
    co_await sleep(200ms);
    pool.release(first);
    co_await waiter;
  });
  EXPECT_EQ(run.log(), (Lines{"0.3 late: pool: no connection in 300 ms", "1.5 answer 1 pool-1"}));
}

TEST(Pool, WhoIsCancelledLeavesNothingBehind) {
  const auto run = told([]() -> Task<void> {
    Pool pool(Service(slow()), PoolOptions("pool").limit(1).connect(500ms));
    auto connecting = create_task(ask(pool, 1)), waiting = create_task(ask(pool, 2)), third = create_task(ask(pool, 3));
    co_await sleep(100ms);
    connecting.cancel();
    waiting.cancel();
    co_await third;
    auto asking = create_task(ask(pool, 4));
    co_await sleep(100ms);
    asking.cancel();
    co_await ask(pool, 5);
  });
  EXPECT_EQ(run.log(), (Lines{"1.6 answer 3 pool-2", "2.7 answer 5 pool-2"}));
}

TEST(Pool, ALeaseComesBackWhateverEndsItsBlock) {
  const auto run = told([]() -> Task<void> {
    Pool pool(Service(slow().fails([](int n) { return n == 1; })), PoolOptions("pool").limit(1));
    try {
      co_await ask(pool, 1);
    } catch (const ServiceError&) { log("failed", pool.lent()); }
    co_await ask(pool, 2);
  });
  EXPECT_EQ(run.log(), (Lines{"1.0 failed 0", "2.0 answer 2 pool-1"}));
}

TEST(Pool, AConnectionThatNobodyGivesBackIsNeverLentAgain) {
  const auto run = testing::record([]() -> Task<void> {
    Pool pool(Service(slow()), PoolOptions("pool").limit(1));
    co_await pool.acquire();  // and drops the handle
    log("lent", pool.lent());
    co_await pool.acquire();
  });
  EXPECT_EQ(run.log(), (Lines{"0.0 lent 1"}));
  EXPECT_EQ(run.result.outcome, RunOutcome::hang);
}

Task<void> request(Connection connection, int n) {
  try {
    co_await connection.request("q");
    log("answer", n);
  } catch (const InterfaceError& error) { log(error.what(), n); }
}

TEST(Connection, CarriesOneRequestAtATime) {
  const auto run = told([]() -> Task<void> {
    Pool pool(Service(slow()), PoolOptions("pool"));
    auto connection = co_await pool.acquire();
    auto a = create_task(request(connection, 1), "a"), b = create_task(request(connection, 2), "b");
    co_await gather(a, b);
    pool.release(connection);
  });
  EXPECT_EQ(run.log(), (Lines{"0.0 cannot perform operation: another operation is in progress 2", "1.0 answer 1"}));
  EXPECT_EQ(of_resource(run, "pool-1", {Kind::resource_opened, Kind::resource_closed}),
            (Lines{"created connection 1", "main resource_opened", "a acquired 0 0", "b acquired 0 0", "b released 0 0",
                   "a released 1 0", "main resource_closed", "destroyed"}));
}

TEST(Client, SendsNothingToAUrlWithoutAProtocol) {
  misuses::expect<UnsupportedProtocol>("Request URL is missing an 'http://' or 'https://' protocol.",
                                       [](misuses::Line& line) -> Task<void> {
                                         Client client(Service(slow()), PoolOptions("client"));
                                         line.follows();
                                         co_await client.get("/page");
                                       });
}

TEST(Client, KeepsItsConnection) {
  const auto run = told([]() -> Task<void> {
    Client client(Service(slow()), two(), "https://api");
    co_await client.get("/a");
    co_await client.get("https://api/b");
    log("done", client.pool().idle());
  });
  EXPECT_EQ(run.log(), (Lines{"2.5 done 1"}));
}

TEST(Pool, Misuse) {
  misuses::expect<ValueError>("a pool needs room for a connection", [](misuses::Line& line) -> Task<void> {
    line.follows();
    Pool pool(Service(slow()), PoolOptions("pool").limit(0));
    co_return;
  });
  misuses::expect<ValueError>("connection pool-1 is not lent by this pool", [](misuses::Line& line) -> Task<void> {
    Pool pool(Service(slow()), PoolOptions("pool"));
    auto connection = co_await pool.acquire();
    pool.release(connection);
    line.follows();
    pool.release(connection);
  });
  misuses::expect<ValueError>("connection pool-1 has been given back", [](misuses::Line& line) -> Task<void> {
    Pool pool(Service(slow()), PoolOptions("pool"));
    auto connection = co_await pool.acquire();
    pool.release(connection);
    line.follows();
    co_await connection.request("q");
  });
}

}  // namespace
}  // namespace awaitscope::runtime

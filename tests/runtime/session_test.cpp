// A database session: one task's conversation, and what befalls two.
#include "core/runtime/session.h"

#include "tests/runtime/misuse.h"
#include "tests/runtime/story.h"

namespace awaitscope::runtime {
namespace {
using story::told;
using testing::Lines;

Pool engine(int limit = 2) {
  return Pool(Service(ServiceOptions("db").latency(1s)), PoolOptions("engine").limit(limit).connect(500ms));
}

Task<void> load(Session session, int n) {
  try {
    const Row row = co_await session.execute("order");
    log("row", n, row.number());
  } catch (const InterfaceError&) { log("InterfaceError", n); } catch (const InvalidRequestError&) {
    log("InvalidRequestError", n);
  }
}

TEST(Session, TwoTasksOnOneSessionCollide) {
  const auto run = told([]() -> Task<void> {
    Session fresh(engine()), connected(engine());
    co_await connected.execute("user");
    auto a = create_task(load(fresh, 1)), b = create_task(load(fresh, 2));
    auto c = create_task(load(connected, 3)), d = create_task(load(connected, 4));
    co_await gather(a, b, c, d);
    co_await load(fresh, 5);
  });
  EXPECT_EQ(run.log(),
            (Lines{"1.5 InvalidRequestError 2", "1.5 InterfaceError 4", "2.5 row 3 2", "3.0 row 1 1", "4.0 row 5 2"}));
}

TEST(Session, ACommitGivesTheConnectionBackAndSoDoesItsEnd) {
  const auto run = told([]() -> Task<void> {
    Pool one = engine(1);
    {
      Session session(one);
      log("nothing yet", one.lent());
      co_await session.execute("order");
      log("in a transaction", one.lent());
      co_await session.commit();
      log("committed", one.lent());
      co_await session.execute("order");
    }
    log("over", one.lent(), one.idle());
  });
  EXPECT_EQ(run.log(), (Lines{"0.0 nothing yet 0", "1.5 in a transaction 1", "2.5 committed 0", "3.5 over 0 1"}));
}

TEST(Session, ACommitExpiresRowsUnlessToldNotTo) {
  misuses::expect<MissingGreenlet>(
      "greenlet_spawn has not been called; can't call await_only() here. "
      "Was IO attempted in an unexpected place?",
      [](misuses::Line& line) -> Task<void> {
        Session session(engine());
        const Row row = co_await session.execute("order");
        co_await session.commit();
        line.follows();
        row.number();
      });
  const auto run = told([]() -> Task<void> {
    const SessionFactory sessions(engine(), false);
    Session kept = sessions(), expiring(engine());
    const Row row = co_await kept.execute("order");
    co_await kept.commit();
    log("kept", row.number());
    const Row other = co_await expiring.execute("order");
    co_await expiring.commit();
    co_await expiring.refresh(other);
    log("refreshed", other.number());
  });
  EXPECT_EQ(run.log(), (Lines{"2.5 kept 1", "6.0 refreshed 3"}));
}

}  // namespace
}  // namespace awaitscope::runtime

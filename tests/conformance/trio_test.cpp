// Nurseries, cancel scopes, checkpoints and channels (rules O), against the logs of the real trio.
#include "core/runtime/trio/trio.h"
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

Task<void> tjob(std::string n, int s) {
  log(n, " start");
  try {
    co_await trio::sleep(std::chrono::seconds(s));
  } catch (const trio::Cancelled&) {
    log(n, " cancelled");
    throw;
  }
  log(n, " end");
}
Task<void> failing_tjob(std::string n, int s, std::string fail) {
  co_await tjob(n, s);
  throw Boom(fail);
}

// ------------------------------------------------------------------------------------------------ nurseries

namespace case_138 {
Task<void> spawner(trio::Nursery nursery) {
  co_await trio::sleep(1s);
  nursery.start_soon(tjob("grandchild", 3));
  log("spawner ends");
}
}  // namespace case_138
CONFORMANCE(138_nursery_waits_for_children) {
  using namespace case_138;
  std::optional<trio::Nursery> kept;
  co_await trio::with_nursery([&](trio::Nursery& nursery) -> Task<void> {
    kept = nursery;
    nursery.start_soon(tjob("A", 2));
    nursery.start_soon(spawner(nursery));
    log("body ends");
    co_return;
  });
  log("nursery closed");
  try {
    kept->start_soon(tjob("too late", 1));
  } catch (const RuntimeError&) { log(ex()); }
}

namespace case_139 {
Task<void> cleans(std::string n, int s) {
  std::exception_ptr error;
  try {
    co_await trio::sleep(50s);
  } catch (...) { error = std::current_exception(); }
  trio::CancelScope shielded(std::nullopt, true);
  co_await trio::with(shielded, [&]() -> Task<void> { co_await trio::sleep(std::chrono::seconds(s)); });
  log(n, " cleaned");
  if (error) std::rethrow_exception(error);
}
}  // namespace case_139
CONFORMANCE(139_nursery_child_error) {
  using namespace case_139;
  try {
    co_await trio::with_nursery([](trio::Nursery& nursery) -> Task<void> {
      nursery.start_soon(cleans("A", 2));
      nursery.start_soon(cleans("B", 1));
      nursery.start_soon(failing_tjob("bad", 3, "x"));
      co_await tjob("body", 50);
    });
  } catch (const ExceptionGroup&) { log(ex()); }
}

// ------------------------------------------------------------------------------------------------ scopes

CONFORMANCE(140_cancellation_is_level_triggered) {
  trio::CancelScope scope;
  co_await trio::with(scope, [&]() -> Task<void> {
    scope.cancel();
    log("no checkpoint yet");
    for (int i = 0; i < 3; ++i) {
      try {
        co_await trio::sleep(1s);
        log("never");
      } catch (const trio::Cancelled&) { log("cancelled again ", i); }
    }
    log("leaving without raising");
  });
  log("called=", scope.cancel_called(), " caught=", scope.cancelled_caught());
  co_await trio::sleep(1s);
  log("outside the scope all is normal");
}

CONFORMANCE(141_move_on_after) {
  trio::CancelScope scope = trio::move_on_after(2s);
  co_await trio::with(scope, []() -> Task<void> { co_await tjob("A", 5); });
  log("called=", scope.cancel_called(), " caught=", scope.cancelled_caught());
  scope = trio::move_on_after(2s);
  co_await trio::with(scope, []() -> Task<void> { co_await tjob("B", 1); });
  log("called=", scope.cancel_called(), " caught=", scope.cancelled_caught());
}

CONFORMANCE(142_fail_after) {
  try {
    co_await trio::fail_after(2s, []() -> Task<void> { co_await tjob("A", 5); });
  } catch (const trio::TooSlowError&) { log(ex()); }
  try {
    co_await trio::fail_after(2s, []() -> Task<void> { co_await failing_tjob("B", 1, "b"); });
  } catch (const Boom&) { log(ex()); }
  co_await trio::fail_after(2s, []() -> Task<void> { co_await tjob("C", 1); });
  log("in time");
}

CONFORMANCE(143_shield_protects_cleanup) {
  trio::CancelScope outer = trio::move_on_after(1s);
  co_await trio::with(outer, []() -> Task<void> {
    std::exception_ptr error;
    try {
      co_await trio::sleep(50s);
    } catch (...) { error = std::current_exception(); }
    log("unshielded cleanup would be cancelled");
    trio::CancelScope cleanup = trio::move_on_after(3s);
    co_await trio::with(cleanup, [&]() -> Task<void> {
      cleanup.set_shield(true);
      co_await trio::sleep(2s);
      log("first part done");
      co_await trio::sleep(50s);
    });
    log("cleanup cut off: ", cleanup.cancelled_caught());
    co_await trio::sleep(0s);
    log("never");
    std::rethrow_exception(error);
  });
  log("outer caught=", outer.cancelled_caught());
}

CONFORMANCE(144_nested_deadlines) {
  trio::CancelScope outer = trio::move_on_after(4s);
  std::optional<trio::CancelScope> inner2;
  co_await trio::with(outer, [&]() -> Task<void> {
    trio::CancelScope inner = trio::move_on_after(1s);
    co_await trio::with(inner, []() -> Task<void> { co_await trio::sleep(10s); });
    log("inner caught=", inner.cancelled_caught());
    inner2 = trio::move_on_after(8s);
    co_await trio::with(*inner2, []() -> Task<void> { co_await trio::sleep(10s); });
    log("never");
  });
  log("outer=", outer.cancelled_caught(), " inner2 caught=", inner2->cancelled_caught(), " called=", inner2->cancel_called());
  trio::CancelScope a = trio::move_on_after(2s), b = trio::move_on_after(2s);
  co_await trio::with(a, [&]() -> Task<void> { co_await trio::with(b, []() -> Task<void> { co_await trio::sleep(10s); }); });
  log("same deadline: outer caught=", a.cancelled_caught(), " inner caught=", b.cancelled_caught());
}

CONFORMANCE(145_deadline_can_move) {
  trio::CancelScope scope = trio::move_on_after(2s);
  co_await trio::with(scope, [&]() -> Task<void> {
    co_await trio::sleep(1s);
    scope.set_deadline(*scope.deadline() + 3s);
    co_await trio::sleep(3s);
    log("survived the first deadline");
    co_await trio::sleep(3s);
    log("never");
  });
  log("caught=", scope.cancelled_caught());
  co_await trio::with_nursery([](trio::Nursery& nursery) -> Task<void> {
    nursery.start_soon(tjob("A", 50));
    co_await trio::sleep(1s);
    nursery.cancel_scope().cancel();
    log("cancel requested");
  });
  log("no error comes out of a cancelled nursery");
}

// ------------------------------------------------------------------------------------------------ checkpoints and the clock

namespace case_146 {
Task<std::string> plain() { co_return "plain"; }
}  // namespace case_146
CONFORMANCE(146_checkpoints) {
  using namespace case_146;
  co_await trio::with_nursery([](trio::Nursery& nursery) -> Task<void> {
    nursery.start_soon(tjob("child", 0));
    log(co_await plain());
    log("child has not started");
    co_await trio::checkpoint();
    co_await trio::checkpoint();
    log("after two checkpoints");
  });
  trio::CancelScope scope;
  co_await trio::with(scope, [&]() -> Task<void> {
    scope.cancel();
    log(co_await plain());
    co_await trio::sleep(0s);
    log("never");
  });
}

namespace case_147 {
Task<void> server(std::string n, trio::TaskStatus<std::string> task_status) {
  co_await trio::sleep(2s);
  log(n, " ready");
  task_status.started("port of " + n);
  co_await trio::sleep(2s);
  log(n, " ends");
}
Task<void> broken(trio::TaskStatus<std::string>) {
  co_await trio::sleep(1s);
  throw Boom("before started");
}
}  // namespace case_147
CONFORMANCE(147_nursery_start_waits_for_started) {
  using namespace case_147;
  co_await trio::with_nursery([](trio::Nursery& nursery) -> Task<void> {
    log(co_await nursery.start<std::string>([](auto status) { return server("S", status); }));
    try {
      co_await nursery.start<std::string>(broken);
    } catch (const std::exception&) { log("start failed"); }
    log("nursery unharmed");
  });
}

CONFORMANCE(148_autojump_clock) {
  co_await trio::with_nursery([](trio::Nursery& nursery) -> Task<void> {
    nursery.start_soon(tjob("hour", 3600));
    co_await trio::sleep(1s);
    nursery.start_soon(tjob("day", 86400));
    co_await trio::sleep(5s);
    block(10000);
    log("blocked ten seconds");
    co_await trio::move_on_after(7s, []() -> Task<void> { co_await trio::sleep_forever(); });
    log("deadline counts from after the block");
  });
  log("all done");
}

namespace case_149 {
Task<void> producer(trio::MemorySendChannel<int> send) {
  for (int i = 0; i < 3; ++i) {
    co_await send.send(i);
    co_await trio::sleep(1s);
    log(i, " was taken a second ago");
  }
  co_await send.aclose();
}
}  // namespace case_149
CONFORMANCE(149_channels_and_backpressure) {
  using namespace case_149;
  auto [send, receive] = trio::open_memory_channel<int>(0);
  const auto sender = send;
  const auto receiver = receive;
  co_await trio::with_nursery([&](trio::Nursery& nursery) -> Task<void> {
    nursery.start_soon(producer(sender));
    co_await trio::sleep(5s);
    for (;;) {
      const auto i = co_await receiver.next();
      if (!i) break;
      log("received ", *i);
      co_await trio::sleep(2s);
    }
    log("channel closed");
  });
}

}  // namespace
}  // namespace awaitscope::conformance

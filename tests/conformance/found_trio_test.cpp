// Programs in which random testing found trio and the runtime to differ once (rules O2, O3, O6, O8, O9, O11).
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

namespace case_209 {
Task<void> takes(trio::Lock* lock) {
  lock->acquire_nowait();
  log("taken ", lock->locked());
  co_return;
}
Task<void> ends() { co_return; }
Task<void> tries(trio::Lock* lock, std::string n) {
  try {
    lock->acquire_nowait();
  } catch (const trio::WouldBlock&) { log(n, " acquire_nowait ", ex()); }
  try {
    lock->release();
  } catch (const RuntimeError&) { log(n, " release ", ex()); }
  const auto scope = trio::move_on_after(1s);
  co_await trio::with(scope, [&]() -> Task<void> { co_await lock->acquire(); });
  log(n, " acquire given up ", scope.cancelled_caught());
}
/// A nursery with one child.
Task<void> alone(Task<void> child) {
  co_await trio::with_nursery([&](trio::Nursery& nursery) -> Task<void> {
    nursery.start_soon(std::move(child));
    co_return;
  });
}
}  // namespace case_209
CONFORMANCE(209_trio_lock_of_a_dead_task) {
  using namespace case_209;
  trio::Lock lock;
  co_await alone(takes(&lock));
  for (int n = 0; n < 5; ++n) co_await alone(ends());
  co_await alone(tries(&lock, "A"));
  co_await alone(tries(&lock, "B"));
  co_await tries(&lock, "main");
  log("locked ", lock.locked());
}

namespace case_210 {
std::string shown(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const trio::Cancelled&) { return "Cancelled"; } catch (const ExceptionGroup& group) {
    std::string out;
    for (const auto& member : group.errors()) out += (out.empty() ? "" : ", ") + shown(member);
    return "group[" + out + "]";
  } catch (...) { return ex(error); }
}
Task<void> fails_late() {
  try {
    co_await trio::sleep(50s);
  } catch (...) {}  // finally, with an error that replaces the one that is under way
  const trio::CancelScope shielded(std::nullopt, true);
  co_await trio::with(shielded, []() -> Task<void> { co_await trio::sleep(2s); });
  throw Boom("late");
}
Task<void> steps() {
  for (int i = 0; i < 2; ++i) {
    log("step ", i);
    co_await trio::checkpoint();
  }
}
/// Shows what leaves the nursery, inside the scope that is cancelled.
template <class Body>
Task<void> nursery_shown(const char* what, Body body) {
  try {
    co_await trio::with_nursery(body);
  } catch (...) {
    log(what, ": ", shown(std::current_exception()));
    throw;
  }
}
Task<void> waits(trio::Nursery& nursery) {
  nursery.start_soon(trio::sleep(50s));
  nursery.start_soon(trio::sleep(50s));
  co_return;
}
Task<void> sleeps(trio::Nursery& nursery) {
  nursery.start_soon(trio::sleep(50s));
  co_await trio::sleep(50s);
}
Task<void> has_an_error(trio::Nursery& nursery) {
  nursery.start_soon(trio::sleep(50s));
  nursery.start_soon(fails_late());
  co_return;
}
Task<void> has_no_children(trio::Nursery&) {
  log("no children");
  co_return;
}
Task<void> is_empty(trio::Nursery&) { co_return; }
}  // namespace case_210
CONFORMANCE(210_trio_nursery_in_a_cancelled_scope) {
  using namespace case_210;
  auto outer = trio::move_on_after(1s);
  co_await trio::with(outer, []() -> Task<void> { co_await nursery_shown("body waits", &waits); });
  log("caught=", outer.cancelled_caught());
  outer = trio::move_on_after(1s);
  co_await trio::with(outer, []() -> Task<void> { co_await nursery_shown("body sleeps", &sleeps); });
  log("caught=", outer.cancelled_caught());
  outer = trio::move_on_after(1s);
  try {
    co_await trio::with(outer, []() -> Task<void> { co_await nursery_shown("with an error", &has_an_error); });
  } catch (const ExceptionGroup&) {
    log("what is left: ", shown(std::current_exception()), " caught=", outer.cancelled_caught());
  }
  outer = trio::CancelScope();
  co_await trio::with(outer, [&]() -> Task<void> {
    outer.cancel();
    co_await nursery_shown("no children", &has_no_children);
  });
  log("caught=", outer.cancelled_caught());
  co_await trio::with_nursery([](trio::Nursery& nursery) -> Task<void> {
    nursery.start_soon(steps());
    for (int i = 0; i < 3; ++i) co_await trio::with_nursery(&is_empty);
    log("after three empty nurseries");
  });
}

namespace case_211 {
Task<void> waiter(std::string n, trio::Event* event, trio::CancelScope scope) {
  co_await trio::with(scope, [&]() -> Task<void> {
    try {
      co_await event->wait();
      log(n, " goes on, cancelled=", scope.cancel_called());
    } catch (const trio::Cancelled&) {
      log(n, " Cancelled in wait()");
      throw;
    }
    try {
      co_await trio::checkpoint();
      log("never");
    } catch (const trio::Cancelled&) {
      log(n, " Cancelled at the next checkpoint");
      throw;
    }
  });
  log(n, " caught=", scope.cancelled_caught());
}
Task<void> set_deadline(trio::CancelScope outer) {
  co_await trio::sleep(1s);
  outer.set_deadline(trio::current_time() + 1s);
}
Task<void> sleeps_two_seconds(const char* says) {
  try {
    co_await trio::sleep(2s);
    log("never");
  } catch (const trio::Cancelled&) {
    log(says, ": Cancelled");
    throw;
  }
}
Task<void> wakes_and_cancels(std::string n, bool cancel_first) {
  trio::Event event;
  const trio::CancelScope scope;
  co_await trio::with_nursery([&](trio::Nursery& nursery) -> Task<void> {
    nursery.start_soon(waiter(n, &event, scope));
    co_await trio::sleep(1s);
    if (cancel_first) scope.cancel();
    event.set();
    scope.cancel();
  });
}
}  // namespace case_211
CONFORMANCE(211_trio_deadline_and_wake_up_at_once) {
  using namespace case_211;
  auto outer = trio::move_on_after(2s);
  co_await trio::with(outer, []() -> Task<void> { co_await sleeps_two_seconds("sleep and deadline at once"); });
  log("caught=", outer.cancelled_caught());
  outer = trio::CancelScope();
  co_await trio::with(outer, [&]() -> Task<void> {
    co_await trio::with_nursery([&](trio::Nursery& nursery) -> Task<void> {
      nursery.start_soon(set_deadline(outer));
      co_await sleeps_two_seconds("deadline set later");
    });
  });
  log("caught=", outer.cancelled_caught());
  co_await wakes_and_cancels("set, cancel", false);
  co_await wakes_and_cancels("cancel, set", true);
}

namespace case_212 {
using Status = trio::TaskStatus<std::string>;
Task<void> slow(Status status) {
  co_await tjob("slow", 5);
  status.started("never");
}
Task<void> stubborn(Status status) {
  const trio::CancelScope shielded(std::nullopt, true);
  co_await trio::with(shielded, []() -> Task<void> { co_await trio::sleep(3s); });
  log("stubborn says started");
  status.started("a value");
  co_await tjob("stubborn", 5);
}
Task<void> silent(Status) { co_await trio::sleep(1s); }
Task<void> starts(trio::Nursery* nursery, Task<void> (*child)(Status)) {
  auto scope = trio::move_on_after(1s);
  co_await trio::with(scope, [&]() -> Task<void> {
    log(co_await nursery->start<std::string>(child));
    log("never");
  });
  log("caught=", scope.cancelled_caught());
}
}  // namespace case_212
CONFORMANCE(212_trio_start_is_cancelled) {
  using namespace case_212;
  co_await trio::with_nursery([](trio::Nursery& nursery) -> Task<void> {
    co_await starts(&nursery, slow);
    co_await starts(&nursery, stubborn);
    try {
      co_await nursery.start<std::string>(silent);
    } catch (const RuntimeError&) { log(ex()); }
    log("nursery unharmed");
  });
}

}  // namespace
}  // namespace awaitscope::conformance

// What trio's primitives, scopes and nurseries write into a trace.
#include "tests/runtime/story.h"

namespace awaitscope::runtime {
namespace {
using story::of_resource;
using story::of_scopes;
using story::told;
using testing::Lines;

/// A child in a scope of its own.
Task<void> within(trio::CancelScope scope, Task<void> child) {
  co_await trio::with(scope, [&]() -> Task<void> { co_await child; });
}
template <class Primitive>
Task<void> hold(Primitive* primitive) {
  co_await primitive->acquire();
  co_await trio::sleep(1s);
  primitive->release();
}
/// Three children want it; the second is cancelled while it waits.
template <class Primitive>
Task<void> hold_in_turn(Primitive* primitive) {
  const trio::CancelScope scope;
  co_await trio::with_nursery([&](trio::Nursery& nursery) -> Task<void> {
    nursery.start_soon(hold(primitive), "a");
    nursery.start_soon(within(scope, hold(primitive)), "b");
    nursery.start_soon(hold(primitive), "c");
    co_await trio::sleep(500ms);
    scope.cancel();
  });
}

TEST(TrioEvents, OfALock) {
  const auto run = told([]() -> Task<void> {
    trio::Lock lock("l");
    co_await hold_in_turn(&lock);
  });
  EXPECT_EQ(of_resource(run, "l", {Kind::released}),
            (Lines{"created lock 1", "a acquired 0 0", "b acquire_begin 0 1", "c acquire_begin 0 2",
                   "b woken: cancel, by main after b cancel_requested", "b acquire_abandoned 0 1", "a released",
                   "c woken: released, by a after a released", "c acquired 0 0", "c released", "destroyed"}));
}

TEST(TrioEvents, OfASemaphore) {
  const auto run = told([]() -> Task<void> {
    trio::Semaphore semaphore(1, std::nullopt, "s");
    co_await hold_in_turn(&semaphore);
  });
  EXPECT_EQ(of_resource(run, "s", {Kind::released}),
            (Lines{"created semaphore 1", "a acquired 0 0", "b acquire_begin 0 1", "c acquire_begin 0 2",
                   "b woken: cancel, by main after b cancel_requested", "b acquire_abandoned 0 1", "a released",
                   "c woken: released, by a after a released", "c acquired 0 0", "c released", "destroyed"}));
}

Task<void> wait_for_event(trio::Event* event) { co_await event->wait(); }

TEST(TrioEvents, OfAnEvent) {
  const auto run = told([]() -> Task<void> {
    trio::Event event("e");
    const trio::CancelScope scope;
    co_await trio::with_nursery([&](trio::Nursery& nursery) -> Task<void> {
      nursery.start_soon(wait_for_event(&event), "a");
      nursery.start_soon(within(scope, wait_for_event(&event)), "b");
      nursery.start_soon(wait_for_event(&event), "c");
      co_await trio::sleep(1s);
      scope.cancel();
      co_await trio::sleep(1s);
      event.set();
      event.set();  // changes nothing
    });
  });
  EXPECT_EQ(of_resource(run, "e"),
            (Lines{"created event 0", "a acquire_begin 0 1", "b acquire_begin 0 2", "c acquire_begin 0 3",
                   "b woken: cancel, by main after b cancel_requested", "b acquire_abandoned 0 2", "main level 1 2",
                   "a woken: set, by main after main level", "c woken: set, by main after main level", "a acquired 1 1",
                   "c acquired 1 0", "destroyed"}));
}

Task<void> receive(trio::MemoryReceiveChannel<int> channel) { co_await channel.receive(); }
Task<void> send(trio::MemorySendChannel<int> channel, int item) { co_await channel.send(item); }

TEST(TrioEvents, OfAChannelAndItsReceivers) {
  const auto run = told([]() -> Task<void> {
    const auto [sender, receiver] = trio::open_memory_channel<int>(1, "c");
    const auto to = sender;
    const auto from = receiver;
    const trio::CancelScope scope;
    co_await trio::with_nursery([&](trio::Nursery& nursery) -> Task<void> {
      nursery.start_soon(receive(from), "a");
      nursery.start_soon(within(scope, receive(from)), "b");
      nursery.start_soon(receive(from), "c");
      co_await trio::sleep(1s);
      scope.cancel();
      co_await trio::sleep(1s);
      to.send_nowait(1);
      to.send_nowait(2);
      co_await trio::sleep(1s);
      co_await send(to, 3);
      co_await receive(from);
    });
  });
  EXPECT_EQ(of_resource(run, "c"),
            (Lines{"created queue 1", "a acquire_begin 0 1", "b acquire_begin 0 2", "c acquire_begin 0 3",
                   "b woken: cancel, by main after b cancel_requested", "b acquire_abandoned 0 2", "main level 0 2",
                   "a woken: put, by main after main level", "main level 0 2", "c woken: put, by main after main level",
                   "a acquired 0 1", "c acquired 0 0",
                   "main level 1 0",  // nobody waits: into the buffer
                   "main acquired 0 0", "destroyed"}));
}

TEST(TrioEvents, OfAChannelAndItsSenders) {
  const auto run = told([]() -> Task<void> {
    const auto [sender, receiver] = trio::open_memory_channel<int>(1, "c");
    const auto to = sender;
    const auto from = receiver;
    const trio::CancelScope scope;
    co_await trio::with_nursery([&](trio::Nursery& nursery) -> Task<void> {
      nursery.start_soon(send(to, 1), "a");
      nursery.start_soon(within(scope, send(to, 2)), "b");
      nursery.start_soon(send(to, 3), "c");
      co_await trio::sleep(1s);
      scope.cancel();
      co_await trio::sleep(1s);
      co_await receive(from);
      co_await receive(from);
    });
  });
  EXPECT_EQ(of_resource(run, "c"),
            (Lines{"created queue 1", "a level 1 0", "b acquire_begin 1 1", "c acquire_begin 1 2",
                   "b woken: cancel, by main after b cancel_requested", "b acquire_abandoned 1 1",
                   "main acquired 1 1",  // c's item takes the place of the one received
                   "c woken: got, by main after main acquired", "c acquired 1 0", "main acquired 0 0", "destroyed"}));
}

// ------------------------------------------------------------------------------------------------ scopes

Task<void> sleep_for(Duration length) { co_await trio::sleep(length); }
Task<void> fail_after(Duration length) {
  co_await trio::sleep(length);
  throw ServiceError("failed");
}

TEST(TrioEvents, OfACancelScope) {
  const auto run = told([]() -> Task<void> {
    co_await trio::move_on_after(2s, []() -> Task<void> { co_await sleep_for(1s); });
    co_await trio::move_on_after(1s, []() -> Task<void> { co_await sleep_for(2s); });
    try {
      co_await trio::with(trio::CancelScope(), []() -> Task<void> { co_await fail_after(1s); });
    } catch (const ServiceError&) {}
    co_await trio::move_on_after(
        1s, []() -> Task<void> { co_await trio::with(trio::CancelScope(), []() -> Task<void> { co_await sleep_for(2s); }); });
  });
  EXPECT_EQ(of_scopes(run), (Lines{"enter cancel_scope", "exit cancel_scope: returned",  // in time
                                   "enter cancel_scope", "exit cancel_scope: returned",  // caught
                                   "enter cancel_scope", "exit cancel_scope: raised",    //
                                   "enter cancel_scope", "enter cancel_scope",           // in each other
                                   "exit cancel_scope: cancelled", "exit cancel_scope: returned"}));
  const auto entered = run.of(Kind::scope_enter), expired = run.of(Kind::scope_expired);
  EXPECT_EQ(entered.at(1).nanoseconds(), 2'000'000'000) << "the deadline, not the delay";
  EXPECT_EQ(entered.at(2).nanoseconds(), 0) << "none";
  ASSERT_EQ(expired.size(), 2u);
  EXPECT_EQ(expired.at(0).a, entered.at(1).a);
  EXPECT_EQ(expired.at(1).a, entered.at(3).a);
}

Task<void> say_started(trio::TaskStatus<void> status) {
  status.started();
  co_await trio::sleep(1s);
}

TEST(TrioEvents, OfANursery) {
  const auto run = told([]() -> Task<void> {
    co_await trio::with_nursery([](trio::Nursery& nursery) -> Task<void> {
      nursery.start_soon(sleep_for(1s));
      co_return;
    });
    try {
      co_await trio::with_nursery([](trio::Nursery& nursery) -> Task<void> {
        nursery.start_soon(fail_after(1s));
        co_return;
      });
    } catch (const ExceptionGroup&) {}
    co_await trio::with_nursery([](trio::Nursery& nursery) -> Task<void> {
      nursery.start_soon(sleep_for(9s));
      nursery.cancel_scope().cancel();
      co_return;
    });
    co_await trio::with_nursery([](trio::Nursery& nursery) -> Task<void> { co_await nursery.start<void>(&say_started); });
  });
  EXPECT_EQ(of_scopes(run), (Lines{"enter nursery", "exit nursery: returned",                   //
                                   "enter nursery", "exit nursery: raised",                     //
                                   "enter nursery", "exit nursery: returned",                   // cancelled, and caught
                                   "enter nursery", "enter nursery", "exit nursery: returned",  // start() has one of its own
                                   "exit nursery: returned"}));
}

}  // namespace
}  // namespace awaitscope::runtime

// What the synchronisation primitives write into a trace: every change with the state after it, and who woke whom.
#include "tests/runtime/story.h"

namespace awaitscope::runtime {
namespace {
using story::of_resource;
using story::told;
using testing::Lines;

// ------------------------------------------------------------------------------------------------ Lock, Semaphore

Task<void> hold(Lock* lock) {
  const auto permit = co_await lock->hold();
  co_await sleep(1s);
}

TEST(Events, OfALock) {
  const auto run = told([]() -> Task<void> {
    Lock lock("l");
    auto a = create_task(hold(&lock), "a"), b = create_task(hold(&lock), "b"), c = create_task(hold(&lock), "c");
    co_await sleep(500ms);
    b.cancel();
    co_await gather(a, c);
  });
  EXPECT_EQ(of_resource(run, "l"),
            (Lines{"created lock 1", "a acquired 0 0", "b acquire_begin 0 1", "c acquire_begin 0 2",
                   "b woken: cancel, by main after b cancel_requested", "b acquire_abandoned 0 1", "a released 1 1",
                   "c woken: released, by a after a released", "c acquired 0 0", "c released 1 0", "destroyed"}));
}

TEST(Events, OfALockWhoseNextHolderIsCancelledAfterItWasWoken) {
  const auto run = told([]() -> Task<void> {
    Lock lock("l");
    co_await lock.acquire();
    auto a = create_task(hold(&lock), "a"), b = create_task(hold(&lock), "b");
    co_await sleep(1s);
    lock.release();
    a.cancel();
    co_await b;
  });
  EXPECT_EQ(of_resource(run, "l"),
            (Lines{"created lock 1", "main acquired 0 0", "a acquire_begin 0 1", "b acquire_begin 0 2", "main released 1 2",
                   "a woken: released, by main after main released", "a acquire_abandoned 1 1",
                   "b woken: released, by a after a acquire_abandoned", "b acquired 0 0", "b released 1 0", "destroyed"}));
}

Task<void> hold_permit(Semaphore* semaphore) {
  const auto permit = co_await semaphore->hold();
  co_await sleep(1s);
}

TEST(Events, OfASemaphore) {
  const auto run = told([]() -> Task<void> {
    Semaphore semaphore(2, "s");
    auto a = create_task(hold_permit(&semaphore), "a"), b = create_task(hold_permit(&semaphore), "b"),
         c = create_task(hold_permit(&semaphore), "c"), d = create_task(hold_permit(&semaphore), "d");
    co_await sleep(500ms);
    c.cancel();
    co_await gather(a, b, d);
  });
  EXPECT_EQ(of_resource(run, "s", {Kind::released}),
            (Lines{"created semaphore 2", "a acquired 1 0", "b acquired 0 0", "c acquire_begin 0 1", "d acquire_begin 0 2",
                   "c woken: cancel, by main after c cancel_requested", "c acquire_abandoned 0 1", "a released",
                   "d woken: released, by a after a released", "b released", "d acquired 1 0", "d released", "destroyed"}));
}

TEST(Events, OfABoundedSemaphoreWhosePermitGoesOn) {
  const auto run = told([]() -> Task<void> {
    BoundedSemaphore semaphore(1, "s");
    co_await semaphore.acquire();
    auto a = create_task(hold_permit(&semaphore), "a"), b = create_task(hold_permit(&semaphore), "b");
    co_await sleep(1s);
    semaphore.release();
    a.cancel();
    co_await b;
  });
  EXPECT_EQ(of_resource(run, "s", {Kind::released, Kind::acquire_abandoned}),
            (Lines{"created semaphore 1", "main acquired 0 0", "a acquire_begin 0 1", "b acquire_begin 0 2", "main released",
                   "a woken: released, by main after main released", "a acquire_abandoned",
                   "b woken: released, by a after a acquire_abandoned", "b acquired 0 0", "b released", "destroyed"}));
}

// ------------------------------------------------------------------------------------------------ Event, Condition, Barrier

Task<void> wait_for_event(Event* event) { co_await event->wait(); }

TEST(Events, OfAnEvent) {
  const auto run = told([]() -> Task<void> {
    Event event("e");
    auto a = create_task(wait_for_event(&event), "a"), b = create_task(wait_for_event(&event), "b"),
         c = create_task(wait_for_event(&event), "c");
    co_await sleep(1s);
    b.cancel();
    co_await sleep(1s);
    event.set();
    event.set();  // changes nothing
    event.clear();
    co_await gather(a, c);
    event.set();
    co_await event.wait();
  });
  EXPECT_EQ(of_resource(run, "e"),
            (Lines{"created event 0", "a acquire_begin 0 1", "b acquire_begin 0 2", "c acquire_begin 0 3",
                   "b woken: cancel, by main after b cancel_requested", "b acquire_abandoned 0 2", "main level 1 2",
                   "a woken: set, by main after main level", "c woken: set, by main after main level", "main level 0 2",
                   "a acquired 0 1", "c acquired 0 0", "main level 1 0", "main acquired 1 0", "destroyed"}));
}

Task<void> wait_for_news(Condition* condition) {
  const auto permit = co_await condition->hold();
  co_await condition->wait();
}
Task<void> notify(Condition* condition, std::size_t n) {
  const auto permit = co_await condition->hold();
  condition->notify(n);
}

TEST(Events, OfAConditionAndItsLock) {
  const auto run = told([]() -> Task<void> {
    Condition condition("c");
    auto a = create_task(wait_for_news(&condition), "a"), b = create_task(wait_for_news(&condition), "b");
    co_await sleep(1s);
    co_await notify(&condition, 2);
    co_await gather(a, b);
  });
  EXPECT_EQ(of_resource(run, "c"),
            (Lines{"created condition 0", "a acquire_begin 0 1", "b acquire_begin 0 2", "main level 2 2",
                   "a woken: notified, by main after main level", "b woken: notified, by main after main level",
                   "a acquired 1 1", "b acquired 0 0", "destroyed"}));
  EXPECT_EQ(of_resource(run, "c.lock"), (Lines{"created lock 1", "a acquired 0 0", "a released 1 0",  // wait() frees it
                                               "b acquired 0 0", "b released 1 0",                    //
                                               "main acquired 0 0", "main released 1 0",              //
                                               "a acquired 0 0", "a released 1 0",                    // and takes it back
                                               "b acquired 0 0", "b released 1 0",                    //
                                               "destroyed"}));
}

TEST(Events, OfAConditionWhoseNotificationGoesOn) {
  const auto run = told([]() -> Task<void> {
    Condition condition("c");
    auto a = create_task(wait_for_news(&condition), "a"), b = create_task(wait_for_news(&condition), "b");
    co_await sleep(1s);
    co_await notify(&condition, 1);
    a.cancel();
    co_await b;
  });
  EXPECT_EQ(of_resource(run, "c"),
            (Lines{"created condition 0", "a acquire_begin 0 1", "b acquire_begin 0 2", "main level 1 2",
                   "a woken: notified, by main after main level", "a acquire_abandoned 0 1", "a level 1 1",
                   "b woken: notified, by a after a level", "b acquired 0 0", "destroyed"}));
}

Task<void> arrive(Barrier* barrier) { co_await barrier->wait(); }

TEST(Events, OfABarrier) {
  const auto run = told([]() -> Task<void> {
    Barrier barrier(3, "b");
    auto a = create_task(arrive(&barrier), "a"), b = create_task(arrive(&barrier), "b");
    co_await sleep(1s);
    co_await barrier.wait();
    co_await gather(a, b);
  });
  EXPECT_EQ(of_resource(run, "b", {Kind::task_ready}),
            (Lines{"created barrier 3", "a acquire_begin 1 1", "b acquire_begin 2 2", "main acquired 3 2",
                   "a woken by main after main acquired", "b woken by main after main acquired",
                   "main level 2 2",  // parties leave
                   "a acquired 2 1", "a level 1 1", "b acquired 1 0", "b level 0 0", "destroyed"}));
}

TEST(Events, OfABarrierThatIsLeftAndAborted) {
  const auto run = told([]() -> Task<void> {
    Barrier barrier(3, "b");
    auto a = create_task(arrive(&barrier), "a"), b = create_task(arrive(&barrier), "b");
    co_await sleep(1s);
    a.cancel();
    co_await sleep(1s);
    barrier.abort();
    co_await gather_settled(a, b);
  });
  EXPECT_EQ(of_resource(run, "b", {Kind::task_ready}),
            (Lines{"created barrier 3", "a acquire_begin 1 1", "b acquire_begin 2 2",
                   "a woken by main after a cancel_requested", "a acquire_abandoned 2 1",
                   "b woken by a after a acquire_abandoned",  // rule P14: it looks again
                   "a level 1 1", "b acquire_abandoned 1 0", "b acquire_begin 1 1", "main level 1 1",
                   "b woken by main after main level", "b acquire_abandoned 1 0", "b level 0 0", "destroyed"}));
}

// ------------------------------------------------------------------------------------------------ queues

template <class Items>
Task<void> get(Items* queue) {
  co_await queue->get();
  queue->task_done();
}
template <class Items>
Task<void> put(Items* queue, int item) {
  co_await queue->put(item);
}
template <class Items>
Task<void> join(Items* queue) {
  co_await queue->join();
}

TEST(Events, OfAQueueAndItsGetters) {
  const auto run = told([]() -> Task<void> {
    Queue<int> queue(0, "q");
    auto a = create_task(get(&queue), "a"), b = create_task(get(&queue), "b"), c = create_task(get(&queue), "c");
    co_await sleep(1s);
    a.cancel();
    co_await sleep(1s);
    queue.put_nowait(1);
    co_await b;
    queue.put_nowait(2);
    queue.get_nowait();  // before c, who was woken for it
    co_await sleep(1s);
    queue.put_nowait(3);
    co_await c;
  });
  EXPECT_EQ(of_resource(run, "q"), (Lines{"created queue 0",
                                          "a acquire_begin 0 1",
                                          "b acquire_begin 0 2",
                                          "c acquire_begin 0 3",
                                          "a woken: cancel, by main after a cancel_requested",
                                          "a acquire_abandoned 0 2",
                                          "main level 1 2",
                                          "b woken: put, by main after main level",
                                          "b acquired 0 1",
                                          "b released 0 1",
                                          "main level 1 1",
                                          "c woken: put, by main after main level",
                                          "main acquired 0 1",
                                          "c acquire_abandoned 0 0",
                                          "c acquire_begin 0 1",
                                          "main level 1 1",
                                          "c woken: put, by main after main level",
                                          "c acquired 0 0",
                                          "c released 0 0",
                                          "destroyed"}));
}

TEST(Events, OfALifoQueueAndItsPutters) {
  const auto run = told([]() -> Task<void> {
    LifoQueue<int> queue(1, "q");
    auto a = create_task(put(&queue, 1), "a"), b = create_task(put(&queue, 2), "b"), c = create_task(put(&queue, 3), "c");
    co_await sleep(1s);
    b.cancel();
    co_await sleep(1s);
    queue.get_nowait();
    co_await gather(a, c);
  });
  EXPECT_EQ(of_resource(run, "q"), (Lines{"created queue 1", "a level 1 0", "b acquire_begin 1 1", "c acquire_begin 1 2",
                                          "b woken: cancel, by main after b cancel_requested", "b acquire_abandoned 1 1",
                                          "main acquired 0 1", "c woken: got, by main after main acquired",
                                          "c acquired 0 0",  // room
                                          "c level 1 0", "destroyed"}));
}

TEST(Events, OfAPriorityQueueAndThoseWhoJoin) {
  const auto run = told([]() -> Task<void> {
    PriorityQueue<int> queue(0, "q");
    queue.put_nowait(2);
    queue.put_nowait(1);
    auto a = create_task(join(&queue), "a"), b = create_task(join(&queue), "b");
    co_await sleep(1s);
    b.cancel();
    co_await sleep(1s);
    co_await get(&queue);
    co_await get(&queue);
    co_await a;
    co_await queue.join();
  });
  EXPECT_EQ(
      of_resource(run, "q", {Kind::task_ready}),
      (Lines{"created queue 0", "main level 1 0", "main level 2 0", "a acquire_begin 2 1", "b acquire_begin 2 2",
             "b woken by main after b cancel_requested", "b acquire_abandoned 2 1", "main acquired 1 1", "main released 1 1",
             "main acquired 0 1", "main released 0 1", "a woken by main after main released", "a acquired 0 0", "destroyed"}));
}

}  // namespace
}  // namespace awaitscope::runtime

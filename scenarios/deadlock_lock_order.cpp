// Two tasks, two locks, taken in opposite orders with an await between.
//
// Each holds what the other needs, and both wait politely for ever.  It hides until someone adds an await in the middle:
// taking a free lock does not suspend, so without one nobody can come between.  One order for all, or a timeout, cures it.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

// @begin bad
Task<void> a_first(Lock* a, Lock* b, Duration pause) {
  auto has_a = co_await a->hold();  // @a
  log("has a");  // @b
  co_await sleep(pause);  // @c
  auto has_b = co_await b->hold();  // @d
  log("has a and b");  // @e
}

Task<void> b_first(Lock* a, Lock* b, Duration pause) {
  auto has_b = co_await b->hold();  // @f
  log("has b");  // @g
  co_await sleep(pause);  // @h
  auto has_a = co_await a->hold();  // @i
  log("has b and a");  // @j
}

Task<void> bad(Settings set) {
  Lock a("a"), b("b");  // @k
  auto p = set.time("pause");
  co_await gather(a_first(&a, &b, p), b_first(&a, &b, p));  // @l
  log("done");  // @m
}
// @end bad

// @begin bad.no_await
Task<void> a_then_b(Lock* a, Lock* b) {
  auto has_a = co_await a->hold();  // @a
  auto has_b = co_await b->hold();  // @b
  log("has a and b");  // @c
}

Task<void> b_then_a(Lock* a, Lock* b) {
  auto has_b = co_await b->hold();  // @d
  auto has_a = co_await a->hold();  // @e
  log("has b and a");  // @f
}

Task<void> bad_no_await(Settings) {
  Lock a("a"), b("b");  // @g
  co_await gather(a_then_b(&a, &b), b_then_a(&a, &b));  // @h
  log("done");  // @i
}
// @end bad.no_await

// @begin bad.hidden
Task<void> a_early(Lock* a, Lock* b, Duration pause) {
  auto has_a = co_await a->hold();  // @a
  co_await sleep(pause);  // @b
  auto has_b = co_await b->hold();  // @c
  log("has a and b");  // @d
}

Task<void> b_late(Lock* a, Lock* b, Duration pause) {
  co_await sleep(pause);  // @e
  auto has_b = co_await b->hold();  // @f
  auto has_a = co_await a->hold();  // @g
  log("has b and a");  // @h
}

Task<void> bad_hidden(Settings set) {
  Lock a("a"), b("b");  // @i
  auto p = set.time("pause");
  co_await gather(a_early(&a, &b, p), b_late(&a, &b, p));  // @j
  log("done");  // @k
}
// @end bad.hidden

// @begin bad.twice
Task<void> helper(Lock* a) {
  auto inner = co_await a->hold();  // @a
  log("has a again");  // @b
}

Task<void> bad_twice(Settings) {
  Lock a("a");  // @c
  auto outer = co_await a.hold();  // @d
  log("has a");  // @e
  co_await helper(&a);  // @f
  log("done");  // @g
}
// @end bad.twice

// @begin fixed
Task<void> in_order(Lock* a, Lock* b, Duration pause) {
  auto has_a = co_await a->hold();  // @a
  co_await sleep(pause);  // @b
  auto has_b = co_await b->hold();  // @c
  log("has a and b");  // @d
}

Task<void> fixed(Settings set) {
  Lock a("a"), b("b");  // @e
  auto p = set.time("pause");
  co_await gather(in_order(&a, &b, p), in_order(&a, &b, p));  // @f
  log("done");  // @g
}
// @end fixed

// @begin fixed.timeout
Task<void> patient(Lock* one, Lock* two, Duration pause,
                   Duration patience) {
  for (bool has_both = false; !has_both;) {
    auto has_one = co_await one->hold();  // @a
    co_await sleep(pause);  // @b
    try {
      co_await wait_for(two->acquire(), patience);  // @c
      log("has both");  // @d
      two->release();  // @e
      has_both = true;
    } catch (const TimeoutError&) {
      log("lets go");  // @f
    }
  }
}

Task<void> fixed_timeout(Settings set) {
  Lock a("a"), b("b");  // @g
  auto p = set.time("pause"), limit = set.time("patience");
  auto t1 = create_task(patient(&a, &b, p, 2 * limit));  // @h
  auto t2 = create_task(patient(&b, &a, p, limit));  // @i
  co_await gather(t1, t2);  // @j
  log("done");  // @k
}
// @end fixed.timeout

std::string promise(const Told& run, const Settings&) {
  return run.ok() && run.last() == "done" ? "" : "it hangs: nobody will ever get both locks";
}

}  // namespace

Scenario deadlock_lock_order() {
  Scenario out;
  out.id = "X01";
  out.name = "deadlock_lock_order";
  out.parameters = {{"pause", "s", 0.5, 0, 5, 0.1}, {"patience", "s", 1, 0.1, 10, 0.1}};
  out.variants = {{"bad", bad, {"deadlock-cycle"}},
                  {"bad.no_await", bad_no_await, {}},
                  {"bad.hidden", bad_hidden, {"lock-order-inversion"}},
                  {"bad.twice", bad_twice, {"self-deadlock"}},
                  {"fixed", fixed, {}},
                  {"fixed.timeout", fixed_timeout, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios

// The answer and a cancel arrive in the same moment.  Which of them counts?
//
// Up to Python 3.11 wait_for ran beside what it waited for and had to pick between two pieces of news; it picked the result,
// and the cancel was gone.  timeout() keeps one task: the cancel strikes that, and cannot be mislaid.  Since 3.12 wait_for
// is made of timeout().
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

using Reply = Future<std::string>;

/// The moment at which it all happens, and some turns of the loop more.
Task<void> moment(Settings set, int turns, Place at = Place::current()) {
  co_await sleep(set.time("answer"), at);
  for (int i = 0; i < turns; ++i)
    co_await sleep(Duration{}, at);
}
Duration limit(const Settings& set) { return set.time("limit"); }
std::string verdict(const TaskHandle<void>& client) {
  return client.cancelled() ? "the client is cancelled" : "the client was never told";
}

// @begin both
Task<void> user(TaskHandle<void> work, Settings set) {
  co_await moment(set, 1 + set.count("offset"));  // @s
  work.cancel();  // @x
}
// @end both

// @begin bad
Task<void> client(Reply reply, Settings set) {
  auto got = co_await wait_for_3_11(reply, limit(set));  // @a
  log("got", got, "and goes on");  // @b
  co_await sleep(set.time("more"));  // @c
}

Task<void> bad(Settings set) {
  Reply reply;
  auto work = create_task(client(reply, set), "client");  // @d
  auto stop = create_task(user(work, set), "user");  // @e
  co_await moment(set, 2);  // @f
  log("the answer arrives");  // @n
  if (!reply.done()) reply.set_result("data");
  co_await gather_settled(work, stop);  // @i
  log(verdict(work));  // @j
}
// @end bad

// @begin fixed
Task<void> timed(Reply reply, Settings set) {
  std::string got;
  co_await with_timeout(limit(set), [&]() -> Task<void> {  // @a
    got = co_await reply;  // @r
  });
  log("got", got, "and goes on");  // @b
  co_await sleep(set.time("more"));  // @c
}

Task<void> fixed(Settings set) {
  Reply reply;
  auto work = create_task(timed(reply, set), "client");  // @d
  auto stop = create_task(user(work, set), "user");  // @e
  co_await moment(set, 2);  // @f
  log("the answer arrives");  // @n
  if (!reply.done()) reply.set_result("data");
  co_await gather_settled(work, stop);  // @i
  log(verdict(work));  // @j
}
// @end fixed

// @begin fixed.wait_for
Task<void> modern(Reply reply, Settings set) {
  auto got = co_await wait_for(reply, limit(set));  // @a
  log("got", got, "and goes on");  // @b
  co_await sleep(set.time("more"));  // @c
}

Task<void> fixed_wait_for(Settings set) {
  Reply reply;
  auto work = create_task(modern(reply, set), "client");  // @d
  auto stop = create_task(user(work, set), "user");  // @e
  co_await moment(set, 2);  // @f
  log("the answer arrives");  // @n
  if (!reply.done()) reply.set_result("data");
  co_await gather_settled(work, stop);  // @i
  log(verdict(work));  // @j
}
// @end fixed.wait_for

std::string promise(const Told& run, const Settings&) {
  return run.last() == "the client is cancelled" ? "" : "a cancelled client goes on";
}

}  // namespace

Scenario wait_for_vs_timeout() {
  Scenario out;
  out.id = "L19";
  out.name = "wait_for_vs_timeout";
  out.parameters = {{"answer", "s", 1, 0.1, 5, 0.1},
                    {"limit", "s", 10, 6, 60, 1},
                    {"more", "s", 1, 0.1, 10, 0.1},
                    {"offset", "", 0, -1, 1, 1}};
  out.variants = {{"bad", bad, {"cancel-lost"}}, {"fixed", fixed, {}}, {"fixed.wait_for", fixed_wait_for, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios

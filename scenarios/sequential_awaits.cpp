// Three requests that do not need each other, one second each.
//
// `await` on a bare call starts it and parks you until it ends, so nothing else of yours is in flight.  Started together
// and joined once, the three cost the longest of them instead of their sum.  Where one needs another's result, waiting is
// right, and nobody should call that a mistake.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

// @begin bad
Task<void> bad(Settings set) {
  Service api(ServiceOptions("api"));  // @s
  auto user = co_await api.get("user", set.time("user"));  // @a
  auto id = set.on("posts_need_user") ? user : Value<int>{};
  co_await api.get("posts", set.time("posts"), id);  // @b
  co_await api.get("comments", set.time("comments"));  // @c
  log("profile complete");  // @d
}
// @end bad

// @begin fixed
Task<Value<int>> posts_of_user(Service api, Settings set) {
  auto user = co_await api.get("user", set.time("user"));  // @a
  auto time = set.time("posts");
  co_return co_await api.get("posts", time, user);  // @b
}

Task<void> fixed(Settings set) {
  Service api(ServiceOptions("api"));  // @s
  auto get = [&](auto what) {
    return create_task(api.get(what, set.time(what)), what);  // @c
  };
  auto comments = get("comments");
  if (set.on("posts_need_user")) {
    co_await gather(posts_of_user(api, set), comments);  // @d
  } else {
    auto user = get("user");
    auto posts = get("posts");
    co_await gather(user, posts, comments);  // @g
  }
  log("profile complete");  // @h
}
// @end fixed

std::string promise(const Told& run, const Settings&) {
  return run.ok() && run.count(Kind::request_end) == 3 ? "" : "an answer is missing";
}

}  // namespace

Scenario sequential_awaits() {
  Scenario out;
  out.id = "L01";
  out.name = "sequential_awaits";
  out.parameters = {{"user", "s", 1, 0.1, 10, 0.1},
                    {"posts", "s", 1, 0.1, 10, 0.1},
                    {"comments", "s", 1, 0.1, 10, 0.1},
                    {"posts_need_user", "", 0, 0, 1, 1}};
  out.presets = {{"dependent", {{"posts_need_user", 1}}}};
  out.variants = {{"bad", bad, {"sequential-awaits"}}, {"fixed", fixed, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios

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
  co_return co_await api.get("posts", set.time("posts"), user);  // @b
}

Task<void> fixed(Settings set) {
  Service api(ServiceOptions("api"));  // @s
  auto comments = create_task(api.get("comments", set.time("comments")), "comments");  // @c
  if (set.on("posts_need_user")) {
    co_await gather(posts_of_user(api, set), comments);  // @d
  } else {
    auto user = create_task(api.get("user", set.time("user")), "user");  // @e
    auto posts = create_task(api.get("posts", set.time("posts")), "posts");  // @f
    co_await gather(user, posts, comments);  // @g
  }
  log("profile complete");  // @h
}
// @end fixed

}  // namespace

Scenario sequential_awaits() {
  Scenario out;
  out.id = "L01";
  out.name = "sequential_awaits";
  out.topic = "One loop";
  out.title = "Three awaits in a row take the sum of their times";
  out.watch = "A staircase of three bars that ends at 3.0 s against a stack of three that ends at 1.0 s.";
  out.parameters = {{"user", "s", 1, 0.1, 10, 0.1, "how long the user takes"},
                    {"posts", "s", 1, 0.1, 10, 0.1, "how long the posts take"},
                    {"comments", "s", 1, 0.1, 10, 0.1, "how long the comments take"},
                    {"posts_need_user", "", 0, 0, 1, 1, "1: the posts need the user's id, so that waiting is right"}};
  out.presets = {{"dependent", {{"posts_need_user", 1}}}};
  out.variants = {{"bad", bad}, {"fixed", fixed}};
  out.findings = {"sequential-awaits"};
  return out;
}

}  // namespace awaitscope::scenarios

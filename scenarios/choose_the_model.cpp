// Ten small jobs, and which of them async is for.
//
// Async buys waiting in parallel, nothing else.  If there is nothing to wait for, or only one thing at a time, plain code
// wins: the same total with fewer moving parts.  What computes, or blocks without an async form, wants a pool.
#include <cmath>

#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

enum class Model { plain,
                   async,
                   pool };

struct Work {
  std::string name;
  bool waits;  ///< for somebody else; false: it computes, or blocks
  int count;  ///< of equal parts
  Duration each;
  int at_once;  ///< parts that may be under way together: 1 where each needs the one before
  Model right;
};

Work card(const Settings& set) {
  static const std::vector<Work> cards = {
      {"two dependent calls, once a day", true, 2, 1s, 1, Model::plain},
      {"hash one file", false, 1, 15ms, 1, Model::plain},
      {"read 500 bytes", false, 1, 1ms, 1, Model::plain},
      {"100 HTTP calls", true, 100, 200ms, 20, Model::async},
      {"a chat of 50 quiet clients", true, 50, 1s, 50, Model::async},
      {"resize four pictures", false, 4, 15ms, 4, Model::pool},
      {"a page of three requests", true, 3, 500ms, 3, Model::async},
      {"four queries, a driver without async", false, 4, 12ms, 4, Model::pool},
      {"copy one file at night", true, 1, 2s, 1, Model::plain},
      {"crawl 60 pages, ten at a time", true, 60, 500ms, 10, Model::async}};
  return cards.at(static_cast<std::size_t>(set.count("card") - 1));
}

/// `moving_parts`: the loop, a limit or pool, and the tasks.
void report(const Work& work, int moving_parts, Place at = Place::current()) {
  write_log(work.name + ": " + std::to_string(std::lround(loop_time() * 1000)) + " ms, " + std::to_string(moving_parts) +
                " moving parts",
            at);
}
Work part_of(Work work) {
  work.count = 1;
  return work;
}

// @begin bad
Task<void> one(Work w, Semaphore* limit) {
  auto permit = co_await limit->hold();  // @a
  if (w.waits) co_await sleep(w.each);  // @b
  else compute_for(w.each, w.name);  // @c
}

Task<void> with_async(Work w) {
  Semaphore limit(w.at_once, "limit");  // @d
  std::vector<Task<void>> all;
  for (int i = 0; i < w.count; ++i)
    all.push_back(one(w, &limit));
  co_await gather(std::move(all));  // @e
  report(w, 2 + w.count);  // @f
}

Task<void> bad(Settings set) {
  co_await with_async(card(set));  // @g
}
// @end bad

// @begin bad.nothing
void script(Work w) {
  for (int i = 0; i < w.count; ++i)
    compute_for(w.each, w.name);
}

Task<void> plain(Work w) {
  co_await to_thread(script, w);  // @h
  report(w, 0);  // @i
}

Task<void> bad_nothing(Settings set) {
  co_await plain(card(set));  // @j
}
// @end bad.nothing

// @begin fixed
Task<void> on_a_pool(Work w) {
  std::vector<Task<void>> all;
  for (int i = 0; i < w.count; ++i)
    all.push_back(to_thread(script, part_of(w)));
  co_await gather(std::move(all));  // @k
  report(w, 2 + w.count);  // @l
}

Task<void> fixed(Settings set) {
  auto w = card(set);
  if (w.right == Model::plain) co_await plain(w);  // @m
  if (w.right == Model::async) co_await with_async(w);  // @n
  if (w.right == Model::pool) co_await on_a_pool(w);  // @o
}
// @end fixed

std::string promise(const Told& run, const Settings&) {
  return run.ok() && run.logged("").size() == 1 ? "" : "the work was not done";
}

}  // namespace

Scenario choose_the_model() {
  Scenario out;
  out.id = "X13";
  out.name = "choose_the_model";
  out.parameters = {{"card", "", 1, 1, 10, 1}};
  out.variants = {{"bad", bad, {}}, {"bad.nothing", bad_nothing, {}}, {"fixed", fixed, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios

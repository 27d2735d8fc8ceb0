// A call that somebody forgot to await.
//
// Calling an async function only builds the object that could run; awaiting it, or making a task of it, is what runs it.
// The object is true like any other, so the caller carries on with it, and the complaint comes when it is thrown away,
// often far from the bug.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

// What Python says of a coroutine where a value is wanted.  Here the compiler would refuse it.
struct TypeError : std::runtime_error {
  using runtime_error::runtime_error;
};
std::string kind(const Task<int>&) { return "coroutine"; }
std::string kind(int) { return "int"; }
std::string truth(const Task<int>&) { return "true"; }
std::string truth(int value) { return value ? "true" : "false"; }
int operator+(const Task<int>&, int) { throw TypeError("unsupported operand type(s) for +: 'coroutine' and 'int'"); }
struct Words {
  const char* operator[](int value) const { return std::array{"none", "one", "two", "many"}[static_cast<std::size_t>(value)]; }
  const char* operator[](const Task<int>&) const { throw TypeError("list indices must be integers or slices, not coroutine"); }
} words;

// @begin both
Task<int> fetch(Settings set, Place = Place::current()) {
  log("fetching");  // @f
  co_await sleep(set.time("takes"));  // @s
  co_return set.count("value");
}
// @end both

// @begin bad
Task<Task<int>> get_data(Settings set) {
  auto result = fetch(set);  // @a
  co_return result;
}

Task<void> bad(Settings set) {
  auto data = co_await get_data(set);  // @b
  log("got a value of type", kind(data));  // @c
  log("as a condition it is", truth(data));  // @d
  co_await sleep(set.time("later"));  // @e
}
// @end bad

// @begin bad.plus
Task<void> bad_plus(Settings set) {
  try {
    auto sum = fetch(set) + 1;  // @a
    log("sum", sum);  // @b
  } catch (const TypeError& error) {
    log("TypeError:", error.what());  // @c
  }
  co_await sleep(set.time("later"));  // @e
}
// @end bad.plus

// @begin bad.index
Task<void> bad_index(Settings set) {
  try {
    auto word = words[fetch(set)];  // @a
    log("in words", word);  // @b
  } catch (const TypeError& error) {
    log("TypeError:", error.what());  // @c
  }
  co_await sleep(set.time("later"));  // @e
}
// @end bad.index

// @begin fixed
Task<int> get_real_data(Settings set) {
  co_return co_await fetch(set);  // @a
}

Task<void> fixed(Settings set) {
  auto data = co_await get_real_data(set);  // @b
  log("got a value of type", kind(data));  // @c
  log("as a condition it is", truth(data));  // @d
  log("plus one", data + 1, "in words", words[data]);  // @p
  co_await sleep(set.time("later"));  // @e
}
// @end fixed

std::string promise(const Told& run, const Settings&) {
  return run.logged("fetching").empty() ? "nothing was fetched" : "";
}

}  // namespace

Scenario forgotten_await() {
  Scenario out;
  out.id = "L03";
  out.name = "forgotten_await";
  out.parameters = {{"takes", "s", 1, 0, 10, 0.1}, {"value", "", 0, 0, 3, 1}, {"later", "s", 2, 0, 10, 0.1}};
  out.variants = {{"bad", bad, {"never-awaited"}},
                  {"bad.plus", bad_plus, {"never-awaited"}},
                  {"bad.index", bad_index, {"never-awaited"}},
                  {"fixed", fixed, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios

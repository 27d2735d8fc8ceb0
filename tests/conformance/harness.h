#pragma once
// A conformance case is a small Python program whose log and loop iterations the real asyncio or trio has written down
// (cases/NNN_slug.py, .expected, .ticks).  Each is written again here, in the same shape, and must write the same lines.
//
// The lines are read from the trace that the run leaves behind, notices of the runtime included, so that what a viewer sees
// is what was compared.  The functions below are those of oracle.py, under the same names.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "core/runtime/runtime.h"
#include "core/trace/trace.h"
#include "tests/support/boom.h"

namespace awaitscope::conformance {

using namespace awaitscope::runtime;
using runtime::Event;  // asyncio's, not the trace's
using runtime::sleep;

using testing::Boom;
using testing::ex;

// --- as Python prints
std::string str(const std::string& text);
std::string str(const char* text);
std::string str(char letter);
std::string str(bool value);  ///< True, False
std::string str(int value);
inline std::string str(std::size_t value) { return str(static_cast<int>(value)); }
std::string repr(const std::string& text);  ///< quoted, as in a list
inline std::string repr(int value) { return str(value); }
inline std::string repr(bool value) { return str(value); }
template <class T>
std::string str(const std::vector<T>& list) {
  std::string out = "[";
  for (std::size_t i = 0; i < list.size(); ++i) out += (i ? ", " : "") + repr(list[i]);
  return out + "]";
}
template <class T>
std::string str(const std::optional<T>& value) {
  return value ? str(*value) : "None";
}
/// The words one after the other, without spaces: an f-string.
template <class... Words>
std::string cat(const Words&... words) {
  return (str(words) + ... + std::string());
}
/// Language-neutral spelling of the exception that a handler handles.
std::string ex();

// --- oracle.py's helpers
/// One line at the current virtual time; the words stand together as in cat().
template <class... Words>
void log(const Words&... words) {
  write_log(cat(words...), Place{});
}
int now();   ///< milliseconds
int tick();  ///< the current iteration of the loop
inline auto sleep(int ms, Place at = Place::current()) { return runtime::sleep(std::chrono::milliseconds(ms), at); }
template <class T>
TaskHandle<T> go(Task<T> coroutine, std::string_view name = {}) {
  return create_task(std::move(coroutine), name);
}
CallHandle soon(std::function<void()> f);
CallHandle later(int ms, std::function<void()> f);
void block(int ms);
/// Logs 'n start', sleeps, logs 'n end' and returns `ret`; logs 'n cancelled' and rethrows if cancelled.
template <class T>
Task<T> job(std::string n, int ms, T ret);
Task<void> job(std::string n, int ms);
/// The same with a string, and one that throws Boom(fail) at its end.
Task<std::string> job(std::string n, int ms, const char* ret);
Task<void> failing_job(std::string n, int ms, std::string fail);

struct CaseOptions {
  bool debug = false;
  std::size_t workers = 4;
  std::string main_name = "Task-1";
  std::string version = "3.13";  ///< whose files are expected; the nearest older ones where it has none
  Policy* policy = nullptr;
  /// Callbacks or tasks refer to main's frame, which they outlive where another order than the loop's own ends main first.
  bool frame_bound = false;
};

/// What a case did: a line of `log` is "<ms> <text>", one of `ticks` "<ms> <iteration> <text>".
struct CaseLog {
  std::vector<std::string> log, ticks;
  Trace trace;
};
/// Runs a case and gives its lines.  `run` gets a fresh runner each and says how it ended: the last line without its time.
CaseLog record_case(const std::function<std::string(Runner&)>& run, const CaseOptions& options = {});
/// "-- ok", "-- raised Boom:x", "-- hang Task-1 A" of a main without result.
std::string run_main(Runner& runner, const Main& main, const CaseOptions& options);

/// Compares with the files of the case, and says where they part.
void expect_case(const std::string& slug, const CaseLog& have, const CaseOptions& options);
/// Runs and compares a case whose main returns nothing...
void check_case(const std::string& slug, const Main& main, const CaseOptions& options = {});
/// ...or a value for the last line, "-- ok <value>".
template <class T>
void check_case(const std::string& slug, Task<T> (*main)(), const CaseOptions& options = {});

/// The cases that CONFORMANCE has made, for tests that run them in other ways.
struct KnownCase {
  std::string slug;
  Main main;
  CaseOptions options;
};
std::vector<KnownCase>& known_cases();
bool make_known(std::string slug, Main main, CaseOptions options = {});

/// One case: `CONFORMANCE(001_call_soon_fifo) { ...body of main, a coroutine... }`
#define CONFORMANCE(slug, ...)                                                                               \
  static ::awaitscope::runtime::Task<void> main_##slug();                                                    \
  static const bool known_##slug =                                                                           \
      ::awaitscope::conformance::make_known(#slug, [] { return main_##slug(); } __VA_OPT__(, ) __VA_ARGS__); \
  TEST(Conformance, slug) {                                                                                  \
    static_cast<void>(known_##slug);                                                                         \
    ::awaitscope::conformance::check_case(#slug, [] { return main_##slug(); } __VA_OPT__(, ) __VA_ARGS__);   \
  }                                                                                                          \
  static ::awaitscope::runtime::Task<void> main_##slug()

// ------------------------------------------------------------------------------------------------ templates

template <class T>
Task<T> job(std::string n, int ms, T ret) {
  co_await job(n, ms);
  co_return ret;
}

template <class T>
void check_case(const std::string& slug, Task<T> (*main)(), const CaseOptions& options) {
  expect_case(slug,
              record_case(
                  [&](Runner& runner) {
                    std::string result;
                    const Main with_result = [&]() -> Task<void> {
                      // The frame that keeps the value is the outermost one, as Python's task does.
                      return [](Task<T> inner, std::string* out) -> Task<void> { *out = str(co_await std::move(inner)); }(
                                                                     main(), &result);
                    };
                    const std::string end = run_main(runner, with_result, options);
                    return end == "-- ok" ? end + " " + result : end;
                  },
                  options),
              options);
}

}  // namespace awaitscope::conformance

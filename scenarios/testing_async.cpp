// Three ways to test a fetch with a timeout: a mock with another signature, a sleep and a hope, a virtual clock.
//
// A mock with another signature tests the mock.  A test that sleeps and hopes passes on your machine.  With a virtual clock
// a timeout test costs nothing and always orders the same way: success, failure and timeout, each in no time at all.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

using Text = Task<std::string>;
using Get = std::function<Text(std::string url)>;

struct TypeError : std::runtime_error {
  using runtime_error::runtime_error;
};
/// What a patched name is in Python: its signature is looked at when it is called, not before as here.
Get patched(std::string name, Text (*)()) {
  return [name](std::string) -> Text { throw TypeError(name + "() takes 0 positional arguments but 1 was given"); };
}

// @begin both
Text fetch_data(Get get, Duration limit) {
  try {
    co_return co_await wait_for(get("/user"), limit);  // @a
  } catch (const TimeoutError&) {
    co_return "timed out";
  } catch (const ServiceError&) {
    co_return "failed";
  }
}
// @end both

// @begin bad
Text slow_fetch() {
  co_await sleep(60s);  // @b
  co_return "late";
}

Task<void> bad(Settings set) {
  log("testing the timeout");  // @e
  auto get = patched("slow_fetch", slow_fetch);
  auto limit = set.time("limit");
  auto got = co_await fetch_data(get, limit);  // @c
  bool passes = got == "timed out";
  log("timed out", passes ? "passes" : "fails");  // @d
}
// @end bad

ServiceOptions real(const Settings& set) {
  return ServiceOptions("api").latency(set.time("latency")).jitter(set.time("jitter"));
}

// @begin bad.sleeps
Task<void> bad_sleeps(Settings set) {
  Service api(real(set));  // @b
  auto task = create_task(api.get("user"), "user");  // @c
  co_await sleep(set.time("guess"));  // @d
  bool passes = task.done();  // surely by now
  log("success", passes ? "passes" : "fails");  // @e
  co_await task;  // @f
}
// @end bad.sleeps

struct Case {
  std::string wanted;
  Duration takes;
  std::string answer;
};
std::vector<Case> three_cases(const Settings& set) {
  const auto quick = set.time("quick");
  return {{"ada", quick, "ada"}, {"failed", quick, "500"}, {"timed out", set.time("slow"), "late"}};
}
Get mock(const Case& one);

// @begin fixed
Text answers(std::string, Duration time, std::string text) {
  co_await sleep(time);  // @b
  if (text == "500") throw ServiceError(text);
  co_return text;
}

Task<void> fixed(Settings set) {
  auto limit = set.time("limit");
  for (auto cases = three_cases(set); auto& one : cases) {
    auto got = co_await fetch_data(mock(one), limit);  // @c
    bool passes = got == one.wanted;
    log(one.wanted, passes ? "passes" : "fails");  // @d
  }
}
// @end fixed

Get mock(const Case& one) {
  return [one](std::string url) { return answers(url, one.takes, one.answer); };
}

using App = Task<int> (*)(std::string path);

Task<int> app(std::string path) { co_return path == "/user" ? 200 : 404; }

// @begin fixed.client
struct Client {
  Task<App> enter() {
    log("client opens");  // @b
    co_return app;
  }
  Task<void> exit(std::exception_ptr) {
    log("client closes");  // @c
    co_return;
  }
};

Task<void> fixed_client(Settings) {
  Client client;
  co_await async_with(client, [&](App get) -> Task<void> {  // @d
    auto status = co_await get("/user");  // @e
    log("client", status == 200 ? "passes" : "fails");  // @f
  });
}
// @end fixed.client

std::string promise(const Told& run, const Settings&) {
  int passed = 0;
  for (const auto& line : run.log()) {
    if (line.text.ends_with(" fails")) return "the test of '" + line.text.substr(0, line.text.size() - 6) + "' fails";
    passed += line.text.ends_with(" passes");
  }
  return run.ok() && passed > 0 ? "" : "no test has passed";
}

}  // namespace

Scenario testing_async() {
  Scenario out;
  out.id = "X12";
  out.name = "testing_async";
  out.parameters = {{"limit", "s", 10, 1, 15, 0.1}, {"slow", "s", 60, 20, 600, 1}, {"quick", "s", 0.1, 0, 0.9, 0.1}, {"latency", "s", 0.05, 0, 1, 0.01}, {"jitter", "s", 0.1, 0, 1, 0.01}, {"guess", "s", 0.13, 0, 2, 0.01}};
  out.variants = {{"bad", bad, {}}, {"bad.sleeps", bad_sleeps, {}}, {"fixed", fixed, {}}, {"fixed.client", fixed_client, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios

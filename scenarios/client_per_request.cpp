// Ten pages, one after another, each with a client of its own.
//
// The expensive part of a request is often the connection: names, sockets, keys.  A client keeps connections for the next
// request, and a client that lives for one request throws them away.  Make one client for the life of the app.  It limits
// you, too: its pool holds so many connections, and who comes later waits in line, although you wrote no semaphore.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

ServiceOptions server(const Settings& set) { return ServiceOptions("api").latency(set.time("request")); }
PoolOptions options(const Settings& set) {
  return PoolOptions("client").limit(set.count("limit")).connect(set.time("connect")).timeout(set.time("pool_timeout"));
}
const char* const base = "https://api";
using Page = Value<int>;

// @begin bad
Task<Page> fetch(Service api, Page from, Settings set) {
  Client client(api, options(set), base);  // @a
  co_return co_await client.get("/next", from);  // @b
}

Task<void> bad(Settings set) {
  Service api(server(set));  // @s
  Page page;
  for (int i = 0; i < set.count("calls"); ++i)
    page = co_await fetch(api, page, set);  // @c
  log("ok", page);  // @d
}
// @end bad

// @begin bad.relative
Task<void> bad_relative(Settings set) {
  Service api(server(set));  // @s
  Client client(api, options(set));  // @a
  try {
    co_await client.get("/next");  // @b
  } catch (const UnsupportedProtocol& error) {
    log("nothing was sent:", error.what());  // @c
  }
}
// @end bad.relative

// @begin fixed
Task<void> fixed(Settings set) {
  Service api(server(set));  // @s
  Client client(api, options(set), base);  // @a
  Page page;
  for (int i = 0; i < set.count("calls"); ++i)
    page = co_await client.get("/next", page);  // @b
  log("ok", page);  // @d
}
// @end fixed

// @begin fixed.together
Task<void> fixed_together(Settings set) {
  Service api(server(set));  // @s
  Client client(api, options(set), base);  // @a
  std::vector<Task<Page>> gets;
  for (int i = 0; i < set.count("calls"); ++i)
    gets.push_back(client.get("/page"));
  auto pages = co_await gather_settled(std::move(gets));  // @b
  int ok = 0, late = 0;
  for (auto& page : pages)
    ++(page.ok() ? ok : late);
  log("ok", ok, "PoolTimeout", late);  // @c
}
// @end fixed.together

std::string promise(const Told& run, const Settings& set) {
  const int opened = run.count(Kind::resource_opened);
  if (!run.last().starts_with("ok")) return "no page came";
  return opened <= set.count("limit") ? "" : std::to_string(opened) + " connections were opened";
}

}  // namespace

Scenario client_per_request() {
  Scenario out;
  out.id = "L09";
  out.name = "client_per_request";
  out.parameters = {{"calls", "", 10, 1, 60, 1},
                    {"connect", "s", 3, 0.05, 10, 0.05},
                    {"request", "s", 1, 0.1, 10, 0.1},
                    {"limit", "", 3, 1, 20, 1},
                    {"pool_timeout", "s", 10, 0.5, 60, 0.5}};
  out.presets = {{"pool", {{"calls", 12}, {"connect", 0.1}, {"limit", 3}, {"pool_timeout", 2.5}}}};
  out.variants = {{"bad", bad, {"client-per-request"}},
                  {"bad.relative", bad_relative, {}},
                  {"fixed", fixed, {}},
                  {"fixed.together", fixed_together, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios

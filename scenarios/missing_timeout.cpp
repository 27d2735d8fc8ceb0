// A peer that takes the request and never answers, and a caller that never gives up.
//
// Nothing in async gives up by itself.  A time limit is a cancel request with an alarm clock: inside the block it is a
// CancelledError, and the block turns its own one into TimeoutError at its edge.  What a timeout then means is for the
// caller to decide; it is not "there is no such thing".
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

using Answer = Task<Value<int>>;
using Row = std::optional<std::string>;

ServiceOptions peer_of(const Settings& set) {
  return ServiceOptions("peer").latency(set.time("delay")).silent(set.number("delay") == 0);
}
ServiceOptions quick() { return ServiceOptions("table").latency(std::chrono::milliseconds(50)); }
std::string shown(const Row& row) { return row ? *row : "None"; }

// @begin both
Task<void> others(Settings set) {
  co_await sleep(set.time("watch"));  // @v
  log("the others were served");  // @w
}
// @end both

// @begin bad
Task<void> bad(Settings set) {
  Service peer(peer_of(set));  // @s
  auto rest = create_task(others(set), "others");  // @a
  auto answer = co_await peer.get("report");  // @b
  log("answer", answer.value);  // @c
  co_await rest;  // @d
}
// @end bad

// @begin bad.none
Task<Row> look_up(Service peer, Settings set) {
  auto limit = set.time("limit");
  try {
    co_await with_timeout(limit, [&]() -> Answer {  // @a
      co_return co_await peer.get("row");  // @b
    });
    co_return std::nullopt;  // it has no such row
  } catch (const TimeoutError&) {
    co_return std::nullopt;  // nobody knows
  }
}

Task<void> bad_none(Settings set) {
  Service table(quick()), peer(peer_of(set));  // @s
  auto known = co_await look_up(table, set);  // @c
  log("table:", shown(known));  // @d
  auto unknown = co_await look_up(peer, set);  // @e
  log("peer:", shown(unknown));  // @f
}
// @end bad.none

// @begin fixed
Task<void> fixed(Settings set) {
  Service peer(peer_of(set));  // @s
  auto limit = set.time("limit");
  auto rest = create_task(others(set), "others");  // @a
  try {
    co_await with_timeout(limit, [&]() -> Task<void> {  // @l
      auto answer = co_await peer.get("report");  // @b
      log("answer", answer.value);  // @c
    });
  } catch (const TimeoutError&) {
    log("no answer in time");  // @t
  }
  co_await rest;  // @d
}
// @end fixed

// @begin fixed.inside
Task<void> careful(Service peer) {
  try {
    co_await peer.get("report");  // @b
  } catch (const TimeoutError&) {
    log("inside: TimeoutError");  // @c
  } catch (const CancelledError&) {
    log("inside: CancelledError");  // @d
    throw;
  }
}

Task<void> fixed_inside(Settings set) {
  Service peer(peer_of(set));  // @s
  auto limit = set.time("limit");
  try {
    co_await with_timeout(limit, [&]() -> Task<void> {  // @l
      co_await careful(peer);  // @e
    });
  } catch (const TimeoutError&) {
    log("outside: TimeoutError");  // @f
  }
}
// @end fixed.inside

// @begin fixed.nested
Task<void> fixed_nested(Settings set) {
  Service peer(peer_of(set));  // @s
  auto outer = set.time("outer"), inner = set.time("inner");
  try {
    co_await with_timeout(outer, [&]() -> Task<void> {  // @a
      try {
        co_await with_timeout(inner, [&]() -> Answer {  // @b
          co_return co_await peer.get("report");  // @c
        });
      } catch (const TimeoutError&) {
        log("inner limit");  // @d
      }
    });
  } catch (const TimeoutError&) {
    log("outer limit");  // @e
  }
}
// @end fixed.nested

std::string promise(const Told& run, const Settings&) {
  if (!run.logged("table:").empty() && run.last() == "peer: None") return "a timeout and an empty table look the same";
  return run.outcome() == RunOutcome::hang ? "the caller waits for ever" : "";
}

}  // namespace

Scenario missing_timeout() {
  Scenario out;
  out.id = "L18";
  out.name = "missing_timeout";
  out.parameters = {{"delay", "s", 0, 0, 60, 0.5},
                    {"limit", "s", 2, 0.1, 20, 0.1},
                    {"outer", "s", 1, 0.1, 20, 0.1},
                    {"inner", "s", 5, 0.1, 20, 0.1},
                    {"watch", "s", 10, 1, 100, 1}};
  out.variants = {{"bad", bad, {"missing-timeout"}},
                  {"bad.none", bad_none, {}},  // no trace shows what a value means
                  {"fixed", fixed, {}},
                  {"fixed.inside", fixed_inside, {}},
                  {"fixed.nested", fixed_nested, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios

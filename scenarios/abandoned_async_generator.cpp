// Two chunks of a stream are enough: break.  When does the client behind the stream close?
//
// break leaves the consumer's loop, not the generator's body, which stands at its yield and owns an open client.  Somebody has
// to resume it to run its finally: aclosing() does at the end of its block; else the collector does, some day.  Or let the
// caller own the client.
#include "core/runtime/aclosing.h"
#include "core/runtime/stream.h"
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

using Chunks = AsyncGenerator<int>;

// @begin bad
Chunks stream(Settings set) {
  Stream client("client");  // @o
  std::exception_ptr left;
  try {
    for (int n = 1; n <= set.count("chunks"); ++n) {
      co_await sleep(set.time("each"));  // @r
      co_yield n;
    }
  } catch (...) { left = std::current_exception(); }
  co_await client.aclose();  // @c
  if (left) std::rethrow_exception(left);
}

Task<void> bad(Settings set) {
  std::optional chunks = stream(set);
  for (;;) {
    auto chunk = co_await chunks->next();  // @a
    log("chunk", *chunk);  // @b
    if (*chunk == set.count("wanted")) break;
  }
  co_await sleep(set.time("later"));  // @e
  chunks.reset();
  co_await sleep(set.time("later"));  // @f
}
// @end bad

// @begin bad.dropped
Chunks same_stream(Settings set) {
  Stream client("client");  // @o
  std::exception_ptr left;
  try {
    for (int n = 1; n <= set.count("chunks"); ++n) {
      co_await sleep(set.time("each"));  // @r
      co_yield n;
    }
  } catch (...) { left = std::current_exception(); }
  co_await client.aclose();  // @c
  if (left) std::rethrow_exception(left);
}

Task<void> bad_dropped(Settings set) {
  for (auto chunks = same_stream(set);;) {
    auto chunk = co_await chunks.next();  // @a
    log("chunk", *chunk);  // @b
    if (*chunk == set.count("wanted")) break;
  }
  co_await sleep(set.time("later"));  // @e
}
// @end bad.dropped

// @begin bad.all
Chunks whole(Settings set) {
  for (int n = 1; n <= set.count("chunks"); ++n) {
    co_await sleep(set.time("each"));  // @r
    co_yield n;
  }
}

Task<void> bad_all(Settings set) {
  auto chunks = whole(set);
  Queue<int> memory(0, "memory");  // @m
  for (;;) {
    auto chunk = co_await chunks.next();  // @a
    if (!chunk) break;
    memory.put_nowait(*chunk);  // @p
  }
  while (!memory.empty())
    log("used chunk", memory.get_nowait());  // @g
}
// @end bad.all

// @begin fixed
Chunks closed_stream(Settings set) {
  Stream client("client");  // @o
  std::exception_ptr left;
  try {
    for (int n = 1; n <= set.count("chunks"); ++n) {
      co_await sleep(set.time("each"));  // @r
      co_yield n;
    }
  } catch (...) { left = std::current_exception(); }
  co_await client.aclose();  // @c
  if (left) std::rethrow_exception(left);
}

Task<void> fixed(Settings set) {
  auto chunks = closed_stream(set);
  co_await aclosing(chunks, [&]() -> Task<void> {  // @w
    for (;;) {
      auto chunk = co_await chunks.next();  // @a
      log("chunk", *chunk);  // @b
      if (*chunk == set.count("wanted")) break;
    }
  });
  co_await sleep(set.time("later"));  // @e
}
// @end fixed

// @begin fixed.stream
Chunks source(Settings set) {
  for (int n = 1; n <= set.count("chunks"); ++n) {
    co_await sleep(set.time("each"));  // @r
    co_yield n;
  }
}

Task<void> fixed_stream(Settings set) {
  auto chunks = source(set);
  Queue<int> memory(0, "memory");  // @m
  for (;;) {
    auto chunk = co_await chunks.next();  // @a
    if (!chunk) break;
    memory.put_nowait(*chunk);  // @p
    log("used chunk", memory.get_nowait());  // @g
  }
}
// @end fixed.stream

// It would push the second half of a with_finally to the right.
// clang-format off

// @begin fixed.caller
Chunks read(Stream, Settings set) {
  for (int n = 1; n <= set.count("chunks"); ++n) {
    co_await sleep(set.time("each"));  // @r
    co_yield n;
  }
}

Task<void> fixed_caller(Settings set) {
  Stream client("client");  // @o
  co_await with_finally([&]() -> Task<void> {  // @w
    auto chunks = read(client, set);
    for (;;) {
      auto chunk = co_await chunks.next();  // @a
      log("chunk", *chunk);  // @b
      if (*chunk == set.count("wanted")) break;
    }
  }, [&]() -> Task<void> {
    co_await client.aclose();  // @c
  });
  co_await sleep(set.time("later"));  // @e
}
// @end fixed.caller

// clang-format on

std::string promise(const Told& run, const Settings&) {
  // Closed by whoever reads, in its own step: the first task that is not main is the collector's or the end's.
  for (Seq seq = 1; seq <= run.trace.size(); ++seq) {
    const auto e = run.trace[seq];
    const ResourceModel* resource = run.history.model.resource(ResourceId{e.a});
    if (e.kind == Kind::resource_closed && resource && resource->type == ResourceType::connection)
      return e.who() == TaskId{1} ? "" : "the client is left to the collector";
  }
  if (run.count(Kind::resource_created, "memory")) return run.peak("memory") > 1 ? "all chunks lie in memory at once" : "";
  return "the client is never closed";
}

}  // namespace

Scenario abandoned_async_generator() {
  Scenario out;
  out.id = "X03";
  out.name = "abandoned_async_generator";
  out.parameters = {{"chunks", "", 5, 5, 100, 1},
                    {"wanted", "", 2, 1, 5, 1},
                    {"each", "s", 0.1, 0.01, 2, 0.01},
                    {"later", "s", 1, 0, 10, 0.1}};
  out.variants = {{"bad", bad, {"async-gen-not-closed"}},
                  {"bad.dropped", bad_dropped, {"async-gen-not-closed"}},
                  {"bad.all", bad_all, {}},  // no rule knows how much memory is too much
                  {"fixed", fixed, {}},
                  {"fixed.stream", fixed_stream, {}},
                  {"fixed.caller", fixed_caller, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios

// One big file read on the loop, and many tiny ones read through a thread each.
//
// A big read holds the loop as long as the disk takes.  A tiny one is over before a worker has even heard of it: the hop to
// a thread and back costs twenty times the read.  Offload what is long or unpredictable, keep what is tiny.
#include "core/runtime/file.h"

#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

constexpr double megabyte = 1e6;

Disk disk(const Settings& set) {
  return Disk(set.time("read"), set.number("rate") * megabyte).latency(set.time("latency"));
}
File big_file(const Settings& set) { return {disk(set), "big.bin", set.number("size") * megabyte}; }
std::vector<File> tiny_files(const Settings& set) {
  return std::vector<File>(static_cast<std::size_t>(set.count("count")), File(disk(set), "tiny.txt", 500));
}
void read(File file) { file.read(); }
bool is_small(const File& file, const Settings& set) { return file.size() <= set.number("limit") * 1000; }

// @begin both
Task<void> heartbeat(Settings set) {
  for (;;) {
    log("beat");  // @h
    co_await sleep(set.time("period"));  // @i
  }
}
// @end both

// @begin bad
Task<void> bad(Settings set) {
  auto beats = create_task(heartbeat(set), "heartbeat");  // @a
  co_await sleep(set.time("start"));  // @b
  auto file = big_file(set);
  file.read();  // @r
  log("read", file.name());  // @d
  beats.cancel();  // @e
  co_await wait(beats);  // @f
}
// @end bad

// @begin bad.tiny
Task<void> bad_tiny(Settings set) {
  auto beats = create_task(heartbeat(set), "heartbeat");  // @a
  co_await sleep(0s);  // @b
  auto files = tiny_files(set);
  for (const File& file : files)
    co_await to_thread(read, file);  // @t
  log("read", files.size(), "tiny files");  // @d
  beats.cancel();  // @e
  co_await wait(beats);  // @f
}
// @end bad.tiny

// @begin fixed
Task<void> fixed(Settings set) {
  auto beats = create_task(heartbeat(set), "heartbeat");  // @a
  co_await sleep(set.time("start"));  // @b
  auto file = big_file(set);
  if (is_small(file, set))
    file.read();  // @r
  else
    co_await to_thread(read, file);  // @t
  log("read", file.name());  // @d
  beats.cancel();  // @e
  co_await wait(beats);  // @f
}
// @end fixed

// @begin fixed.tiny
Task<void> fixed_tiny(Settings set) {
  auto beats = create_task(heartbeat(set), "heartbeat");  // @a
  co_await sleep(0s);  // @b
  auto files = tiny_files(set);
  for (const File& file : files)
    if (is_small(file, set))
      file.read();  // @r
    else
      co_await to_thread(read, file);  // @t
  log("read", files.size(), "tiny files");  // @d
  beats.cancel();  // @e
  co_await wait(beats);  // @f
}
// @end fixed.tiny

std::string promise(const Told& run, const Settings& set) {
  if (!run.ok() || run.logged("read").size() != 1) return "it was not read";
  std::vector<double> beats = run.times("beat");
  beats.push_back(run.seconds());
  for (std::size_t n = 1; n < beats.size(); ++n)
    if (beats[n] - beats[n - 1] > set.number("period") + 0.1) return "the heart stood still";
  return "";
}

void prepare(const Settings& set, RunOptions& options) { options.threads.hop = set.time("hop"); }

}  // namespace

Scenario file_io() {
  Scenario out;
  out.id = "X04";
  out.name = "file_io";
  // Measured with CPython 3.11: a file of 500 bytes is read in 7 us, through asyncio.to_thread in 143 us.
  out.parameters = {{"size", "", 200, 1, 1000, 1},
                    {"rate", "", 100, 10, 1000, 10},
                    {"count", "", 30, 1, 400, 1},
                    {"read", "s", 0.000007, 0.000001, 0.0001, 0.000001},
                    {"hop", "s", 0.000136, 0, 0.001, 0.000001},
                    {"latency", "s", 0, 0, 0.05, 0.001},
                    {"limit", "", 64, 1, 100000, 1},
                    {"period", "s", 0.25, 0.05, 2, 0.05},
                    {"start", "s", 0.6, 0, 2, 0.1}};
  out.presets = {{"network_disk", {{"latency", 0.02}}}};
  out.variants = {{"bad", bad, {"blocking-call", "slow-step"}},
                  {"bad.tiny", bad_tiny, {}},
                  {"fixed", fixed, {}},
                  {"fixed.tiny", fixed_tiny, {}}};
  out.promise = promise;
  out.prepare = prepare;
  return out;
}

}  // namespace awaitscope::scenarios

// Runs one operation for a tool that counts what the processor does: bench/count.
//
//   bench_instructions                          the operations: name, how many at once, 1 where that number may matter
//   bench_instructions NAME ideal|off|on N AT_ONCE
//                                               does N, AT_ONCE together, and prints how many events were recorded
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string_view>

#include "bench/operations.h"

namespace awaitscope::bench {
namespace {

/// Gives every chunk back at once: what is counted is the loop's own work, without a thread that reads.
class Recycler final : public Sink {
 public:
  std::unique_ptr<Chunk> exchange(std::unique_ptr<Chunk> full) override {
    if (!full) return std::make_unique_for_overwrite<Chunk>();
    events += full->count;
    return full;
  }
  unsigned long events = 0;
};

int refuse(const char* why, const char* what) {
  std::fprintf(stderr, "bench_instructions: %s%s\n", why, what);
  return 2;
}

int run(const Operation& operation, std::string_view mode, long n, long at_once) {
  if (n <= 0 || at_once <= 0 || n % at_once != 0) return refuse("N is to be a multiple of AT_ONCE", "");
  Recycler sink;
  if (mode == "ideal") operation.run_ideal(n, at_once);
  else if (mode == "off") operation.run(n, at_once, nullptr);
  else if (mode == "on") operation.run(n, at_once, &sink);
  else return refuse("the mode is ideal, off or on", "");
  std::printf("%lu\n", sink.events);
  return 0;
}

int main(int count, char** arguments) {
  if (count == 1) {
    for (const Operation& each : operations()) std::printf("%s %ld %d\n", each.name, each.at_once, each.grows);
    return 0;
  }
  if (count != 5) return refuse("NAME ideal|off|on N AT_ONCE", "");
  const std::string_view name = arguments[1];
  for (const Operation& each : operations())
    if (name == each.name) return run(each, arguments[2], std::atol(arguments[3]), std::atol(arguments[4]));
  return refuse("no operation is called ", arguments[1]);
}

}  // namespace
}  // namespace awaitscope::bench

int main(int count, char** arguments) {
  try {
    return awaitscope::bench::main(count, arguments);
  } catch (const std::exception& error) { return awaitscope::bench::refuse(error.what(), ""); }
}

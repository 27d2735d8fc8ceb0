// Nanoseconds per operation on the loop's thread: of the ideal, of the runtime with recording off, and with recording on
// while another thread reads the events.  "x_ideal" tells each as a multiple of the ideal in the same run.
//
//   bench_times --benchmark_filter='spawn|yield' --benchmark_repetitions=5 --benchmark_report_aggregates_only=true
#include <benchmark/benchmark.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "bench/operations.h"

namespace awaitscope::bench {
namespace {

enum class Mode { ideal, off, on };

/// Keeps this thread on one processor of those it may use, the first or the last: with the loop and the reader on two, every
/// chunk travels between their caches; on one it would not, and the scheduler would decide what is measured.
void stay_on(bool last) {
  static const cpu_set_t allowed = [] {
    cpu_set_t set;
    CPU_ZERO(&set);
    sched_getaffinity(0, sizeof set, &set);
    return set;
  }();
  int chosen = -1;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu)
    if (CPU_ISSET(cpu, &allowed) && (last || chosen < 0)) chosen = cpu;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(chosen, &set);
  sched_setaffinity(0, sizeof set, &set);
}

/// Reads the events on a thread of its own.  The loop waits for it where it falls behind: that takes no time of the loop's
/// thread, while fresh chunks would, and how many there are would depend on what else the machine does.
class Reader final : public Sink {
 public:
  Reader() {
    for (int i = 0; i < 64; ++i) empty_.push_back(std::make_unique<Chunk>());
    thread_ = std::jthread([this](const std::stop_token& stop) { read(stop); });
  }
  std::unique_ptr<Chunk> exchange(std::unique_ptr<Chunk> full) override {
    if (!full) return std::make_unique<Chunk>();
    std::unique_lock lock(mutex_);
    full_.push_back(std::move(full));
    given_back_.wait(lock, [this] { return !empty_.empty(); });
    std::unique_ptr<Chunk> next = std::move(empty_.front());
    empty_.pop_front();
    return next;
  }

 private:
  void read(const std::stop_token& stop) {
    stay_on(true);
    std::uint64_t sum = 0;
    std::vector<std::unique_ptr<Chunk>> chunks;
    while (!stop.stop_requested()) {
      if (chunks.empty()) std::this_thread::sleep_for(std::chrono::microseconds(200));
      for (const auto& chunk : chunks)
        for (std::uint32_t i = 0; i < chunk->count; ++i) sum += chunk->records[i].task;
      {
        const std::lock_guard lock(mutex_);
        std::move(chunks.begin(), chunks.end(), std::back_inserter(empty_));
        chunks = std::exchange(full_, {});
      }
      given_back_.notify_one();
    }
    benchmark::DoNotOptimize(sum);
  }
  std::mutex mutex_;
  std::condition_variable given_back_;
  std::vector<std::unique_ptr<Chunk>> full_;
  std::deque<std::unique_ptr<Chunk>> empty_;
  std::jthread thread_;  // last: it goes before what it uses
};

void measure(benchmark::State& state, const Operation& operation, Mode mode, long n, long at_once) {
  std::optional<Reader> reader;
  if (mode == Mode::on) reader.emplace();
  const auto run = [&] {
    if (mode == Mode::ideal) operation.run_ideal(n, at_once);
    else operation.run(n, at_once, reader ? &*reader : nullptr);
  };
  run();  // fresh pages are dear, and belong to no operation
  for (auto _ : state) run();
  using benchmark::Counter;
  state.SetItemsProcessed(state.iterations() * n);
  state.counters["per_op"] = Counter(static_cast<double>(n), Counter::kIsIterationInvariantRate | Counter::kInvert);
}

void add(const Operation& operation, const std::string& name, long n, long at_once) {
  constexpr std::pair<const char*, Mode> modes[] = {{"/ideal", Mode::ideal}, {"/off", Mode::off}, {"/on", Mode::on}};
  for (const auto& [suffix, mode] : modes) {
    const auto body = [&operation, mode = mode, n, at_once](benchmark::State& state) {
      measure(state, operation, mode, n, at_once);
    };
    benchmark::RegisterBenchmark((name + suffix).c_str(), body)->Unit(benchmark::kMillisecond);
  }
}

/// The usual table, and the multiples of the ideal.
class Reporter final : public benchmark::ConsoleReporter {
 public:
  Reporter() : ConsoleReporter(isatty(STDOUT_FILENO) ? OO_Color : OO_None) {}

  void ReportRuns(const std::vector<Run>& runs) override {
    std::vector<Run> told = runs;
    for (Run& run : told) {
      const auto per_op = run.counters.find("per_op");
      const std::string& part = run.aggregate_name;  // of repetitions
      if (per_op == run.counters.end() || part == "stddev" || part == "cv") continue;
      const std::string& name = run.run_name.function_name;
      double& ideal = ideals_[name.substr(0, name.find('/')) + ' ' + part];
      if (name.ends_with("/ideal")) ideal = per_op->second.value;
      if (ideal > 0) run.counters["x_ideal"] = benchmark::Counter(per_op->second.value / ideal);
    }
    ConsoleReporter::ReportRuns(told);
  }

 private:
  std::map<std::string, double> ideals_;
};

int main(int count, char** arguments) {
  stay_on(false);
  constexpr long many = 100'000;
  for (const Operation& each : operations()) {
    add(each, each.name, each.n, each.at_once);
    if (each.grows) add(each, each.name + ("_" + std::to_string(many)), many, many);
  }
  benchmark::Initialize(&count, arguments);
  if (benchmark::ReportUnrecognizedArguments(count, arguments)) return 2;
  Reporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  return 0;
}

}  // namespace
}  // namespace awaitscope::bench

int main(int count, char** arguments) { return awaitscope::bench::main(count, arguments); }

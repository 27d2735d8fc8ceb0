#include "tests/conformance/harness.h"

#include <filesystem>
#include <fstream>

#include "core/trace/queue_sink.h"

namespace awaitscope::conformance {

std::string str(const std::string& text) { return text; }
std::string str(const char* text) { return text; }
std::string str(char letter) { return std::string(1, letter); }
std::string str(bool value) { return value ? "True" : "False"; }
std::string str(int value) { return std::to_string(value); }
std::string repr(const std::string& text) { return "'" + text + "'"; }

int now() { return static_cast<int>(Loop::running().now().ns / 1'000'000); }
int tick() { return static_cast<int>(Loop::running().iteration()); }
std::string ex() { return ex(std::current_exception()); }
CallHandle soon(std::function<void()> f) { return call_soon(std::move(f)); }
CallHandle later(int ms, std::function<void()> f) { return call_later(std::chrono::milliseconds(ms), std::move(f)); }
void block(int ms) { block_for(std::chrono::milliseconds(ms)); }

Task<void> job(std::string n, int ms) {
  log(n, " start");
  try {
    co_await sleep(ms);
  } catch (const CancelledError&) {
    log(n, " cancelled");
    throw;
  }
  log(n, " end");
}

Task<std::string> job(std::string n, int ms, const char* ret) {
  co_await job(n, ms);
  co_return ret;
}

Task<void> failing_job(std::string n, int ms, std::string fail) {
  co_await job(n, ms);
  throw Boom(fail);
}

// ------------------------------------------------------------------------------------------------ running

namespace {

/// "Boom: x" of the runtime as the "Boom:x" of a log, other types without their text.
std::string spelled(std::string text) {
  std::string out;
  while (!text.empty()) {
    const bool boom = text.rfind("Boom: ", 0) == 0;
    if (boom) {
      out += "Boom:";
      text.erase(0, 6);
    } else {
      out += text.front();
      text.erase(0, 1);
    }
  }
  return out;
}

std::string notice(const Trace& trace, const awaitscope::Event& e) {
  const std::string text(trace.text(e.a));
  switch (e.as<Diagnosis>()) {
    case Diagnosis::never_awaited: return "!! never-awaited " + text;
    case Diagnosis::never_retrieved: return "!! never-retrieved " + spelled(text);
    case Diagnosis::destroyed_pending: return "!! destroyed-pending " + text;
    case Diagnosis::callback_error: return "!! callback-error " + spelled(text);
    case Diagnosis::shutdown_error: return "!! shutdown-error " + spelled(text.substr(text.find(": ") + 2));
    case Diagnosis::slow_callback: {
      const auto took = text.find(" took ");
      return "!! slow " + text.substr(0, took) + " " +
             std::to_string(static_cast<int>(std::stod(text.substr(took + 6)) * 1000 + 0.5));
    }
    default: return {};  // misuse is an exception, a hang the last line
  }
}

std::string milliseconds(std::int64_t ns) {
  return ns % 1'000'000 == 0 ? std::to_string(ns / 1'000'000) : std::to_string(static_cast<double>(ns) / 1e6);
}

/// A worker's line that comes while the loop polls belongs to the iteration that begins then.
bool in_poll(const Trace& trace, Seq seq) {
  while (++seq <= trace.size()) switch (trace[seq].kind) {
      case Kind::tick_begin:
      case Kind::idle_begin:
      case Kind::idle_end: return true;
      case Kind::block_end:
      case Kind::step_end:
      case Kind::callback_end: return false;
      default: break;
    }
  return false;
}

}  // namespace

CaseLog record_case(const std::function<std::string(Runner&)>& run, const CaseOptions& options) {
  Trace trace;
  QueueSink sink;
  RunOptions how;
  how.sink = &sink;
  how.debug = options.debug;
  how.workers = options.workers;
  how.policy = options.policy;
  std::string end;
  std::int64_t end_time = 0;
  {
    Runner runner(how);
    end = run(runner);
    end_time = runner.loop().now().ns;
  }
  sink.drain(trace);
  CaseLog out;
  std::uint32_t iteration = 0;
  for (Seq seq = 1; seq <= trace.size(); ++seq) {
    const awaitscope::Event e = trace[seq];
    if (e.kind == Kind::tick_begin) iteration = e.a;
    if (e.kind != Kind::log && e.kind != Kind::diagnosed) continue;
    const std::string text = e.kind == Kind::log ? std::string(trace.text(e.a)) : notice(trace, e);
    if (text.empty()) continue;
    const bool from_worker = e.kind == Kind::log && e.task == 0 && e.cause == 0;  // what a callback says has a cause
    const std::uint32_t at = iteration + (from_worker && in_poll(trace, seq) ? 1 : 0);
    out.log.push_back(milliseconds(e.time) + " " + text);
    out.ticks.push_back(milliseconds(e.time) + " " + std::to_string(at) + " " + text);
  }
  out.trace = std::move(trace);
  out.log.push_back(milliseconds(end_time) + " " + end);
  out.ticks.push_back(milliseconds(end_time) + " - " + end);
  return out;
}

std::string run_main(Runner& runner, const Main& main, const CaseOptions& options) {
  const auto pending = [&] {
    std::string names = "-- hang";
    for (const auto& task : runner.loop().all_tasks()) names += " " + task->name();
    return names;
  };
  const RunResult result = runner.run(main, options.main_name);
  if (result.outcome == RunOutcome::hang) return pending();
  runner.shutdown();
  if (runner.loop().outcome() == RunOutcome::hang) return pending();
  return result.error ? "-- raised " + ex(result.error) : "-- ok";
}

std::vector<KnownCase>& known_cases() {
  static std::vector<KnownCase> all;
  return all;
}

bool make_known(std::string slug, Main main, CaseOptions options) {
  known_cases().push_back({std::move(slug), std::move(main), std::move(options)});
  return true;
}

// ------------------------------------------------------------------------------------------------ comparing

namespace {

std::vector<std::string> expected(const std::string& slug, const std::string& kind, const std::string& version) {
  const std::string base = AWAITSCOPE_SOURCE_DIR "/tests/conformance/cases/" + slug + "." + kind;
  std::vector<std::string> lines;
  for (const char* candidate : {"3.13", "3.12", "3.11"}) {
    if (version < candidate) continue;
    const std::string path = version == "3.11" || candidate == std::string("3.11") ? base : base + "-" + candidate;
    if (!std::filesystem::exists(path)) continue;
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    break;
  }
  return lines;
}

}  // namespace

void expect_case(const std::string& slug, const CaseLog& have, const CaseOptions& options) {
  EXPECT_EQ(have.log, expected(slug, "expected", options.version)) << slug;
  const std::vector<std::string> ticks = expected(slug, "ticks", options.version);
  if (ticks.empty()) return;  // a trio case
  EXPECT_EQ(have.ticks, ticks) << slug;
}

void check_case(const std::string& slug, const Main& main, const CaseOptions& options) {
  expect_case(slug, record_case([&](Runner& runner) { return run_main(runner, main, options); }, options), options);
}

}  // namespace awaitscope::conformance

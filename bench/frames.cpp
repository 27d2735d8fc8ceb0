// What a frame costs: the pictures of large runs as lists of shapes, opening, seeking, and the window's own frame where the
// window is built.  Start: bench/start.
#include <benchmark/benchmark.h>

#include "app/desk/desk.h"
#include "app/desk/loader.h"
#include "app/view/pictures.h"
#ifdef AWAITSCOPE_GUI
#include "app/panels/headless.h"
#endif

namespace awaitscope::bench {
namespace {

using view::FontMetrics;
using view::Rect;

constexpr FontMetrics pixels{20, 8, false, nullptr, nullptr, Language::english};
constexpr Rect canvas{0, 0, 1400, 800};

/// Workers that sleep and run in turn until there are this many events.
Trace busy(std::uint32_t workers, std::uint32_t events) {
  Trace trace;
  const std::uint32_t name = trace.intern("worker").value;
  const auto site = static_cast<std::uint16_t>(trace.intern(Site{"bench/frames.cpp", 1}).value);
  std::int64_t now = 0;
  const auto add = [&](Kind kind, std::uint32_t task, std::uint32_t a = 0, std::uint32_t b = 0, std::uint8_t c = 0) {
    trace.append(Record{now, task, 0, a, b, 0, site, kind, c});
  };
  add(Kind::run_begin, 0);
  for (std::uint32_t task = 1; task <= workers; ++task) add(Kind::task_created, task, 0, name);
  for (std::uint32_t i = 0; trace.size() + 4 + 2 * workers < events; ++i) {
    const std::uint32_t task = 1 + i % workers;
    add(Kind::task_ready, task);
    now += 700;
    add(Kind::step_begin, task);
    now += 300;
    add(Kind::step_end, task, 0, 0, static_cast<std::uint8_t>(Wait::sleep));
  }
  for (std::uint32_t task = 1; task <= workers; ++task) add(Kind::task_done, task);
  add(Kind::run_end, 0);
  return trace;
}

std::unique_ptr<view::Side> side_of(Trace trace) {
  auto side = std::make_unique<view::Side>("bench");
  side->trace = std::move(trace);
  prepare(*side, {});
  return side;
}

/// The whole run, or a hundredth of it that moves on from picture to picture.
void draw(benchmark::State& state, std::uint32_t workers, std::uint32_t events, bool whole) {
  view::Session session;
  show_alone(session, side_of(busy(workers, events)));
  const double end = static_cast<double>(horizon(session).ns);
  double at = 0;
  std::size_t shapes = 0;
  for (auto _ : state) {
    if (!whole) {
      update(session, {view::Act::show_range, at, at + end / 100, {}, {}});
      at = at > end * 0.9 ? 0 : at + end / 1000;
    }
    const view::DrawList picture = timeline(session, canvas, pixels);
    shapes = picture.boxes.size() + picture.labels.size() + picture.lines.size() + picture.icons.size();
  }
  state.counters["shapes"] = static_cast<double>(shapes);
}
BENCHMARK_CAPTURE(draw, whole_1M_events_50_lanes, 50, 1'000'000, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(draw, panned_1M_events_50_lanes, 50, 1'000'000, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(draw, whole_10k_lanes, 10'000, 200'000, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(draw, panned_10k_lanes, 10'000, 200'000, false)->Unit(benchmark::kMillisecond);

/// Any event of a large run: the model there.
void seek(benchmark::State& state) {
  view::Session session;
  show_alone(session, side_of(busy(50, 1'000'000)));
  std::uint32_t at = 1;
  for (auto _ : state) {
    at = (at * 1'664'525U + 1'013'904'223U) % 1'000'000U;
    update(session, view::action(view::Act::seek_event, at));
  }
}
BENCHMARK(seek)->Unit(benchmark::kMillisecond);

/// From the trace in memory to everything that the window shows: history, index, all rules.
void prepared(benchmark::State& state) {
  const Trace trace = busy(50, 1'000'000);
  for (auto _ : state) benchmark::DoNotOptimize(side_of(trace));
}
BENCHMARK(prepared)->Unit(benchmark::kMillisecond);

void open_lesson(benchmark::State& state, const std::string& name) {
  view::Session session;
  desk::Desk desk(session, nullptr);
  for (auto _ : state) {
    desk.load_scenario(name);
    benchmark::DoNotOptimize(timeline(session, canvas, pixels));
  }
}

#ifdef AWAITSCOPE_GUI
/// The whole window, software renderer included.
void window_frame(benchmark::State& state, const std::string& scenario, std::uint32_t events) {
  view::Session session;
  desk::Desk desk(session, nullptr);
  if (events) show_alone(session, side_of(busy(50, events)));
  else desk.load_scenario(scenario);
  auto app = panels::HeadlessApp::open(1440, 900);
  if (!app) return state.SkipWithError(app.error().c_str());
  for (int i = 0; i < 3; ++i) (*app)->frame(session);
  for (auto _ : state) (*app)->frame(session);
  state.counters["vertices"] = (*app)->vertices();
  state.counters["boxes"] = static_cast<double>((*app)->boxes());
}
BENCHMARK_CAPTURE(window_frame, crowd, "unbounded_gather:crowd", 0)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(window_frame, million_events, "", 1'000'000)->Unit(benchmark::kMillisecond);

/// F2: the fonts of the other language.
void switch_language(benchmark::State& state) {
  view::Session session;
  auto app = panels::HeadlessApp::open(1440, 900);
  if (!app) return state.SkipWithError(app.error().c_str());
  session.text_size = static_cast<float>(state.range(0));
  session.language = Language::chinese;
  (*app)->frame(session);
  for (auto _ : state) {
    session.language = Language::english;
    (*app)->frame(session);
    session.language = Language::chinese;
    (*app)->frame(session);
  }
}
BENCHMARK(switch_language)->Arg(17)->Arg(32)->Arg(64)->Unit(benchmark::kMillisecond);
#endif

}  // namespace
}  // namespace awaitscope::bench

int main(int count, char** arguments) {
  for (const awaitscope::Scenario& scenario : awaitscope::all_scenarios())
    benchmark::RegisterBenchmark(("open_lesson/" + scenario.name).c_str(), awaitscope::bench::open_lesson, scenario.name)
        ->Unit(benchmark::kMillisecond);
  benchmark::Initialize(&count, arguments);
  if (benchmark::ReportUnrecognizedArguments(count, arguments)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

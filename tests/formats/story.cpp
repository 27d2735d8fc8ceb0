#include "tests/formats/story.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "core/formats/export_flows.h"
#include "core/formats/export_names.h"
#include "core/trace/text.h"

namespace awaitscope::tests {

const char* const small = R"(# scenario small
# variant bad
0 run_begin
0 resource_created resource=1 capacity=1 type=semaphore name="gate"
0 task_created task=1 name="main" at=s.cpp:1
0 task_ready task=1 why=start
0 tick_begin tick=1 ready=1
0 step_begin task=1 cause=4
0 task_created task=2 parent=1 name="fetch" at=s.cpp:2
0 task_ready task=2 cause=7 by=1 why=start
0 task_created task=3 parent=1 name="fetch" at=s.cpp:3
0 task_ready task=3 cause=9 by=1 why=start
0 step_end task=1 object=3 waits=task at=s.cpp:4
0 tick_begin tick=2 ready=2
0 step_begin task=2 cause=8
0 acquire_begin task=2 resource=1 left=1
0 acquired task=2 resource=1 left=0
0 block_begin task=2 what="time.sleep" length=0.2 at=s.cpp:6
0.2 block_end task=2
0.2 released task=2 resource=1 left=1
0.2 task_done task=2 how=returned
0.2 step_end task=2
0.2 step_begin task=3 cause=10
0.2 timer_set task=3 timer=1 when=1.2 for=sleep
0.2 step_end task=3 object=1 waits=sleep at=s.cpp:9
0.2 idle_begin until=1.2
1.2 idle_end
1.2 tick_begin tick=3 ready=1
1.2 timer_fired task=3 timer=1 due=1.2
1.2 task_ready task=3 cause=29 object=1 why=timer
1.2 step_begin task=3 cause=30
1.2 log task=3 text="almost \"there\" \u202e"
1.2 task_done task=3 how=raised error="ValueError: x"
1.2 task_ready task=1 cause=33 by=3 object=3 why=task
1.2 step_end task=3
1.2 step_begin task=1 cause=34
1.2 task_done task=1 how=returned
1.2 step_end task=1
1.2 run_end how=ok
)";

std::vector<std::string> story(const Trace& trace) {
  const History history = history_of(trace);
  const exporting::Names names(trace, history);
  std::vector<std::string> out;
  auto ms = [](Instant t) { return seconds(t, 9); };
  for (const Lane& lane : history.lanes)
    for (const Span& span : lane.spans) {
      if (span.phase == Phase::running)
        out.push_back(ms(span.begin) + " " + ms(span.end) + " step of " + names.task(lane.task));
      if (span.phase == Phase::waiting)
        out.push_back(ms(span.begin) + " " + ms(span.end) + " " + names.task(lane.task) + " waits for " + names.wait(span));
    }
  const exporting::Layout layout(trace);
  for (const exporting::Arrow& arrow : exporting::arrows(trace, history, layout))
    out.push_back("arrow " + std::to_string(static_cast<int>(arrow.type)) + " " + names.task(arrow.source) + " -> " +
                  names.task(arrow.target));
  std::sort(out.begin(), out.end());
  return out;
}

Trace from_text(std::string_view text) {
  Result<Trace> trace = read_text(text);
  EXPECT_TRUE(trace) << trace.error();
  return trace ? std::move(*trace) : Trace{};
}

std::vector<std::pair<std::string, Trace>> recorded() {
  std::vector<std::pair<std::string, Trace>> out;
  for (const auto& entry : std::filesystem::directory_iterator(AWAITSCOPE_SOURCE_DIR "/tests/golden")) {
    if (entry.path().extension() != ".txt") continue;
    std::ifstream in(entry.path());
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    out.emplace_back(entry.path().stem(), from_text(text));
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return out;
}

}  // namespace awaitscope::tests

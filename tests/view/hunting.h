#pragma once
// What tests of a hunt do and look at.
#include <gtest/gtest.h>

#include "core/trace/text.h"
#include "stories.h"

namespace awaitscope::view {

inline void act(Session& session, Act what, double x = 0, double y = 0, std::string text = {}, Hit hit = {}) {
  EXPECT_TRUE(update(session, {what, x, y, std::move(text), hit}).empty());
}
inline std::pair<std::int64_t, std::int64_t> window(const Session& session) {
  return {session.view_begin.ns, session.view_end.ns};
}

/// The names of the lanes of a picture, from top to bottom.
inline std::vector<std::string> lanes(const Session& session, Rect canvas = {0, 0, 1200, 600}) {
  const DrawList picture = timeline(session, canvas, pixels);
  expect_tidy(picture, "lanes");
  std::vector<std::string> out;
  for (const Box& box : picture.boxes)
    if (box.hit.kind == Hit::Kind::task && box.role == Role::panel)
      out.push_back(display_name(session.side().history.model, session.side().trace, TaskId{box.hit.value}));
  return out;
}

inline Trace family() {
  auto trace = read_text(R"(
0 task_created task=1 name=main
0 step_begin task=1
0 task_created task=2 parent=1 name=boss
0 task_created task=3 parent=1 name=lone
0 step_end task=1 waits=group
0 step_begin task=2
0 task_created task=4 parent=2 name=hand
0 task_created task=5 parent=2 name=hand
0 step_end task=2 waits=group
1 step_begin task=4
1 log task=4 text="Half done"
1 task_done task=4 how=raised error="ValueError: no"
1 step_end task=4
2 step_begin task=5
2 task_done task=5 how=cancelled
2 step_end task=5
3 step_begin task=3
3 step_end task=3 waits=sleep
4 run_end
)");
  if (!trace) throw std::runtime_error(trace.error());
  return std::move(*trace);
}

}  // namespace awaitscope::view

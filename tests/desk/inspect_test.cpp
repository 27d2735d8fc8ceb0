// The inspector, the statistics and the picture of waits over every scenario.
#include "app/view/inspect.h"

#include <gtest/gtest.h>

#include <fstream>
#include <numeric>
#include <set>
#include <sstream>

#include "app/desk/runner.h"
#include "app/view/glossary.h"
#include "app/view/navigate.h"
#include "app/view/pictures.h"
#include "app/view/statistics.h"
#include "app/view/tables.h"
#include "app/view/waits.h"

namespace awaitscope::view {
namespace {

std::unique_ptr<Session> session_of(const Scenario& scenario, const std::string& variant) {
  const desk::Program program{&scenario, variant, *settings_for(scenario, {}), {}, false};
  auto session = std::make_unique<Session>();
  session->sides.push_back(std::make_unique<Side>(variant));
  session->sides[0]->trace = std::move(*desk::record(program));
  take_in(*session, *session->sides[0]);
  return session;
}

template <class Do>
void for_each_run(Do&& what) {
  for (const Scenario* scenario : scenarios_by_card())
    for (const auto& variant : scenario->variants) {
      SCOPED_TRACE(scenario->name + " " + variant.name);
      what(*session_of(*scenario, variant.name));
    }
}

/// The labels of the inspector that are plain words.
const std::set<std::string> plain = {
    "For",  "Number", "Moment",  "Family", "Length", "Began",    "Ended",  "Kind",        "Entered",
    "Left", "Who",    "Since",   "What",   "Do",     "Evidence", "Lesson", "Last change", "Over the whole run",
    "Job",  "Runs",   "Started", "Busy",   "Ran",    "Range",    "Waits",
};

void expect_words(const Session& session) {
  ASSERT_FALSE(inspect(session).empty());
  EXPECT_NE(inspect(session).back().type, Detail::Type::heading) << "a section without lines";
  const KindInfo* kind = nullptr;
  if (session.selected.kind == Hit::Kind::event) kind = &info(session.side().trace.kind(session.selected.value));
  for (const Detail& detail : inspect(session)) {
    EXPECT_TRUE(detail.type >= Detail::Type::heading || !detail.text.empty()) << detail.label;
    if (detail.label.empty() || detail.type == Detail::Type::code) continue;
    // A field of an event has the trace format's own name.
    if (kind && (detail.label == kind->a.name || detail.label == kind->b.name || detail.label == kind->c.name ||
                 detail.label == kind->d.name))
      continue;
    EXPECT_TRUE(!detail.term.empty() || plain.contains(detail.label)) << "neither explained nor plain: " << detail.label;
  }
}

TEST(Inspector, HasAnAnswerForEverythingThatCanBeSelected) {
  for_each_run([](Session& session) {
    Side& side = session.side();
    const Model& whole = side.history.model;
    for (const Seq at : {side.trace.size() / 2, side.trace.size()}) {
      seek(session, at);
      for (std::uint32_t id = 1; id <= std::min<std::size_t>(whole.tasks.size(), 12); ++id) {
        session.selected = {Hit::Kind::task, id, 0};
        expect_words(session);
        const auto& spans = side.history.lanes[id - 1].spans;
        for (std::size_t i = 0; i < spans.size(); i += 1 + spans.size() / 5) {
          session.selected = {Hit::Kind::span, id, spans[i].first};
          expect_words(session);
        }
      }
      for (std::uint32_t id = 1; id <= whole.resources.size(); ++id) {
        session.selected = {Hit::Kind::resource, id, 0};
        expect_words(session);
      }
      for (std::uint32_t id = 1; id <= whole.scopes.size(); ++id) {
        session.selected = {Hit::Kind::scope, id, 0};
        expect_words(session);
      }
      for (const JobModel& job : side.model.jobs) {
        session.selected = {Hit::Kind::worker, job.worker, 0};
        expect_words(session);
      }
    }
    for (Seq seq = 1; seq <= side.trace.size(); seq += 1 + side.trace.size() / 100) {
      session.selected = {Hit::Kind::event, seq, seq};
      expect_words(session);
    }
    for (const Tick& tick : side.history.ticks) {
      session.selected = {Hit::Kind::loop, tick.number, tick.first};
      expect_words(session);
      if (tick.number > 5) break;
    }
    for (std::size_t i = 0; i < side.findings.size(); ++i) {
      update(session, {Act::select_finding, static_cast<double>(i), 0, "", {}});
      expect_words(session);
    }
  });
}

TEST(Inspector, TimesByStateAddUpToTheLife) {
  for_each_run([](Session& session) {
    for (const Seq at : {session.side().trace.size() / 3, session.side().trace.size()}) {
      seek(session, at);
      const Model& model = session.side().model;
      for (const TaskModel& task : model.tasks) {
        if (!task.created) continue;
        const auto times = times_by_state(session.side(), task.id);
        const Instant end = task.phase == Phase::done ? task.ended : model.now;
        EXPECT_EQ(std::accumulate(times.begin(), times.end(), Duration{}), end - task.created_time) << "task " << task.id.value;
        const auto open = [&](Duration sum, Phase phase) {
          return task.phase == phase ? sum + (model.now - task.since_time) : sum;
        };
        EXPECT_EQ(times[2], open(task.running, Phase::running)) << "task " << task.id.value;
        EXPECT_EQ(times[3], open(task.waiting, Phase::waiting)) << "task " << task.id.value;
      }
    }
  });
}

TEST(Statistics, CountEverySpanOfEveryRun) {
  for_each_run([](Session& session) {
    std::size_t steps = 0;
    for (const Lane& lane : session.side().history.lanes)
      for (const Span& span : lane.spans) steps += span.phase == Phase::running;
    const Histogram& bars = histogram(session, Chart::step_length);
    std::size_t sum = 0;
    for (const Histogram::Bin& bin : bars.bins) sum += bin.count;
    EXPECT_EQ(sum, steps);
  });
}

TEST(Waits, ThePictureStaysInItsCanvas) {
  FontMetrics pixels;
  for_each_run([&](Session& session) {
    Side& side = session.side();
    for (const Seq at : {side.trace.size() / 4, side.trace.size() / 2, side.trace.size()}) {
      seek(session, at);
      const WaitGraph graph = wait_graph(run_of(side), side.model);
      const WaitPlan plan = wait_plan(side.model, graph);
      for (const float width : {320.0f, 460.0f, 1000.0f}) {
        const Rect canvas{0, 0, width, wait_graph_height(plan, pixels) + 1};
        const DrawList picture = wait_graph_picture(side.trace, side.model, graph, plan, canvas, pixels);
        for (const Box& box : picture.boxes)
          EXPECT_TRUE(box.rect.x >= 0 && box.rect.right() <= canvas.w + 0.1f && box.rect.bottom() <= canvas.h + 0.1f);
        std::size_t waiting = 0;
        for (const WaitEdge& edge : graph.edges) waiting += edge.type == WaitEdge::Type::waits;
        EXPECT_EQ(picture.boxes.size() > 1, waiting > 0) << "everyone who waits is in it";
        for (const Label& label : picture.labels)
          EXPECT_FALSE(label.text.starts_with("+") && label.rect.y + label.rect.h > canvas.h - 1);
      }
    }
  });
}

TEST(Waits, TheDeadlockOfLockOrderIsTheGoldenOne) {
  const auto session = session_of(**find_scenario("deadlock_lock_order"), "bad");
  Side& side = session->side();
  const WaitGraph graph = wait_graph(run_of(side), side.model);
  const WaitPlan plan = wait_plan(side.model, graph);
  const FontMetrics cells{1, 1, true, nullptr, nullptr};
  const std::string text = paint_text(
      wait_graph_picture(side.trace, side.model, graph, plan, {0, 0, 100, wait_graph_height(plan, cells)}, cells), false);
  const std::string file = std::string(AWAITSCOPE_SOURCE_DIR) + "/tests/golden/deadlock_lock_order.bad.waits";
  if (std::getenv("UPDATE_GOLDEN")) std::ofstream(file) << text;
  std::stringstream golden;
  golden << std::ifstream(file).rdbuf();
  EXPECT_EQ(text, golden.str()) << ": if the change is meant, run again with UPDATE_GOLDEN=1";
}

}  // namespace
}  // namespace awaitscope::view

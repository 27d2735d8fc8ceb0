// Tables, histograms, the glossary and the picture of waits: pure functions of a session.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "app/view/glossary.h"
#include "app/view/histogram.h"
#include "app/view/inspector.h"
#include "app/view/looking.h"
#include "app/view/statistics.h"
#include "app/view/tables.h"
#include "app/view/waits.h"
#include "core/trace/text.h"
#include "stories.h"

namespace awaitscope::view {
namespace {

void act(Session& session, Act what, double x = 0, double y = 0, std::string text = {}) {
  update(session, {what, x, y, std::move(text), {}});
}

std::vector<std::string> names(const Session& session) {
  std::vector<std::string> out;
  for (const TaskId id : task_rows(session)) out.push_back(task_cell(session, id, TaskColumn::name).text);
  return out;
}

TEST(Tables, SortByAnyColumnBothWays) {
  const auto session = session_of(crowd(20));
  for (const Column& column : task_columns()) {
    act(*session, Act::sort_table, 0, 0, "Tasks " + std::string(column.name));
    const auto once = task_rows(*session);
    act(*session, Act::sort_table, 0, 0, "Tasks " + std::string(column.name));
    auto turned = task_rows(*session);
    EXPECT_EQ(once.size(), 21u) << column.name;
    std::sort(turned.begin(), turned.end());
    auto sorted = once;
    std::sort(sorted.begin(), sorted.end());
    EXPECT_EQ(turned, sorted) << column.name << ": the same tasks";
  }
  // Numbers come with the greatest first, and are in order.
  act(*session, Act::sort_table, 0, 0, "Tasks name");
  act(*session, Act::sort_table, 0, 0, "Tasks waiting");
  EXPECT_TRUE(session->inspection.tasks.down);
  std::vector<std::int64_t> waited;
  for (const TaskId id : task_rows(*session)) waited.push_back(times_by_state(session->side(), id)[3].count());
  EXPECT_TRUE(std::is_sorted(waited.rbegin(), waited.rend()));
  EXPECT_GT(waited.front(), waited.back());
}

TEST(Tables, KeepWhatHoldsAllWordsOfTheFilter) {
  const auto session = session_of(crowd(20));
  const auto all = names(*session);
  act(*session, Act::filter_table, 0, 0, "Tasks MAIN");
  EXPECT_EQ(names(*session), std::vector<std::string>{"main"});
  act(*session, Act::filter_table, 0, 0, "Tasks failed");
  const auto failed = names(*session);
  EXPECT_FALSE(failed.empty());
  EXPECT_LT(failed.size(), all.size());
  act(*session, Act::filter_table, 0, 0, "Tasks failed main");
  EXPECT_TRUE(names(*session).empty());
  act(*session, Act::filter_table, 0, 0, "Tasks");
  EXPECT_EQ(names(*session), all);
  act(*session, Act::filter_table, 0, 0, "Nothing x");
  EXPECT_TRUE(session->message_is_error);
  act(*session, Act::sort_table, 0, 0, "Tasks height");
  EXPECT_EQ(session->message, "Tasks has no column 'height'");
}

TEST(Tables, CountInNames) {
  const auto session = session_of(crowd(12));
  const auto all = names(*session);
  EXPECT_EQ(std::vector<std::string>(all.begin(), all.begin() + 3), (std::vector<std::string>{"job-1", "job-2", "job-3"}));
  EXPECT_EQ(all[9], "job-10");
}

TEST(Tables, ShowThePlayhead) {
  const auto session = session_of(swallowed());
  act(*session, Act::seek_event, 5);
  EXPECT_EQ(names(*session), std::vector<std::string>{"main"});
  EXPECT_EQ(task_cell(*session, TaskId{1}, TaskColumn::state).text, "running");
  act(*session, Act::seek_time, 2e9);
  EXPECT_EQ(task_cell(*session, TaskId{2}, TaskColumn::state).text, "swallowed a cancel");
  EXPECT_EQ(task_cell(*session, TaskId{2}, TaskColumn::wait).text, "sleep · 0");
  act(*session, Act::end);
  EXPECT_EQ(task_cell(*session, TaskId{2}, TaskColumn::state).text, "returned");
  EXPECT_TRUE(task_cell(*session, TaskId{99}, TaskColumn::name).text.empty());
}

/// One task holds the only permit, three wait for it, one of them gets it at 2 s.
Trace queue_at_semaphore() {
  std::string text = "0 run_begin\n0 resource_created resource=1 capacity=1 type=semaphore name=\"gate\"\n";
  for (int i = 1; i <= 4; ++i) text += "0 task_created task=" + std::to_string(i) + " name=\"t" + std::to_string(i) + "\"\n";
  text += "0 step_begin task=1\n0 acquired task=1 resource=1 left=0\n0 step_end task=1 waits=sleep at=a.cpp:3\n";
  for (int i = 2; i <= 4; ++i) {
    const std::string task = " task=" + std::to_string(i);
    text += "0 step_begin" + task + "\n0 acquire_begin" + task + " resource=1 left=0 waiters=" + std::to_string(i - 1) +
            "\n0 step_end" + task + " object=1 waits=semaphore at=a.cpp:7\n";
  }
  return *read_text(text +
                    "2 released task=1 resource=1 left=1 waiters=3\n2 task_ready task=2 why=released by=1\n"
                    "2 acquired task=2 resource=1 left=0 waiters=2\n2 step_begin task=2\n4 log task=2 text=\"x\"\n");
}

TEST(Tables, TellAResourcesWaits) {
  const auto session = session_of(queue_at_semaphore());
  act(*session, Act::sort_table, 0, 0, "Resources longest-wait");
  ASSERT_EQ(resource_rows(*session).size(), 1u);
  const ResourceId gate = resource_rows(*session).front();
  const ResourceUse& use = use_of(session->side(), gate);
  EXPECT_EQ(use.waits, 3u);
  EXPECT_EQ(use.longest, Duration{4'000'000'000});
  EXPECT_EQ(use.total, Duration{10'000'000'000});
  EXPECT_EQ(use.peak, 1u);
  const auto& bins = occupancy(session->side(), gate);
  EXPECT_EQ(bins.size(), occupancy_bins);
  EXPECT_EQ(*std::max_element(bins.begin(), bins.end()), 1.0f);
  EXPECT_EQ(resource_cell(*session, gate, ResourceColumn::longest_wait).text, "4.0 s");
  EXPECT_EQ(resource_cell(*session, gate, ResourceColumn::free).text, "0 / 1");
  EXPECT_EQ(resource_cell(*session, gate, ResourceColumn::waiters).text, "2");
  act(*session, Act::filter_table, 0, 0, "Resources lock");
  EXPECT_TRUE(resource_rows(*session).empty());
}

TEST(Inspector, LeadsFromAResourceToWhoHasItAndWhoWaits) {
  const auto session = session_of(queue_at_semaphore());
  act(*session, Act::select_resource, 1);
  std::set<std::uint32_t> tasks;
  for (const Detail& detail : inspect(*session))
    if (detail.hit.kind == Hit::Kind::task) tasks.insert(detail.hit.value);
  EXPECT_EQ(tasks, (std::set<std::uint32_t>{2, 3, 4}));
  EXPECT_EQ(inspect(*session).front().text, "gate");
}

TEST(Tables, LogEveryEventOrThoseOfTheFilter) {
  const auto session = session_of(swallowed());
  EXPECT_EQ(event_count(*session), 39u);
  EXPECT_EQ(event_at(*session, 38), 39u);
  act(*session, Act::seek_event, 20);
  EXPECT_EQ(playhead_row(*session), 19u);
  act(*session, Act::filter_table, 0, 0, "Events cancel worker");
  ASSERT_EQ(event_count(*session), 3u);
  EXPECT_EQ(event_at(*session, 0), 18u);
  EXPECT_EQ(event_at(*session, 3), 0u);
  EXPECT_EQ(playhead_row(*session), 0u) << "the last one before event 20";
  EXPECT_EQ(event_cell(*session, 18, EventColumn::task).text, "worker");
  EXPECT_EQ(event_cell(*session, 18, EventColumn::what).text.find("cancel requested"), 0u);
  EXPECT_EQ(event_cell(*session, 18, EventColumn::place).text, "a.cpp:3");
}

TEST(Statistics, CountEverySampleOnce) {
  const auto session = session_of(crowd(40));
  for (const Chart chart : {Chart::step_length, Chart::scheduling_delay, Chart::resource_wait}) {
    const Histogram& bars = histogram(*session, chart);
    std::size_t sum = 0;
    for (std::size_t i = 0; i < bars.bins.size(); ++i) {
      sum += bars.bins[i].count;
      if (i && bars.bins[i - 1].low) { EXPECT_EQ(bars.bins[i].low, bars.bins[i - 1].high) << "without holes"; }
    }
    EXPECT_EQ(bars.total, sum);
    EXPECT_GT(sum, 0u);
  }
  const Histogram bars = histogram_of({{TaskId{1}, Duration{0}},
                                       {TaskId{1}, Duration{1}},
                                       {TaskId{2}, Duration{19}},
                                       {TaskId{3}, Duration{20}},
                                       {TaskId{3}, Duration{INT64_MAX}},
                                       {TaskId{4}, Duration{-5}}});
  EXPECT_EQ(bars.bins[0].count, 2u) << "nothing, and less than nothing";
  EXPECT_EQ(bars.bins[1].count, 1u);
  const auto bin = [&](std::int64_t low) {
    return std::find_if(bars.bins.begin(), bars.bins.end(), [&](const auto& b) { return b.low == low; });
  };
  EXPECT_EQ(bin(10)->count, 1u);
  EXPECT_EQ(bin(20)->count, 1u);
  EXPECT_EQ(bin(20)->high, 50);
  EXPECT_EQ(bars.bins.back().count, 1u);
  EXPECT_TRUE(histogram_of({}).bins.empty());
}

TEST(Statistics, ABrushLeavesTheLanesOfItsPart) {
  const auto session = session_of(crowd(40));
  const auto lanes = [&] {
    std::set<std::uint32_t> out;
    for (const Box& box : timeline(*session, {0, 0, 1200, 1200}, pixels).boxes)
      if (box.hit.kind == Hit::Kind::task) out.insert(box.hit.value);
    return out;
  };
  session->fold = false;
  const auto all = lanes();
  const Histogram& bars = histogram(*session, Chart::resource_wait);
  act(*session, Act::brush, static_cast<double>(bars.bins.back().low), static_cast<double>(bars.bins.back().high), "wait");
  const std::vector<TaskId>* tasks = brushed(*session);
  ASSERT_TRUE(tasks);
  const auto some = lanes();
  EXPECT_LT(some.size(), all.size());
  EXPECT_EQ(some.size(), tasks->size());
  for (const std::uint32_t id : some) EXPECT_TRUE(std::binary_search(tasks->begin(), tasks->end(), TaskId{id}));
  act(*session, Act::clear_selection);
  EXPECT_EQ(lanes(), all);
  act(*session, Act::brush, 1, 2, "height");
  EXPECT_FALSE(brushed(*session));
  EXPECT_TRUE(session->message_is_error);
}

TEST(Statistics, ABrushIsAboutTheRunThatIsLookedAt) {
  const auto session = session_of(crowd(40), crowd(8));
  act(*session, Act::brush, 0, 1e15, "step");
  ASSERT_TRUE(brushed(*session));
  EXPECT_EQ(brushed(*session)->size(), session->sides[0]->history.lanes.size());
  act(*session, Act::find, 0, 0, "tick");
  act(*session, Act::show_fixed);
  EXPECT_EQ(brushed(*session)->size(), session->sides[1]->history.lanes.size());
  act(*session, Act::find_next);  // back, by another way
  EXPECT_EQ(brushed(*session)->size(), session->sides[0]->history.lanes.size());
}

TEST(Statistics, APlaceOnThePictureIsItsBin) {
  const auto session = session_of(crowd(40));
  const Histogram& bars = histogram(*session, Chart::resource_wait);
  const Rect canvas{10, 10, 400, 200};
  expect_tidy(histogram_picture(bars, Brush{Chart::resource_wait, 0, 1'000'000'000, {}}, canvas, pixels), "histogram");
  EXPECT_EQ(bin_at(bars, canvas, pixels, 11), 0u);
  EXPECT_EQ(bin_at(bars, canvas, pixels, 409), bars.bins.size() - 1);
  // The bar under the pointer is the one that is drawn there.
  const DrawList picture = histogram_picture(bars, {}, canvas, pixels);
  std::vector<std::size_t> hit;
  for (const Box& box : picture.boxes)
    if (box.role == Role::counter) hit.push_back(bin_at(bars, canvas, pixels, box.rect.x + box.rect.w / 2));
  std::vector<std::size_t> filled;
  for (std::size_t i = 0; i < bars.bins.size(); ++i)
    if (bars.bins[i].count) filled.push_back(i);
  EXPECT_EQ(hit, filled);
  EXPECT_EQ(bin_at(bars, canvas, pixels, -1e6f), 0u);
  EXPECT_EQ(bin_at(bars, canvas, pixels, 1e6f), bars.bins.size() - 1);
}

TEST(Looking, SelectsByNumberWhatThereIs) {
  const auto session = session_of(swallowed());
  act(*session, Act::select_task, 2);
  EXPECT_EQ(session->selected, (Hit{Hit::Kind::task, 2, 0}));
  act(*session, Act::select_event, 18);
  EXPECT_EQ(session->selected, (Hit{Hit::Kind::event, 18, 18}));
  EXPECT_EQ(session->side().step, 18u);
  act(*session, Act::select_scope, 1);
  EXPECT_EQ(session->selected, (Hit{Hit::Kind::scope, 1, 0}));
  for (const double wrong : {0.0, 3.0, -1.0, 1e300}) {
    act(*session, Act::select_task, wrong);
    EXPECT_TRUE(session->message_is_error) << wrong;
    EXPECT_EQ(session->selected, (Hit{Hit::Kind::scope, 1, 0}));
  }
  using Kind = Hit::Kind;
  for (const Hit& wrong : {Hit{Kind::task, 3, 0}, Hit{Kind::span, 2, 12}, Hit{Kind::event, 40, 40}, Hit{Kind::resource, 1, 0},
                           Hit{Kind::scope, 2, 0}, Hit{Kind::loop, 99, 0}, Hit{Kind::worker, 1, 0}, Hit{Kind::task, 1, 40},
                           Hit{Kind::finding, 999, 0}}) {
    update(*session, {Act::select, 0, 0, {}, wrong});
    EXPECT_TRUE(session->message_is_error) << static_cast<int>(wrong.kind);
    EXPECT_EQ(session->selected, (Hit{Kind::scope, 1, 0}));
    EXPECT_EQ(session->selected_finding, -1);
  }
  act(*session, Act::select_worker, 1);
  EXPECT_EQ(session->message, "there is no worker 1");
}

TEST(Looking, AsksForTabsByNameAndByNumber) {
  const auto session = session_of(swallowed());
  act(*session, Act::show_tab, 0, 0, "Tasks");
  EXPECT_EQ(session->inspection.tab, "Tasks");
  act(*session, Act::show_tab, 5);
  EXPECT_EQ(session->inspection.tab, "Events");
  EXPECT_EQ(session->inspection.tabs_asked, 2u);
  act(*session, Act::show_tab, 12);
  EXPECT_EQ(session->inspection.tab, "Events");
}

TEST(Inspector, LeadsToWhoCreatedWokeAndCancelled) {
  const auto session = session_of(swallowed());
  act(*session, Act::seek_time, 2e9);
  act(*session, Act::select_task, 2);
  const auto line = [&](std::string_view label) {
    for (const Detail& detail : inspect(*session))
      if (detail.label == label) return detail;
    return Detail{};
  };
  EXPECT_EQ(line("Created by").hit, (Hit{Hit::Kind::event, 6, 6}));
  EXPECT_EQ(line("Woken by").hit, (Hit{Hit::Kind::event, 19, 19}));
  EXPECT_EQ(line("Cancelled by").hit, (Hit{Hit::Kind::event, 18, 18}));
  EXPECT_NE(line("Cancelled by").text.find("timeout"), std::string::npos);
  EXPECT_EQ(line("Cancelled by").meaning, "timeout");
  EXPECT_EQ(line("Parent").hit, (Hit{Hit::Kind::task, 1, 0}));
  EXPECT_EQ(line("State").meaning, "swallowed");
  session->language = Language::chinese;
  EXPECT_EQ(line("唤醒者").hit, (Hit{Hit::Kind::event, 19, 19}));
  // Each of them is a place to go to.
  session->language = Language::english;
  update(*session, {Act::select, 0, 0, "", line("Cancelled by").hit});
  EXPECT_EQ(session->side().step, 18u);
  EXPECT_EQ(inspect(*session).front().text, "cancel requested");
}

TEST(Inspector, ShowsTheFindingThatIsSelected) {
  const auto session = session_of(swallowed());
  ASSERT_FALSE(session->side().findings.empty());
  act(*session, Act::select_finding, 0);
  EXPECT_EQ(inspect(*session).front().label, "Finding");
  EXPECT_EQ(inspect(*session).front().text, session->side().findings[0].rule);
  update(*session, {Act::select, 0, 0, {}, {Hit::Kind::task, 2, 0}});
  EXPECT_NE(inspect(*session).front().label, "Finding") << "what is clicked takes its place";
}

TEST(Memo, KeepsAValueAsLongAsItsKey) {
  const Memo memo;
  int made = 0;
  const auto value = [&](std::string_view key) { return memo.of<int>(key, [&] { return ++made; }); };
  EXPECT_EQ(value("a"), 1);
  EXPECT_EQ(value("a"), 1);
  EXPECT_EQ(value("b"), 2);
  EXPECT_EQ(value("a"), 3);
}

TEST(Glossary, IsCompleteAndInOrder) {
  std::set<std::string_view> names;
  std::string before;
  for (const Term& term : glossary()) {
    std::string word(term.word.en);
    for (char& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    EXPECT_LT(before, word) << "by the English word";
    before = word;
    EXPECT_TRUE(names.insert(term.name).second) << term.name;
    for (const Phrase& words : {term.word, term.sentence}) EXPECT_FALSE(words.en.empty() || words.zh.empty()) << term.name;
    for (const Phrase& words : {term.asyncio, term.trio}) EXPECT_EQ(words.en.empty(), words.zh.empty()) << term.name;
    EXPECT_EQ(term_named(term.name), &term);
  }
  EXPECT_GE(names.size(), 60u);
  EXPECT_EQ(term_named("CANCEL_SWALLOWED"), term_named("swallowed"));
  EXPECT_EQ(term_named("banana"), nullptr);
  EXPECT_EQ(term_named(""), nullptr);
}

TEST(Glossary, KnowsEveryValueThatTheInspectorPrints) {
  const std::set<std::string_view> plain = {"none", "resource"};
  for (const Field type :
       {Field::wait, Field::why_ready, Field::outcome, Field::scope_type, Field::cancel_reason, Field::resource_type})
    for (int value = 0; value < 256; ++value) {
      const std::string_view name = enum_name(type, static_cast<std::uint8_t>(value));
      if (name.empty() || plain.contains(name)) continue;
      EXPECT_TRUE(term_named(name)) << name;
    }
  for (const std::string_view state : {"not started", "ready", "running", "waiting", "holds the loop", "returned", "failed",
                                       "cancelled", "swallowed a cancel", "cleaning up"})
    EXPECT_TRUE(term_named(state)) << state;
  for (const auto* columns : {&task_columns(), &resource_columns(), &event_columns()})
    for (const Column& column : *columns) EXPECT_TRUE(column.term.empty() || term_named(column.term)) << column.term;
}

TEST(Glossary, OpensAtAWord) {
  const auto session = session_of(swallowed());
  act(*session, Act::explain, 0, 0, "permit");
  EXPECT_TRUE(session->inspection.explaining);
  EXPECT_EQ(session->inspection.explained, "permit");
  act(*session, Act::explain);
  EXPECT_FALSE(session->inspection.explaining);
  act(*session, Act::explain, 0, 0, "banana");
  EXPECT_FALSE(session->inspection.explaining);
  EXPECT_TRUE(session->message_is_error);
}

Trace ring(int tasks) {
  std::string text = "0 run_begin\n";
  for (int i = 1; i <= tasks; ++i) text += "0 task_created task=" + std::to_string(i) + " name=t" + std::to_string(i) + "\n";
  for (int i = 1; i <= tasks; ++i)
    text += "1 step_end task=" + std::to_string(i) + " object=" + std::to_string(i % tasks + 1) + " waits=task at=a.cpp:2\n";
  return *read_text(text);
}

TEST(Waits, RingsOfAnySizeAreDrawnAsRings) {
  for (int tasks = 1; tasks <= 7; ++tasks) {
    const auto session = session_of(ring(tasks));
    const Side& side = session->side();
    const WaitGraph graph = wait_graph(run_of(side), side.model);
    const WaitPlan plan = wait_plan(side.model, graph);
    ASSERT_EQ(graph.cycles().size(), 1u);
    for (const float width : {300.0f, 500.0f, 1200.0f}) {
      const Rect canvas{5, 5, width, wait_graph_height(plan, pixels) + 1};
      const DrawList picture = wait_graph_picture(side.trace, side.model, graph, plan, canvas, pixels);
      expect_tidy(picture, "ring");
      std::set<std::uint32_t> drawn;
      for (const Box& box : picture.boxes)
        if (box.hit.kind == Hit::Kind::task && box.role == Role::error) drawn.insert(box.hit.value);
      EXPECT_EQ(drawn.size(), static_cast<std::size_t>(tasks)) << width;
      EXPECT_EQ(std::count_if(picture.lines.begin(), picture.lines.end(),
                              [](const Line& l) { return l.role == Role::error && l.arrow; }),
                tasks);
      for (std::size_t i = 0; i < picture.boxes.size(); ++i)
        for (std::size_t j = 1; j < i; ++j) {
          const Rect &a = picture.boxes[i].rect, &b = picture.boxes[j].rect;
          EXPECT_TRUE(a.right() <= b.x || b.right() <= a.x || a.bottom() <= b.y || b.bottom() <= a.y) << "boxes overlap";
        }
    }
  }
}

TEST(Waits, ACrowdIsOneRowWithWhoHasIt) {
  const auto session = session_of(crowd(400));
  act(*session, Act::seek_event, session->side().trace.size() / 2);
  const Side& side = session->side();
  const WaitGraph graph = wait_graph(run_of(side), side.model);
  const WaitPlan plan = wait_plan(side.model, graph);
  const Rect canvas{0, 0, 480, wait_graph_height(plan, pixels) + 1};
  EXPECT_LT(canvas.h, 800) << "a crowd does not make it long";
  const DrawList picture = wait_graph_picture(side.trace, side.model, graph, plan, canvas, pixels);
  expect_tidy(picture, "crowd");
  EXPECT_TRUE(
      std::any_of(picture.labels.begin(), picture.labels.end(), [](const Label& l) { return l.text.starts_with("+"); }));
  // Too little room: what is left out is counted.
  expect_tidy(wait_graph_picture(side.trace, side.model, graph, plan, {0, 0, 200, 60}, pixels), "small");
}

TEST(Waits, TheHolderStandsBehindWhatItHolds) {
  const auto session = session_of(queue_at_semaphore());
  const Side& side = session->side();
  const WaitGraph graph = wait_graph(run_of(side), side.model);
  const WaitPlan plan = wait_plan(side.model, graph);
  const Rect canvas{0, 0, 480, wait_graph_height(plan, pixels) + 1};
  const DrawList picture =
      wait_graph_picture(side.trace, side.model, graph, plan, canvas, pixels, Language::english, {Hit::Kind::task, 4, 0});
  expect_tidy(picture, "gate");
  const auto x_of = [&](Hit::Kind kind, std::uint32_t value) {
    for (const Box& box : picture.boxes)
      if (box.hit.kind == kind && box.hit.value == value) return box.rect.x;
    return -1.0f;
  };
  EXPECT_GE(x_of(Hit::Kind::task, 3), 0);
  EXPECT_LT(x_of(Hit::Kind::task, 3), x_of(Hit::Kind::resource, 1));
  EXPECT_LT(x_of(Hit::Kind::resource, 1), x_of(Hit::Kind::task, 2));
  EXPECT_EQ(std::count_if(picture.boxes.begin(), picture.boxes.end(), [](const Box& b) { return b.role == Role::selection; }),
            1);
}

TEST(Waits, APlanIsMadeOnceAMoment) {
  const auto session = session_of(crowd(40));
  act(*session, Act::seek_event, session->side().trace.size() / 2);
  const WaitGraph* graph = graph_of(*session);
  ASSERT_TRUE(graph);
  const WaitPlan& plan = wait_plan(*session, *graph);
  const std::size_t waiters = plan.rows.at(0).waiters.size();
  EXPECT_GT(waiters, 20u);
  const WaitRow* first = plan.rows.data();
  EXPECT_EQ(wait_plan(*session, *graph).rows.data(), first);
  act(*session, Act::seek_event, session->side().trace.size());
  EXPECT_EQ(wait_plan(*session, *graph_of(*session)).rows.at(0).waiters.size(), 1u) << "main alone";
}

TEST(Waits, AnswersOfAServiceAreOneRow) {
  auto trace = read_text(R"(
0 resource_created resource=1 type=service name="api" capacity=9
0 resource_created resource=2 type=service name="db" capacity=9
0 task_created task=1 name=a
0 step_begin task=1
0 request_begin task=1 request=7 service=2
0 step_end task=1 waits=request object=7
0 task_created task=2 name=b
0 step_begin task=2
0 request_begin task=2 request=8 service=1
0 step_end task=2 waits=request object=8
0 task_created task=3 name=c
0 step_begin task=3
0 request_begin task=3 request=9 service=1
0 step_end task=3 waits=request object=9
)");
  ASSERT_TRUE(trace) << trace.error();
  const auto session = session_of(std::move(*trace));
  const Side& side = session->side();
  const WaitPlan plan = wait_plan(side.model, wait_graph(run_of(side), side.model));
  ASSERT_EQ(plan.rows.size(), 2u);
  EXPECT_EQ(plan.rows[0].id, 1u);
  EXPECT_EQ(plan.rows[0].waiters, (std::vector<TaskId>{TaskId{2}, TaskId{3}}));
  EXPECT_EQ(plan.rows[1].id, 2u);
}

TEST(Waits, HostileNamesStayText) {
  const auto session = session_of(hostile());
  const Side& side = session->side();
  const WaitGraph graph = wait_graph(run_of(side), side.model);
  const WaitPlan plan = wait_plan(side.model, graph);
  for (const DrawList& picture : {wait_graph_picture(side.trace, side.model, graph, plan, {0, 0, 500, 500}, pixels),
                                  wait_graph_picture(side.trace, side.model, graph, plan, {0, 0, 60, 20}, cells)})
    for (const Label& label : picture.labels) EXPECT_EQ(label.text.find_first_of("\n\x1b"), std::string::npos);
  for (std::uint32_t id = 1; id <= side.model.tasks.size(); ++id)
    for (int column = 0; column < 8; ++column)
      EXPECT_EQ(task_cell(*session, TaskId{id}, static_cast<TaskColumn>(column)).text.find_first_of("\n\x1b"),
                std::string::npos);
}

}  // namespace
}  // namespace awaitscope::view

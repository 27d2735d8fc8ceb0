#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "stories.h"

namespace awaitscope::view {
namespace {

std::vector<Trace> all_stories() {
  std::vector<Trace> out;
  out.push_back(swallowed());
  out.push_back(stalled());
  out.push_back(staircase());
  out.push_back(refused());
  out.push_back(crowd(300));
  out.push_back(hostile());
  out.emplace_back();
  return out;
}

bool says(const DrawList& picture, std::string_view part) {
  return std::any_of(picture.labels.begin(), picture.labels.end(),
                     [&](const Label& l) { return l.text.find(part) != std::string::npos; });
}

DrawList draw(const Trace& trace, Rect canvas = {0, 0, 1200, 400}, const FontMetrics& metrics = pixels) {
  TimelineOptions o;
  o.canvas = canvas;
  o.metrics = metrics;
  o.end = Instant{trace.end().ns * 104 / 100 + 1};
  o.playhead = trace.size() / 2;
  o.title = "bad";
  const History h = history(trace);
  return timeline(trace, h, o);
}

TEST(Timeline, EveryStoryIsTidyAtEverySize) {
  for (const Trace& trace : all_stories()) {
    for (const Rect canvas : {Rect{0, 0, 1920, 1080}, Rect{10, 20, 800, 300}, Rect{0, 0, 200, 60}, Rect{0, 0, 40, 10}})
      expect_tidy(draw(trace, canvas), "pixels");
    for (const Rect canvas : {Rect{0, 0, 100, 40}, Rect{0, 0, 60, 12}, Rect{0, 0, 12, 3}})
      expect_tidy(draw(trace, canvas, cells), "cells");
  }
}

TEST(Timeline, ZoomedInAndOutItStaysTidy) {
  const Trace trace = swallowed();
  const History h = history(trace);
  for (const auto& [from, to] : {std::pair<std::int64_t, std::int64_t>{999'999'999, 1'000'000'001},
                                 {-5'000'000'000, 90'000'000'000},
                                 {2'000'000'000, 2'000'000'001},
                                 {7, 7}})
    for (const bool order : {false, true}) {
      TimelineOptions o;
      o.canvas = {0, 0, 1000, 300};
      o.metrics = pixels;
      o.begin = {order ? 5 : from};
      o.end = {order ? 30 : to};
      o.order_ruler = order;
      o.playhead = 20;
      expect_tidy(timeline(trace, h, o), "zoomed");
    }
}

TEST(Timeline, TwoSidesShareOneTidyPicture) {
  for (const FontMetrics& metrics : {pixels, cells}) {
    const auto session = session_of(swallowed(), stalled());
    for (const int w : {100, 1280})
      expect_tidy(timeline(*session, {0, 0, static_cast<float>(w), metrics.cells ? 30.0f : 720.0f}, metrics), "both");
  }
}

TEST(Timeline, TheStallSaysWhoHowLongAndWhy) {
  const DrawList picture = draw(stalled());
  EXPECT_TRUE(says(picture, "main held the loop for 2.0 s: time.sleep"));
  const auto band =
      std::find_if(picture.boxes.begin(), picture.boxes.end(), [](const Box& b) { return b.role == Role::stall_band; });
  ASSERT_NE(band, picture.boxes.end());
  // It crosses every lane, and no tick of the loop lies inside it.
  for (const Label& l : picture.labels)
    if (l.text == "main" || l.text == "ticker") {
      EXPECT_TRUE(band->rect.y <= l.rect.y && band->rect.bottom() >= l.rect.bottom()) << l.text;
    }
  for (const Box& b : picture.boxes)
    if (b.role == Role::tick && b.rect.y > 33) {
      EXPECT_TRUE(b.rect.right() <= band->rect.x + 2 || b.rect.x >= band->rect.right() - 2);
    }
}

TEST(Timeline, TheSwallowedCancelStrikesIsStruckOutAndGoesOn) {
  const DrawList picture = draw(swallowed());
  EXPECT_TRUE(says(picture, "cancel swallowed at a.cpp:16 · went on for 3.0 s"));
  EXPECT_TRUE(says(picture, "cancel: timeout 1.0 s"));
  EXPECT_TRUE(
      std::any_of(picture.icons.begin(), picture.icons.end(), [](const Icon& i) { return i.glyph == Glyph::swallowed; }));
  EXPECT_TRUE(std::any_of(picture.lines.begin(), picture.lines.end(),
                          [](const Line& l) { return l.role == Role::flow_cancel && l.arrow; }));
  EXPECT_TRUE(std::any_of(picture.boxes.begin(), picture.boxes.end(), [](const Box& b) {
    return b.role == Role::cancelling && b.pattern == Pattern::cross_hatch && b.rect.w > 500;
  }));
}

TEST(Timeline, RequestsOneAfterAnotherAreAStaircase) {
  const DrawList picture = draw(staircase());
  std::vector<Rect> steps;
  for (const Box& b : picture.boxes)
    if (b.role == Role::waiting_request) steps.push_back(b.rect);
  ASSERT_EQ(steps.size(), 3u);
  for (std::size_t i = 1; i < 3; ++i) {
    EXPECT_GE(steps[i].y, steps[i - 1].bottom());
    EXPECT_NEAR(steps[i].x, steps[i - 1].right(), 2);
  }
  EXPECT_TRUE(says(picture, "part 2 · 1.0 s"));
}

TEST(Timeline, RefusalsAreASpikeAboveTheCapacity) {
  const DrawList picture = draw(refused(), {0, 0, 1200, 600});
  EXPECT_TRUE(says(picture, "3 refused"));
  EXPECT_TRUE(says(picture, "peak 5/2"));
  EXPECT_TRUE(says(picture, "capacity 2"));
  EXPECT_TRUE(std::any_of(picture.boxes.begin(), picture.boxes.end(), [](const Box& b) { return b.role == Role::error; }));
}

TEST(Timeline, TenThousandLanesFoldIntoABoundedPicture) {
  const Trace trace = crowd(10000);
  for (const FontMetrics& metrics : {pixels, cells}) {
    const DrawList picture = draw(trace, metrics.cells ? Rect{0, 0, 100, 40} : Rect{0, 0, 1280, 600}, metrics);
    EXPECT_TRUE(says(picture, "10,000 × job"));
    EXPECT_TRUE(says(picture, "1,000 failed"));
    EXPECT_LT(picture.boxes.size() + picture.lines.size() + picture.icons.size() + picture.labels.size(),
              metrics.cells ? 1200u : 6000u);
    expect_tidy(picture, "crowd");
  }
}

TEST(Timeline, WithoutFoldingItScrolls) {
  const auto session = session_of(crowd(300));
  update(*session, {.act = Act::toggle_fold, .text = {}, .hit = {}});
  update(*session, {.act = Act::scroll_lanes, .x = 100, .text = {}, .hit = {}});
  const DrawList picture = timeline(*session, {0, 0, 1000, 400}, pixels);
  EXPECT_TRUE(says(picture, "job-100"));
  EXPECT_FALSE(says(picture, "job-1 "));
  expect_tidy(picture, "scrolled");
}

TEST(Timeline, APixelsPointerFindsThinBars) {
  const Trace trace = swallowed();
  const DrawList picture = draw(trace);
  std::size_t found = 0;
  for (const Box& b : picture.boxes) {
    if (b.hit.kind != Hit::Kind::span || b.role != Role::running) continue;
    ++found;
    EXPECT_GE(b.rect.w, 1);
    const Hit hit = picture.hit({b.rect.x - 1, b.rect.y + b.rect.h - 1});
    EXPECT_NE(hit.kind, Hit::Kind::none);
    EXPECT_EQ(hit.value, b.hit.value);
  }
  EXPECT_GT(found, 2u);
}

TEST(Timeline, TimeAtIsTheInverseOfTheRuler) {
  const auto session = session_of(swallowed(), stalled());
  const Rect canvas{0, 0, 1280, 700};
  const DrawList picture = timeline(*session, canvas, pixels);
  const Scale scale = scale_of(*session, canvas, pixels);
  for (const Box& b : picture.boxes)
    if (b.role == Role::grid && b.rect.w == 1) {
      const double at = static_cast<double>(scale.time_at(b.rect.x).ns) / 5e8;  // this ruler's step is 0.5 s
      EXPECT_NEAR(at, std::round(at), 0.01);
    }
  for (const float x : {-50.0f, 300.0f, 1279.0f}) EXPECT_NEAR(scale.x_of(static_cast<double>(scale.time_at(x).ns)), x, 0.01f);
}

TEST(Timeline, NamesAreMeasuredOnceForTheColumn) {
  const auto session = session_of(crowd(300), crowd(300));
  static int measured;
  FontMetrics counting = pixels;
  counting.measure = [](std::string_view text, const void*) {
    measured += text == "job-7";
    return 8 * static_cast<float>(text.size());
  };
  measured = 0;
  timeline(*session, {0, 0, 1280, 700}, counting);
  EXPECT_EQ(measured, 2) << "once a version";
}

TEST(Timeline, TheTerminalPicture) {
  const Trace trace = swallowed();
  const History h = history(trace);
  TimelineOptions o;
  o.canvas = {0, 0, 80, timeline_height(trace, h, cells)};
  o.metrics = cells;
  o.end = {4'160'000'000};
  o.title = "bad";
  EXPECT_EQ(paint_text(timeline(trace, h, o), false),
            "bad            0.0 s 0.5 s  1.0 s  1.5 s   2.0 s  2.5 s  3.0 s   3.5 s  4.0 s\n"
            "                ┆      ┆       ┆      ┆      ┆       ┆      ┆      ┆       ┆\n"
            "loop            ···············│cancel: timeout 1.0 s······················┆\n"
            "■ main          █··············│·waits for worker · 4.0 s··················•   ■\n"
            "  ■ worker      █─sleep 1.0 s──⊗cancel swallowed · went on for 3.0 s╳╳╳╳╳╳╳■ ⚑ ■\n"
            "· waiting   █ running   ─ sleep   ╳ asked to stop\n");
}

TEST(Ruler, HasTwoToTenLinesAtRoundPlaces) {
  for (std::int64_t length : {1LL, 2LL, 7LL, 9LL, 10LL, 99LL, 1'000LL, 123'456LL, 4'160'000'000LL, 9'000'000'000'000'000'000LL})
    for (std::int64_t begin : {0LL, 3LL, 1'234'567'891LL}) {
      if (length > 8'000'000'000'000'000'000LL && begin > 0) continue;
      const auto ticks = ruler_ticks({begin}, {begin + length}, 100, 500);
      EXPECT_GE(ticks.size(), 2u) << begin << " + " << length;
      EXPECT_LE(ticks.size(), 10u) << begin << " + " << length;
      std::set<std::string> labels;
      for (const RulerTick& t : ticks) {
        EXPECT_GE(t.x, 99.9f);
        EXPECT_LE(t.x, 600.1f);
        labels.insert(t.label);
      }
      EXPECT_EQ(labels.size(), ticks.size());
    }
}

}  // namespace
}  // namespace awaitscope::view

// Findings that say the same of one place are one finding, which counts them.
#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

/// Steps of the tasks of those names, of that many milliseconds each, one after another at one line.
std::string steps(const std::vector<std::pair<std::string, int>>& all, const std::string& end = "run_end") {
  std::string out;
  int now = 0;
  for (std::size_t i = 0; i < all.size(); ++i)
    out += "0 task_created task=" + std::to_string(i + 1) + " name=" + all[i].first + "\n";
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string task = " task=" + std::to_string(i + 1);
    out += std::to_string(now) + "ms step_begin" + task + "\n";
    now += all[i].second;
    out += std::to_string(now) + "ms step_end" + task + " waits=sleep at=a.cpp:3\n";
  }
  return out + std::to_string(now) + "ms " + end + "\n";
}

TEST(Fold, TheLongestOfManyCountsTheOthers) {
  const auto j = judge("slow-step", steps({{"user-1", 200}, {"user-2", 300}, {"user-3", 100}}));
  EXPECT_EQ(sentences(j),
            "error proven slow-step: task user-2 held the loop for 300 ms at a.cpp:3; 1 ready task waited for its turn "
            "(user-3); and 2 more like it, 600 ms in all\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(f.count, 3u);
  EXPECT_EQ(f.begin, Instant{200'000'000});
  EXPECT_EQ(f.end, Instant{500'000'000});
  EXPECT_EQ(f.tasks, (std::vector<TaskId>{{2}, {3}, {1}})) << "its own first";
  EXPECT_EQ(f.evidence.front(), 6u);
}

TEST(Fold, OtherSeveritiesPlacesAndFunctionsStayApart) {
  EXPECT_EQ(judge("slow-step", steps({{"a", 200}, {"a", 20}})).findings.size(), 2u) << "an error and a note";
  EXPECT_EQ(judge("slow-step", steps({{"a", 200}, {"b", 200}})).findings.size(), 2u);
  std::string places = steps({{"a", 200}, {"a", 200}});
  places.replace(places.rfind("a.cpp:3"), 7, "a.cpp:4");
  EXPECT_EQ(judge("slow-step", places).findings.size(), 2u);
}

TEST(Fold, WhatIsKnownOfNeitherPlaceNorTaskIsNotTheSame) {
  const std::string step = " callback_begin\n200ms callback_end\n";
  EXPECT_EQ(judge("slow-step", "0" + step + "200ms callback_begin\n400ms callback_end\n500ms run_end\n").findings.size(), 2u);
}

TEST(Fold, TheSurestSpeaksForAll) {
  const std::string text = steps({{"a", 200}, {"a", 100}}, "dropped count=3") +
                           "300ms step_begin task=1\n900ms step_end task=1 waits=sleep at=a.cpp:3\n900ms run_end\n";
  const auto j = judge("slow-step", text);
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_EQ(j.findings[0].confidence, Confidence::proven);
  EXPECT_EQ(j.findings[0].end, Instant{200'000'000});
  EXPECT_EQ(j.findings[0].count, 3u);
}

TEST(Fold, TwentyErrorsThatNobodyLookedAtAreOneFinding) {
  std::string text;
  for (int i = 1; i <= 20; ++i) {
    const std::string id = std::to_string(i);
    text += "0 task_created task=" + id + " name=job at=a.cpp:4\n0 task_done task=" + id + " how=raised error=no\n" +
            "1 diagnosed text=no object=" + id + " what=never_retrieved\n";
  }
  const auto j = judge("exception-never-retrieved", text + "1 run_end\n");
  ASSERT_EQ(j.findings.size(), 1u) << sentences(j);
  EXPECT_TRUE(j.findings[0].sentence.ends_with("nobody retrieved its exception; and 19 more like it")) << sentences(j);
  EXPECT_EQ(j.findings[0].tasks.size(), 20u);
  EXPECT_EQ(j.findings[0].evidence.size(), 20u);
}

TEST(Fold, WhatIsAllowedIsNotCounted) {
  const auto j = judge("slow-step", steps({{"user-1", 200}, {"user-2", 300}}), {}, {{"slow-step", "user-2", {}}});
  EXPECT_EQ(sentences(j).find("more like it"), std::string::npos) << sentences(j);
}

TEST(Fold, NamesAndEventsAreBounded) {
  const auto j = judge("slow-step", steps(std::vector<std::pair<std::string, int>>(500, {"job", 100})));
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_EQ(j.findings[0].count, 500u);
  EXPECT_LE(j.findings[0].tasks.size(), 102u);
  EXPECT_LE(j.findings[0].evidence.size(), 102u);
}

}  // namespace
}  // namespace awaitscope

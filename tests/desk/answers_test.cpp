#include "app/desk/answers.h"

#include <gtest/gtest.h>

#include "core/trace/text.h"

namespace awaitscope::desk {
namespace {

const std::string text = R"(
0 task_created task=1 name=main
0 task_ready task=1 cause=1 why=start
0 step_begin task=1 cause=2
0 task_created task=2 name=fetch parent=1
0 task_created task=3 name=fetch parent=1
0 step_end task=1 object=2 waits=task at=a.cpp:1
1 step_end task=2 waits=future at=a.cpp:2
1 step_end task=3 waits=future at=a.cpp:2
2 run_end how=hang
)";

struct Asked {
  Trace trace;
  History history;
};
Asked asked() {
  Asked out{*read_text(text), {}};
  out.history = history_of(out.trace);
  return out;
}
std::string said(const Question& question) {
  const Asked a = asked();
  const auto found = answer({a.trace, a.history, {}}, question);
  return found ? answer_text(a.trace, *found) : "error: " + found.error();
}

TEST(Answers, TellsOfAStandstillWithTheProofOfEachSentence) {
  EXPECT_EQ(said({}),
            "nothing runs since 1.000 s: 3 tasks wait, and nothing is left that would wake them  (event 8, 1.000 s)\n"
            "\n"
            "main waits for task fetch-1 since 0.000 s at a.cpp:1  (event 6, 0.000 s)\n"
            "  fetch-1 waits for a future since 1.000 s at a.cpp:2  (event 7, 1.000 s)\n"
            "\n"
            "2 tasks like fetch-1 wait for a future since 1.000 s at a.cpp:2  (event 7, 1.000 s)\n");
}

TEST(Answers, TellsOfATaskByItsNameOrItsLogicalId) {
  Question question;
  question.task = "main";
  const std::string main = said(question);
  EXPECT_EQ(main,
            "main waits for task fetch-1 since 0.000 s at a.cpp:1  (event 6, 0.000 s)\n"
            "\n"
            "  fetch-1 waits for a future since 1.000 s at a.cpp:2  (event 7, 1.000 s)\n"
            "\n"
            "why its last step, at 0.000 s\n"
            "  main started: the program created it at 0.000 s  (event 3, 0.000 s)\n");
  question.task = "main/fetch[1]";
  EXPECT_EQ(said(question).substr(0, 7), "fetch-2");
  question.task = "fetch-2";
  EXPECT_EQ(said(question).substr(0, 7), "fetch-2");
}

TEST(Answers, RefusesInOneLine) {
  Question question;
  question.task = "fetch";
  EXPECT_EQ(said(question), "error: --task fetch: 2 tasks have that name: fetch-1 and fetch-2");
  question.task = "ftch-1";
  EXPECT_EQ(said(question), "error: --task ftch-1: no such task; nearest: fetch-1, fetch-2, main");
  question.task = "\x1b[2J";
  EXPECT_EQ(said(question).find('\x1b'), std::string::npos);
  question = {"", true, {3'000'000'000}, false};
  EXPECT_EQ(said(question), "error: --at 3.000 s: the trace ends at 2.000 s");
  question.at = {2'000'000'000};
  EXPECT_EQ(said(question).substr(0, 7), "nothing");
}

TEST(Answers, KnowsByTheMomentAskedForWhatIsOverdue) {
  const auto trace = read_text(
      "0 task_created task=1 name=a\n0 timer_set task=1 timer=1 when=1 for=sleep\n0 step_end task=1 waits=sleep at=a.cpp:1\n"
      "3 log text=x\n");
  const History history = history_of(*trace);
  const auto at = [&](std::int64_t ns) {
    return answer_text(*trace, *answer({*trace, history, {}}, {"a", true, {ns}, false}));
  };
  EXPECT_EQ(at(500'000'000), "a sleeps until 1.000 s (since 0.000 s at a.cpp:1)  (event 3, 0.000 s)\n");
  EXPECT_EQ(at(2'000'000'000), "a is late: its sleep was over at 1.000 s (since 0.000 s at a.cpp:1)  (event 3, 0.000 s)\n");
}

TEST(Answers, IsJsonToo) {
  const Asked a = asked();
  const auto found = answer({a.trace, a.history, {}}, {"", true, {0}, false});
  ASSERT_TRUE(found);
  const std::string json = answer_json(a.trace, *found);
  EXPECT_EQ(json.substr(0, 35), "{\"kind\":\"standstill\",\"headline\":\"th") << json;
  EXPECT_NE(
      json.find("{\"text\":\"main waits for task fetch-1 since 0.000 s at a.cpp:1\",\"event\":6,\"time_ns\":0,\"depth\":0}"),
      std::string::npos)
      << json;
}

}  // namespace
}  // namespace awaitscope::desk

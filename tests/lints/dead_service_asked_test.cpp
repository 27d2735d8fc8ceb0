#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

/// One request each second under a timeout of half a second; `answers` has one letter for each: t timed out, o answered.
std::string story(const std::string& answers, const std::string& how = "cancelled") {
  std::string out = "0 run_begin\n0 resource_created resource=1 type=service name=api\n0 task_created task=1 name=main\n";
  int n = 0;
  for (const char answer : answers) {
    const std::string id = std::to_string(n + 1), at = std::to_string(n), half = at + ".5";
    out += at + " scope_enter task=1 scope=" + id + " deadline=" + half + " type=timeout\n";
    out += at + " request_begin task=1 request=" + id + " service=1 attempt=1 what=job at=a.cpp:4\n";
    if (answer == 't') out += half + " scope_expired task=1 scope=" + id + "\n";
    out += half + " request_end task=1 request=" + id + " service=1" + (answer == 't' ? " status=" + how : "") + "\n";
    out += half + " scope_exit task=1 scope=" + id + "\n";
    ++n;
  }
  return out + "99 run_end\n";
}

TEST(DeadServiceAsked, FiresAndCountsWhatWasAskedInSpiteOfKnowing) {
  EXPECT_EQ(sentences(judge("dead-service-asked", story("tttttttt"))),
            "warning proven dead-service-asked: api had not answered 3 requests in a row, and was asked 5 times more at "
            "a.cpp:4; these waited 2.5 s for nothing\n");
  EXPECT_EQ(judge("dead-service-asked", story("ttttttttoo")).findings.size(), 1u) << "that it came back excuses nothing";
}

TEST(DeadServiceAsked, NearlyFiresOnFewerOrInterruptedSilence) {
  EXPECT_EQ(sentences(judge("dead-service-asked", story("ttttttt"))), "");
  EXPECT_EQ(sentences(judge("dead-service-asked", story("tttttotttttotttt"))), "");
  EXPECT_EQ(judge("dead-service-asked", story("tttttttt")).findings.size(), 1u);
}

TEST(DeadServiceAsked, SparesAServiceThatAnswersNo) {
  EXPECT_EQ(sentences(judge("dead-service-asked", story("tttttttttt", "refused"))), "");
}

TEST(DeadServiceAsked, SparesManyAtOnce) {
  std::string text = "0 run_begin\n0 resource_created resource=1 type=service name=api\n";
  std::string ends;
  for (int n = 1; n <= 20; ++n) {
    const std::string id = std::to_string(n);
    text += "0 task_created task=" + id + "\n0 request_begin task=" + id + " request=" + id + " service=1 attempt=1 what=job\n";
    ends += "1 scope_expired task=" + id + " scope=" + id + "\n1 request_end task=" + id + " request=" + id +
            " service=1 status=cancelled\n";
  }
  EXPECT_EQ(sentences(judge("dead-service-asked", text + ends + "2 run_end\n")), "");
}

TEST(DeadServiceAsked, RecheckWhereTheTraceIsCut) {
  std::string text = story("tttttttt");
  text = text.substr(0, text.rfind("7.5 scope_expired"));
  EXPECT_EQ(judge("dead-service-asked", text).findings.at(0).confidence, Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope

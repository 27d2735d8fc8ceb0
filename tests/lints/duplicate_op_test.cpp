#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string made =
    "0 run_begin\n0 resource_created resource=1 type=service name=api\n0 task_created task=1 name=a\n0 task_created task=2 "
    "name=b\n0 step_begin task=1\n";
std::string begins(const std::string& at, int request, int task, const std::string& what = "user 7", int attempt = 1) {
  return at + " request_begin task=" + std::to_string(task) + " request=" + std::to_string(request) +
         " service=1 attempt=" + std::to_string(attempt) + " what=\"" + what + "\" at=a.py:5\n";
}
std::string ends(const std::string& at, int request, int task, const std::string& status = "ok") {
  return at + " request_end task=" + std::to_string(task) + " request=" + std::to_string(request) +
         " service=1 status=" + status + "\n";
}
/// What a task does between two requests.
std::string waits(const std::string& from, const std::string& to, const std::string& wait) {
  return from + " step_end task=1 waits=" + wait + "\n" + to + " task_ready task=1\n" + to + " step_begin task=1\n";
}
const std::string end = "9 run_end\n";

TEST(DuplicateOp, FiresWhereTheFirstAnswerIsOnItsWay) {
  const auto j =
      judge("duplicate-op", made + begins("1", 1, 1) + begins("1.5", 2, 2) + ends("2", 1, 1) + ends("2.5", 2, 2) + end);
  ASSERT_EQ(sentences(j),
            "info proven duplicate-op: a and b asked api for user 7 at a.py:5 2 times at once: one answer would do for all\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(f.site, (Site{"a.py", 5}));
  EXPECT_EQ(f.tasks, (std::vector<TaskId>{{1}, {2}}));
  EXPECT_EQ(f.resources, std::vector<ResourceId>{{1}});
  EXPECT_EQ(f.evidence, (std::vector<Seq>{7, 6}));  // the second one first: there the mistake is made
  EXPECT_EQ(f.end, Instant{2'500'000'000});
}

TEST(DuplicateOp, FiresWhereTheFirstAnswerIsThere) {
  const std::string first = made + begins("1", 1, 1) + waits("1", "2", "request") + ends("2", 1, 1);
  const auto j = judge("duplicate-op", first + begins("2", 2, 1) + ends("3", 2, 1) + end);
  EXPECT_EQ(sentences(j),
            "info likely duplicate-op: a asked api for user 7 at a.py:5 2 times in a row: one answer would do for all\n");
  // Also where another task asks at once.
  EXPECT_EQ(judge("duplicate-op", first + begins("2.005", 2, 2) + ends("3", 2, 2) + end).findings.size(), 1u);
  EXPECT_EQ(sentences(judge("duplicate-op", first + begins("2.015", 2, 2) + ends("3", 2, 2) + end)), "");
}

TEST(DuplicateOp, FiresOnceForOneLine) {
  std::string text = made;
  for (int i = 0; i < 6; ++i) text += begins("1", i + 1, 1 + i % 2, "user " + std::to_string(i / 2));
  const auto j = judge("duplicate-op", text + begins("1", 7, 1, "user 1") + end);
  EXPECT_EQ(
      sentences(j),
      "info proven duplicate-op: a and b asked api for user 1 at a.py:5 3 times at once: one answer would do for all; the "
      "same happened there with 2 more\n");
}

TEST(DuplicateOp, NearlyFiresWhereAnotherOneIsAskedFor) {
  EXPECT_EQ(sentences(judge("duplicate-op", made + begins("1", 1, 1) + begins("1", 2, 2, "user 8") + end)), "");
  EXPECT_EQ(
      judge("duplicate-op", made + begins("1", 1, 1) + begins("1", 2, 2, "user 8") + begins("1", 3, 2) + end).findings.size(),
      1u);
}

TEST(DuplicateOp, NearlyFiresBelowTheCount) {
  const std::string two = made + begins("1", 1, 1) + begins("1", 2, 2);
  EXPECT_EQ(sentences(judge("duplicate-op", two + end, {{"duplicate-op.count", 3}})), "");
  EXPECT_EQ(judge("duplicate-op", two + begins("1", 3, 1) + end, {{"duplicate-op.count", 3}}).findings.size(), 1u);
}

TEST(DuplicateOp, RecheckWhereEventsWereLost) {
  EXPECT_EQ(judge("duplicate-op", "0 dropped count=1\n" + made + begins("1", 1, 1) + begins("1", 2, 2) + end)
                .findings.at(0)
                .confidence,
            Confidence::recheck);
}

TEST(DuplicateOp, SparesARetryAfterAFailure) {
  for (const int attempt : {1, 2})  // also of a program that does not count
    for (const char* status : {"failed", "refused", "cancelled"})
      EXPECT_EQ(sentences(judge("duplicate-op", made + begins("1", 1, 1) + ends("2", 1, 1, status) +
                                                    begins("2", 2, 1, "user 7", attempt) + ends("3", 2, 1) + end)),
                "")
          << status;
  // A retry of another task's request that is still on its way.
  EXPECT_EQ(sentences(judge("duplicate-op", made + begins("1", 1, 1) + begins("1.5", 2, 2, "user 7", 2) + end)), "");
}

TEST(DuplicateOp, SparesATickerAndAConsumer) {
  for (const char* wait : {"sleep", "queue_get", "event"})
    EXPECT_EQ(sentences(judge("duplicate-op", made + begins("1", 1, 1) + ends("1", 1, 1) + waits("1", "1.001", wait) +
                                                  begins("1.001", 2, 1) + ends("2", 2, 1) + end)),
              "")
        << wait;
}

TEST(DuplicateOp, SparesReadingAgainWhatWasChanged) {
  EXPECT_EQ(sentences(judge("duplicate-op", made + begins("1", 1, 1) + ends("2", 1, 1) + begins("2", 2, 1, "save user 7") +
                                                ends("3", 2, 1) + begins("3", 3, 1) + ends("4", 3, 1) + end)),
            "");
}

TEST(DuplicateOp, SparesRequestsThatOnlyShareASort) {
  EXPECT_EQ(sentences(judge("duplicate-op", made + begins("1", 1, 1, "job") + begins("1", 2, 2, "job") + end)), "");
}

TEST(DuplicateOp, SparesRequestsMadeFromOtherValues) {
  // The next page, from what the last one said.
  const std::string pages = made + begins("1", 1, 1, "/next") + ends("2", 1, 1) + begins("2", 2, 1, "/next");
  EXPECT_EQ(judge("duplicate-op", pages + end).findings.size(), 1u);
  EXPECT_EQ(sentences(judge("duplicate-op", pages + "2 request_input task=1 request=2 value=7\n" + end)), "");
}

TEST(DuplicateOp, SparesHandshakesAndIgnoresThemAsValues) {
  const std::string connection = made + "0 resource_created resource=2 type=connection name=c\n";
  const auto handshake = [](int request) {
    const std::string id = std::to_string(request);
    return "1 request_begin task=1 request=" + id +
           " service=2 attempt=1 what=\"connect to db1\"\n1 request_end task=1 request=" + id + " service=2 status=ok\n";
  };
  EXPECT_EQ(sentences(judge("duplicate-op", connection + handshake(1) + handshake(2) + end)), "");
  const std::string over =
      connection + handshake(1) + begins("1", 2, 1) + "1 request_input task=1 request=2 value=8\n" + begins("1", 3, 2);
  EXPECT_EQ(judge("duplicate-op", over + end).findings.size(), 1u) << "each over a connection of its own";
}

}  // namespace
}  // namespace awaitscope

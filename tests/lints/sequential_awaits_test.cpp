#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

/// A task that makes requests one after another; each is "what seconds [input]", the input an event number.
class Caller {
 public:
  explicit Caller(std::string text =
                      "0 run_begin\n0 resource_created resource=1 type=service name=api\n0 task_created task=1 name=main\n0 "
                      "step_begin task=1\n")
      : text_(std::move(text)), seq_(std::count(text_.begin(), text_.end(), '\n')) {}
  /// Returns the number of the request_end.
  Seq request(const std::string& what, int ms, Seq input = 0, const std::string& more = "", const std::string& end = "") {
    const std::string id = std::to_string(++requests_);
    put("request_begin task=1 request=" + id + " service=1 what=" + what +
        " at=scenarios/a.cpp:" + std::to_string(30 + requests_) + more);
    if (input) put("request_input task=1 request=" + id + " value=" + std::to_string(input));
    put("step_end task=1 waits=sleep");
    now_ += ms;
    put("task_ready task=1 why=timer");
    put("step_begin task=1");
    put("request_end task=1 request=" + id + " service=1" + end);
    return seq_;
  }
  void wait(const std::string& wait, int ms) {
    put("step_end task=1 waits=" + wait);
    now_ += ms;
    put("task_ready task=1");
    put("step_begin task=1");
  }
  Seq put(const std::string& event) {
    text_ += std::to_string(now_) + "ms " + event + "\n";
    return ++seq_;
  }
  std::string text() const { return text_ + std::to_string(now_) + "ms run_end\n"; }

 private:
  std::string text_;
  Seq seq_ = 0;
  int now_ = 0, requests_ = 0;
};

std::string said(const Caller& caller) { return sentences(judge("sequential-awaits", caller.text())); }

TEST(SequentialAwaits, FiresOnThreeIndependentRequestsInARow) {
  Caller c;
  c.request("user", 1000);
  c.request("posts", 1000);
  c.request("comments", 1000);
  const auto j = judge("sequential-awaits", c.text());
  ASSERT_EQ(sentences(j),
            "warning proven sequential-awaits: task main awaits user, posts and comments one after another at "
            "scenarios/a.cpp:31: 3.0 s, although none needs another's "
            "result; started together they take 1.0 s\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "scenarios/a.cpp:31");
  EXPECT_EQ(f.evidence, (std::vector<Seq>{10, 5, 9, 14, 15, 19}));
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{1}});
  EXPECT_EQ(f.resources, std::vector<ResourceId>{{1}});
  EXPECT_EQ(f.end, Instant{3000000000});
}

TEST(SequentialAwaits, SparesADependencyChain) {
  Caller c;
  const Seq user = c.request("user", 1000);
  const Seq posts = c.request("posts", 1000, user);
  c.request("comments", 1000, posts);
  EXPECT_EQ(said(c), "");
}

TEST(SequentialAwaits, SparesDependenceThroughValuesOfOtherOrigin) {
  Caller c;
  c.request("user", 1000);
  const Seq parsed = c.put("cell_write task=1 resource=1");
  c.request("posts", 1000, parsed);
  EXPECT_EQ(said(c), "");
}

TEST(SequentialAwaits, SparesTransitiveDependence) {
  // The middle request is another task's and carries the first one's value on.
  Caller c;
  const Seq user = c.request("user", 1000);
  c.put("request_begin task=2 request=50 service=1 what=token");
  c.put("request_input task=2 request=50 value=" + std::to_string(user));
  const Seq token = c.put("request_end task=2 request=50 service=1");
  c.request("posts", 1000, token);
  EXPECT_EQ(said(c), "");
}

TEST(SequentialAwaits, FiresOnWhatIsIndependentWithinADependentFlow) {
  Caller c;
  const Seq user = c.request("user", 1000);
  c.request("posts", 2000, user);
  c.request("friends", 1000, user);
  EXPECT_EQ(said(c),
            "warning proven sequential-awaits: task main awaits posts and friends one after another at scenarios/a.cpp:32: 3.0 "
            "s, although neither needs the other's "
            "result; started together they take 2.0 s\n");
}

TEST(SequentialAwaits, NearlyFiresWhereTheSavingIsNotWorthIt) {
  Caller nearly;  // 19 % saved
  nearly.request("a", 810);
  nearly.request("b", 190);
  EXPECT_EQ(said(nearly), "");
  Caller enough;  // 20 %
  enough.request("a", 800);
  enough.request("b", 200);
  EXPECT_NE(said(enough), "");
  Caller small;  // 9 ms
  small.request("a", 9);
  small.request("b", 9);
  EXPECT_EQ(said(small), "");
  EXPECT_EQ(judge("sequential-awaits", small.text(), {{"sequential-awaits.saving_ms", 5}}).findings.size(), 1u);
}

TEST(SequentialAwaits, SparesAConsumerThatGetsItsWorkFromAQueue) {
  Caller c;
  for (int i = 0; i < 5; ++i) {
    c.wait("queue_get", 0);
    c.request("item", 1000);
  }
  EXPECT_EQ(said(c), "");
  Caller poller;
  for (int i = 0; i < 5; ++i) {
    poller.request("status", 1000);
    poller.wait("sleep", 500);
  }
  EXPECT_EQ(said(poller), "");
}

TEST(SequentialAwaits, FiresOnALoopAndCountsItsRequests) {
  Caller c;
  for (int i = 0; i < 5; ++i) c.request("item", 1000);
  EXPECT_NE(said(c).find("task main awaits 5 requests (item) one after another at scenarios/a.cpp:31: 5.0 s"),
            std::string::npos)
      << said(c);
}

TEST(SequentialAwaits, SparesRetriesAndFailures) {
  Caller c;
  c.request("a", 1000, 0, " attempt=1", " status=failed");
  c.request("a", 1000, 0, " attempt=2", " status=failed");
  c.request("a", 1000, 0, " attempt=3");
  EXPECT_EQ(said(c), "");
}

TEST(SequentialAwaits, SparesTasksSideBySide) {
  EXPECT_EQ(sentences(judge("sequential-awaits", R"(
0 task_created task=1 name=a
0 task_created task=2 name=b
0 request_begin task=1 request=1 service=1 what=x
0 request_begin task=2 request=2 service=1 what=y
1 request_end task=1 request=1 service=1
1 request_end task=2 request=2 service=1
)")),
            "");
}

TEST(SequentialAwaits, RecheckWhereTheLastRequestIsCutOrEventsWereLost) {
  Caller c;
  c.request("user", 1000);
  c.put("request_begin task=1 request=9 service=1 what=posts at=scenarios/a.cpp:40");
  c.put("step_end task=1 waits=sleep");
  const auto cut = judge("sequential-awaits", c.text() + "1900ms log text=x\n");
  ASSERT_EQ(cut.findings.size(), 1u);
  EXPECT_EQ(cut.findings[0].confidence, Confidence::recheck);
  Caller lossy("0 dropped count=5\n0 task_created task=1 name=main\n0 step_begin task=1\n");
  lossy.request("user", 1000);
  lossy.request("posts", 1000);
  EXPECT_EQ(judge("sequential-awaits", lossy.text()).findings.at(0).confidence, Confidence::recheck);
}

TEST(SequentialAwaits, FiresAtMostLikelyOnAForeignTrace) {
  Caller c("# runtime asyncio 3.12\n0 task_created task=1 name=main\n0 step_begin task=1\n");
  c.request("user", 1000);
  c.request("posts", 1000);
  const auto j = judge("sequential-awaits", c.text());
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_EQ(j.findings[0].confidence, Confidence::likely);
  EXPECT_NE(j.findings[0].sentence.find("nothing shows that one needs another's result"), std::string::npos);
}

}  // namespace
}  // namespace awaitscope

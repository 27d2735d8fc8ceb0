#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

/// A task that awaits one coroutine after another, each with one request: `for c in coros: await c`.
class Looping {
 public:
  explicit Looping(std::string start = "0 run_begin\n") : text_(std::move(start)) {
    put("resource_created resource=1 type=service name=api");
    put("task_created task=1 name=main");
    put("step_begin task=1");
  }
  /// Gives the number of the request_end.
  Seq request(const std::string& what, int ms, const std::string& at = "a.cpp:3", const std::string& status = "ok",
              Seq input = 0, const std::string& more = "") {
    const std::string id = std::to_string(++requests_);
    put("coro_begin task=1 frame=" + id + " function=job at=a.cpp:9");
    put("request_begin task=1 request=" + id + " service=1 what=" + what + " at=" + at + more);
    if (input) put("request_input task=1 request=" + id + " value=" + std::to_string(input));
    wait("request", ms);
    const Seq end = put("request_end task=1 request=" + id + " service=1 status=" + status);
    put("coro_end task=1 frame=" + id);
    return end;
  }
  void wait(const std::string& wait, int ms) {
    put("step_end task=1 waits=" + wait);
    now_ += ms;
    put("task_ready task=1");
    put("step_begin task=1");
  }
  Seq put(const std::string& event) {
    text_ += std::to_string(now_) + "ms " + event + "\n";
    return static_cast<Seq>(std::count(text_.begin(), text_.end(), '\n'));
  }
  std::string text() const { return text_ + std::to_string(now_) + "ms run_end\n"; }

 private:
  std::string text_;
  int now_ = 0, requests_ = 0;
};

std::string said(const Looping& loop) { return sentences(judge("await-in-loop", loop.text())); }

TEST(AwaitInLoop, FiresAndNamesTheAwaitOfTheLoopAndWhatItCosts) {
  Looping loop;
  for (const char* what : {"a", "b", "c"}) loop.request(what, 1000);
  const auto j = judge("await-in-loop", loop.text());
  ASSERT_EQ(sentences(j),
            "warning proven await-in-loop: task main awaits a, b and c in a loop at a.cpp:9, each when the one before has "
            "ended: 3.0 s, although none needs another's result; started together they take 1.0 s\n");
  EXPECT_EQ(show(j.findings[0].site), "a.cpp:9");
  EXPECT_EQ(j.findings[0].tasks, std::vector<TaskId>{{1}});
  EXPECT_EQ(sentences(judge("sequential-awaits", loop.text())), "") << "one mistake, one finding";
}

TEST(AwaitInLoop, SparesTwoAndOtherPlaces) {
  Looping two;
  two.request("a", 1000);
  two.request("b", 1000);
  EXPECT_EQ(said(two), "");
  EXPECT_NE(sentences(judge("sequential-awaits", two.text())), "") << "that is the other rule's";
  Looping rows;
  rows.request("a", 1000, "a.cpp:3");
  rows.request("b", 1000, "a.cpp:4");
  rows.request("c", 1000, "a.cpp:5");
  EXPECT_EQ(said(rows), "");
}

TEST(AwaitInLoop, SparesAPageThatNeedsThePageBefore) {
  Looping pages;
  Seq before = 0;
  for (int i = 0; i < 4; ++i) before = pages.request("page", 1000, "a.cpp:3", "ok", before);
  EXPECT_EQ(said(pages), "");
}

TEST(AwaitInLoop, SparesAConsumerAPollerAndARetry) {
  Looping consumer, poller, retry;
  for (int i = 0; i < 4; ++i) {
    consumer.wait("queue_get", 10);
    consumer.request("item", 1000);
    poller.request("status", 1000);
    poller.wait("sleep", 500);
    retry.request("thing", 1000, "a.cpp:3", i < 3 ? "failed" : "ok");
  }
  EXPECT_EQ(said(consumer), "");
  EXPECT_EQ(said(poller), "");
  EXPECT_EQ(said(retry), "");
}

TEST(AwaitInLoop, NearlyFiresWhereTheSavingIsNotWorthIt) {
  Looping small;
  for (int i = 0; i < 3; ++i) small.request("a", 4);
  EXPECT_EQ(said(small), "") << "8 ms";
  EXPECT_EQ(judge("await-in-loop", small.text(), {{"await-in-loop.saving_ms", 5}}).findings.size(), 1u);
  Looping enough;
  for (int i = 0; i < 3; ++i) enough.request("a", 5);
  EXPECT_NE(said(enough), "") << "10 ms";
}

TEST(AwaitInLoop, RecheckWhereTheLastIsCutAndLikelyForAForeignTrace) {
  Looping cut;
  for (int i = 0; i < 3; ++i) cut.request("a", 1000);
  std::string text = cut.text();
  text = text.substr(0, text.rfind("3000ms request_end")) + "3000ms log text=x\n";
  ASSERT_EQ(judge("await-in-loop", text).findings.size(), 1u);
  EXPECT_EQ(judge("await-in-loop", text).findings[0].confidence, Confidence::recheck);
  Looping foreign("# runtime asyncio 3.12\n0 run_begin\n");
  for (int i = 0; i < 3; ++i) foreign.request("a", 1000);
  const auto j = judge("await-in-loop", foreign.text());
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_EQ(j.findings[0].confidence, Confidence::likely);
  EXPECT_NE(j.findings[0].sentence.find("nothing shows that one needs another's result"), std::string::npos);
}

}  // namespace
}  // namespace awaitscope

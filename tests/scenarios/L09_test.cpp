#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

/// Requests of these words that ended well, the handshakes with "connect".
int answered(const Ran& ran, std::string_view what) {
  int count = 0;
  for (const Request& r : ran.history.requests)
    count += r.ended && r.status == RequestStatus::ok && ran.trace.text(r.what.value).starts_with(what);
  return count;
}

TEST(L09, Ask) {
  EXPECT_EQ(answer(lesson("L09").ask), 'B');
  EXPECT_DOUBLE_EQ(run("L09", "bad").seconds(), 40.0);
  EXPECT_DOUBLE_EQ(run("L09", "fixed").seconds(), 13.0);
  EXPECT_DOUBLE_EQ(revealed("L09", lesson("L09").ask), 13.0);
}
TEST(L09, Twist1) {
  EXPECT_EQ(answer(lesson("L09").twists[0]), 'C');
  const Ran ran = run("L09", lesson("L09").twists[0].run);
  EXPECT_EQ(ran.last(), "ok 9 PoolTimeout 3");
  EXPECT_EQ(answered(ran, "/page"), 9);
  EXPECT_EQ(ran.count(Kind::request_begin, "/page"), 9) << "the server never sees the late ones";
  EXPECT_EQ(ran.peak("client"), 3u);
  EXPECT_EQ(ran.count(Kind::scope_expired), 3);
}
TEST(L09, Twist2) {
  EXPECT_EQ(answer(lesson("L09").twists[1]), 'C');
  const Ran ran = run("L09", lesson("L09").twists[1].run);
  EXPECT_TRUE(ran.last().starts_with("nothing was sent: Request URL is missing")) << ran.last();
  EXPECT_EQ(ran.count(Kind::request_begin), 0);
  EXPECT_EQ(ran.count(Kind::resource_opened), 0);
}

TEST(L09, D6) {
  const Ran bad = run("L09", lesson("L09").false_claims[0].run), fixed = run("L09", "fixed");
  EXPECT_EQ(bad.count(Kind::resource_opened), 10);
  EXPECT_EQ(fixed.count(Kind::resource_opened), 1);
  EXPECT_GT(bad.seconds(), fixed.seconds());
  EXPECT_EQ(bad.findings(), std::vector<std::string>{"client-per-request"});
}
TEST(L09, D14) {
  const Ran ran = run("L09", lesson("L09").false_claims[1].run);
  EXPECT_EQ(ran.count(Kind::resource_opened), 0);
  EXPECT_EQ(ran.count(Kind::diagnosed, "Request URL is missing"), 1);
}

TEST(L09, EachRequestOfTheBadOneBeginsWithAHandshake) {
  const Ran bad = run("L09", "bad"), fixed = run("L09", "fixed");
  EXPECT_EQ(answered(bad, "connect"), 10);
  EXPECT_EQ(answered(bad, "/next"), 10);
  EXPECT_EQ(answered(fixed, "connect"), 1);
  EXPECT_EQ(answered(fixed, "/next"), 10);
}
TEST(L09, TheFindingSaysWhatItCost) {
  const auto sentences = run("L09", "bad").sentences("client-per-request");
  ASSERT_EQ(sentences.size(), 1u);
  EXPECT_EQ(sentences[0].substr(0, 17), "10 clients were m");
  EXPECT_NE(sentences[0].find("each for one request to api: 10 connections opened, 30.0 s of connecting; one client for all "
                              "would open 1"),
            std::string::npos)
      << sentences[0];
}

}  // namespace
}  // namespace awaitscope

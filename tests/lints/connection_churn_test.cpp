#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string made = "0 run_begin\n0 resource_created resource=1 type=service name=db\n0 task_created task=1 name=main\n";
/// A connection is opened in half a second, carries requests, and is closed, all within second `at`.
std::string connection(int id, int at, int requests = 1, bool closes = true) {
  const std::string c = std::to_string(id), now = std::to_string(at);
  std::string out = now + " resource_created resource=" + c + " type=connection capacity=1 name=c" + c + "\n" + now +
                    " request_begin task=1 request=" + c + "0 service=" + c + " attempt=1 what=connect\n" + now +
                    ".5 request_end task=1 request=" + c + "0 service=" + c + " status=ok\n" + now +
                    ".5 resource_opened task=1 resource=" + c + " at=a.py:5\n";
  for (int i = 1; i <= requests; ++i) {
    const std::string request = "request=" + c + std::to_string(i) + " service=1 ";
    out += now + ".5 acquired task=1 resource=" + c + "\n" + now + ".5 request_begin task=1 " + request + "attempt=1 what=x\n" +
           now + ".6 request_end task=1 " + request + "status=ok\n" + now + ".6 released task=1 resource=" + c + "\n";
    if (i < requests)
      out.replace(out.rfind(now + ".6 request_end"), now.size() + 2, now + ".5"),
          out.replace(out.rfind(now + ".6 rel"), now.size() + 2, now + ".5");
  }
  return closes ? out + now + ".6 resource_closed task=1 resource=" + c + "\n" : out;
}
const std::string end = "9 run_end\n";

TEST(ConnectionChurn, FiresWhereEachRequestOpensAndClosesOne) {
  const auto j = judge("connection-churn", made + connection(2, 1) + connection(3, 2) + connection(4, 3) + end);
  ASSERT_EQ(
      sentences(j),
      "warning proven connection-churn: 3 connections were opened to db at a.py:5, each for one request, and closed again: "
      "1.5 s of connecting; 1 kept open would do\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(f.site, (Site{"a.py", 5}));
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{1}});
  EXPECT_EQ(f.resources, (std::vector<ResourceId>{{2}, {3}, {4}}));
  EXPECT_EQ(j.trace[f.evidence[0]].kind, Kind::resource_opened);
  EXPECT_EQ(j.trace[f.evidence[0]].a, 3u) << "the second one: there the mistake begins";
}

TEST(ConnectionChurn, NearlyFiresWithTwo) {
  const std::string two = made + connection(2, 1) + connection(3, 2);
  EXPECT_EQ(sentences(judge("connection-churn", two + end)), "");
  EXPECT_EQ(judge("connection-churn", two + end, {{"connection-churn.least_saved", 1}}).findings.size(), 1u);
}

TEST(ConnectionChurn, NearlyFiresWhereTheyCarryMore) {
  EXPECT_EQ(sentences(judge("connection-churn", made + connection(2, 1, 2) + connection(3, 2, 2) + connection(4, 3, 2) + end)),
            "");
  EXPECT_EQ(
      judge("connection-churn", made + connection(2, 1, 1) + connection(3, 2, 1) + connection(4, 3, 1) + end).findings.size(),
      1u);
}

TEST(ConnectionChurn, RecheckWhereEventsWereLost) {
  const auto j =
      judge("connection-churn", "0 dropped count=1\n" + made + connection(2, 1) + connection(3, 2) + connection(4, 3) + end);
  EXPECT_EQ(j.findings.at(0).confidence, Confidence::recheck);
}

TEST(ConnectionChurn, SparesConnectionsThatAreOpenTogether) {
  std::string text = made, close;
  for (int i = 2; i <= 5; ++i) {
    text += connection(i, i, 1, false);
    close += "8 resource_closed resource=" + std::to_string(i) + "\n";
  }
  EXPECT_EQ(sentences(judge("connection-churn", text + close + end)), "") << "a pool that is closed at the end";
  EXPECT_EQ(sentences(judge("connection-churn", text + end)), "") << "still open";
}

TEST(ConnectionChurn, SparesOtherPlaces) {
  std::string text = made + connection(2, 1) + connection(3, 2) + connection(4, 3) + end;
  text.replace(text.find("at=a.py:5"), 9, "at=b.py:7");
  EXPECT_EQ(sentences(judge("connection-churn", text)), "");
}

TEST(ConnectionChurn, SparesTheClientsThatClientPerRequestTells) {
  std::string clients = made, one = made + "0 resource_created resource=20 type=pool capacity=5 name=client\n";
  for (int i = 2; i <= 4; ++i) {
    const std::string pool = std::to_string(i + 10), now = std::to_string(i);
    clients += now + " resource_created resource=" + pool + " type=pool capacity=1 name=client at=a.py:4\n" + now +
               " acquired task=1 resource=" + pool + "\n" + connection(i, i) + now + ".6 released task=1 resource=" + pool +
               " left=1\n" + now + ".6 resource_closed resource=" + pool + "\n";
    one += now + " acquired task=1 resource=20 left=4\n" + connection(i, i) + now + ".6 released task=1 resource=20 left=5\n";
  }
  EXPECT_EQ(sentences(judge("connection-churn", clients + end)), "");
  EXPECT_EQ(judge("client-per-request", clients + end).findings.size(), 1u);
  // One client that keeps nothing is this rule's business.
  EXPECT_EQ(judge("connection-churn", one + end).findings.size(), 1u);
  EXPECT_EQ(sentences(judge("client-per-request", one + end)), "");
}

}  // namespace
}  // namespace awaitscope

#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

/// One client made at a.cpp:`line` at second `at` (resource `id`, its connection id + 1), `requests` requests to `service`.
std::string client(int id, int at, int line, int requests = 1, int service = 1, bool closes = true, int task = 1) {
  const auto put = [&, t = at * 1000](const std::string& event, int after) {
    return std::to_string(t + after) + "ms " + event + "\n";
  };
  const std::string who = " task=" + std::to_string(task), pool = " resource=" + std::to_string(id),
                    connection = " resource=" + std::to_string(id + 1), request = " request=" + std::to_string(id * 10);
  std::string out =
      put("resource_created" + who + pool + " type=pool capacity=3 name=client at=a.cpp:" + std::to_string(line), 0) +
      put("acquired" + who + pool + " left=2", 0) +
      put("resource_created" + who + connection + " type=connection capacity=1 name=client-1", 0) +
      put("request_begin" + who + request + " service=" + std::to_string(id + 1) + " what=connect", 0) +
      put("request_end" + who + request + " service=" + std::to_string(id + 1) + " status=ok", 300) +
      put("resource_opened" + who + connection, 300);
  for (int i = 0; i < requests; ++i) {
    const std::string one = who + " request=" + std::to_string(id * 10 + 1 + i) + " service=" + std::to_string(service);
    out += put("request_begin" + one + " what=page", 400 + i * 10) + put("request_end" + one + " status=ok", 401 + i * 10);
  }
  out += put("released" + who + pool + " left=3", 900);
  if (closes) out += put("resource_closed" + who + connection, 900) + put("resource_closed" + who + pool, 900);
  return out;
}
const std::string start =
    "0 run_begin\n0 resource_created resource=1 type=service name=api\n0 resource_created resource=2 type=service "
    "name=mail\n0 resource_created resource=3 type=service name=bank\n0 task_created task=1 name=main\n";
std::string three(const std::string& a, const std::string& b, const std::string& c) {
  return start + a + b + c + "9 run_end\n";
}

TEST(ClientPerRequest, FiresOnThreeInARow) {
  const auto j = judge("client-per-request", three(client(10, 0, 5), client(20, 1, 5), client(30, 2, 5)));
  ASSERT_EQ(sentences(j),
            "warning proven client-per-request: 3 clients were made at a.cpp:5, each for one request to api: 3 "
            "connections opened, 900 ms of connecting; one client for all would open 1\n");
  EXPECT_EQ(show(j.findings[0].site), "a.cpp:5");
  EXPECT_EQ(j.findings[0].resources.size(), 3u);
  EXPECT_EQ(j.trace[j.findings[0].evidence[0]].a, 20u) << "the second one is the first that was not needed";
}

TEST(ClientPerRequest, NearlyFiresOnTwo) {
  EXPECT_EQ(sentences(judge("client-per-request", start + client(10, 0, 5) + client(20, 1, 5) + "9 run_end\n")), "");
  EXPECT_EQ(judge("client-per-request", three(client(10, 0, 5), client(20, 1, 5), client(30, 2, 5))).findings.size(), 1u);
}
TEST(ClientPerRequest, SparesClientsThatWereKept) {
  // Two requests each; or never closed; or made in three different places.
  EXPECT_EQ(sentences(judge("client-per-request", three(client(10, 0, 5, 2), client(20, 1, 5, 2), client(30, 2, 5, 2)))), "");
  EXPECT_EQ(sentences(judge("client-per-request", three(client(10, 0, 5, 1, 1, false), client(20, 1, 5, 1, 1, false),
                                                        client(30, 2, 5, 1, 1, false)))),
            "");
  EXPECT_EQ(sentences(judge("client-per-request", three(client(10, 0, 5), client(20, 1, 6), client(30, 2, 7)))), "");
}
TEST(ClientPerRequest, SparesOneEachForThreeServices) {
  EXPECT_EQ(
      sentences(judge("client-per-request", three(client(10, 0, 5, 1, 1), client(20, 1, 5, 1, 2), client(30, 2, 5, 1, 3)))),
      "");
}
TEST(ClientPerRequest, SparesThreeAtTheSameTime) {
  // The lines of the three are woven into one another: all are made before the first one closes.
  std::string a = client(10, 0, 5, 1, 1, true, 2), b = client(20, 0, 5, 1, 1, true, 3), c = client(30, 0, 5, 1, 1, true, 4);
  const auto cut = [](std::string& text) {
    const std::string first = text.substr(0, text.find("900ms"));
    text.erase(0, first.size());
    return first;
  };
  const std::string begin = cut(a) + cut(b) + cut(c);
  EXPECT_EQ(sentences(judge("client-per-request", three(begin + a, b, c))), "");
}
TEST(ClientPerRequest, RecheckWhereEventsWereLost) {
  const auto j =
      judge("client-per-request", "0 dropped count=3\n" + three(client(10, 0, 5), client(20, 1, 5), client(30, 2, 5)));
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_EQ(j.findings[0].confidence, Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope

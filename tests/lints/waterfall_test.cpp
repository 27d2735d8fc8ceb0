#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string made = "0 run_begin\n0 resource_created resource=1 type=service name=api\n0 task_created task=1 name=main\n";
constexpr int lines_before = 3;

/// So many requests of a second, each made from the answer of the one before, or only after it.
std::string chain(int count, bool from_answers = true) {
  std::string out;
  for (int i = 0; i < count; ++i) {
    const std::string id = std::to_string(i + 1), now = std::to_string(i), then = std::to_string(i + 1);
    out += now + " request_begin task=1 request=" + id + " service=1 attempt=1 what=\"page " + id + "\" at=a.py:" + id + "\n";
    // Three events for each request; the first has no input, but a log in its place.
    const int answer = lines_before + 3 * i;
    out += i == 0 || !from_answers ? now + " log task=1 text=x\n"
                                   : now + " request_input task=1 request=" + id + " value=" + std::to_string(answer) + "\n";
    out += then + " request_end task=1 request=" + id + " service=1 status=ok\n";
  }
  return out;
}
const std::string end = "99 run_end\n";

TEST(Waterfall, FiresForAChainOfElevenAnswers) {
  const auto j = judge("waterfall", made + chain(11) + end);
  ASSERT_EQ(sentences(j),
            "info proven waterfall: 11 requests in a chain, each made from the answer of the one before, from page 1 to api at "
            "a.py:1 to page 11 to api at a.py:11: 11.0 s from end to end, the longest of them 1.0 s\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(f.site, (Site{"a.py", 11}));
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{1}});
  EXPECT_EQ(f.resources, std::vector<ResourceId>{{1}});
  ASSERT_EQ(f.evidence.size(), 11u);
  EXPECT_EQ(j.trace[f.evidence[0]].a, 11u) << "the last one first";
  EXPECT_EQ(j.trace[f.evidence[1]].a, 1u);
}

TEST(Waterfall, FiresThroughACell) {
  std::string text = made + chain(11);
  // The sixth is made from a cell into which the fifth answer was written.
  const std::string sixth = "5 request_begin task=1 request=6";
  const int answer = lines_before + 3 * 5;
  text.insert(text.find(sixth), "5 cell_write task=1 resource=2 version=1 read=" + std::to_string(answer) +
                                    "\n5 cell_read task=1 resource=2 version=1\n");
  for (int i = 10; i > 5; --i) {
    const std::string input = "request=" + std::to_string(i + 1) + " value=";
    const std::size_t at = text.find(input) + input.size();
    text.replace(at, text.find('\n', at) - at, std::to_string(lines_before + 3 * i + 2));
  }
  const std::string read = "request=6 value=";
  const std::size_t at = text.find(read) + read.size();
  text.replace(at, text.find('\n', at) - at, std::to_string(answer + 2));
  EXPECT_EQ(judge("waterfall", text + end).findings.size(), 1u);
  text.replace(text.find("version=1 read="), 9, "version=2");  // what was read came from somewhere else
  EXPECT_EQ(sentences(judge("waterfall", text + end)), "");
}

TEST(Waterfall, NearlyFiresForAChainOfTen) {
  EXPECT_EQ(sentences(judge("waterfall", made + chain(10) + end)), "");
  EXPECT_EQ(judge("waterfall", made + chain(10) + end, {{"waterfall.depth", 9}}).findings.size(), 1u);
}

TEST(Waterfall, RecheckWhereEventsWereLost) {
  std::string text = made + chain(11) + end;
  text.replace(text.find("0 log task=1 text=x"), 19, "0 dropped count=1");
  EXPECT_EQ(judge("waterfall", text).findings.at(0).confidence, Confidence::recheck);
}

TEST(Waterfall, SparesRequestsThatOnlyFollowEachOther) {
  EXPECT_EQ(sentences(judge("waterfall", made + chain(30, false) + end)), "");
}

TEST(Waterfall, SparesManyThatAreAllMadeFromOne) {
  std::string text = made + chain(1);
  for (int i = 2; i < 30; ++i)
    text += "1 request_begin task=1 request=" + std::to_string(i) +
            " service=1 attempt=1 what=x\n1 request_input task=1 request=" + std::to_string(i) +
            " value=6\n2 request_end task=1 request=" + std::to_string(i) + " service=1 status=ok\n";
  std::string sorted = text;
  for (std::size_t at = 0; (at = sorted.find("\n2 request_end", at)) != std::string::npos; ++at) sorted.replace(at, 2, "\n1");
  EXPECT_EQ(sentences(judge("waterfall", sorted + end)), "");
}

TEST(Waterfall, SparesHandshakesWhichAreNoStepsOfTheirOwn) {
  // Six requests, each over a connection that is opened for it.
  std::string text = made + chain(12);
  for (int i = 1; i <= 12; i += 2) {
    const std::string id = "request=" + std::to_string(i) + " service=1";
    for (std::size_t at = 0; (at = text.find(id, at)) != std::string::npos; ++at) text[at + id.size() - 1] = '2';
  }
  EXPECT_EQ(judge("waterfall", text + end).findings.size(), 1u) << "while nothing says that it is a connection";
  text.replace(text.find("0 task_created"), 0, "0 resource_created resource=2 type=connection name=c\n");
  // One more event in front: the answers are one further on.
  std::string shifted;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = text.find(" value=", at);
    if (next == std::string::npos) {
      shifted += text.substr(at);
      break;
    }
    const std::size_t stop = text.find('\n', next);
    shifted += text.substr(at, next + 7 - at) + std::to_string(std::stoi(text.substr(next + 7, stop - next - 7)) + 1);
    at = stop;
  }
  EXPECT_EQ(sentences(judge("waterfall", shifted + end)), "");
  EXPECT_EQ(judge("waterfall", shifted + end, {{"waterfall.depth", 5}}).findings.size(), 1u) << "six are counted";
}

}  // namespace
}  // namespace awaitscope

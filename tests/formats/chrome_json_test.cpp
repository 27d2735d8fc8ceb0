// Chrome trace JSON: what is exported, and what comes back of it, whole, edited or foreign.

#include "core/formats/export_flows.h"
#include "core/formats/format.h"
#include "core/trace/text.h"
#include "tests/formats/story.h"
#include "tests/formats/synthetic.h"

namespace awaitscope::tests {
namespace {

Format chrome_json() {
  for (const Format& format : all_formats())
    if (format.id == "chrome-json") return format;
  return {};
}

std::string exported(const Trace& trace) {
  std::string out;
  EXPECT_TRUE(chrome_json().write(trace, out));
  return out;
}

TEST(ChromeJson, LaysOutAnInstantInOrder) {
  const Trace trace = from_text(small);
  const exporting::Layout layout(trace);
  for (Seq seq = 2; seq <= trace.size(); ++seq) {
    EXPECT_GE(layout.at(seq), layout.at(seq - 1) + 2);
    EXPECT_GE(layout.at(seq), trace[seq].time);
  }
  for (const auto& [first, last] : {std::pair{6u, 11u}, {21u, 23u}, {29u, 31u}, {34u, 35u}}) {
    ASSERT_EQ(trace[first].kind, Kind::step_begin);
    EXPECT_EQ(layout.at(last) - layout.at(first), 1000) << "a step of one instant is 1 us long";
  }
  EXPECT_NEAR(static_cast<double>(layout.at(19) - layout.at(13)), 200'000'000, 30)
      << "a step with a length keeps it, but for ties";
}

TEST(ChromeJson, KeepsASteadyClock) {
  Trace trace = from_text(small);
  trace.info.clock = "steady";
  const exporting::Layout layout(trace);
  EXPECT_EQ(layout.at(25), 1'200'000'000);
}

TEST(ChromeJson, SaysWhatViewersNeed) {
  const std::string json = exported(from_text(small));
  EXPECT_EQ(json.find("displayTimeUnit"), std::string::npos);
  EXPECT_EQ(json.rfind("{\"traceEvents\":[\n", 0), 0u);
  std::size_t found = 0;
  for (const std::string_view key : {"\"ts\":", "\"dur\":"})
    for (std::size_t at = json.find(key); at != std::string::npos; at = json.find(key, at + 1), ++found) {
      const std::string number = json.substr(at + key.size(), json.find_first_of(",}", at) - at - key.size());
      const std::size_t dot = number.find('.');
      EXPECT_TRUE(number.find_first_not_of("0123456789.") == std::string::npos && dot != 0 && dot + 4 == number.size())
          << number;
    }
  EXPECT_GT(found, 40u);
  EXPECT_NE(json.find(R"("name":"loop")"), std::string::npos);
  EXPECT_NE(json.find(R"({"name":"fetch-2","cat":"step","ph":"X","pid":1,"tid":4,)"), std::string::npos) << json;
  EXPECT_NE(json.find(R"("name":"waits for task fetch-2")"), std::string::npos);
  EXPECT_NE(json.find(R"("name":"waits for sleep")"), std::string::npos);
  EXPECT_NE(json.find(R"("name":"time.sleep","cat":"blocking")"), std::string::npos);
  EXPECT_NE(json.find(R"("name":"stall: fetch-1")"), std::string::npos);
  EXPECT_NE(json.find(R"(almost \"there\" \\u202e)"), std::string::npos) << "a bidirectional control is spelt out";
  EXPECT_LT(json.rfind("\"ph\":\"X\""), json.find("\"ph\":\"s\"")) << "flows stand after the slices they bind to";
}

std::string without_block(const std::string& json) { return json.substr(0, json.find(",\n\"awaitscope\"")) + "}\n"; }

TEST(ChromeJson, WithoutTheBlockGivesTheSameStory) {
  const Trace trace = from_text(small);
  const Result<Loaded> loaded = read_trace(without_block(exported(trace)), "stripped.json");
  ASSERT_TRUE(loaded) << loaded.error();
  EXPECT_TRUE(loaded->notices.empty());
  EXPECT_EQ(story(loaded->trace), story(trace)) << to_text(loaded->trace);
}

TEST(ChromeJson, BusyProgramsTellTheSameStory) {
  const Trace trace = busy_trace(7, 5);
  const Result<Loaded> loaded = read_trace(without_block(exported(trace)), "stripped.json");
  ASSERT_TRUE(loaded) << loaded.error();
  EXPECT_EQ(story(loaded->trace), story(trace));
}

TEST(ChromeJson, TellsThatItWasEdited) {
  const Trace trace = from_text(small);
  std::string json = exported(trace);
  json.replace(json.find("waits for sleep"), 15, "waits for yield");
  const Result<Loaded> loaded = read_trace(json, "edited.json");
  ASSERT_TRUE(loaded) << loaded.error();
  ASSERT_EQ(loaded->notices.size(), 1u);
  EXPECT_NE(loaded->notices[0].find("was edited"), std::string::npos);
  EXPECT_NE(to_text(loaded->trace).find("waits=yield"), std::string::npos);

  json = exported(trace);
  const std::size_t native = json.find("native_b64") + 13;
  json[native + 4] = '!';
  const Result<Loaded> damaged = read_trace(json, "damaged.json");
  ASSERT_TRUE(damaged) << damaged.error();
  ASSERT_EQ(damaged->notices.size(), 1u);
  EXPECT_NE(damaged->notices[0].find("damaged"), std::string::npos);
}

TEST(ChromeJson, ReadsForeignFiles) {
  const char* const foreign[] = {
      R"({"traceEvents":[{"ph":"B","name":"f","pid":1,"tid":"a","ts":10},{"ph":"E","pid":1,"tid":"a","ts":"15.5"},{"ph":"M","name":"thread_name","pid":1,"tid":"a","args":{"name":"worker"}}]})",
      R"([{"ph":"X","name":"f","pid":"p","tid":"worker","ts":"10","dur":5.5},{"name":"thread_name","ph":"M","pid":"p","tid":"worker","args":{"name":"worker"}})",
      "\xef\xbb\xbf [ "
      "{\"name\":\"thread_name\",\"ph\":\"M\",\"pid\":0,\"tid\":1,\"args\":{\"name\":\"worker\"}},\n{\"ph\":\"X\",\"name\":"
      "\"f\",\"pid\":0,\"tid\":1,\"ts\":10,\"dur\":5.5},\n,{\"ph\":\"X\",\"na",
      R"({"displayTimeUnit":"ns","otherData":{"a":["}"]},"traceEvents":[{"args":{"name":"worker"},"ph":"M","name":"thread_name","pid":1,"tid":1},{"ts":10,"dur":5.5,"tid":1,"pid":1,"name":"f","ph":"X"},{"ts":11,"dur":1,"tid":1,"pid":1,"name":"nested","ph":"X"}]})",
  };
  for (const char* json : foreign) {
    const Result<Loaded> loaded = read_trace(json, "foreign.json");
    ASSERT_TRUE(loaded) << loaded.error();
    EXPECT_EQ(story(loaded->trace),
              (std::vector<std::string>{"0.000000000 0.000005500 step of worker", "arrow 0 loop -> worker"}))
        << json;
  }
}

TEST(ChromeJson, AForeignTaskEndsWithItsLastSliceAndIsNotReadyBetweenSlices) {
  const Result<Loaded> read = read_trace(R"({"traceEvents":[
{"ph":"X","cat":"task","name":"a","pid":1,"tid":1,"ts":1000,"dur":1000},
{"ph":"X","cat":"task","name":"b","pid":1,"tid":2,"ts":3000,"dur":1000},
{"ph":"X","cat":"task","name":"b","pid":1,"tid":2,"ts":9000,"dur":1000}]})",
                                         "foreign.json");
  ASSERT_TRUE(read) << read.error();
  const History history = history_of(read->trace);
  ASSERT_EQ(history.steps.size(), 3u);
  for (const Stall& step : history.steps) EXPECT_EQ(step.end - step.begin, Duration{1'000'000});
  ASSERT_EQ(history.lanes.size(), 2u);
  Duration ready{};
  for (const Span& span : history.lanes[1].spans)
    if (span.phase == Phase::ready) ready += span.end - span.begin;
  EXPECT_EQ(ready, Duration{});
}

TEST(ChromeJson, SaysWhatItCannotRead) {
  for (const char* json : {"{\"a\":1}", "[1,2,3]", "{\"traceEvents\":[{\"ts\":1}]}", "{\"traceEvents\":{}}", "[{\"ph\":5}]",
                           "{\"traceEvents\":\"ph\"}", "{", "["}) {
    const Result<Loaded> loaded = read_trace(json, "odd.json");
    if (loaded) {
      EXPECT_FALSE(loaded->notices.empty()) << json;
    } else {
      EXPECT_EQ(loaded.error().rfind("odd.json: ", 0), 0u) << loaded.error();
    }
  }
  for (const char* value : {"1e300", "-1e300", "null", "\"x\"", "{}", "[[[[", "18446744073709551616", "1.5e15"}) {
    const std::string event = std::string("{\"ph\":\"X\",\"name\":\"f\",\"pid\":1,\"tid\":1,\"ts\":") + value +
                              ",\"dur\":" + value + ",\"args\":{\"true_us\":" + value + "}},";
    const Result<Loaded> loaded = read_trace("[" + event + event + "]", "odd.json");
    if (loaded) (void)history_of(loaded->trace);
  }
}

// Depth and repetition must not cost more than the file is long.
TEST(ChromeJson, IsNotTroubledByDepth) {
  const std::string deep(200'000, '[');
  (void)read_trace("{\"traceEvents\":[" + deep, "deep.json");
  (void)read_trace("[{\"ph\":\"X\",\"args\":" + deep + std::string(200'000, ']') + "}]", "deep.json");
}

}  // namespace
}  // namespace awaitscope::tests

#include "core/trace/text.h"

#include <gtest/gtest.h>
#include <random>

#include "core/trace/quote.h"

namespace awaitscope {
namespace {

std::string twice(const std::string& text) {
  const auto read = read_text(text);
  return read ? to_text(*read) : "error: " + read.error();
}

std::string error_of(const std::string& text) {
  const auto read = read_text(text);
  return read ? "no error" : read.error();
}

TEST(Text, WritesOneLineAnEventAndLeavesOutWhatIsZero) {
  Trace trace;
  trace.info.scenario = "sequential_awaits";
  trace.info.variant = "bad";
  trace.info.parameters = {{"user", "1"}, {"odd name", "a b"}};
  trace.info.schedule.choices = {0, 2};
  const SiteId site = trace.intern(Site{"scenarios/a.cpp", 31});
  Record record;
  record.kind = Kind::task_created;
  record.task = 1;
  record.b = trace.intern("main").value;
  trace.append(record);
  record = {};
  record.kind = Kind::step_end;
  record.time = 1500000000;
  record.task = 1;
  record.cause = 1;
  record.a = 3;
  record.c = static_cast<std::uint8_t>(Wait::sleep);
  record.site = static_cast<std::uint16_t>(site.value);
  trace.append(record);
  EXPECT_EQ(to_text(trace),
            "# scenario sequential_awaits\n# variant bad\n# parameter user=\"1\"\n# parameter \"odd name\"=\"a b\"\n# schedule "
            "fifo:1:0.2\n"
            "# clock virtual\n# runtime awaitscope 0.1\n"
            "1 0.000000000 task_created task=1 name=\"main\"\n"
            "2 1.500000000 step_end task=1 cause=1 object=3 waits=sleep at=scenarios/a.cpp:31\n");
  const auto read = read_text(to_text(trace));
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->info, trace.info);
  EXPECT_EQ((*read)[2].time, 1500000000);
  EXPECT_EQ((*read)[2].as<Wait>(), Wait::sleep);
  EXPECT_EQ(read->site((*read)[2].where()), (Site{"scenarios/a.cpp", 31}));
}

TEST(Text, HandWrittenTracesNeedNoNumbersAndNoLongTimes) {
  const auto read = read_text(
      "# a comment\n\n0 task_created task=1 name=main\r\n300ms timer_set task=1 timer=1 when=1.5 for=deadline\n  1.25s "
      "step_begin task=1\n20000000us step_end task=1\n");
  ASSERT_TRUE(read) << read.error();
  ASSERT_EQ(read->size(), 4u);
  EXPECT_EQ((*read)[2].time, 300000000);
  EXPECT_EQ((*read)[2].nanoseconds(), 1500000000);
  EXPECT_EQ((*read)[2].as<TimerUse>(), TimerUse::deadline);
  EXPECT_EQ((*read)[3].time, 1250000000);
  EXPECT_EQ((*read)[4].time, 20000000000);
  EXPECT_EQ(read->text((*read)[1].b), "main");
}

TEST(Text, TimesAreExact) {
  const auto read = read_text("9223372036.854775807 run_begin\n");
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->end().ns, 9223372036854775807);
  EXPECT_EQ(error_of("9223372036.854775808 run_begin\n"),
            "line 1: time \"9223372036.854775808\"; accepted are 1.5, 1.5s, 300ms, 20us, 7ns");
  EXPECT_NE(twice("0 timer_set timer=1 when=-9223372036.854775808\n").find("when=-9223372036.854775808"), std::string::npos);
}

TEST(Text, HostileStringsAreInertAndReadBack) {
  const std::string hostile =
      std::string("a\n\x1b[31m\"\\\xff\xc3\x28\xe2\x80\xae") + '\0' + "\xf0\x9f\x98\x80 \xc3\xa9\x7f\xc2\x85";
  Trace trace;
  trace.info.scenario = hostile;
  trace.info.parameters = {{hostile, hostile}};
  trace.info.schedule.policy = "a:b\n";
  Record record;
  record.kind = Kind::log;
  record.a = trace.intern(hostile).value;
  record.site = static_cast<std::uint16_t>(trace.intern(Site{hostile, 7}).value);
  trace.append(record);
  const std::string text = to_text(trace);
  for (char c : text) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << static_cast<int>(c);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 6);
  EXPECT_NE(text.find("\\u202e"), std::string::npos);  // the direction of writing is not turned round
  EXPECT_EQ(text.find("\xe2\x80\xae"), std::string::npos);
  EXPECT_EQ(text.find("\xff"), std::string::npos);
  EXPECT_NE(text.find("\xf0\x9f\x98\x80 \xc3\xa9"), std::string::npos);  // harmless characters stay
  const auto read = read_text(text);
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->text((*read)[1].a), hostile);
  EXPECT_EQ(read->site((*read)[1].where()).file, hostile);
  EXPECT_EQ(read->info.scenario, hostile);
  EXPECT_EQ(read->info.parameters, trace.info.parameters);
  EXPECT_EQ(to_text(*read), text);
}

TEST(Text, ErrorsNameTheLineAndWhatIsAccepted) {
  EXPECT_EQ(error_of("0 run_begin\n0 stepbegin task=1\n"), "line 2: unknown event \"stepbegin\"; the nearest is step_begin");
  EXPECT_EQ(error_of("0 step_end task=1 wait=sleep\n"),
            "line 1: step_end has no field \"wait\"; accepted are task, cause, at, object, waits");
  EXPECT_EQ(error_of("0 task_done how=fine\n"), "line 1: unknown how \"fine\"; accepted are returned, raised, cancelled");
  EXPECT_EQ(error_of("0 step_end task=-1\n"), "line 1: number \"-1\" in \"task\"; accepted are 0 to 4294967295");
  EXPECT_EQ(error_of("0 step_end task\n"), "line 1: \"task\" is not FIELD=VALUE");
  EXPECT_EQ(
      error_of("0 log text=\"open\n"),
      "line 1: bad string in \"text\"; a string is \"...\" with the escapes \\n \\t \\r \\\" \\\\ \\xHH \\uHHHH \\UHHHHHHHH");
  EXPECT_EQ(error_of("0 step_end at=nowhere\n"), "line 1: place \"nowhere\"; write at=FILE:LINE");
  EXPECT_EQ(error_of("5 0 run_begin\n5 0 run_end\n"),
            "line 2: event number \"5\"; numbers are whole and rise, or are left out");
  EXPECT_EQ(error_of("# schedule x\n"), "line 1: schedule \"x\" is not " + std::string(schedule_form));
  EXPECT_EQ(error_of("0 \x1b[2J\n").find('\x1b'), std::string::npos);
  EXPECT_EQ(error_of("0 " + std::string(5000, 'x') + "\n").size() < 200, true);
}

TEST(Text, LinesCutOutOfAFileKeepTheirCauses) {
  const auto read =
      read_text("7 0 task_created task=1\n9 0 task_ready task=1 cause=7\n12 0 step_begin task=1 cause=9\n13 0 log cause=8\n");
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ((*read)[2].cause, 1u);
  EXPECT_EQ((*read)[3].cause, 2u);
  EXPECT_EQ((*read)[4].cause, 0u);  // what it named is no longer there
}

TEST(Text, EveryKindReadsBackByteForByte) {
  std::mt19937 random(1);
  const auto number = [&]() -> std::uint32_t { return random() % 3 == 0 ? 0 : random() % 2 ? random() % 20 : random(); };
  for (int round = 0; round < 40; ++round) {
    Trace trace;
    for (int i = 0; i < 10; ++i)
      trace.intern("text " + std::to_string(i)), trace.intern(Site{"f" + std::to_string(i) + ".cpp", 1});
    std::int64_t time = 0;
    for (int i = 0; i < 200; ++i) {
      Record record;
      record.kind = static_cast<Kind>(random() % kind_count);
      time += static_cast<std::int64_t>(random() % 5 ? random() % 1000 : random() * 10);
      record.time = time;
      record.task = number();
      record.cause = number();
      record.a = number();
      record.b = number();
      record.c = static_cast<std::uint8_t>(number());
      record.d = number();
      record.site = static_cast<std::uint16_t>(number());
      trace.append(record);
    }
    const std::string text = to_text(trace);
    EXPECT_EQ(twice(text), text);
  }
}

TEST(Text, AnyBytesAreReadOrRefused) {
  std::mt19937 random(2);
  const std::string good =
      "1 0.5 task_created task=1 name=\"ma\\x41in\" at=a.cpp:3\n2 1.0 step_end task=1 waits=sleep object=4294967295\n";
  for (int round = 0; round < 3000; ++round) {
    std::string text = good;
    for (int i = 0; i < 3; ++i) text[random() % text.size()] = static_cast<char>(random());
    if (const auto read = read_text(text)) EXPECT_EQ(twice(to_text(*read)), to_text(*read));
    else EXPECT_EQ(read.error().rfind("line ", 0), 0u) << read.error();
  }
}

TEST(Text, IdsSizeNothing) {
  const auto read = read_text(
      "0 task_created task=4294967295 parent=4294967294 scope=4294967295\n0 task_ready task=4294967295 cause=4294967295\n");
  ASSERT_TRUE(read);
  EXPECT_LT(read->memory(), 10000u);
}

TEST(Quote, ReadsOnlyWholeStrings) {
  std::string_view text = "\"a\\u00e9\\U0001f600\" rest";
  EXPECT_EQ(read_quoted(text), "a\xc3\xa9\xf0\x9f\x98\x80");
  EXPECT_EQ(text, " rest");
  for (std::string_view bad : {"\"a", "a\"", "\"\\q\"", "\"\\x4\"", "\"\\uzzzz\"", "\"\\U00110000\"", "\"\\", ""}) {
    std::string_view rest = bad;
    EXPECT_FALSE(read_quoted(rest)) << bad;
  }
}

}  // namespace
}  // namespace awaitscope

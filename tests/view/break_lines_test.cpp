#include "app/view/break_lines.h"

#include <gtest/gtest.h>

#include "app/view/text.h"

namespace awaitscope::view {
namespace {

float cells(std::string_view text) { return static_cast<float>(columns(text)); }

TEST(BreakLines, EnglishBreaksAtSpaces) {
  EXPECT_EQ(break_lines("one two three", 8, cells), "one two\nthree");
  EXPECT_EQ(break_lines("one two", 20, cells), "one two");
  EXPECT_EQ(break_lines("", 20, cells), "");
}

TEST(BreakLines, ChineseBreaksBetweenCharacters) {
  EXPECT_EQ(break_lines("一二三四五", 6, cells), "一二三\n四五");
  // No line begins with a closing mark or ends with an opening one.
  EXPECT_EQ(break_lines("一二三，四", 6, cells), "一二\n三，四");
  EXPECT_EQ(break_lines("一二（三四）", 6, cells), "一二\n（三\n四）");
}

TEST(BreakLines, EnglishWordsWithinChineseStayWhole) {
  EXPECT_EQ(break_lines("等待task结束", 7, cells), "等待\ntask结\n束");
  EXPECT_EQ(break_lines("等待 await 结束", 9, cells), "等待\nawait 结\n束");
}

TEST(BreakLines, ALongWordIsCutAndLinesOfItsOwnStay) {
  EXPECT_EQ(break_lines("abcdefgh", 3, cells), "abc\ndef\ngh");
  EXPECT_EQ(break_lines("一\n二", 9, cells), "一\n二");
  EXPECT_EQ(break_lines("\n\n二", 9, cells), "\n\n二");
  EXPECT_EQ(break_lines("abc", 0, cells), "a\nb\nc");
}

TEST(BreakLines, NoLineIsWiderThanTheRoom) {
  const std::string text =
      "在 asyncio 里，create_task() 之后（不等待）异常会“丢失”：没有人看到它。So does trio，不同的是它会取消兄弟任务。";
  for (int width = 12; width < 60; ++width) {
    const std::string broken = break_lines(text, static_cast<float>(width), cells);
    std::string joined;
    for (std::size_t from = 0; from <= broken.size();) {
      const std::size_t end = std::min(broken.find('\n', from), broken.size());
      const std::string line = broken.substr(from, end - from);
      EXPECT_LE(cells(line), static_cast<float>(width)) << line;
      joined += line;
      from = end + 1;
    }
    const auto without_spaces = [](std::string s) { return std::erase(s, ' '), s; };
    EXPECT_EQ(without_spaces(joined), without_spaces(text));
  }
}

TEST(BreakLines, FitAndLoseNothing) {
  const std::string text = "Your caller is told at 4.0 s. 调用者在四秒得到消息";
  for (const float width : {8.0f, 15.0f, 125.0f}) {
    std::string joined;
    for (const std::string_view line : lines_of(text, width, cells)) {
      EXPECT_LE(cells(line), width) << line;
      joined += line;
    }
    std::erase(joined, ' ');
    std::string wanted = text;
    std::erase(wanted, ' ');
    EXPECT_EQ(joined, wanted);
  }
  EXPECT_EQ(lines_of("at 4.0 s", 6, cells), (std::vector<std::string_view>{"at 4.0", "s"}));
  EXPECT_EQ(lines_of("", 6, cells).size(), 1u);
}

TEST(BreakLines, CodeGoesOnBehindABlankACommaOrABracket) {
  EXPECT_EQ(code_break("short()", 10), 7u);
  EXPECT_EQ(code_break("await gather(one, two)", 15), std::string_view("await gather(").size());
  EXPECT_EQ(code_break("await gather(one, two)", 20), std::string_view("await gather(one, ").size());
  EXPECT_EQ(code_break("results = run()", 14), std::string_view("results = ").size()) << "not within ()";
  EXPECT_EQ(code_break("a_name_without_any_place", 10), 10u);
  EXPECT_EQ(code_break("a bcdefghijklmnopq", 12), 12u) << "no line of a letter or two";
}

}  // namespace
}  // namespace awaitscope::view

#include "app/exports/escape.h"

#include <gtest/gtest.h>

namespace awaitscope::exports {
namespace {

TEST(Escape, HtmlLeavesNoMarkupAndNothingThatActs) {
  EXPECT_EQ(html("<a href=\"x\" b='y'>&"), "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;");
  EXPECT_EQ(html("a\nb\x1b[31m\u202e"), "a\\nb\\x1B[31m\\u202E");
  EXPECT_EQ(html_lines("a\n\tb\x07"), "a\n\tb\\x07") << "lines of ours stay lines";
}

TEST(Escape, MarkdownIsPlainText) {
  EXPECT_EQ(markdown("a_b*c`d[e](f)"), "a\\_b\\*c\\`d\\[e\\]\\(f\\)");
  EXPECT_EQ(markdown("<b>&amp;"), "&lt;b&gt;&amp;amp;");
  EXPECT_EQ(markdown("@bob #12"), "@<!-- -->bob \\#<!-- -->12");
  EXPECT_EQ(markdown("https://x www.y"), "https:<!-- -->//x www<!-- -->.y");
  EXPECT_EQ(markdown("1. a"), "1\\. a");
  EXPECT_EQ(markdown("1.5 s and 2.000 s"), "1.5 s and 2.000 s");
  EXPECT_EQ(markdown("a\nb"), "a\\\\nb");
}

TEST(Escape, FencesAreLongerThanWhatTheyHold) {
  EXPECT_EQ(markdown_block("a ```` b", "text"), "`````text\na ```` b\n`````\n");
  EXPECT_EQ(markdown_block("x\n", ""), "```\nx\n```\n");
  EXPECT_EQ(markdown_code("a"), "`a`");
  EXPECT_EQ(markdown_code("`a``b"), "``` `a``b ```");
}

}  // namespace
}  // namespace awaitscope::exports

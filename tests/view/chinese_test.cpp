// The Chinese characters that a session's own words need.
#include "hunting.h"

namespace awaitscope::view {
namespace {

TEST(Chinese, AreThoseOfTheWordsOnceEachAndFollowThem) {
  Session session;
  session.lesson.title = {"Order", "顺序，顺序"};
  EXPECT_TRUE(chinese_words(session).empty()) << "English needs none";
  session.language = Language::chinese;
  EXPECT_EQ(chinese_words(session), U"序顺，");
  const char32_t* made = chinese_words(session).data();
  EXPECT_EQ(chinese_words(session).data(), made) << "made once";
  session.message = "好 ok";
  EXPECT_EQ(chinese_words(session), U"好序顺，");
  session.catalogue.push_back({"L01", "one", {"Loop", "环"}, {"One", "一"}});
  EXPECT_EQ(chinese_words(session), U"一好序环顺，");
  session.lesson.title.zh.clear();
  EXPECT_EQ(chinese_words(session), U"一好环");
}

}  // namespace
}  // namespace awaitscope::view

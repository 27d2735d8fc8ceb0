// That other programs unpack it is tested by tests/scripts/test_report, with Python's zipfile.
#include "core/formats/zip.h"

#include <gtest/gtest.h>

namespace awaitscope {
namespace {

std::string archive(const std::vector<std::pair<std::string, std::string>>& files) {
  ZipWriter writer;
  for (const auto& [name, bytes] : files) {
    const Status added = writer.add(name, bytes);
    EXPECT_TRUE(added) << (added ? "" : added.error());
  }
  return *writer.finish();
}

TEST(Zip, GivesEqualBytesForEqualFilesAndHoldsTheirNames) {
  const std::string one = archive({{"a/b.txt", "hello"}, {"c", std::string(10000, 'x')}});
  EXPECT_EQ(one, archive({{"a/b.txt", "hello"}, {"c", std::string(10000, 'x')}}));
  EXPECT_EQ(one.substr(0, 4), "PK\3\4");
  EXPECT_NE(one.find("a/b.txthello"), std::string::npos) << "what does not shrink is stored";
  EXPECT_LT(one.size(), 400u) << "what shrinks is deflated";
}

TEST(Zip, OfNothingIsAnEmptyArchive) { EXPECT_EQ(archive({}).size(), 22u); }

TEST(Zip, RefusesNamesThatLeadOutOrMeanSomething) {
  ZipWriter writer;
  for (const char* name : {"", "/etc/passwd", "../x", "a/../../x", "a b", "a\\b", "x\n", "\xe2\x80\xae"})
    EXPECT_FALSE(writer.add(name, "x")) << name;
}

}  // namespace
}  // namespace awaitscope

// What people wrote about a run stands in its file.
#include "core/trace/notes.h"

#include <gtest/gtest.h>

#include "core/formats/awtrace_chunks.h"
#include "core/formats/awtrace_writer.h"
#include "core/formats/bytes.h"
#include "core/formats/format.h"
#include "core/model/cut.h"
#include "core/trace/redact.h"
#include "core/trace/text.h"
#include "tests/formats/synthetic.h"

namespace awaitscope::tests {
namespace {

Format format(std::string_view id) {
  for (const Format& one : all_formats())
    if (one.id == id) return one;
  return {};
}

Trace noted() {
  Trace trace = random_trace(3, 400);
  const auto at = [&](Seq seq) { return trace[seq].at(); };
  EXPECT_TRUE(add_note(trace, {200, 300, at(200), at(300), "slow \"here\" \x1b[31m\n\xe2\x80\xae <b>"}));
  EXPECT_TRUE(add_note(trace, {100, 100, at(100), at(100), ""}));
  EXPECT_TRUE(add_note(trace, {0, 0, {}, {}, "标记"}));
  return trace;
}

TEST(Notes, StandInOrderAndAreLimited) {
  Trace trace = noted();
  EXPECT_EQ(trace.notes[0].text, "标记");
  EXPECT_EQ(trace.notes[2].first, 200u);
  while (add_note(trace, {})) {}
  EXPECT_EQ(trace.notes.size(), most_notes);
}

TEST(Notes, ComeBackFromEveryFormatThatIsRead) {
  const Trace trace = noted();
  for (const char* id : {"awtrace", "text", "chrome-json", "pftrace"}) {
    std::string bytes;
    ASSERT_TRUE(format(id).write) << id;
    ASSERT_TRUE(format(id).write(trace, bytes)) << id;
    const auto loaded = read_trace(bytes, "test");
    ASSERT_TRUE(loaded) << loaded.error();
    EXPECT_TRUE(loaded->notices.empty()) << id << loaded->notices.front();
    EXPECT_EQ(loaded->trace.notes, trace.notes) << id;
  }
}

TEST(Notes, OtherViewersSeeThemAsInstants) {
  std::string bytes;
  ASSERT_TRUE(format("chrome-json").write(noted(), bytes));
  EXPECT_NE(bytes.find(R"({"name":"note","cat":"mark","ph":"i")"), std::string::npos);
  EXPECT_NE(bytes.find(R"({"name":"mark","cat":"mark","ph":"i")"), std::string::npos);
  EXPECT_EQ(bytes.find('\x1b'), std::string::npos);
}

TEST(Notes, AChunkOfAnotherVersionIsSkippedAndADamagedOneIsToldOf) {
  const auto file = [&](std::string_view payload) {
    std::string bytes = AwtraceWriter().append(random_trace(1, 20));
    native::put_chunk(bytes, 'n', payload);
    return read_trace(bytes, "test");
  };
  std::string later;
  put_varint(later, 2);
  later += "whatever comes";
  const auto skipped = file(later);
  ASSERT_TRUE(skipped);
  EXPECT_TRUE(skipped->trace.notes.empty());
  EXPECT_NE(skipped->notices.at(0).find("no end mark"), std::string::npos);
  for (const std::string_view damaged : {std::string_view{}, std::string_view{"\x01"}, std::string_view{"\x01\xff\xff\x7f"},
                                         std::string_view{"\x01\x01\x01\x01\x01\x01\x7f"}, std::string_view{"\x01\x00x", 3}}) {
    const auto read = file(damaged);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->trace.size(), 20u);
    EXPECT_NE(read->notices.at(0).find("its notes make no sense"), std::string::npos);
  }
  // Numbers that cannot be: they are made to fit the run.
  std::string wild;
  for (const std::uint64_t n : {1, 1, 99999, 3}) put_varint(wild, n);
  put_varint(wild, ~std::uint64_t{0});
  put_varint(wild, 7);
  put_string(wild, "x");
  const auto read = file(wild);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->trace.notes.size(), 1u);
  EXPECT_EQ(read->trace.notes[0].first, 20u);
  EXPECT_EQ(read->trace.notes[0].last, 20u);
  EXPECT_GE(read->trace.notes[0].begin.ns, 0);
  EXPECT_GE(read->trace.notes[0].end, read->trace.notes[0].begin);
}

TEST(Notes, CanBeAddedToAFileThatGrows) {
  Trace trace = random_trace(1, 20);
  AwtraceWriter writer;
  std::string bytes = writer.append(trace);
  add_note(trace, {3, 3, {5}, {5}, "one"});
  bytes += writer.append(trace);
  add_note(trace, {4, 4, {6}, {6}, "two"});
  bytes += writer.finish(trace);
  const auto loaded = read_trace(bytes, "test");
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->trace.notes, trace.notes);
}

TEST(Notes, OfATextAreHeadersAndOtherLinesOfThatBeginningAreComments) {
  const auto read = read_text(
      "# note that this is a comment\n# mark my words\n# mark 1@2 no string\n# mark 2@1.5 \"here\"\n"
      "0 run_begin\n1.5 run_end\n");
  ASSERT_TRUE(read) << read.error();
  ASSERT_EQ(read->notes.size(), 1u);
  EXPECT_EQ(read->notes[0], (Note{2, 2, {1'500'000'000}, {1'500'000'000}, "here"}));
}

TEST(Notes, ACutKeepsThoseOfItsPartAndARedactedTraceTheirPlaces) {
  const Trace trace = noted();
  const Trace part = cut(trace, 150, 250);
  ASSERT_EQ(part.notes.size(), 1u);
  EXPECT_EQ(part.notes[0].text, trace.notes[2].text);
  EXPECT_EQ(part[part.notes[0].first].kind, trace[200].kind);
  EXPECT_EQ(part[part.notes[0].first].time, trace[200].time);
  const Trace secret = redacted(trace, true);
  ASSERT_EQ(secret.notes.size(), 3u);
  EXPECT_EQ(secret.notes[2].first, 200u);
  EXPECT_EQ(secret.notes[2].text.find("slow"), std::string::npos);
}

}  // namespace
}  // namespace awaitscope::tests

// Reading and writing files: by content, all or nothing, and one clear line where it cannot be done.
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include <zlib.h>

#include "core/formats/format.h"
#include "tests/formats/synthetic.h"

namespace awaitscope::tests {
namespace {

namespace fs = std::filesystem;

class Files : public ::testing::Test {
 protected:
  void SetUp() override {
    folder = fs::temp_directory_path() / ("awaitscope-files-" + std::to_string(::getpid()));
    fs::create_directories(folder);
  }
  void TearDown() override { fs::remove_all(folder); }
  std::string path(const std::string& name) const { return folder / name; }
  std::string content(const std::string& name) const {
    std::ifstream in(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::size_t files() const { return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {})); }
  fs::path folder;
};

void expect_line(const std::string& error, const std::string& name, const std::string& part) {
  EXPECT_EQ(error.find('\n'), std::string::npos) << error;
  EXPECT_EQ(error.rfind(name, 0), 0u) << error;
  EXPECT_NE(error.find(part), std::string::npos) << error;
}

TEST_F(Files, AreReplacedAsAWhole) {
  ASSERT_TRUE(write_file(path("a"), "first"));
  fs::permissions(path("a"), fs::perms(0640));
  ASSERT_TRUE(write_file(path("a"), "second"));
  EXPECT_EQ(content("a"), "second");
  EXPECT_EQ(fs::status(path("a")).permissions(), fs::perms(0640));
  EXPECT_EQ(files(), 1u) << "a temporary file was left behind";
}

TEST_F(Files, ThatCannotBeWrittenLeaveTheOldOne) {
  ASSERT_TRUE(write_file(path("a"), "first"));
  const fs::path deep = folder / std::string(200, 'x') / std::string(200, 'y');
  Status status = write_file(deep, "lost");
  ASSERT_FALSE(status);
  expect_line(status.error(), deep, "No such file");
  status = write_file(folder, "lost");
  ASSERT_FALSE(status);
  expect_line(status.error(), folder, "is a directory");
  status = write_file("/dev/full", "lost");  // a full disk
  ASSERT_FALSE(status);
  expect_line(status.error(), "/dev/full", "No space left");
  EXPECT_EQ(content("a"), "first");
  EXPECT_EQ(files(), 1u);
  if (::geteuid() != 0) {
    fs::permissions(path("a"), fs::perms(0444));
    EXPECT_FALSE(write_file(path("a"), "second"));
    EXPECT_EQ(content("a"), "first");
  }
}

TEST_F(Files, AreWrittenThroughLinksAndIntoDevices) {
  ASSERT_TRUE(write_file(path("real"), "first"));
  fs::create_symlink(path("real"), path("link"));
  ASSERT_TRUE(write_file(path("link"), "second"));
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(content("real"), "second");
  ASSERT_TRUE(write_file("/dev/null", "gone"));
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST_F(Files, ThatAreNoTraceAreNamed) {
  Result<Loaded> loaded = load_trace(path("missing"));
  ASSERT_FALSE(loaded);
  expect_line(loaded.error(), path("missing"), "No such file");
  loaded = load_trace(folder);
  ASSERT_FALSE(loaded);
  expect_line(loaded.error(), folder, "is a directory");
  EXPECT_NE(loaded.error().find(".awtrace"), std::string::npos) << "says nothing of what would be accepted";
  loaded = load_trace("/dev/zero");
  ASSERT_FALSE(loaded);
  expect_line(loaded.error(), "/dev/zero", "neither a file nor a pipe");
  for (const std::string& bytes : {std::string(),
                                   std::string("\x7f"
                                               "ELF\x02\x01"),
                                   std::string("<svg/>\n"), std::string("\0\0\0\0", 4), std::string("hello, world")}) {
    ASSERT_TRUE(write_file(path("foreign.awtrace"), bytes));
    loaded = load_trace(path("foreign.awtrace"));
    ASSERT_FALSE(loaded) << bytes;
    expect_line(loaded.error(), path("foreign.awtrace"), bytes.empty() ? "is empty" : "offset 0");
    EXPECT_NE(loaded.error().find(".trace.json"), std::string::npos);
  }
}

std::string gzip(const std::string& bytes) {
  std::string out(compressBound(bytes.size()) + 64, '\0');
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// What every format that is read and written must do, whatever it is; a new one is tested by being there.
class EachFormat : public ::testing::TestWithParam<Format> {};

TEST_P(EachFormat, GivesBackWhatItWasGiven) {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    const Trace trace = random_trace(seed, 40 * seed);
    std::string bytes;
    ASSERT_TRUE(GetParam().write(trace, bytes));
    const Result<Loaded> loaded = GetParam().read(bytes, nullptr);
    ASSERT_TRUE(loaded) << loaded.error();
    EXPECT_TRUE(loaded->notices.empty());
    ASSERT_EQ(difference(trace, loaded->trace, GetParam().id != "text"), "");
    std::string again;
    ASSERT_TRUE(GetParam().write(loaded->trace, again));
    EXPECT_EQ(bytes, again) << "the same trace is not the same file";
  }
}

TEST_P(EachFormat, IsKnownByContentAlone) {
  std::string bytes;
  const Trace trace = random_trace(9, 60);
  ASSERT_TRUE(GetParam().write(trace, bytes));
  int best = 0, claims = 0;
  std::string winner;
  for (const Format& format : all_formats()) {
    const int score = format.sniff ? format.sniff(std::string_view(bytes).substr(0, 4096)) : 0;
    if (score > best) best = score, winner = format.id, claims = 0;
    if (score == best) ++claims;
  }
  EXPECT_EQ(winner, GetParam().id);
  EXPECT_EQ(claims, 1) << "two formats are equally sure";
  for (const std::string& packed : {bytes, gzip(bytes), gzip(bytes) + gzip("")}) {
    const Result<Loaded> loaded = read_trace(packed, "nameless");
    ASSERT_TRUE(loaded) << loaded.error();
    EXPECT_EQ(difference(trace, loaded->trace, GetParam().id != "text"), "");
  }
}

// Cut anywhere or damaged: a trace with a notice or an error of one line, never a crash.
TEST_P(EachFormat, SurvivesDamage) {
  const Trace trace = random_trace(4, 60);
  std::string bytes;
  ASSERT_TRUE(GetParam().write(trace, bytes));
  std::mt19937 random(5);
  for (int i = 0; i < 400; ++i) {
    std::string damaged = bytes;
    if (i % 2) damaged.resize(random() % bytes.size());
    else
      for (int flips = 0; flips < 3; ++flips) damaged[random() % damaged.size()] ^= static_cast<char>(1 << random() % 8);
    const Result<Loaded> loaded = GetParam().read(damaged, nullptr);
    if (!loaded) { EXPECT_EQ(loaded.error().find('\n'), std::string::npos) << loaded.error(); }
  }
}

TEST_P(EachFormat, HoldsAnEmptyTrace) {
  std::string bytes;
  ASSERT_TRUE(GetParam().write(Trace{}, bytes));
  const Result<Loaded> loaded = read_trace(bytes, "empty");
  ASSERT_TRUE(loaded) << loaded.error();
  EXPECT_EQ(loaded->trace.size(), 0u);
}

std::vector<Format> both_ways() {
  std::vector<Format> out;
  for (const Format& format : all_formats())
    if (format.read && format.write) out.push_back(format);
  return out;
}
INSTANTIATE_TEST_SUITE_P(Formats, EachFormat, ::testing::ValuesIn(both_ways()), [](const auto& info) {
  std::string name = info.param.id;
  for (char& c : name)
    if (c == '-') c = '_';
  return name;
});

TEST_F(Files, CompressedLiesEnd) {
  std::string packed = gzip("hello");
  const Result<Loaded> cut = read_trace(packed.substr(0, packed.size() / 2), "cut.gz");
  EXPECT_FALSE(cut);
  packed[12] = static_cast<char>(packed[12] ^ 0x7f);
  const Result<Loaded> damaged = read_trace(packed, "bad.gz");
  ASSERT_FALSE(damaged);
  EXPECT_NE(damaged.error().find("damaged at offset"), std::string::npos) << damaged.error();
  EXPECT_FALSE(read_trace(gzip(gzip("hello")), "twice.gz"));
}

// Every event in plain words, independent of the text notation.
std::string told(const Trace& trace) {
  std::string out = trace.info.scenario + "|" + trace.info.variant + "|" + to_text(trace.info.schedule) + "\n";
  for (Seq seq = 1; seq <= trace.size(); ++seq) {
    const Event e = trace[seq];
    const KindInfo& kind = info(e.kind);
    out += std::string(kind.name) + " " + std::string(enum_name(kind.c.type, e.c)) + " " + std::to_string(e.time) + " " +
           std::to_string(e.task) + " " + std::to_string(e.cause) + " " + show(trace.site(e.where())) + " " +
           std::to_string(e.a) + " " + std::to_string(e.b) + " " + std::to_string(e.d) + "\n";
  }
  return out;
}

// A file of every released version stays readable: v1.awtrace holds every kind with every enumerator that version had.
TEST(Fixture, Version1StaysReadable) {
  const std::string fixtures = std::string(AWAITSCOPE_SOURCE_DIR) + "/tests/fixtures/";
  const Result<Loaded> loaded = load_trace(fixtures + "v1.awtrace");
  ASSERT_TRUE(loaded) << loaded.error();
  EXPECT_TRUE(loaded->notices.empty());
  std::ifstream in(fixtures + "v1.awtrace.told");
  const std::string expected{std::istreambuf_iterator<char>(in), {}};
  EXPECT_TRUE(told(loaded->trace) == expected) << "the events of tests/fixtures/v1.awtrace are not those of v1.awtrace.told";
}

// Makes the fixture of a new version; run with --gtest_also_run_disabled_tests.
TEST(Fixture, DISABLED_Write) {
  std::string bytes;
  for (const Format& format : all_formats())
    if (format.id == "awtrace") { ASSERT_TRUE(format.write(catalogue_trace(), bytes)); }
  ASSERT_TRUE(write_file("/tmp/v1.awtrace", bytes));
  ASSERT_TRUE(write_file("/tmp/v1.awtrace.told", told(catalogue_trace())));
}

}  // namespace
}  // namespace awaitscope::tests

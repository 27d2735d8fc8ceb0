// The native format: exact, small, and readable up to whatever happened to the file.
#include "core/formats/awtrace_chunks.h"
#include "core/formats/awtrace_writer.h"
#include "core/formats/bytes.h"
#include "core/formats/format.h"
#include "tests/formats/synthetic.h"

namespace awaitscope::tests {
namespace {

Format awtrace() {
  for (const Format& format : all_formats())
    if (format.id == "awtrace") return format;
  return {};
}

std::string bytes_of(const Trace& trace) {
  std::string out;
  EXPECT_TRUE(awtrace().write(trace, out));
  return out;
}

TEST(Awtrace, KeepsEverything) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    const Trace trace = random_trace(seed, seed * 170, seed % 2);
    const Result<Loaded> loaded = awtrace().read(bytes_of(trace), nullptr);
    ASSERT_TRUE(loaded) << loaded.error();
    ASSERT_EQ(difference(trace, loaded->trace), "") << "seed " << seed;
    ASSERT_TRUE(loaded->notices.empty());
  }
}

TEST(Awtrace, KeepsTheLimitsOfTime) {
  Trace trace;
  for (const std::int64_t time : {std::int64_t{0}, std::int64_t{1}, std::int64_t{1} << 40, std::int64_t{1} << 62}) {
    Record record;
    record.time = time;
    record.kind = Kind::scope_enter;
    record.b = record.d = 0xffffffff;
    trace.append(record);
  }
  const Result<Loaded> loaded = awtrace().read(bytes_of(trace), nullptr);
  ASSERT_TRUE(loaded);
  EXPECT_EQ(difference(trace, loaded->trace), "");
  EXPECT_EQ(loaded->trace[4].nanoseconds(), -1);
}

TEST(Awtrace, HoldsAnEmptyTrace) {
  const Result<Loaded> loaded = awtrace().read(bytes_of(Trace{}), nullptr);
  ASSERT_TRUE(loaded);
  EXPECT_EQ(difference(Trace{}, loaded->trace), "");
  EXPECT_TRUE(loaded->notices.empty());
}

TEST(Awtrace, IsTheSameBytesEachTime) { EXPECT_EQ(bytes_of(random_trace(3, 3000)), bytes_of(random_trace(3, 3000))); }

TEST(Awtrace, IsSmall) {
  const Trace trace = busy_trace(100, 200);
  const double each = static_cast<double>(bytes_of(trace).size()) / trace.size();
  std::printf("[ figure   ] %.2f bytes an event over %u events\n", each, trace.size());
  RecordProperty("bytes_per_event", std::to_string(each));
  EXPECT_LE(each, 9.5);
}

// Appending what a growing trace has gained gives a file at every moment.
TEST(Awtrace, CanBeWrittenPieceByPiece) {
  const Trace whole = random_trace(11, 6000);
  AwtraceWriter writer;
  Trace growing;
  growing.info = whole.info;
  growing.info.schedule.choices = {};
  std::string file = writer.append(growing);
  std::mt19937 random(1);
  Seq seq = 0;
  std::uint32_t texts = 1, sites = 1;
  while (seq < whole.size()) {
    for (std::uint32_t i = 0; i < 5 && texts < whole.text_count(); ++i, ++texts)
      growing.define({Definition::What::text, texts, std::string(whole.text(texts)), 0});
    for (std::uint32_t i = 0; i < 5 && sites < whole.site_count(); ++i, ++sites)
      growing.define({Definition::What::site, sites, whole.site({sites}).file, whole.site({sites}).line});
    for (std::uint32_t n = random() % 700; n > 0 && seq < whole.size(); --n) growing.append(whole[++seq]);
    if (seq > 3000) growing.info = whole.info;  // a header may be completed later
    file += writer.append(growing);
    const Result<Loaded> loaded = read_trace(file, "OUT.part");
    ASSERT_TRUE(loaded) << loaded.error();
    ASSERT_EQ(difference(growing, loaded->trace), "");
    ASSERT_EQ(loaded->notices.size(), 1u);
    EXPECT_NE(loaded->notices[0].find("no end mark"), std::string::npos);
  }
  file += writer.finish(growing);
  const Result<Loaded> loaded = read_trace(file, "OUT.part");
  ASSERT_TRUE(loaded);
  EXPECT_TRUE(loaded->notices.empty());
  EXPECT_EQ(difference(whole, loaded->trace), "");
}

// A damaged file gives the beginning of the trace, or an error where not even its header can be read: never another trace.
void expect_prefix(const Trace& trace, std::string_view bytes, const std::string& what) {
  const Result<Loaded> loaded = awtrace().read(bytes, nullptr);
  if (!loaded) {
    EXPECT_FALSE(loaded.error().empty());
    EXPECT_EQ(loaded.error().find('\n'), std::string::npos);
    return;
  }
  ASSERT_EQ(loaded->notices.size(), 1u) << what;
  ASSERT_LE(loaded->trace.size(), trace.size());
  for (Seq seq = 1; seq <= loaded->trace.size(); ++seq) {
    const Event a = trace[seq], b = loaded->trace[seq];
    ASSERT_TRUE(a.kind == b.kind && a.time == b.time && a.task == b.task && a.a == b.a && a.b == b.b && a.c == b.c &&
                a.d == b.d)
        << what;
    ASSERT_EQ(trace.text(a.a), loaded->trace.text(b.a)) << what;
  }
}

TEST(Awtrace, ReadsUpToATornTailAtEveryByte) {
  const Trace trace = random_trace(5, 150);
  AwtraceWriter writer;
  std::string file;
  for (Seq events = 10; events <= trace.size(); events += 10) file += writer.append(prefix(trace, events));
  file += writer.finish(trace);
  Seq most = 0;
  for (std::size_t size = 0; size < file.size(); ++size) {
    const std::string torn = file.substr(0, size);  // of its own length, so that a sanitizer sees a read beyond it
    expect_prefix(trace, torn, "cut at " + std::to_string(size));
    if (const Result<Loaded> loaded = awtrace().read(torn, nullptr)) {
      EXPECT_GE(loaded->trace.size(), most) << "a longer file tells less";
      most = loaded->trace.size();
    }
  }
  EXPECT_EQ(most, trace.size());
}

TEST(Awtrace, ReadsUpToAFlippedBit) {
  const Trace trace = random_trace(6, 500);
  AwtraceWriter writer;
  std::string file;
  for (Seq events = 20; events <= trace.size(); events += 20) file += writer.append(prefix(trace, events));
  file += writer.finish(trace);
  std::mt19937 random(7);
  for (int i = 0; i < 200; ++i) {
    std::string damaged = file;
    const std::size_t at = random() % damaged.size();
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << random() % 8));
    expect_prefix(trace, damaged, "bit flipped at " + std::to_string(at));
  }
}

// Files whose checksums fit and whose content lies.
TEST(Awtrace, BelievesNoCountsAndNumbers) {
  using native::put_chunk;
  const std::string begin = AwtraceWriter().append(Trace{});
  auto varints = [](std::initializer_list<std::uint64_t> values) {
    std::string out;
    for (const std::uint64_t v : values) put_varint(out, v);
    return out;
  };
  std::string names = varints({0, 0});
  put_string(names, "log");
  std::string stranger = varints({0, 0});
  put_string(stranger, "telepathy");
  const std::uint64_t huge = ~std::uint64_t{0};
  const std::vector<std::vector<std::pair<char, std::string>>> files = {
      {{'E', varints({1, huge, 0})}},
      {{'E', varints({1, 0xffffffff, 0, 0, 0})}},
      {{'E', varints({0, 0, 0})}},
      {{'E', varints({2, 1, 0, 0, 0})}},
      {{'E', varints({1, 1, 0}) + "\x07" + std::string(1, '\0')}},                       // a kind without a name
      {{'N', names}, {'E', varints({1, 1, 0}) + std::string("\0\xff", 2)}},              // fields missing
      {{'N', names}, {'E', varints({1, 1, 0}) + std::string("\0\x04\xff\xff\x7f", 5)}},  // a place beyond 16 bits
      {{'N', names}, {'E', varints({1, 1, 0}) + std::string("\0\0\0", 3)}},              // bytes left over
      {{'N', names},
       {'E', varints({1, 2, 0}) + std::string("\0\x01", 2) + varints({huge}) + std::string("\0\x01", 2) + varints({huge})}},
      {{'N', stranger}, {'E', varints({1, 1, 0}) + std::string("\0\0", 2)}},
      {{'N', varints({5, 0, huge})}},
      {{'N', varints({0, 3, 0})}},
      {{'T', varints({1, huge})}},
      {{'T', varints({0xffffffff, 0})}},
      {{'P', varints({1, 9, 1})}},
      {{'P', varints({1, 0, huge, 1})}},
      {{'H', varints({huge})}},
      {{'H', varints({0, 0, 0, 0, huge})}},
      {{'Z', varints({7})}},
      {{'Q', "of the future"}},
  };
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::string file = begin;
    for (const auto& [type, payload] : files[i]) put_chunk(file, type, payload);
    const Result<Loaded> loaded = awtrace().read(file, nullptr);
    ASSERT_TRUE(loaded) << i << ": " << loaded.error();
    EXPECT_EQ(loaded->notices.size(), 1u) << i;
    EXPECT_EQ(loaded->notices[0].rfind("damaged at offset", 0), 0u) << i << ": " << loaded->notices[0];
    EXPECT_EQ(loaded->trace.size(), 0u) << i;
  }
  std::string file = begin;
  put_chunk(file, 'v', "view state of some later version");
  put_chunk(file, 'Z', varints({0}));
  const Result<Loaded> loaded = awtrace().read(file, nullptr);
  ASSERT_TRUE(loaded);
  EXPECT_TRUE(loaded->notices.empty());
}

TEST(Awtrace, NamesItsVersion) {
  std::string file = bytes_of(random_trace(1, 10));
  file[8] = 9;
  const Result<Loaded> loaded = read_trace(file, "new.awtrace");
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error(), "new.awtrace: is an .awtrace of version 9 (offset 8); this Awaitscope reads version 1");
}

// Random payloads under correct checksums: whatever they say, nothing breaks.
TEST(Awtrace, SurvivesNonsense) {
  std::mt19937 random(3);
  const std::string begin = AwtraceWriter().append(random_trace(1, 20));
  for (int i = 0; i < 3000; ++i) {
    std::string file = begin;
    for (int chunk = 0; chunk < 4; ++chunk) {
      std::string payload;
      for (std::uint32_t n = random() % 40; n > 0; --n) payload += static_cast<char>(random() % 3 ? random() % 24 : random());
      native::put_chunk(file, "HNTPEZ"[random() % 6], payload);
    }
    const Result<Loaded> loaded = awtrace().read(file, nullptr);
    ASSERT_TRUE(loaded);
    ASSERT_LT(loaded->trace.size(), 100u);
  }
}

}  // namespace
}  // namespace awaitscope::tests

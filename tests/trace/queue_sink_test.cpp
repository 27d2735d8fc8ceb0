// The bridge: chunks in order, definitions before their events, losses counted and never silent.
#include "core/trace/queue_sink.h"

#include <thread>

#include "core/trace/recorder.h"

namespace awaitscope {
namespace {

void emit(Recorder& recorder, int count) {
  for (int i = 0; i < count; ++i) recorder.emit(Kind::log, i, TaskId{1}, {}, 0, {.a = static_cast<std::uint32_t>(i)});
}

TEST(QueueSink, IsLosslessWithoutABound) {
  QueueSink sink;
  Recorder recorder(&sink);
  emit(recorder, 100'000);
  recorder.flush();
  Trace trace;
  EXPECT_EQ(sink.drain(trace), 100'000u);
  for (Seq seq = 1; seq <= trace.size(); ++seq) ASSERT_EQ(trace[seq].a, seq - 1);
}

TEST(QueueSink, CountsWhatABoundedQueueCannotTakeAndSaysSoInTheTrace) {
  QueueSink sink(2);
  Recorder recorder(&sink);
  emit(recorder, 10'000);
  EXPECT_GT(recorder.lost(), 0u);
  Trace trace;
  sink.drain(trace);
  emit(recorder, 10);
  recorder.flush();
  sink.drain(trace);
  std::uint64_t told = 0, kept = 0;
  for (Seq seq = 1; seq <= trace.size(); ++seq)
    (trace[seq].kind == Kind::dropped ? told : kept) += trace[seq].kind == Kind::dropped ? trace[seq].a : 1;
  EXPECT_EQ(told, recorder.lost());
  EXPECT_EQ(told + kept, 10'010u);
}

TEST(QueueSink, StringsDefinedWhileFullStillArrive) {
  QueueSink sink(1);
  Recorder recorder(&sink);
  emit(recorder, 5'000);
  const TextId name = recorder.text("defined while there was no chunk");
  Trace trace;
  sink.drain(trace);
  recorder.emit(Kind::log, 1, {}, {}, 0, {.a = name.value});
  recorder.flush();
  sink.drain(trace);
  EXPECT_EQ(trace.text(trace[trace.size()].a), "defined while there was no chunk");
}

TEST(QueueSink, AProducerAndAConsumerOnTwoThreadsLoseNothing) {
  QueueSink sink;
  std::thread producer([&] {
    Recorder recorder(&sink);
    for (int i = 0; i < 200'000; ++i) {
      const TextId text = recorder.text("name " + std::to_string(i % 100));
      recorder.emit(Kind::log, i, {}, recorder.site("file.cpp", static_cast<std::uint32_t>(i % 50 + 1)), 0,
                    {.a = text.value, .b = static_cast<std::uint32_t>(i)});
    }
  });
  Trace trace;
  while (trace.size() < 200'000) sink.drain(trace);
  producer.join();
  for (Seq seq = 1; seq <= trace.size(); ++seq) {
    const int i = static_cast<int>(trace[seq].b);
    ASSERT_EQ(i, static_cast<int>(seq) - 1);
    ASSERT_EQ(trace.text(trace[seq].a), "name " + std::to_string(i % 100));
    ASSERT_EQ(trace.site(trace[seq].where()).line, static_cast<std::uint32_t>(i % 50 + 1));
  }
}

TEST(Trace, HoldsAnEventInTwentyFourBytesWhateverItsFields) {
  Trace trace;
  std::vector<Record> records;
  for (std::uint32_t i = 0; i < 5'000; ++i) {
    Record r{};
    r.time = static_cast<std::int64_t>(i) * 3'000'000'000;  // beyond 32 bits of nanoseconds again and again
    r.task = i, r.cause = i / 2, r.a = i * 7, r.b = ~i, r.d = i % 3 ? 0 : i + 1;
    r.site = static_cast<std::uint16_t>(i), r.kind = Kind::released, r.c = static_cast<std::uint8_t>(i);
    records.push_back(r);
    trace.append(r);
  }
  for (Seq seq = 1; seq <= trace.size(); ++seq) {
    const Event e = trace[seq];
    const Record& r = records[seq - 1];
    ASSERT_EQ(std::tie(e.time, e.task, e.cause, e.a, e.b, e.c, e.d, e.site),
              std::tie(r.time, r.task, r.cause, r.a, r.b, r.c, r.d, r.site))
        << seq;
    ASSERT_EQ(trace.at_or_before(Instant{r.time}), seq);
  }
}

}  // namespace
}  // namespace awaitscope

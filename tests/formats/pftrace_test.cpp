// Perfetto's protobuf: what comes back of an export, whole, edited or cut; and foreign and hostile files.

#include <protozero/pbf_builder.hpp>

#include "core/formats/bytes.h"
#include "core/formats/format.h"
#include "core/formats/pftrace_fields.h"
#include "core/trace/text.h"
#include "tests/formats/story.h"
#include "tests/formats/synthetic.h"

namespace awaitscope::tests {
namespace {

using namespace pftrace;
using protozero::pbf_builder;

std::string exported(const Trace& trace, const std::string& id = "pftrace") {
  std::string out;
  for (const Format& format : all_formats())
    if (format.id == id) { EXPECT_TRUE(format.write(trace, out)); }
  return out;
}

/// Where packets begin.
std::vector<std::size_t> packets(const std::string& file) {
  std::vector<std::size_t> out;
  for (ByteReader reader(file); !reader.done() && reader.ok();) {
    out.push_back(reader.at());
    EXPECT_EQ(reader.byte(), 0x0a);
    reader.string();
  }
  return out;
}
std::string without_block(const std::string& file) { return file.substr(0, packets(file).back()); }
std::string without_json_block(const std::string& json) { return json.substr(0, json.find(",\n\"awaitscope\"")) + "}\n"; }

TEST(Exports, GiveBackTheNativeFileOfEveryScenario) {
  const auto runs = recorded();
  EXPECT_GT(runs.size(), 100u);
  for (const auto& [name, trace] : runs) {
    const std::string native = exported(trace, "awtrace");
    for (const char* id : {"pftrace", "chrome-json"}) {
      const Result<Loaded> loaded = read_trace(exported(trace, id), name);
      ASSERT_TRUE(loaded) << loaded.error();
      EXPECT_TRUE(loaded->notices.empty());
      EXPECT_EQ(exported(loaded->trace, "awtrace"), native) << name << " " << id;
    }
  }
}

TEST(Exports, TellTheSameStoryWithoutTheBlock) {
  for (const auto& [name, trace] : recorded()) {
    const auto told = story(trace);
    const Result<Loaded> pftrace = read_trace(without_block(exported(trace)), name);
    const Result<Loaded> json = read_trace(without_json_block(exported(trace, "chrome-json")), name);
    ASSERT_TRUE(pftrace) << pftrace.error();
    ASSERT_TRUE(json) << json.error();
    EXPECT_TRUE(pftrace->notices.empty()) << name;
    EXPECT_EQ(story(pftrace->trace), told) << name;
    EXPECT_EQ(story(json->trace), told) << name;
  }
}

TEST(Pftrace, BusyProgramsTellTheSameStory) {
  const Trace trace = busy_trace(7, 5);
  const Result<Loaded> loaded = read_trace(without_block(exported(trace)), "stripped.pftrace");
  ASSERT_TRUE(loaded) << loaded.error();
  EXPECT_EQ(story(loaded->trace), story(trace));
}

// The loop asks a step to stop that runs already, and the step itself does.
TEST(Pftrace, KeepsArrowsIntoARunningStep) {
  const Trace trace = from_text(R"(0 run_begin
0 task_created task=1 name="main"
0 task_ready task=1 cause=2 why=start
0 step_begin task=1 cause=3
0 log text="x"
0 cancel_requested task=1 cause=5 why=timeout message="late"
0 cancel_requested task=1 by=1 cause=5 why=call message="own"
0 task_done task=1 how=cancelled
0 run_end how=ok
)");
  const Result<Loaded> loaded = read_trace(without_block(exported(trace)), "late.pftrace");
  ASSERT_TRUE(loaded) << loaded.error();
  const std::string text = to_text(loaded->trace);
  EXPECT_NE(text.find("cancel_requested task=1 why=timeout message=\"late\""), std::string::npos) << text;
  EXPECT_NE(text.find("cancel_requested task=1 cause=3 by=1 why=call message=\"own\""), std::string::npos) << text;
}

TEST(Pftrace, TellsThatItWasEdited) {
  const Trace trace = from_text(small);
  const std::string file = exported(trace);
  std::string edited = file;
  edited.replace(edited.find("waits for sleep"), 15, "waits for yield");
  const std::string longer = file + without_block(file);
  std::string damaged = file;
  damaged[damaged.rfind("\x89"
                        "AWT") +
          1] = '!';
  for (const auto& [bytes, notice] : {std::pair{edited, "was edited"}, {longer, "was edited"}, {damaged, "damaged"}}) {
    const Result<Loaded> loaded = read_trace(bytes, "edited.pftrace");
    ASSERT_TRUE(loaded) << loaded.error();
    ASSERT_EQ(loaded->notices.size(), 1u);
    EXPECT_NE(loaded->notices[0].find(notice), std::string::npos) << loaded->notices[0];
  }
  EXPECT_NE(to_text(read_trace(edited, "edited.pftrace")->trace).find("waits=yield"), std::string::npos);
}

TEST(Pftrace, GivesWhatStandsBeforeACut) {
  const Trace trace = from_text(small);
  const std::string file = exported(trace);
  const std::vector<std::size_t> begins = packets(file);
  for (std::size_t size = 1; size < file.size(); ++size) {
    const Result<Loaded> loaded = read_trace(file.substr(0, size), "cut.pftrace");
    const auto next = std::upper_bound(begins.begin(), begins.end(), size - 1);
    const std::size_t packet = *std::prev(next);  // the one that the cut is in
    const bool between = next != begins.end() && *next == size;
    if (!loaded) {
      EXPECT_EQ(loaded.error().find('\n'), std::string::npos);
      EXPECT_NE(loaded.error().find("offset " + std::to_string(size < 2 ? 0 : packet)), std::string::npos) << loaded.error();
    } else if (!between) {
      ASSERT_FALSE(loaded->notices.empty()) << size;
      EXPECT_NE(loaded->notices[0].find("offset " + std::to_string(packet)), std::string::npos) << loaded->notices[0];
    }
  }
}

// Files of other programs, built field by field.
class Foreign {
 public:
  template <class Fill>
  Foreign& packet(Fill fill) {
    std::string content;
    pbf_builder<InPacket> packet(content);
    fill(packet);
    pbf_builder<InTrace>(file).add_message(InTrace::packet, content);
    return *this;
  }
  Foreign& thread(std::uint64_t uuid, const std::string& name) {
    return packet([&](auto& packet) {
      pbf_builder<InTrack> track(packet, InPacket::track_descriptor);
      track.add_uint64(InTrack::uuid, uuid);
      pbf_builder<InThread> thread(track, InTrack::thread);
      thread.add_int32(InThread::pid, 7);
      thread.add_int32(InThread::tid, static_cast<std::int32_t>(uuid));
      thread.add_string(InThread::name, name);
    });
  }
  template <class Fill>
  Foreign& event(std::uint64_t time, EventType type, std::uint64_t track, const std::string& name, Fill fill) {
    return packet([&](auto& packet) {
      packet.add_uint64(InPacket::timestamp, time);
      packet.add_uint32(InPacket::sequence_id, 5);
      pbf_builder<InEvent> event(packet, InPacket::track_event);
      event.add_enum(InEvent::type, static_cast<int>(type));
      if (track) event.add_uint64(InEvent::track_uuid, track);
      if (!name.empty()) event.add_string(InEvent::name, name);
      fill(event);
    });
  }
  Foreign& event(std::uint64_t time, EventType type, std::uint64_t track, const std::string& name = "") {
    return event(time, type, track, name, [](auto&) {});
  }
  std::string file;
};
std::string told(const std::string& file) {
  const Result<Loaded> loaded = read_trace(file, "foreign.pftrace");
  EXPECT_TRUE(loaded) << loaded.error();
  if (!loaded) return "";
  EXPECT_TRUE(loaded->notices.empty());
  const std::string text = to_text(loaded->trace);
  return text.substr(text.find("\n1 "));
}

TEST(Pftrace, ReadsThreadsFlowsAndCounters) {
  Foreign foreign;
  foreign.thread(1, "reader").thread(2, "worker");
  foreign.packet([](auto& packet) {
    pbf_builder<InTrack> track(packet, InPacket::track_descriptor);
    track.add_uint64(InTrack::uuid, 3);
    track.add_string(InTrack::name, "depth");
    pbf_builder<InCounter>(track, InTrack::counter).add_bool(InCounter::is_incremental, true);
  });
  foreign.event(100, EventType::begin, 1, "read", [](auto& event) { event.add_fixed64(InEvent::flows, 9); });
  foreign.event(110, EventType::counter, 3, "", [](auto& event) { event.add_int64(InEvent::counter_value, 5); });
  foreign.event(120, EventType::begin, 1, "inner").event(130, EventType::end, 1);
  foreign.event(150, EventType::instant, 1, "a mark");
  foreign.event(200, EventType::end, 1);
  foreign.event(210, EventType::counter, 3, "", [](auto& event) { event.add_int64(InEvent::counter_value, -2); });
  foreign.event(300, EventType::begin, 2, "work", [](auto& event) { event.add_fixed64(InEvent::terminating_flows, 9); });
  foreign.event(400, EventType::end, 2);
  EXPECT_EQ(told(foreign.file), R"(
1 0.000000000 task_created task=1 name="reader"
2 0.000000000 task_ready task=1 why=start
3 0.000000000 step_begin task=1
4 0.000000010 resource_created resource=1 type=other name="depth"
5 0.000000010 level resource=1 value=5
6 0.000000050 log task=1 text="a mark"
7 0.000000100 task_done task=1 how=returned
8 0.000000100 step_end task=1
9 0.000000110 level resource=1 value=3
10 0.000000200 task_created task=2 name="worker"
11 0.000000200 task_ready task=2 cause=3 by=1 why=start
12 0.000000200 step_begin task=2
13 0.000000300 task_done task=2 how=returned
14 0.000000300 step_end task=2
)");
}

// What Perfetto's own library writes: a clock that counts from packet to packet in microseconds, a default track, names by
// number.
TEST(Pftrace, ReadsDefaultsClocksAndNames) {
  Foreign foreign;
  foreign.packet([](auto& packet) {
    packet.add_uint32(InPacket::sequence_id, 5);
    packet.add_uint32(InPacket::sequence_flags, state_cleared);
    pbf_builder<InSnapshot> snapshot(packet, InPacket::clock_snapshot);
    const auto clock = [&](std::uint32_t id, std::uint64_t time, bool is_incremental, std::uint64_t multiplier) {
      pbf_builder<InClock> one(snapshot, InSnapshot::clocks);
      one.add_uint32(InClock::id, id);
      one.add_uint64(InClock::timestamp, time);
      one.add_bool(InClock::is_incremental, is_incremental);
      one.add_uint64(InClock::unit_multiplier, multiplier);
    };
    clock(6, 1'000'000, false, 1);
    clock(64, 20, true, 1000);
  });
  foreign.thread(1, "loop thread");
  foreign.packet([](auto& packet) {
    packet.add_uint32(InPacket::sequence_id, 5);
    pbf_builder<InDefaults> defaults(packet, InPacket::defaults);
    defaults.add_uint32(InDefaults::timestamp_clock_id, 64);
    pbf_builder<InEvent>(defaults, InDefaults::track_event).add_uint64(InEvent::track_uuid, 1);
  });
  foreign.packet([](auto& packet) {
    packet.add_uint32(InPacket::sequence_id, 5);
    pbf_builder<InInterned> interned(packet, InPacket::interned_data);
    pbf_builder<InEntry> entry(interned, InInterned::names);
    entry.add_uint64(InEntry::iid, 4);
    entry.add_string(InEntry::name, "hello");
  });
  foreign.event(10, EventType::begin, 0).event(3, EventType::instant, 0, "", [](auto& event) {
    event.add_uint64(InEvent::name_iid, 4);
  });
  foreign.event(7, EventType::end, 0);
  EXPECT_EQ(told(foreign.file), R"(
1 0.000000000 task_created task=1 name="loop thread"
2 0.000000000 task_ready task=1 why=start
3 0.000000000 step_begin task=1
4 0.000003000 log task=1 text="hello"
5 0.000010000 task_done task=1 how=returned
6 0.000010000 step_end task=1
)");
}

TEST(Pftrace, SaysWhatItCannotRead) {
  const auto refused = [](const std::string& bytes, const std::string& where) {
    for (const Format& format : all_formats()) {
      if (format.id != "pftrace") continue;
      const Result<Loaded> loaded = format.read(bytes, nullptr);
      ASSERT_FALSE(loaded);
      EXPECT_EQ(loaded.error().find('\n'), std::string::npos);
      EXPECT_NE(loaded.error().find("offset " + where), std::string::npos) << loaded.error();
    }
  };
  refused("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\x7f", "0");                               // a length beyond all files
  refused("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", "0");                       // a length of more than 64 bits
  refused(std::string("\x0a\x02\x50\x01\x0a\x02\x5a\x7f", 8), "4");                       // an event longer than its packet
  refused(std::string("\x0a\x0c\x40\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 13), "0");  // a time without an end
  refused("\x0a\x02\x57\x01", "0");                                                       // a type of field that is none
  refused(std::string("\x0a\x04\x5a\x02\x48\x01", 6), "0");                               // an event without a time
  refused("\x0a\x02\x50\x01\x7f", "4");                                                   // what is no packet
  // Fields of the right numbers and the wrong types are stepped over.
  Foreign foreign;
  foreign.thread(1, "worker").event(10, EventType::begin, 1, "work");
  foreign.packet([](auto& packet) {
    packet.add_uint64(InPacket::timestamp, 12);
    packet.add_fixed64(InPacket::sequence_id, 1);
    packet.add_uint64(InPacket::track_descriptor, 1);
    pbf_builder<InEvent> event(packet, InPacket::track_event);
    event.add_uint64(InEvent::name, 1);
    event.add_string(InEvent::type, "x");
    event.add_uint64(InEvent::annotations, 3);
    event.add_string(InEvent::flows, "x");
  });
  foreign.event(20, EventType::end, 1);
  EXPECT_NE(told(foreign.file).find("task_done"), std::string::npos);
}

TEST(Pftrace, SpellsOutWhatActsOnAScreen) {
  const std::string file = exported(from_text(small));
  EXPECT_NE(file.find("almost \"there\" \\u202e"), std::string::npos);
  EXPECT_EQ(without_block(file).find("\xe2\x80\xae"), std::string::npos);
}

}  // namespace
}  // namespace awaitscope::tests

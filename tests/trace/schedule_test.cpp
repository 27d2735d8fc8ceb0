// The text of a schedule, and what is none.
#include "core/trace/schedule.h"

#include <gtest/gtest.h>

namespace awaitscope {
namespace {

using namespace std::chrono_literals;

std::string error_of(const std::string& text) {
  const auto read = read_schedule(text);
  return read ? "" : read.error();
}

TEST(Schedule, WhatIsWrittenReadsBack) {
  for (const char* text : {"fifo:1", "random:7:0.2.1", "fifo:1@37:cancel:7@52:delay:3:500ms", "pct:3:1.0@0:fail:1@0:release:2",
                           "fifo:1@9:set:4@9:delay:1:1234567891ns@18446744073709551615:cancel:4294967295"}) {
    const auto read = read_schedule(text);
    ASSERT_TRUE(read) << read.error();
    EXPECT_EQ(to_text(*read), text);
  }
  EXPECT_EQ(read_schedule("fifo:1@37:cancel:7")->hands, (std::vector<Hand>{{37, Hand::What::cancel, 7, {}}}));
  EXPECT_EQ(to_text(*read_schedule("fifo:1@1:delay:1:1.5")), "fifo:1@1:delay:1:1500ms");
}

TEST(Schedule, AWrongHandIsOneLine) {
  const std::string form =
      "a hand is STEP:cancel:TASK, STEP:fail:REQUEST, STEP:delay:REQUEST:TIME, STEP:release:SEMAPHORE or STEP:set:EVENT, "
      "e.g. 37:cancel:7 or 52:delay:3:500ms";
  for (const char* hand :
       {"", "37", "37:cancel", "37:cancel:", "37:cancel:0", "x:cancel:7", "-1:cancel:7", "37:cnacel:7", "37:cancel:7:1s",
        "37:cancel:4294967296", "37:delay:3", "37:delay:3:", "37:delay:3:soon", " 37:cancel:7", "37:cancel:7:"}) {
    const std::string text = std::string("fifo:1@") + hand;
    EXPECT_EQ(error_of(text), "schedule '" + text + "': " + form);
  }
  EXPECT_EQ(error_of("fifo:1@1:delay:3:0s"), "schedule 'fifo:1@1:delay:3:0s': a delay is more than 0 and at most a day");
  EXPECT_EQ(error_of("fifo:1@1:delay:3:90000s"),
            "schedule 'fifo:1@1:delay:3:90000s': a delay is more than 0 and at most a day");
  EXPECT_EQ(error_of("fifo:1@5:cancel:1@4:cancel:1"),
            "schedule 'fifo:1@5:cancel:1@4:cancel:1': hands stand in the order of their steps");
  EXPECT_EQ(error_of("fifo@5:cancel:1"), "schedule 'fifo@5:cancel:1' is not " + std::string(schedule_form));
}

}  // namespace
}  // namespace awaitscope

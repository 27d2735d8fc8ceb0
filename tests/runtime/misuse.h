#pragma once
// Checks of bad use: it is asyncio's error, with asyncio's words and the place of the call, and the same as an event.
#include "core/runtime/trio/trio.h"
#include "tests/support/record.h"

namespace awaitscope::runtime::misuses {

/// Where the bad call stands.
class Line {
 public:
  /// In the line after this one.
  void follows(Place at = Place::current()) { at_ = at; }
  std::uint32_t line() const { return at_.line() + 1; }
  std::string file() const { return at_.file_name(); }

 private:
  Place at_;
};

inline Task<void> nothing() { co_return; }

/// Runs a program that ends with the error of one bad call.  `who`: the task that made the call, 0 for a callback.
template <class Error>
void expect(const std::string& message, const std::function<Task<void>(Line&)>& program, std::uint32_t who = 1,
            Diagnosis what = Diagnosis::misuse) {
  SCOPED_TRACE(message);
  Line line;
  const testing::Recorded run = testing::record([&] { return program(line); });
  ASSERT_EQ(run.result.outcome, RunOutcome::raised);
  try {
    std::rethrow_exception(run.result.error);
  } catch (const Error& error) {
    EXPECT_EQ(error.what(), message);
    EXPECT_EQ(error.place().file_name(), line.file());
    EXPECT_EQ(error.place().line(), line.line());
  } catch (...) { ADD_FAILURE() << "another error: " << describe(run.result.error); }
  const auto events = run.of(Kind::diagnosed);
  ASSERT_EQ(events.size(), 1u);
  const awaitscope::Event& event = events[0];
  EXPECT_EQ(event.as<Diagnosis>(), what);
  EXPECT_EQ(run.trace.text(event.a), message);
  EXPECT_EQ(run.trace.site(event.where()), (Site{line.file(), line.line()}));
  EXPECT_EQ(event.task, who);
  EXPECT_LT(event.cause, event.seq);
}

}  // namespace awaitscope::runtime::misuses

#pragma once
// Time of a run: nanoseconds since the run began, on the loop's own clock.
#include <chrono>
#include <cstdint>
#include <string>

namespace awaitscope {

using Duration = std::chrono::nanoseconds;

/// A moment of a run, counted from its start.  It never decreases with the sequence number of events.
struct Instant {
  std::int64_t ns = 0;
  auto operator<=>(const Instant&) const = default;
};

inline Instant operator+(Instant t, Duration d) { return {t.ns + d.count()}; }
inline Instant operator-(Instant t, Duration d) { return {t.ns - d.count()}; }
inline Duration operator-(Instant a, Instant b) { return Duration{a.ns - b.ns}; }

/// "2.0 s", "340 ms", "15 us", "7 ns": at most three significant digits after the unit is chosen.
std::string show(Duration d);
/// Seconds with six decimals, exact to the microsecond: the notation of logs and rulers.
std::string seconds(Instant t, int decimals = 6);
/// Reads "1.5", "1.5s", "300ms", "20us" or "7ns"; a bare number is seconds.  False when it is none of these.
bool read_duration(const std::string& text, Duration& out);

}  // namespace awaitscope

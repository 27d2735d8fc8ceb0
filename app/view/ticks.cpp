#include <cmath>

#include <fmt/format.h>

#include "app/view/pictures.h"

namespace awaitscope::view {
namespace {

/// A moment in the unit of the step, with as many decimals as tell neighbours apart.
std::string tick_label(std::int64_t ns, std::int64_t step) {
  struct Unit {
    std::int64_t size;
    const char* name;
  };
  // The unit follows the step: 1.2 s and 1.4 s, but 1200.2 ms and 1200.4 ms.
  const Unit unit = step >= 100000000 ? Unit{1000000000, "s"}
                    : step >= 100000  ? Unit{1000000, "ms"}
                    : step >= 100     ? Unit{1000, "us"}
                                      : Unit{1, "ns"};
  int decimals = 0;
  for (std::int64_t part = unit.size; part > 1 && step % part != 0; part /= 10) ++decimals;
  return fmt::format("{:.{}f} {}", static_cast<double>(ns) / static_cast<double>(unit.size), decimals, unit.name);
}

}  // namespace

std::vector<RulerTick> ruler_ticks(Instant begin, Instant end, float x, float width) {
  const std::int64_t length = std::max<std::int64_t>(1, end.ns - begin.ns);
  // The smallest of 1, 2, 5 times a power of ten that gives at most 9 steps; so 3 to 9 of them, and 2 to 10 lines.
  std::int64_t step = 1;
  for (std::uint64_t power = 1; length / step > 8; power *= 10)  // unsigned: its last value, 10^19, is never used
    for (const unsigned factor : {1u, 2u, 5u}) {
      step = static_cast<std::int64_t>(power * factor);
      if (length / step <= 8) break;
    }
  std::vector<RulerTick> out;
  std::int64_t at = begin.ns / step * step;
  if (at < begin.ns) at += step;
  for (std::int64_t left = begin.ns + length - at; left >= 0; left -= step, at += left >= 0 ? step : 0)
    out.push_back({{at},
                   x + width * static_cast<float>(static_cast<double>(at - begin.ns) / static_cast<double>(length)),
                   tick_label(at, step)});
  return out;
}

}  // namespace awaitscope::view

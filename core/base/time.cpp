#include "core/base/time.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace awaitscope {

std::string show(Duration d) {
  const double ns = static_cast<double>(d.count());
  const double size = std::fabs(ns);
  const auto print = [](double value, const char* unit) {
    char text[48];
    const int decimals = std::fabs(value) < 10 ? 2 : std::fabs(value) < 100 ? 1 : 0;
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    std::string out = text;
    // One decimal stays ("2.0 s"), further zeros go: a length of two seconds is not known to be "2".
    while (out.find('.') != std::string::npos && out.back() == '0' && out[out.size() - 2] != '.') out.pop_back();
    return out + unit;
  };
  if (size >= 1e9) return print(ns / 1e9, " s");
  if (size >= 1e6) return print(ns / 1e6, " ms");
  if (size >= 1e3) return print(ns / 1e3, " us");
  return std::to_string(d.count()) + " ns";
}

std::string seconds(Instant t, int decimals) {
  char text[48];
  const std::int64_t whole = t.ns / 1000000000, rest = std::llabs(t.ns % 1000000000);
  std::snprintf(text, sizeof text, "%s%lld.%09lld", t.ns < 0 && whole == 0 ? "-" : "", static_cast<long long>(whole),
                static_cast<long long>(rest));
  std::string out = text;
  out.resize(out.size() - static_cast<std::size_t>(9 - decimals));
  if (decimals == 0) out.pop_back();
  return out;
}

bool read_duration(const std::string& text, Duration& out) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || !std::isfinite(value)) return false;
  std::string unit = end;
  while (!unit.empty() && unit.front() == ' ') unit.erase(0, 1);
  const double scale = unit.empty() || unit == "s" ? 1e9 : unit == "ms" ? 1e6 : unit == "us" ? 1e3 : unit == "ns" ? 1 : 0;
  if (scale == 0 || std::fabs(value * scale) > 9e18) return false;
  out = Duration{std::llround(value * scale)};
  return true;
}

}  // namespace awaitscope

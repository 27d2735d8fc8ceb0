#include "core/base/nearest.h"

#include <algorithm>
#include <utility>

namespace awaitscope {
namespace {

/// The letters one must change to turn one word into the other.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
    }
  }
  return row[b.size()];
}

}  // namespace

std::vector<std::string> nearest(std::string_view wanted, const std::vector<std::string>& known, std::size_t most) {
  // Names may come from a trace: a long one costs no more than its beginning, and a crowd no more than its first.
  constexpr std::size_t letters = 60, names = 10'000;
  std::vector<std::pair<std::size_t, std::string>> near;
  for (std::size_t i = 0; i < known.size() && i < names; ++i)
    near.emplace_back(edit_distance(std::string_view(known[i]).substr(0, letters), wanted.substr(0, letters)), known[i]);
  std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> out;
  for (auto i = near.begin(); i != near.end() && out.size() < most; ++i)
    if (std::find(out.begin(), out.end(), i->second) == out.end()) out.push_back(std::move(i->second));
  return out;
}

std::string nearest_listed(std::string_view wanted, const std::vector<std::string>& known, std::size_t most) {
  std::string out;
  for (const std::string& name : nearest(wanted, known, most)) out += (out.empty() ? "" : ", ") + name;
  return out;
}

}  // namespace awaitscope

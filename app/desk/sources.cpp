#include "app/desk/sources.h"

#include <map>

#include "app/desk/source_root.h"
#include "core/policies/policies.h"
#include "scenarios/scenario.h"

namespace awaitscope::desk {
namespace {

constexpr int around = 3;

std::vector<view::SourceLine> lines_around(std::string_view text, std::uint32_t line) {
  std::vector<view::SourceLine> out;
  for (std::uint32_t number = 1; !text.empty() && number <= line + around; ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view one = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (one.ends_with('\r')) one.remove_suffix(1);
    if (number + around >= line) out.push_back({static_cast<int>(number), std::string(one.substr(0, 400)), {}, {}, false});
  }
  // A line beyond the end: this is another version of the file.
  return out.empty() || out.back().number < static_cast<int>(line) ? std::vector<view::SourceLine>{} : out;
}

/// The marks of lessons, `// @a` at the end of a line, are no part of the program.
void drop_marks(std::vector<view::SourceLine>& lines) {
  for (view::SourceLine& line : lines)
    if (const std::size_t at = line.text.rfind("// @"); at != std::string::npos) {
      line.text.resize(at);
      while (line.text.ends_with(' ')) line.text.pop_back();
    }
}

}  // namespace

std::function<std::vector<view::SourceLine>(const Site&)> source_lines(const TraceInfo& info, const std::string& root) {
  const bool own = built_in(info);
  const auto files = std::make_shared<std::map<std::string, std::string>>();
  return [own, root, files](const Site& site) -> std::vector<view::SourceLine> {
    if (site.line == 0) return {};
    if (own)
      if (const std::string_view text = scenario_source(site.file); !text.empty()) {
        std::vector<view::SourceLine> lines = lines_around(text, site.line);
        drop_marks(lines);
        return lines;
      }
    if (root.empty()) return {};
    const auto [known, fresh] = files->try_emplace(site.file);
    if (fresh)
      if (auto text = read_below(root, site.file)) known->second = std::move(*text);
    return lines_around(known->second, site.line);
  };
}

bool built_in(const TraceInfo& info) {
  const auto scenario = find_scenario(info.scenario);
  if (!scenario || (*scenario)->name != info.scenario || !find_variant(**scenario, info.variant)) return false;
  for (const auto& change : info.parameters) {
    if (change.first == "preset" || !settings_for(**scenario, {change})) return false;
    // A number, and nothing else.
    if (change.second.size() > 24 || change.second.find_first_not_of("0123456789.+-enmus") != std::string::npos) return false;
  }
  return bool(make_policy(info.schedule));
}

std::string replay_command(const TraceInfo& info) {
  if (!built_in(info)) return {};
  std::string out = "awaitscope run " + info.scenario + " --variant " + info.variant;
  for (const auto& [name, value] : info.parameters) out += " --set " + name + "=" + value;
  if (info.clock != "virtual") out += " --realtime";
  if (info.clock == "virtual" || !info.schedule.hands.empty()) out += " --schedule " + to_text(info.schedule);
  return out;
}

}  // namespace awaitscope::desk

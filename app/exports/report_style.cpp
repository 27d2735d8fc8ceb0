#include "app/exports/report_style.h"

#include <set>

#include <fmt/format.h>

#include "app/view/pictures.h"
#include "core/formats/base64.h"
#include "core/formats/sha256.h"

namespace awaitscope {
std::string_view report_asset(std::string_view name);  // generated
}

namespace awaitscope::exports {
namespace {

using view::Role;
using view::Theme;

std::string hex(Role role, Theme theme) {
  const view::Color c = view::color(role, theme);
  return fmt::format("#{:02x}{:02x}{:02x}", c.r, c.g, c.b);
}

std::string variables(Theme theme) {
  std::string out = ":root {";
  for (const auto& [name, role] :
       {std::pair{"background", Role::background}, std::pair{"panel", Role::panel}, std::pair{"border", Role::border},
        std::pair{"grid", Role::grid}, std::pair{"text", Role::text}, std::pair{"text-dim", Role::text_dim},
        std::pair{"accent", Role::accent}, std::pair{"error", Role::error}, std::pair{"warning", Role::warning},
        std::pair{"info", Role::info}})
    out += fmt::format(" --{}: {};", name, hex(role, theme));
  // Dark text stands on these.
  for (const auto& [name, role] :
       {std::pair{"error", Role::error}, std::pair{"warning", Role::warning}, std::pair{"info", Role::info}})
    out += fmt::format(" --{}-fill: {};", name, hex(role, Theme::dark));
  const view::Color error = view::color(Role::error, theme);
  out += fmt::format(" --here: rgba({}, {}, {}, .13);", error.r, error.g, error.b);
  return out + " }\n";
}

/// The pictures hold light colours.  Where two roles share a light one, the first's dark one stands for both.
std::string dark_pictures() {
  std::string out;
  std::set<std::string> done;
  for (int i = 0; i < view::role_count; ++i) {
    const std::string light = hex(static_cast<Role>(i), Theme::light), dark = hex(static_cast<Role>(i), Theme::dark);
    if (!done.insert(light).second || light == dark) continue;
    out += fmt::format("svg [fill='{0}'] {{ fill: {1}; }} svg [stroke='{0}'] {{ stroke: {1}; }}\n", light, dark);
  }
  return out;
}

}  // namespace

std::string report_style() {
  std::string out = "\n" + variables(Theme::light);
  out += "@media screen and (prefers-color-scheme: dark) {\n" + variables(Theme::dark) + dark_pictures() + "}\n";
  out +=
      ".word { text-anchor: middle; fill: var(--text); stroke: var(--background); stroke-width: 4px; paint-order: stroke;\n"
      "  pointer-events: none; }\n"
      ".tick { fill: var(--text-dim); }\n.mark { fill: var(--accent); fill-opacity: .2; pointer-events: none; }\n";
  out += report_asset("app/exports/report.css");
  return out;
}

std::string_view report_script() { return report_asset("app/exports/report.js"); }

std::string content_hash(std::string_view content) {
  const std::string digits = sha256(content);
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  return "sha256-" + to_base64(bytes);
}

}  // namespace awaitscope::exports

// Every rule: when it fires, and from where on.  A threshold that is changed judges the runs anew.
#include <cmath>

#include <fmt/format.h>

#include "app/panels/panel.h"
#include "app/panels/widgets.h"
#include "app/view/text.h"

namespace awaitscope::panels {
namespace {

using view::Act;

std::size_t fired(const view::Session& session, const std::string& rule) {
  if (!session.has_runs()) return 0;
  const auto& findings = session.side().findings;
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(), [&](const Finding& f) { return f.rule == rule; }));
}

void threshold(const view::Session& session, const Lint& rule, const std::string& key, double standard, view::Actions& actions,
               const Painter& painter) {
  const std::string name = rule.id + "." + key;
  const auto changed = session.thresholds.find(name);
  double value = changed == session.thresholds.end() ? standard : changed->second;
  ImGui::PushID(name.c_str());
  ImGui::SetNextItemWidth(painter.em() * 6);
  // Typed and confirmed: judging a long run at every key would stall the window.
  if (ImGui::InputDouble("##value", &value, 0, 0, "%g", ImGuiInputTextFlags_EnterReturnsTrue) && std::isfinite(value))
    actions.push_back(view::action(Act::set_threshold, value, name));
  ImGui::PopID();
  const ImVec2 least = ImGui::GetItemRectMin(), most = ImGui::GetItemRectMax();
  painter.place("threshold:" + name, {least.x, least.y, most.x - least.x, most.y - least.y});
  ImGui::SameLine();
  ImGui::AlignTextToFramePadding();
  text(painter, key, changed == session.thresholds.end() ? Role::text_dim : Role::accent);
  if (changed != session.thresholds.end())
    hint(painter, view::filled({"the standard is {:g}", "标准值是 {:g}"}, painter.language, standard));
}

void rule_row(const view::Session& session, const Lint& rule, view::Actions& actions, const Painter& painter) {
  text(painter, rule.id, Role::text, Font::bold);
  if (const std::size_t count = fired(session, rule.id)) {
    ImGui::SameLine();
    chip(painter, std::to_string(count), Role::accent);
  }
  small(painter, rule.summary);
  for (const auto& [key, standard] : rule.defaults) threshold(session, rule, key, standard, actions, painter);
  ImGui::Dummy({1, painter.em() * 0.35F});
}

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  if (!session.thresholds.empty() && button(painter, "reset-thresholds", painter.in({"Standard thresholds", "标准阈值"})))
    actions.push_back(view::action(Act::reset_thresholds));
  // What has fired comes first: that is what somebody wants to change.
  for (const bool wanted : {true, false})
    for (const Lint& rule : all_lints())
      if ((fired(session, rule.id) > 0) == wanted) rule_row(session, rule, actions, painter);
}

}  // namespace

Panel rules_panel() { return {{"Rules", "规则"}, Panel::Slot::upper, 2, draw, nullptr, false}; }

}  // namespace awaitscope::panels

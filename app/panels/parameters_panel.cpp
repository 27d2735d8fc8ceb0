// The scenario's knobs: touch a number and see what changes.
#include <cmath>

#include <fmt/format.h>

#include "app/panels/panel.h"
#include "app/panels/widgets.h"

namespace awaitscope::panels {
namespace {

using namespace panels;
using view::Act;

void ask(view::Actions& actions, Act act, std::string text, double x = 0) {
  view::Action action;
  action.act = act;
  action.text = std::move(text);
  action.x = x;
  actions.push_back(action);
}

double stepped(const view::Knob& knob, double value) {
  if (knob.step > 0) value = knob.least + std::round((value - knob.least) / knob.step) * knob.step;
  return std::clamp(value, knob.least, std::max(knob.least, knob.most));
}

void knob_row(const view::Knob& knob, view::Actions& actions, const Painter& painter) {
  const float em = painter.em(), width = ImGui::GetContentRegionAvail().x;
  const std::string value = fmt::format("{:.6g}{}{}", knob.value, knob.unit.empty() ? "" : " ", knob.unit);
  text(painter, knob.name, Role::text, Font::bold);
  const float words = painter.metrics().width(value);
  ImGui::SameLine(std::max(width - words, em * 4));
  text(painter, value, std::abs(knob.value - knob.standard) < 1e-12 ? Role::text : Role::accent);

  const double range = knob.most - knob.least;
  double at = range > 0 ? (knob.value - knob.least) / range : 0;
  if (scrubber(painter, "knob:" + knob.name, width, em * 1.3F, at)) {
    const double wanted = stepped(knob, knob.least + at * range);
    if (std::abs(wanted - knob.value) > 1e-12) ask(actions, Act::set_parameter, knob.name, wanted);
  }
  if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left))
    ask(actions, Act::set_parameter, knob.name, knob.standard);
  if (!knob.meaning.en.empty()) small(painter, knob.meaning.in(painter.language));
  ImGui::Dummy({1, em * 0.35F});
}

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  const view::Lesson& lesson = session.lesson;
  if (lesson.empty())
    return nothing(painter, painter.in({"No scenario is open", "没有打开场景"}),
                   painter.in({"An opened trace cannot be run again", "打开的记录不能重新运行"}));
  if (lesson.knobs.empty()) return nothing(painter, painter.in({"This scenario has no knobs", "这个场景没有参数"}));
  for (const view::Knob& knob : lesson.knobs) knob_row(knob, actions, painter);
  if (lesson.presets.empty()) return;
  small(painter, painter.in({"Presets", "预设"}));
  const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
  for (std::size_t i = 0; i < lesson.presets.size(); ++i) {
    const std::string& preset = lesson.presets[i];
    if (i > 0 && ImGui::GetItemRectMax().x + painter.metrics().width(preset) + painter.em() * 2 < right) ImGui::SameLine();
    if (button(painter, "preset:" + preset, preset)) ask(actions, Act::load_preset, preset);
  }
}

}  // namespace

Panel parameters_panel() { return {{"Parameters", "参数"}, Panel::Slot::upper, 1, draw, nullptr, false}; }

}  // namespace awaitscope::panels

// Why nothing happens at the playhead: every pending task, deadlocks first.  It comes forward when a run has hung.
#include "app/panels/panel.h"
#include "app/panels/widgets.h"
#include "app/view/text.h"

namespace awaitscope::panels {
namespace {

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  const std::vector<view::WhyLine> lines = why_nothing(session);
  if (lines.empty())
    return nothing(painter, painter.in({"Nothing to explain", "没有要解释的"}),
                   painter.in({"Run or open something, and let it end", "运行或打开一个，让它结束"}));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const view::WhyLine& line = lines[i];
    if (line.head && i) ImGui::Dummy({1, painter.em() * 0.25F});
    const float indent = painter.em() * static_cast<float>(std::clamp(line.depth, 0, 8));
    if (indent > 0) ImGui::Indent(indent);
    wrapped(painter, line.text, line.depth == 0 ? Role::text : Role::text_dim, i ? Font::ui : Font::bold);
    if (line.event && ImGui::IsItemClicked()) actions.push_back(view::action(view::Act::seek_event, line.event));
    if (line.event) hint(painter, view::filled({"Goes to event {}", "到事件 {}"}, painter.language, line.event));
    if (indent > 0) ImGui::Unindent(indent);
  }
}

std::uint32_t hung(const view::Session& session) { return hangs(session) ? static_cast<std::uint32_t>(session.active + 1) : 0; }

}  // namespace

Panel why_panel() { return {{"Why", "原因"}, Panel::Slot::lower, 4, draw, hung}; }

}  // namespace awaitscope::panels

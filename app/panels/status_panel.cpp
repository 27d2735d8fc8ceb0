// The last line: what was said last on the left, where the playhead stands on the right.
#include "app/panels/panel.h"
#include "app/panels/widgets.h"
#include "app/view/words.h"

namespace awaitscope::panels {
namespace {

using namespace panels;

void draw(const view::Session& session, view::Actions&, const Painter& painter) {
  const view::Rect window{ImGui::GetWindowPos().x, ImGui::GetWindowPos().y, ImGui::GetWindowWidth(), ImGui::GetWindowHeight()};
  const float em = painter.em(), pad = em * 0.8F;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  float used = 0;
  if (session.has_runs()) {
    const view::Side& side = session.side();
    std::string words = view::moment_words(playhead(session)) + "  ·  tick " + std::to_string(side.model.tick) + "  ·  " +
                        std::to_string(side.trace.size()) + " events";
    if (side.live) words += side.running ? "  ·  live" : "  ·  live, ended";
    if (side.by_hand && side.running) words += side.held ? "  ·  held" : "  ·  runs";
    used = painter.metrics().width(words) + pad;
    painter.text(
        list,
        {{window.right() - used, window.y, used - pad, window.h}, words, Role::text_dim, Font::ui, view::Align::right, 0.85F});
    if (const std::uint64_t lost = side.history.model.dropped) {
      const std::string loss = std::to_string(lost) + " events lost";
      const float w = painter.metrics().width(loss) + em;
      painter.text(
          list,
          {{window.right() - used - w, window.y, w, window.h}, loss, Role::text_warning, Font::bold, view::Align::right, 1});
      used += w + em;
    }
  }
  if (session.message.empty()) return;
  float x = window.x + pad;
  if (session.message_is_error) {
    painter.icon(list, view::Glyph::warning, {x, window.y + (window.h - em) / 2, em, em}, painter.color(Role::error));
    x += em * 1.5F;
  }
  painter.text(list, {{x, window.y, std::max(window.w - used - (x - window.x) - em, 1.0F), window.h},
                      session.message,
                      session.message_is_error ? Role::text_warning : Role::text_dim,
                      Font::ui,
                      view::Align::left,
                      0.85F});
}

}  // namespace

Panel status_panel() { return {{"Status", "状态"}, Panel::Slot::status, 0, draw}; }

}  // namespace awaitscope::panels

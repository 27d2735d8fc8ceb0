// The last line: what was said last on the left, where the playhead stands on the right.
#include <cmath>

#include <fmt/format.h>

#include "app/panels/panel.h"
#include "app/panels/widgets.h"
#include "app/view/text.h"
#include "app/view/words.h"

namespace awaitscope::panels {
namespace {

using namespace panels;

std::string megabytes(std::uint64_t bytes) { return fmt::format("{:.0f}", static_cast<double>(bytes) / 1e6); }

/// A file that is being read: how far it is, and how to stop it.
void loading(const view::Loading& one, view::Rect room, view::Actions& actions, const Painter& painter) {
  const float em = painter.em(), bar = em * 12, tall = std::round(em * 0.5F);
  const double share = one.of ? static_cast<double>(one.done) / static_cast<double>(one.of) : 0;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float y = std::round(room.y + (room.h - tall) / 2), full = static_cast<float>(share) * bar;
  list.AddRectFilled({room.x, y}, {room.x + bar, y + tall}, painter.color(Role::text, 0.14F), tall / 2);
  if (full >= 1) list.AddRectFilled({room.x, y}, {room.x + full, y + tall}, painter.color(Role::accent), tall / 2);
  const std::string name = view::printable(one.path.substr(one.path.find_last_of('/') + 1));
  const std::string words = one.judging ? fmt::format("{} {}", painter.in({"Looking for what is wrong in", "正在诊断"}), name)
                                        : fmt::format("{} {} · {} / {} MB", painter.in({"Reading", "正在读取"}), name,
                                                      megabytes(one.done), megabytes(one.of));
  const std::string_view stop = painter.in({"Stop", "停止"});
  const float left = room.x + bar + em * 0.8F, button = painter.metrics().width(stop) + em * 3.2F;
  const float width = std::min(painter.metrics().width(words), std::max(room.right() - left - button, 1.0F));
  painter.text(list, {{left, room.y, width, room.h}, words, Role::text, Font::ui, view::Align::left, 0.85F});
  const view::Rect place{left + width + em * 0.6F, room.y + std::round(em * 0.15F), button - em,
                         room.h - std::round(em * 0.3F)};
  ImGui::SetCursorScreenPos({place.x, place.y});
  if (ImGui::InvisibleButton("cancel-open", {place.w, place.h})) actions.push_back(view::action(view::Act::cancel_open));
  const bool hot = ImGui::IsItemHovered();
  list.AddRectFilled({place.x, place.y}, {place.right(), place.bottom()}, painter.color(Role::text, hot ? 0.2F : 0.1F),
                     em * 0.35F);
  painter.text(list, {place, std::string(stop) + "  Esc", Role::text, Font::ui, view::Align::center, 0.85F});
  painter.place("cancel-open", place);
}

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  const view::Rect window{ImGui::GetWindowPos().x, ImGui::GetWindowPos().y, ImGui::GetWindowWidth(), ImGui::GetWindowHeight()};
  const float em = painter.em(), pad = em * 0.8F;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  float used = 0;
  if (session.has_runs()) {
    const view::Side& side = session.side();
    const std::string_view where = painter.in({"{}  ·  tick {}  ·  {} events", "{}  ·  第 {} 轮  ·  {} 个事件"});
    std::string words =
        fmt::format(fmt::runtime(where), view::moment_words(playhead(session)), side.model.tick, side.seen_trace().size());
    if (side.live)
      words +=
          fmt::format("  ·  {}", painter.in(side.running ? Phrase{"live", "实时"} : Phrase{"live, ended", "实时，已结束"}));
    if (side.by_hand && side.running)
      words += fmt::format("  ·  {}", painter.in(side.held ? Phrase{"held", "停住"} : Phrase{"runs", "运行中"}));
    used = painter.metrics().width(words) + pad;
    painter.text(
        list,
        {{window.right() - used, window.y, used - pad, window.h}, words, Role::text_dim, Font::ui, view::Align::right, 0.85F});
    if (const std::uint64_t lost = side.seen().model.dropped) {
      const std::string loss = fmt::format("{} {}", lost, painter.in({"events lost", "个事件丢失"}));
      const float w = painter.metrics().width(loss) + em;
      painter.text(
          list,
          {{window.right() - used - w, window.y, w, window.h}, loss, Role::text_warning, Font::bold, view::Align::right, 1});
      used += w + em;
    }
  }
  float x = window.x + pad;
  if (session.loading)
    return loading(*session.loading, {x, window.y, std::max(window.w - used - (x - window.x) - em, 1.0F), window.h}, actions,
                   painter);
  if (session.message.empty()) return;
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

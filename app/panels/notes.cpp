#include "app/panels/notes.h"

#include <cmath>

#include <fmt/format.h>

#include "app/panels/widgets.h"
#include "app/view/text.h"

namespace awaitscope::panels {
namespace {

void heading(const Painter& painter, const Phrase& words, std::string_view text, Role role, bool large = false) {
  if (text.empty()) return;
  small(painter, painter.in(words), role);
  painter.ui.hear(text);
  ImGui::PushFont(large ? painter.fonts().title : painter.fonts().ui);
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
  ImGui::PopTextWrapPos();
  ImGui::PopFont();
  ImGui::Dummy({1, std::round(painter.em() * 0.55F)});
}

/// The lesson on the left, the clock on the right.
void top(const Notes& notes, const Painter& painter) {
  const view::Rect room = rest_of_window();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float line = std::round(painter.em() * 2), side = painter.em() * 12;
  painter.text(list, {{room.x, room.y, room.w - side, line}, notes.title, Role::text_dim, Font::bold, view::Align::left, 1});
  painter.text(list,
               {{room.right() - side, room.y, side, line}, notes.clock, Role::text, Font::bold, view::Align::right, 1.3F});
  const bool late = notes.planned > 0 && notes.minutes > notes.planned;
  painter.text(list, {{room.right() - side, room.y + line, side, line * 0.8F},
                      notes.used,
                      late ? Role::text_warning : Role::text_dim,
                      late ? Font::bold : Font::ui,
                      view::Align::right,
                      1});
  // How much of the time is gone.
  const float y = room.y + line * 1.95F, bar = std::max(3.0F, std::round(painter.em() * 0.2F));
  const float share =
      notes.planned > 0 ? std::min(1.0F, static_cast<float>(notes.minutes) / static_cast<float>(notes.planned)) : 0;
  list.AddRectFilled({room.x, y}, {room.right(), y + bar}, painter.color(Role::text, 0.14F), bar / 2);
  if (share > 0)
    list.AddRectFilled({room.x, y}, {room.x + room.w * share, y + bar}, painter.color(late ? Role::warning : Role::accent),
                       bar / 2);
  ImGui::Dummy({1, line * 2.1F});
}

}  // namespace

Notes notes_of(const view::Session& session, std::string clock, int minutes) {
  Notes out;
  const Language language = session.language;
  const view::Lesson& lesson = session.lesson;
  const auto in = [&](const Phrase& words) { return words.in(language); };
  out.theme = session.theme;
  out.language = language;
  out.clock = std::move(clock);
  out.minutes = minutes;
  if (session.has_runs())
    out.title = (lesson.empty() ? view::printable(session.side().label)
                                : lesson.id + " · " + lesson.title.in(language) + " · " + session.side().label);
  const view::Narration said = narration(session);
  if (said.stop) out.now = said.text;
  out.next = next_sentence(session);
  out.message = view::printable(session.message);
  if (lesson.empty()) return out;
  out.planned = lesson.instructor.minutes;
  out.used = fmt::format(fmt::runtime(in({"{} of {} min", "{} / {} 分钟"})), minutes, out.planned);
  out.say = lesson.instructor.say.in(language);
  out.ask = lesson.instructor.ask.in(language);
  out.trap = lesson.instructor.trap.in(language);
  return out;
}

void draw_notes(const Notes& notes, platform::Ui& ui) {
  const Painter painter{ui, notes.theme, ui.lacks_chinese() ? Language::english : notes.language, true};
  platform::apply_style(painter);
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {painter.em() * 1.4F, painter.em()});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0.0F);
  ImGui::Begin(
      "notes", nullptr,
      ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav);
  ImGui::PopStyleVar(2);
  top(notes, painter);
  heading(painter, {"Now", "现在"}, notes.now, Role::accent, true);
  heading(painter, {"Next", "接下来"}, notes.next, Role::text_dim);
  ImGui::Dummy({1, painter.em() * 0.4F});
  heading(painter, {"Say", "讲"}, notes.say, Role::text_dim);
  heading(painter, {"Ask", "问"}, notes.ask, Role::text_dim);
  heading(painter, {"Trap", "陷阱"}, notes.trap, Role::text_warning);
  const float line = painter.em() * 1.6F;
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  painter.text(*ImGui::GetWindowDrawList(),
               {{painter.em() * 1.4F, size.y - line - painter.em() * 0.5F, size.x - painter.em() * 2.8F, line},
                notes.message,
                Role::text_dim,
                Font::ui,
                view::Align::left,
                0.85F});
  painter.place("notes", {0, 0, size.x, size.y});
  ImGui::End();
}

}  // namespace awaitscope::panels

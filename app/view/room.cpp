#include "app/view/room.h"

#include <cmath>

#include <fmt/format.h>

#include "app/view/pictures.h"
#include "app/view/text.h"
#include "app/view/teaching_walk.h"

namespace awaitscope::view {
namespace {

/// Acts that do their work and leave the screen black.
bool works_in_the_dark(Act act) {
  return act == Act::toggle_notes || act == Act::next_screen || act == Act::reload || act == Act::quit;
}

bool has_key(const Session& session, Act act) {
  const auto& all = all_actions();
  return std::any_of(all.begin(), all.end(),
                     [&](const ActionInfo& info) { return info.act == act && !keys_of(session.keys, info, true).empty(); });
}

/// At most `most` columns of terminal cells, cut at a character.
std::string cut(const std::string& text, std::size_t most) {
  FontMetrics cells;
  cells.line_height = cells.char_width = 1;
  cells.cells = true;
  return elide(text, static_cast<float>(most), cells);
}

/// The stops up to the playhead: how many, and the last of them in time.
const Stop* last_reached(const Side& side, std::size_t& count) {
  const Stop* last = nullptr;
  count = 0;
  for (const Stop& stop : side.stops) {
    if (stop.seq > side.step) continue;
    ++count;
    if (!last || stop.seq >= last->seq) last = &stop;
  }
  return last;
}

/// The line that the eye should find: the running task's, else the first with a task.
std::size_t current_line(const std::vector<SourceLine>& lines) {
  std::size_t occupied = lines.size();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].running) return i;
    if (!lines[i].tasks.empty() && occupied == lines.size()) occupied = i;
  }
  return occupied == lines.size() ? 0 : occupied;
}

}  // namespace

bool wakes(Session& session, const Action& action) {
  // Only a key says nothing more than its act; what a script asks for by name and text is done.
  if (!session.presenting || !session.room.blank || !action.text.empty()) return false;
  if (works_in_the_dark(action.act) || !has_key(session, action.act)) return false;
  session.room.blank = false;
  return true;
}

std::string screenshot_size(const Action& action) {
  const auto pixels = [](double asked, int standard) {
    return std::isfinite(asked) && asked >= 1 ? static_cast<int>(std::clamp(asked, 64.0, 8192.0)) : standard;
  };
  return fmt::format("{}x{}", pixels(action.x, 1920), pixels(action.y, 1080));
}

std::string screenshot_name(const Session& session) {
  if (!session.has_runs()) return "awaitscope";
  const Side& side = session.side();
  const auto safe = [](std::string_view words) {
    std::string out;
    for (const char c : words.substr(0, 40)) out += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
    return out;
  };
  return fmt::format("{}-{}-{:04}", session.lesson.empty() ? "trace" : safe(session.lesson.id), safe(side.label), side.step);
}

Narration narration(const Session& session) {
  if (!session.has_runs() || session.message_is_error) return {cut(session.message, room_sentence), false, 0, 0};
  const Side& side = session.side();
  Narration out;
  const Stop* last = last_reached(side, out.reached);
  out.of = side.stops.size();
  out.stop = last != nullptr;
  if (last) out.text = last->say.in(session.language);
  else if (out.of) out.text = lesson_title(session);
  else out.text = session.message;  // a trace of somebody's own program: what happens in the event
  out.text = cut(out.text, room_sentence);
  return out;
}

std::string next_sentence(const Session& session) {
  if (!session.has_runs()) return "";
  const Side& side = session.side();
  const Stop* next = nullptr;
  for (const Stop& stop : side.stops)
    if (stop.seq > side.step && (!next || stop.seq < next->seq)) next = &stop;
  return next ? next->say.in(session.language) : "";
}

std::vector<SourceLine> room_code(const Session& session, std::size_t most) {
  std::vector<SourceLine> lines = source_view(session);
  most = std::max<std::size_t>(most, 1);
  if (lines.size() <= most) return lines;
  const std::size_t page = most / 3, current = current_line(lines);
  // Two lines of what comes before stay in sight.
  const bool on_first = current + std::min<std::size_t>(most - 1, 2) < most;
  const std::size_t wanted = on_first ? 0 : page == 0 ? current : (current - page) / page * page;
  const std::size_t first = std::min(wanted, lines.size() - most);
  lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(first + most), lines.end());
  lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(first));
  return lines;
}

}  // namespace awaitscope::view

#include "app/view/marks.h"

#include <fmt/format.h>

#include "app/view/navigate.h"
#include "app/view/say.h"
#include "app/view/text.h"
#include "app/view/words.h"
#include "core/trace/notes.h"

namespace awaitscope::view {
namespace {

constexpr std::size_t longest_text = 400;  // bytes

void keep(Session& session, Note note) {
  // Cut between characters, never within one.
  std::size_t end = std::min(note.text.size(), longest_text);
  while (end > 0 && end < note.text.size() && (note.text[end] & 0xC0) == 0x80) --end;
  note.text.resize(end);
  const std::string where = note_moment(note, session.language);
  if (!add_note(session.side().trace, std::move(note))) {
    refuse(session, {"a trace keeps {} marks at most", "一份记录最多保存 {} 个标记"}, most_notes);
    return;
  }
  say(session, Phrase{"marked {}; saving the trace keeps it", "已标记 {}；保存记录时一并保存"}, where);
}

}  // namespace

std::string note_moment(const Note& note, Language language) {
  if (note.is_mark()) return moment_words(note.begin);
  return filled({"{} to {}", "{} 到 {}"}, language, moment_words(note.begin), moment_words(note.end));
}

void add_mark(Session& session, std::string_view words) {
  if (!session.has_runs()) return;
  Note note;
  note.first = note.last = session.side().step;
  note.begin = note.end = playhead(session);
  note.text = words;
  keep(session, std::move(note));
}

void add_range_note(Session& session, std::string_view words) {
  if (!session.has_runs()) return;
  if (!session.range)
    return say(session, Phrase{"drag over the timeline to select a range, then note something on it",
                               "先在时间线上拖出一段范围，再为它写备注"});
  const Trace &trace = session.side().trace, &seen = session.side().seen_trace();
  const auto [begin, end] = *session.range;
  Note note;
  if (session.order_ruler) {
    note.first = std::min(to_seq(static_cast<double>(begin.ns)), seen.size());
    note.last = std::min(to_seq(static_cast<double>(end.ns)), seen.size());
    const auto time = [&](Seq seq) { return seq ? trace[seq].at() : Instant{}; };
    note.begin = time(note.first);
    note.end = time(note.last);
  } else {
    note.begin = std::max(begin, Instant{});
    note.end = std::max(end, note.begin);
    note.first = trace.at_or_before(note.begin);
    note.last = trace.at_or_before(note.end);
  }
  note.text = words;
  keep(session, std::move(note));
}

void go_to_note(Session& session, std::size_t index) {
  if (!session.has_runs() || index >= session.side().trace.notes.size()) return;
  const Note note = session.side().trace.notes[index];
  session.playing = false;
  seek(session, note.first);
  if (!note.is_mark()) {
    if (session.order_ruler) session.range = {Instant{note.first}, Instant{note.last}};
    else session.range = {note.begin, note.end};
  }
  const std::string marked(Phrase{"marked", "已标记"}.in(session.language));
  say(session, fmt::format("{} · {}", note_moment(note, session.language), note.text.empty() ? marked : printable(note.text)));
}

void go_to_next_mark(Session& session) {
  if (!session.has_runs()) return;
  const auto& notes = session.side().trace.notes;
  if (notes.empty())
    return say(session, Phrase{"nothing is marked: M marks the playhead's moment", "还没有标记：M 标记播放头所在的时刻"});
  const Seq now = session.side().step;
  const auto next = std::find_if(notes.begin(), notes.end(), [&](const Note& note) { return note.first > now; });
  go_to_note(session, next == notes.end() ? 0 : static_cast<std::size_t>(next - notes.begin()));
}

void delete_note(Session& session, double index) {
  if (!session.has_runs()) return;
  auto& notes = session.side().trace.notes;
  if (!(index >= 0) || index >= static_cast<double>(notes.size())) return;
  notes.erase(notes.begin() + static_cast<std::ptrdiff_t>(index));
}

}  // namespace awaitscope::view

// The source panel: the active variant's lines, and where each task stands.
#include <fmt/format.h>

#include "app/view/pictures.h"
#include "app/view/text.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

struct Raw {
  int number = 0;
  std::string_view text;
  std::string_view mark;
};

std::string_view trimmed(std::string_view s) {
  const std::size_t from = s.find_first_not_of(" \t\r");
  return from == std::string_view::npos ? std::string_view{} : s.substr(from, s.find_last_not_of(" \t\r") - from + 1);
}

/// The word after a comment sign and "@": "begin bad" of `// @begin bad`; the comment must be the line's last part.
std::string_view annotation(std::string_view line, std::size_t& at) {
  for (const std::string_view sign : {"// @", "# @"})
    if (at = line.rfind(sign); at != std::string_view::npos) return trimmed(line.substr(at + sign.size()));
  at = line.size();
  return {};
}

/// The lines of one variant, with their marks.  Without any @begin: all of them.
std::vector<Raw> lines_of(std::string_view source, std::string_view variant) {
  std::vector<Raw> all, chosen;
  bool inside = false, any = false;
  int number = 0;
  while (!source.empty()) {
    const std::size_t end = source.find('\n');
    std::string_view line = source.substr(0, end);
    source = end == std::string_view::npos ? std::string_view{} : source.substr(end + 1);
    ++number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    std::size_t at = 0;
    std::string_view note = annotation(line, at);
    if (note.starts_with("begin ")) {
      any = true;
      const std::string_view name = trimmed(note.substr(6));
      inside = name == variant || name == "both";
      continue;
    }
    if (note == "end" || note.starts_with("end ")) {
      inside = false;
      continue;
    }
    if (note.find(' ') != std::string_view::npos || note.size() > 8) note = {}, at = line.size();  // a sentence, no mark
    std::string_view text = line.substr(0, note.empty() ? line.size() : at);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    all.push_back({number, text, note});
    if (inside) chosen.push_back(all.back());
  }
  return any ? chosen : all;
}

/// "bad" of "bad.b": a further version of a variant falls back to the variant's block.
std::vector<Raw> variant_lines(std::string_view source, std::string_view label) {
  std::vector<Raw> out = lines_of(source, label);
  if (const std::size_t dot = label.find('.'); out.empty() && dot != std::string_view::npos)
    out = lines_of(source, label.substr(0, dot));
  return out;
}

std::vector<SourceLine> lines(const std::vector<Raw>& raws) {
  std::vector<SourceLine> out;
  for (const Raw& raw : raws) out.push_back({raw.number, printable(raw.text), printable(raw.mark), {}, false});
  return out;
}

}  // namespace

bool same_file(std::string_view a, std::string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  return !b.empty() && a.ends_with(b) && (a.size() == b.size() || a[a.size() - b.size() - 1] == '/');
}

std::vector<SourceLine> version_lines(std::string_view source, std::string_view variant) {
  return lines(variant_lines(source, variant));
}

const SourceFile* shown_source(const Session& session) {
  const auto& sources = session.lesson.sources;
  for (const SourceFile& one : sources)
    if (one.language == session.source) return &one;
  if (sources.empty() && session.outside && !session.outside->file.text.empty()) return &session.outside->file;
  return sources.empty() ? nullptr : &sources.front();
}

std::vector<SourceLine> source_view(const Session& session) {
  const Lesson& lesson = session.lesson;
  if (session.sides.empty()) return {};
  const Side& side = session.side();
  const SourceFile* chosen = shown_source(session);
  if (!chosen) return {};
  const SourceFile& ran = lesson.sources.empty() ? *chosen : lesson.sources.front();
  const bool twin = chosen != &ran;
  const std::vector<Raw> cpp = variant_lines(ran.text, side.version());
  const std::vector<Raw> shown = twin ? variant_lines(chosen->text, side.version()) : cpp;

  std::vector<SourceLine> out = lines(shown);
  if (side.step == 0) return out;
  for (const TaskModel& task : side.model.tasks) {
    if (task.phase == Phase::done || task.created == 0 || !task.site.value) continue;
    const Site& site = side.trace.site(task.site);
    if (!same_file(site.file, lesson.sources.empty() ? session.outside->wanted : ran.path)) continue;
    // In what ran the line itself; in a twin the line with the same mark.
    std::string_view mark;
    for (const Raw& raw : cpp)
      if (raw.number == static_cast<int>(site.line)) mark = raw.mark;
    for (SourceLine& line : out) {
      if (twin ? mark.empty() || line.mark != mark : line.number != static_cast<int>(site.line)) continue;
      line.tasks.push_back(task_name(side.trace, side.model, task.id));
      line.running = line.running || side.model.running == task.id;
      break;
    }
  }
  return out;
}

}  // namespace awaitscope::view

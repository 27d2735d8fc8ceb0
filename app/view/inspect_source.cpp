// The line of source that the selection stands at.
#include "app/view/inspector.h"
#include "app/view/pictures.h"
#include "app/view/text.h"

namespace awaitscope::view {
namespace {

constexpr int around = 2;  ///< lines shown on either side

/// The index of the line that a place is, in the file that is shown; -1 where it is in none.  In a twin it is the line with the
/// same mark.
int index_of(const Session& session, const SourceFile& shown, const std::vector<SourceLine>& lines, std::uint32_t line) {
  const SourceFile* ran = session.lesson.sources.empty() ? nullptr : &session.lesson.sources.front();
  std::string mark;
  if (ran && &shown != ran) {
    for (const SourceLine& one : version_lines(ran->text, session.side().version()))
      if (one.number == static_cast<int>(line)) mark = one.mark;
    if (mark.empty()) return -1;
  }
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (mark.empty() ? lines[i].number == static_cast<int>(line) : lines[i].mark == mark) return static_cast<int>(i);
  return -1;
}

Site site_of(const Side& side, const Hit& hit) {
  const Trace& trace = side.seen_trace();
  switch (hit.kind) {
    case Hit::Kind::span:
      if (const Span* span = span_of(side, TaskId{hit.value}, hit.seq); span && span->site.value) return trace.site(span->site);
      [[fallthrough]];
    case Hit::Kind::task:
      if (const TaskModel* task = side.model.task(TaskId{hit.value}); task && task->created) return trace.site(task->site);
      return {};
    case Hit::Kind::resource:
      if (const ResourceModel* r = side.seen().model.resource(ResourceId{hit.value})) return trace.site(r->site);
      return {};
    case Hit::Kind::scope:
      if (const ScopeModel* s = side.seen().model.scope(ScopeId{hit.value})) return trace.site(s->site);
      return {};
    case Hit::Kind::worker:
    case Hit::Kind::loop: return {};
    default: break;
  }
  const Seq seq = hit.kind == Hit::Kind::event ? hit.value : side.step;
  return seq && seq <= trace.size() ? trace.site(trace[seq].where()) : Site{};
}

}  // namespace

Site inspected_site(const Session& session) {
  if (!session.has_runs()) return {};
  const Side& side = session.side();
  if (session.selected_finding >= 0 && session.selected_finding < static_cast<int>(side.findings.size()))
    return side.findings[static_cast<std::size_t>(session.selected_finding)].site;
  return site_of(side, session.selected);
}

std::string wanted_source(const Session& session) {
  if (!session.lesson.sources.empty()) return {};
  return inspected_site(session).file;
}

void Inspector::source(const Site& site) {
  if (site.file.empty() || site.line == 0) return;
  const SourceFile* file = shown_source(session);
  const bool lesson = !session.lesson.sources.empty();
  heading({"Source", "源码"});
  if (lesson && !same_file(site.file, session.lesson.sources.front().path)) file = nullptr;
  if (!lesson && file && session.outside->wanted != site.file) file = nullptr;
  if (!file) {
    if (lesson) return;
    if (session.outside && session.outside->wanted == site.file && !session.outside->error.empty())
      return also(printable(session.outside->error));
    if (session.inspection.source_root.empty())
      also(in({"Say where the files are: awaitscope open FILE --source-root DIR",
               "告诉它文件在哪里：awaitscope open FILE --source-root DIR"}));
    return;
  }
  const std::vector<SourceLine> lines = version_lines(file->text, side.version());
  const int at = index_of(session, *file, lines, site.line);
  if (at < 0) {
    if (!lesson) also(in({"This version of the file has no such line", "这个版本的文件没有这一行"}));
    return;
  }
  const int from = std::max(0, at - around), to = std::min(static_cast<int>(lines.size()) - 1, at + around);
  for (int i = from; i <= to; ++i) {
    Detail line;
    line.type = Detail::Type::code;
    line.label = std::to_string(lines[static_cast<std::size_t>(i)].number);
    line.text = lines[static_cast<std::size_t>(i)].text;
    line.here = i == at;
    out.push_back(std::move(line));
  }
}

}  // namespace awaitscope::view

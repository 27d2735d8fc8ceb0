#include "scenarios/told.h"

#include <algorithm>
#include <cstdlib>

namespace awaitscope {

std::string_view words_of(const Trace& trace, const Event& event) {
  const KindInfo& kind = info(event.kind);
  if (kind.a.type == Field::text) return trace.text(event.a);
  if (kind.b.type == Field::text) return trace.text(event.b);
  if (kind.d.type == Field::text) return trace.text(event.d);
  return {};
}

std::vector<Told::Line> Told::log() const { return logged({}); }

std::vector<Told::Line> Told::logged(std::string_view words) const {
  std::vector<Line> out;
  for (Seq seq = 1; seq <= trace.size(); ++seq) {
    const Event event = trace[seq];
    if (event.kind != Kind::log) continue;
    const std::string_view text = words_of(trace, event);
    if (text.starts_with(words)) out.push_back({static_cast<double>(event.time) / 1e9, std::string(text)});
  }
  return out;
}

std::vector<double> Told::times(std::string_view words) const {
  std::vector<double> out;
  for (const Line& line : logged(words)) out.push_back(line.at);
  return out;
}

std::string Told::last() const {
  const auto lines = log();
  return lines.empty() ? "" : lines.back().text;
}

double Told::number(std::string_view words) const {
  double out = -1;
  for (const Line& line : log()) {
    const std::size_t at = line.text.find(words);
    if (at == std::string::npos) continue;
    const char* begin = line.text.c_str() + at + words.size();
    char* end = nullptr;
    if (const double value = std::strtod(begin, &end); end != begin) out = value;
  }
  return out;
}

const TaskModel* Told::task(std::string_view name) const {
  for (const TaskModel& task : history.model.tasks)
    if (display_name(history.model, trace, task.id) == name) return &task;
  return nullptr;
}

int Told::count(Kind kind, std::string_view text) const {
  int out = 0;
  for (Seq seq = 1; seq <= trace.size(); ++seq) {
    const Event event = trace[seq];
    out += event.kind == kind && (text.empty() || words_of(trace, event).starts_with(text));
  }
  return out;
}

std::uint32_t Told::peak(std::string_view resource) const {
  std::uint32_t out = 0;
  for (const Counter& counter : history.counters) {
    const ResourceModel* one = history.model.resource(counter.resource);
    if (!one || trace.text(one->name.value) != resource) continue;
    for (const auto& point : counter.points) out = std::max(out, point.value);
  }
  return out;
}

std::uint32_t Told::most_alive() const {
  std::uint32_t alive = 0, most = 0;
  for (Seq seq = 1; seq <= trace.size(); ++seq) {
    const Kind kind = trace[seq].kind;
    if (kind == Kind::task_created) most = std::max(most, ++alive);
    if (kind == Kind::task_done) --alive;
  }
  return most;
}

}  // namespace awaitscope

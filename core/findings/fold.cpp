#include "core/findings/fold.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

namespace awaitscope {
namespace {

constexpr std::size_t most = 100;  ///< tasks, and events as evidence, that are named of all together

/// "user" of "user-3", "Task" of "Task-12".
std::string_view without_number(std::string_view name) {
  const std::size_t end = name.find_last_not_of("0123456789");
  if (end == std::string_view::npos || end + 1 == name.size()) return name;
  const std::size_t base = name.find_last_not_of("-_#:. ", end);
  return base == std::string_view::npos ? name : name.substr(0, base + 1);
}

std::string_view blamed(const Run& run, const Finding& f) {
  const TaskModel* task = f.tasks.empty() ? nullptr : run.history.model.task(f.tasks.front());
  return task ? without_number(run.trace.text(task->name.value)) : "";
}

std::string_view touched(const Run& run, const Finding& f) {
  const ResourceModel* resource = f.resources.empty() ? nullptr : run.history.model.resource(f.resources.front());
  return resource ? without_number(run.trace.text(resource->name.value)) : "";
}

using Alike = std::tuple<Severity, std::string_view, std::string_view, std::uint32_t, std::string_view, std::string_view>;

/// Views into the findings and the trace.
Alike alike(const Run& run, const Finding& f) {
  return {f.severity, f.advice, f.site.file, f.site.line, blamed(run, f), touched(run, f)};
}

bool worse(const Finding& a, const Finding& b) {
  const auto key = [](const Finding& f) {
    return std::tuple(f.confidence, f.begin - f.end, f.begin, f.evidence.empty() ? 0 : f.evidence.front());
  };
  return key(a) < key(b);
}

Finding one_of(const std::vector<Finding*>& group, bool adds_up) {
  const auto worst =
      std::min_element(group.begin(), group.end(), [](const Finding* a, const Finding* b) { return worse(*a, *b); });
  Finding out = **worst;
  Duration sum{};
  for (const Finding* other : group) {
    sum += other->end - other->begin;
    if (other == *worst) continue;
    out.count += other->count;
    if (!other->evidence.empty() && out.evidence.size() < most) out.evidence.push_back(other->evidence.front());
    if (other->tasks.empty() || out.tasks.size() >= most) continue;
    const TaskId task = other->tasks.front();
    if (std::find(out.tasks.begin(), out.tasks.end(), task) == out.tasks.end()) out.tasks.push_back(task);
  }
  out.sentence += fmt::format("; and {} more like it{}", out.count - 1, adds_up ? fmt::format(", {} in all", show(sum)) : "");
  return out;
}

}  // namespace

std::vector<Finding> folded(const Run& run, std::vector<Finding> findings, bool adds_up) {
  std::map<Alike, std::vector<Finding*>> groups;
  std::vector<Finding> out;
  for (Finding& f : findings) {
    if (f.site.line != 0 || !blamed(run, f).empty()) groups[alike(run, f)].push_back(&f);
    else out.push_back(f);
  }
  for (const auto& [key, group] : groups) out.push_back(group.size() == 1 ? *group.front() : one_of(group, adds_up));
  return out;
}

}  // namespace awaitscope

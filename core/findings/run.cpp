// Running the rules over a run: settings, names, suppression, order.
#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "core/findings/words.h"
#include "core/trace/quote.h"

namespace awaitscope {
namespace {

/// "scenarios/a.cpp" is meant by itself and by "a.cpp".
bool same_file(std::string_view file, std::string_view wanted) {
  if (wanted.empty() || !file.ends_with(wanted)) return false;
  return file.size() == wanted.size() || file[file.size() - wanted.size() - 1] == '/';
}

bool matches(const Run& run, const Finding& finding, const Allow& allow) {
  if (allow.rule != finding.rule) return false;
  if (allow.site.empty()) return true;
  if (finding.site.line != 0) {
    if (same_file(finding.site.file, allow.site)) return true;
    const std::string line = fmt::format(":{}", finding.site.line);
    if (allow.site.ends_with(line) &&
        same_file(finding.site.file, std::string_view(allow.site).substr(0, allow.site.size() - line.size())))
      return true;
  }
  // The first task is the one to blame; its victims suppress nothing.
  if (finding.tasks.empty()) return false;
  const TaskModel* task = run.history.model.task(finding.tasks.front());
  return task && (run.trace.text(task->name.value) == allow.site || run.name_of(task->id) == allow.site);
}

}  // namespace

std::string_view name(Severity severity) {
  switch (severity) {
    case Severity::info: return "info";
    case Severity::warning: return "warning";
    case Severity::error: return "error";
  }
  return "?";
}

std::string_view name(Confidence confidence) {
  switch (confidence) {
    case Confidence::proven: return "proven";
    case Confidence::likely: return "likely";
    case Confidence::recheck: return "recheck";
  }
  return "?";
}

EventIndex::Range Run::events(std::initializer_list<Kind> kinds) const {
  if (!index) index = std::make_shared<EventIndex>(trace);
  return index->of(kinds);
}

double Run::setting(const std::string& name, double otherwise) const {
  const auto found = settings.find(name);
  return found == settings.end() ? otherwise : found->second;
}

std::string Run::name_of(TaskId task) const { return task ? plain(display_name(history.model, trace, task)) : "the loop"; }

std::string Run::name_of(ResourceId id) const {
  const ResourceModel* resource = history.model.resource(id);
  if (resource && resource->name) return plain(trace.text(resource->name.value));
  return fmt::format("{}-{}", resource ? name(resource->type) : "resource", id.value);
}

std::vector<Finding> run_lints(const Run& run, const std::vector<Lint>& lints, const std::vector<Allow>& allowed) {
  Run filled = run;
  for (const Lint& lint : lints)
    for (const auto& [key, value] : lint.defaults) filled.settings.try_emplace(lint.id + "." + key, value);
  std::vector<Finding> out;
  for (const Lint& lint : lints) {
    for (Finding& finding : lint.check(filled)) {
      finding.rule = lint.id;
      finding.end = std::max(finding.begin, finding.end);  // a foreign trace's times may run backwards
      if (finding.advice.empty()) finding.advice = lint.fix;
      if (finding.lesson.empty()) finding.lesson = lint.lesson;
      const auto suppresses = [&](const Allow& allow) { return matches(filled, finding, allow); };
      if (std::none_of(allowed.begin(), allowed.end(), suppresses)) out.push_back(std::move(finding));
    }
  }
  const auto key = [](const Finding& f) {
    return std::tuple(-static_cast<int>(f.severity), f.begin, f.rule, f.evidence.empty() ? 0 : f.evidence.front());
  };
  std::stable_sort(out.begin(), out.end(), [&](const Finding& a, const Finding& b) { return key(a) < key(b); });
  return out;
}

// ------------------------------------------------------------------------------------------------ words

std::string listed(const std::vector<std::string>& names, std::size_t most) {
  const std::size_t shown = names.size() > most ? most - 1 : names.size();
  std::string out;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i) out += i + 1 == names.size() ? " and " : ", ";
    out += names[i];
  }
  if (shown < names.size()) out += fmt::format(" and {} more", names.size() - shown);
  return out;
}

std::string counted(std::size_t count, const std::string& what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string at(const Site& site) { return site.line ? " at " + plain(show(site)) : ""; }

std::string task_named(const Run& run, TaskId task) { return task ? "task " + run.name_of(task) : "a callback of the loop"; }

Confidence sureness(const Run& run, Seq last) {
  const bool lost = !run.history.losses.empty() && run.history.losses.front() < last;
  return last == 0 || lost ? Confidence::recheck : Confidence::proven;
}

std::string plain(std::string_view text) {
  if (harmless(text)) return std::string(text);
  std::string out = quoted(text);  // what acts on a screen is shown as an escape
  return out.substr(1, out.size() - 2);
}

}  // namespace awaitscope

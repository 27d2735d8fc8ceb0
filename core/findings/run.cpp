// Running the rules over a run: settings, names, order.
#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "core/findings/fold.h"
#include "core/findings/words.h"
#include "core/trace/quote.h"

namespace awaitscope {
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

EventIndex::Range Run::events(std::initializer_list<Kind> kinds) const { return once<EventIndex>().of(kinds); }

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

std::vector<Finding> run_lints(const Run& run, const std::vector<Lint>& lints) {
  Run filled = run;
  for (const Lint& lint : lints)
    for (const auto& [key, value] : lint.defaults) filled.settings.try_emplace(lint.id + "." + key, value);
  std::vector<Finding> out;
  for (const Lint& lint : lints) {
    std::vector<Finding> of_rule;
    for (Finding& finding : lint.check(filled)) {
      finding.rule = lint.id;
      finding.end = std::max(finding.begin, finding.end);  // a foreign trace's times may run backwards
      if (finding.advice.empty()) finding.advice = lint.fix;
      if (finding.lesson.empty()) finding.lesson = lint.lesson;
      of_rule.push_back(std::move(finding));
    }
    for (Finding& finding : folded(filled, std::move(of_rule), lint.adds_up)) out.push_back(std::move(finding));
  }
  const auto key = [](const Finding& f) {
    return std::tuple(-static_cast<int>(f.severity), f.begin, f.rule, f.evidence.empty() ? 0 : f.evidence.front());
  };
  std::stable_sort(out.begin(), out.end(), [&](const Finding& a, const Finding& b) { return key(a) < key(b); });
  return out;
}

// ------------------------------------------------------------------------------------------------ words

std::string listed_of(std::size_t count, const std::vector<std::string>& first, std::size_t most) {
  const std::size_t shown = count > most ? most - 1 : count;
  std::string out;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i) out += i + 1 == count ? " and " : ", ";
    out += first[i];
  }
  if (shown < count) out += fmt::format(" and {} more", count - shown);
  return out;
}

std::string listed(const std::vector<std::string>& names, std::size_t most) { return listed_of(names.size(), names, most); }

std::string Tasks::named(const Run& run) const {
  std::vector<std::string> first;
  for (std::size_t i = 0; i < std::min<std::size_t>(some_.size(), 4); ++i) first.push_back(run.name_of(some_[i]));
  return listed_of(size(), first);
}

std::string counted(std::size_t count, const std::string& what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string at(const Site& site) { return site.line ? " at " + plain(show(site)) : ""; }

std::string task_named(const Run& run, TaskId task) { return task ? "task " + run.name_of(task) : "a callback of the loop"; }

std::string scope_named(const Run& run, ScopeId id) {
  const ScopeModel* scope = run.history.model.scope(id);
  if (!scope) return "a scope";
  std::string type(name(scope->type));
  std::replace(type.begin(), type.end(), '_', ' ');
  return "its " + type;
}

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

#include "core/findings/lint_options.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/base/nearest.h"
#include "core/findings/words.h"

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
    const std::string line = ":" + std::to_string(finding.site.line);
    if (allow.site.ends_with(line) &&
        same_file(finding.site.file, std::string_view(allow.site).substr(0, allow.site.size() - line.size())))
      return true;
  }
  // The first task is the one to blame; its victims suppress nothing.
  if (finding.tasks.empty()) return false;
  const TaskModel* task = run.history.model.task(finding.tasks.front());
  return task && (run.trace.text(task->name.value) == allow.site || run.name_of(task->id) == allow.site);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

}  // namespace

Result<const Lint*> LintOptions::rule_named(std::string_view id) const {
  std::vector<std::string> known;
  for (const Lint& lint : *rules_) {
    if (lint.id == id) return &lint;
    known.push_back(lint.id);
  }
  return Error{"unknown rule '" + plain(id) + "'; nearest: " + nearest_listed(id, known)};
}

Status LintOptions::set(std::string_view text) {
  const std::size_t dot = text.find('.'), equals = text.find('=');
  if (dot == std::string_view::npos || equals == std::string_view::npos || equals < dot)
    return Error{plain(text) + ": it takes RULE.THRESHOLD=NUMBER"};
  const auto named = rule_named(text.substr(0, dot));
  if (!named) return Error{plain(text) + ": " + named.error()};
  const Lint* rule = *named;
  const std::string key(text.substr(dot + 1, equals - dot - 1));
  if (!rule->defaults.count(key)) {
    std::vector<std::string> known;
    for (const auto& [name, value] : rule->defaults) known.push_back(name);
    return Error{
        plain(text) + ": " + rule->id +
        (known.empty() ? " has no thresholds" : " has no '" + plain(key) + "', it has " + listed(known, known.size()))};
  }
  const std::string_view number = text.substr(equals + 1);
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc() || end != number.data() + number.size() || !std::isfinite(value) || value < 0)
    return Error{plain(text) + ": '" + plain(number) + "' is no number of 0 or more"};
  settings[rule->id + "." + key] = value;
  return Done{};
}

Status LintOptions::allow(std::string_view text, const std::string& said) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at + 1 == text.size())
    return Error{plain(text) + ": it takes RULE@SITE, SITE being file, file:line or a function"};
  if (const auto rule = rule_named(text.substr(0, at)); !rule) return Error{plain(text) + ": " + rule.error()};
  allowed.push_back({std::string(text.substr(0, at)), std::string(text.substr(at + 1)), said});
  return Done{};
}

Status LintOptions::read(std::string_view text, const std::string& name) {
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, std::min(text.find('#'), end)));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    const std::string place = name + ":" + std::to_string(number);
    const std::size_t space = std::min(line.find_first_of(" \t"), line.size());
    const std::string_view word = line.substr(0, space), rest = trimmed(line.substr(space));
    const Status taken = word == "set" ? set(rest)
                         : word == "allow"
                             ? allow(rest, place)
                             : Error{"'" + plain(word) + "': a line is set RULE.THRESHOLD=NUMBER or allow RULE@SITE"};
    if (!taken) return Error{place + ": " + taken.error()};
  }
  return Done{};
}

std::vector<std::string> leave_out(const Run& run, std::vector<Finding>& findings, const std::vector<Allow>& allowed) {
  std::vector<bool> used(allowed.size());
  std::erase_if(findings, [&](const Finding& finding) {
    bool out = false;
    for (std::size_t i = 0; i < allowed.size(); ++i) {
      if (!matches(run, finding, allowed[i])) continue;
      used[i] = out = true;
    }
    return out;
  });
  std::vector<std::string> unused;
  for (std::size_t i = 0; i < allowed.size(); ++i)
    if (!used[i]) unused.push_back(allowed[i].said);
  return unused;
}

}  // namespace awaitscope

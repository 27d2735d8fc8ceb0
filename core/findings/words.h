#pragma once
// What the sentences of rules are made of.
#include <string>
#include <unordered_set>
#include <vector>

#include "core/findings/lint.h"

namespace awaitscope {

/// "a, b and c"; of more than `most` the rest is counted: "a, b, c and 17 more".
std::string listed(const std::vector<std::string>& names, std::size_t most = 4);
/// The same of `count` names, of which the first suffice.
std::string listed_of(std::size_t count, const std::vector<std::string>& first, std::size_t most = 4);
/// The tasks that a finding is about, each once, as they were met.  All are counted; the first hundred are kept.
class Tasks {
 public:
  /// The loop (0) is no task.
  void add(TaskId task) {
    if (task && seen_.insert(task.value).second && some_.size() < most) some_.push_back(task);
  }
  std::size_t size() const { return seen_.size(); }
  const std::vector<TaskId>& some() const { return some_; }
  /// "fetch-1, fetch-2, fetch-3 and 17 more".
  std::string named(const Run& run) const;

 private:
  static constexpr std::size_t most = 100;
  std::unordered_set<std::uint32_t> seen_;
  std::vector<TaskId> some_;
};
/// "1 timer", "3 timers".
std::string counted(std::size_t count, const std::string& what);
/// " at file:line", or nothing for the unknown place.
std::string at(const Site& site);
/// "task fetch-3", or "a callback of the loop".
std::string task_named(const Run& run, TaskId task);

/// "its gather", "its cancel scope".
std::string scope_named(const Run& run, ScopeId scope);

/// How sure a conclusion is whose last event is `last`: recheck where that is missing (0: the pair is cut), or
/// where events were lost before it.
Confidence sureness(const Run& run, Seq last);
/// Text of a trace for a sentence: what could act on a screen is shown as an escape.
std::string plain(std::string_view text);

}  // namespace awaitscope

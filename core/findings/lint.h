#pragma once
// The interface of a rule.  A rule is one file in core/lints with one descriptor function named after the file.
#include <map>
#include <memory>
#include <string>
#include <typeindex>
#include <vector>

#include "core/findings/event_index.h"
#include "core/findings/finding.h"

namespace awaitscope {

/// What rules judge: the trace, its history, and their settings.  No clock, no colour, no user interface.
struct Run {
  const Trace& trace;
  const History& history;
  std::map<std::string, double> settings;  ///< "slow-step.warning_ms" -> 50; absent: the rule's default

  /// The events of at most twelve kinds, in order: `for (const Event& e : run.events({Kind::log}))`.
  EventIndex::Range events(std::initializer_list<Kind> kinds) const;
  bool has(Kind kind) const { return !once<EventIndex>().of(kind).empty(); }

  /// What several rules read off the trace and its history (no settings): a T made from a Run by the first who asks.
  template <class T>
  const T& once() const {
    const auto found = kept.find(typeid(T));
    if (found != kept.end()) return *static_cast<const T*>(found->second.get());
    const auto made = std::make_shared<const T>(*this);
    kept[typeid(T)] = made;
    return *made;
  }

  double setting(const std::string& name, double otherwise) const;
  std::string name_of(TaskId task) const;  ///< display name; "the loop" for 0
  std::string name_of(ResourceId resource) const;

  mutable std::map<std::type_index, std::shared_ptr<const void>> kept{};  ///< what was asked for once
};

struct Lint {
  std::string id;                          ///< "slow-step"
  std::string summary;                     ///< one line: when it fires
  std::string fix;                         ///< one line: what to do
  std::string lesson;                      ///< the scenario that teaches it
  std::map<std::string, double> defaults;  ///< its settings, without the id
  std::vector<Finding> (*check)(const Run&) = nullptr;
  bool adds_up = false;  ///< the lengths of its findings may be added: no two of them overlap
};

/// Every lint of core/lints, by id; built from the file names.
const std::vector<Lint>& all_lints();

/// The findings of all rules, most severe first, then by time, equal ones folded into the worst.
std::vector<Finding> run_lints(const Run& run, const std::vector<Lint>& lints);

}  // namespace awaitscope

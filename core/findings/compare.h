#pragma once
// Two runs side by side: what changed, for whom, and where they first went different ways.
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/findings/lint.h"

namespace awaitscope {

/// One number of both runs.
struct Measure {
  std::string name;  ///< "longest stall"
  bool is_time = false;
  std::int64_t a = 0, b = 0;  ///< nanoseconds, or a count
  bool judged = false;        ///< more of it is worse; the others are only told

  /// Whether b is more than a by over `margin` (0.1: a tenth of a); what is below a millisecond is no difference of time.
  bool worse(double margin) const;
  bool better(double margin) const;
};

/// The same task in both runs, by its logical id; null where a run has no such task.
struct TaskPair {
  std::string id;  ///< "main/fetch[3]"
  const TaskModel* a = nullptr;
  const TaskModel* b = nullptr;
  /// From creation to the end, or to the end of the trace.
  Duration life_a{}, life_b{};
};

/// The first events that are not the same.  0: that run has ended.
struct Divergence {
  Seq a = 0, b = 0;
};

/// How a run ended: "ok", "hang", or "cut off" where the trace has no end.
std::string outcome_words(const Model& end);

struct Comparison {
  std::vector<Measure> measures;
  std::vector<TaskPair> tasks;                     ///< those that differ most come first
  std::size_t same_tasks = 0;                      ///< tasks of both runs
  std::optional<Divergence> order;                 ///< who does what; places in the source and times left out
  std::optional<Divergence> time;                  ///< and when, on virtual clocks, where that is earlier
  std::vector<std::string> rules_gone, rules_new;  ///< warnings and errors of one run only
  std::optional<std::string> outcome;              ///< "hang, then ok", where the runs ended differently
  bool ended_worse = false;                        ///< b did not come to its end and a did

  bool worse(double margin) const;
};

/// Compares b with a.  The findings are those of each run.  The error says why there is nothing to compare: other programs.
Result<Comparison> compare(const Run& a, const std::vector<Finding>& findings_a, const Run& b,
                           const std::vector<Finding>& findings_b);

}  // namespace awaitscope

#pragma once
// What a run told, for promises and for the tests of a lesson's claims: its log, its end and its numbers.
#include <string>
#include <string_view>
#include <vector>

#include "core/model/history.h"

namespace awaitscope {

/// A look at one finished run.
class Told {
 public:
  Told(const Trace& trace, const History& history) : trace(trace), history(history) {}
  const Trace& trace;
  const History& history;

  /// One line of log().
  struct Line {
    double at;  ///< seconds
    std::string text;
  };
  std::vector<Line> log() const;
  /// The lines that begin with `words`.
  std::vector<Line> logged(std::string_view words) const;
  /// The times of those lines, in seconds.
  std::vector<double> times(std::string_view words) const;
  /// The last line, "" where there is none.
  std::string last() const;
  /// The number behind `words` in the last line that holds them: 15 of "ok 5 refused 15" for "refused".  -1: there is none.
  double number(std::string_view words) const;

  /// From the start to the end of the run, in seconds.
  double seconds() const { return static_cast<double>(trace.end().ns) / 1e9; }
  RunOutcome outcome() const { return history.model.outcome; }
  bool ok() const { return history.model.ended && outcome() == RunOutcome::ok; }

  /// The task of this display name ("worker", "job-3"), null where there is none.
  const TaskModel* task(std::string_view name) const;
  /// How many events of a kind there are, with `text` as the start of its text field if given.
  int count(Kind kind, std::string_view text = {}) const;
  /// The most that a resource of that name was used at once.
  std::uint32_t peak(std::string_view resource) const;
  /// The most tasks that were alive at once, main included.
  std::uint32_t most_alive() const;
};

/// The words of an event: of a log, a region, a name.  "" where its kind has no text.
std::string_view words_of(const Trace& trace, const Event& event);

}  // namespace awaitscope

#pragma once
// What a rule says about a run.
#include <string>
#include <vector>

#include "core/model/history.h"

namespace awaitscope {

enum class Severity : std::uint8_t { info, warning, error };
/// proven: follows from recorded events; likely: needs a guess; recheck: the trace is cut or lost events.
enum class Confidence : std::uint8_t { proven, likely, recheck };

struct Finding {
  std::string rule;  ///< "cancel-swallowed"
  Severity severity = Severity::warning;
  Confidence confidence = Confidence::proven;
  std::string sentence;  ///< about this instance, with names and numbers
  std::string advice;    ///< what to do
  Site site;
  Instant begin, end;
  std::vector<TaskId> tasks;
  std::vector<ResourceId> resources;
  std::vector<Seq> evidence;  ///< the events that prove it, the moment to show first
  std::string lesson;         ///< name of the scenario that teaches it, or ""
  std::size_t count = 1;      ///< the instances that this one, the worst, stands for; the sentence says so
};

std::string_view name(Severity severity);
std::string_view name(Confidence confidence);

}  // namespace awaitscope

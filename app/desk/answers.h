#pragma once
// What `why` answers about a trace, as text and as JSON.
#include <string>

#include "core/base/result.h"
#include "core/findings/cancel_story.h"
#include "core/findings/why.h"

namespace awaitscope::desk {

/// What is asked of a trace.
struct Question {
  std::string task;    ///< display name or logical id; "": why does nothing happen
  bool timed = false;  ///< at `at`, else at the end of the trace
  Instant at;
  bool cancels = false;  ///< what became of the requests to stop
};

/// One paragraph of an answer.
struct Paragraph {
  std::string title;
  std::vector<Reason> reasons;
};
struct Answer {
  std::string kind;  ///< "standstill", "task" or "cancels"
  std::string headline;
  Seq event = 0;  ///< the moment that it is about
  Instant time;
  std::vector<Paragraph> paragraphs;
};

/// The error is one line: an unknown task with the nearest names, several of that name, a time beyond the trace.
Result<Answer> answer(const Run& run, const Question& question);

/// With the number and the time of the event behind each sentence.
std::string answer_text(const Trace& trace, const Answer& answer);
std::string answer_json(const Trace& trace, const Answer& answer);

}  // namespace awaitscope::desk

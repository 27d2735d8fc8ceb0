#pragma once
// The words of a scenario, read from scenarios/NAME.json: what a lesson asks, shows and explains, in English and Chinese.
//
// Lessons are data: bookmarks, reveals and runs name events and settings, never times, so that a changed parameter breaks
// nothing.  docs/adding.md describes the file field by field.
#include <map>
#include <string>
#include <vector>

#include "core/base/words.h"
#include "scenarios/scenario.h"

namespace awaitscope {

/// Selects one event of a run by what it is; see find_event.
struct Selector {
  Kind kind = Kind::run_begin;
  std::string task;  ///< display name of the task it is about; "": any
  std::string text;  ///< how its words begin; "": any
  std::string mark;  ///< the mark of its line in the source, "c" of `// @c`; "": any
  std::string how;   ///< its enumeration, e.g. "cancelled"; "": any
  int nth = 1;       ///< the first, second ... of those; -1 the last
};

/// A moment of a run and the sentence that belongs to it.
struct Moment {
  Selector select;
  Words say;  ///< at most 140 characters; {time}, {task} and {PARAMETER} are replaced
};

/// A place to stop at, in every variant.
struct Bookmark {
  std::string name;
  /// By variant ("bad", "fixed", "bad.b"): what to try in turn.  A variant that is not named takes "bad" or "fixed".
  std::map<std::string, std::vector<Moment>> moments;
  const std::vector<Moment>& of(std::string_view variant) const;
};

/// A run that a question, variation or claim is about.
struct RunChoice {
  std::string variant = "bad";
  std::vector<std::pair<std::string, std::string>> changes;  ///< as settings_for takes them
  std::string schedule;                                      ///< "" for the standard one
  std::string python;                                        ///< a variant of the twin alone ("d1"), where C++ cannot say it
};

struct Option {
  Words text;
  Words misconception;  ///< what someone who chooses it believes; empty for the right one
};

struct Question {
  Words question;
  std::vector<Option> options;  ///< A, B, C ...
  std::size_t answer = 0;       ///< index of the right one
  Words explain;                ///< of a twist; the first question's is the lesson's
  RunChoice run;
  Selector reveal;       ///< the event of that run that shows the answer
  std::string verified;  ///< where the real thing gave this answer: "CPython 3.11.7"; "no: ..." where none did
};

/// A claim that is widely repeated and false.
struct FalseClaim {
  std::string id;  ///< "D7"
  Words claim, truth;
  RunChoice run;  ///< what refutes it
};

struct Variation {
  Words words;
  RunChoice run;
};

/// How many of `of` random schedules (random:1 to random:of) break the promise of a variant.
struct Odds {
  int fail = 0, of = 0;
};

struct Lesson {
  const Scenario* scenario = nullptr;
  std::string topic;  ///< "loop", "limits", "owners", "stopping", "surviving", "more"
  std::string level;  ///< "beginner", "intermediate", "advanced"
  Words title, watch, explain;
  std::map<std::string, Words> parameters;  ///< what each one means
  Question ask;
  std::vector<Question> twists;
  std::vector<Bookmark> bookmarks;
  std::vector<Variation> variations;
  struct {
    Words say, ask, trap;
    int minutes = 10;
  } instructor;
  std::vector<FalseClaim> false_claims;
  std::map<std::string, Odds> schedules;  ///< by variant, only where it fails under some
};

/// Topics in the order of a course, with their headings.
const std::vector<std::pair<std::string, Words>>& topics();
/// The heading of a topic's key.
const Words& topic_words(std::string_view key);

/// Reads a lesson.  The error names file and line and what is wanted there.
Result<Lesson> read_lesson(const Scenario& scenario, const std::string& file, std::string_view json);
/// The lesson of one of all_scenarios() from the file built in, read once for the process.  Any thread may ask.
const Result<Lesson>& built_in_lesson(const Scenario& scenario);
/// From `folder`/NAME.json where that exists, else from the file built in.
Result<Lesson> load_lesson(const Scenario& scenario, const std::string& folder = {});

/// The event that a selector means in a run; 0: none.
Seq find_event(const Selector& selector, const Trace& trace, const History& history);
/// Where a bookmark lies in a run, with its sentence.
struct Found {
  Seq seq = 0;  ///< 0: nowhere
  std::string sentence;
};
Found find_bookmark(const Bookmark& bookmark, const Trace& trace, const History& history, Language language);

}  // namespace awaitscope

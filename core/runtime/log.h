#pragma once
// What a program says about itself: one line at the loop's time, recorded like every other event.
#include <sstream>
#include <string>

#include "core/runtime/task.h"

namespace awaitscope::runtime {

/// The first word of a log line, which brings the caller's place along.
struct FirstWord {
  FirstWord(const char* word, Place at = Place::current()) : text(word), at(at) {}
  FirstWord(const std::string& word, Place at = Place::current()) : text(word), at(at) {}
  std::string text;
  Place at;
};

void write_log(const std::string& text, Place at);

/// `log("tick", n)` writes "tick 3", the words separated by spaces as print() does.
template <class... Words>
void log(FirstWord first, const Words&... words) {
  std::ostringstream line;
  line << first.text;
  ((line << ' ' << words), ...);
  write_log(line.str(), first.at);
}

/// Seconds since the run began: loop.time().
double loop_time();

}  // namespace awaitscope::runtime

#pragma once
// The events of a foreign trace as plain values, whatever the file was.  The phases are those of Chrome's format.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace awaitscope::importing {

struct TraceEvent {
  char phase = 0;
  std::string name, category, id;
  std::string pid, tid;                                ///< as text: files have numbers and strings
  std::int64_t time = 0, length = 0;                   ///< nanoseconds
  bool binds_to_enclosing = false;                     ///< bp "e"
  std::string text;                                    ///< args.name of metadata, args.text of an instant
  std::vector<std::pair<std::string, double>> values;  ///< numbers among the args: a counter's series
  std::optional<std::int64_t> true_time, true_length;  ///< args of our own exports, in nanoseconds
  std::string site;                                    ///< args.at of our own exports
};

struct Events {
  std::vector<TraceEvent> events;
  std::size_t unreadable = 0;
  std::size_t first_unreadable = 0;  ///< offset in the file
};

}  // namespace awaitscope::importing

#pragma once
// Writes an .awtrace piece by piece, each piece being whole chunks: a live run appends them to a file as they come.
#include "core/formats/awtrace_events.h"
#include "core/trace/trace.h"

namespace awaitscope {

/// Usage: `file += writer.append(trace)` as the trace grows, `file += writer.finish(trace)` at its end.  All pieces joined
/// are a file; so are those written before a crash, and the reader says that the end is missing.
class AwtraceWriter {
 public:
  /// What the trace has gained since the last call: its header where that is new or has changed, strings, places, events.
  std::string append(const Trace& trace);
  /// The rest and the end mark.
  std::string finish(const Trace& trace);

 private:
  void put_header(std::string& out, const TraceInfo& info);
  static void put_hands(std::string& out, const std::vector<Hand>& hands);
  void put_tables(std::string& out, const Trace& trace);
  void put_events(std::string& out, const Trace& trace);
  void put_notes(std::string& out, const std::vector<Note>& notes);

  bool begun_ = false;
  TraceInfo written_;
  std::vector<Note> notes_;
  Seq events_ = 0;
  std::size_t texts_ = 1, sites_ = 1;  ///< number 0 of both is the empty one
  std::vector<std::string> files_;     ///< that places have named, in order
  native::KindNumbers kinds_;
};

}  // namespace awaitscope

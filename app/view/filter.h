#pragma once
// Which lanes to show: "fetch -worker failed" keeps the lanes whose names hold `fetch` and not `worker` and whose tasks failed.
#include "app/view/pictures.h"

namespace awaitscope::view {

/// The words of a filter.  How a task ended: failed, cancelled, returned, unfinished.  Its state at the playhead: created,
/// ready, running, waiting, done.  Everything else is part of a name.  A minus in front turns a word round.
class LaneFilter {
 public:
  explicit LaneFilter(std::string_view text);
  bool empty() const { return words_.empty(); }
  bool follows_playhead() const;
  bool passes(const Trace& trace, const History& history, std::uint32_t lane, Seq playhead) const;

 private:
  struct Word {
    std::string text;
    bool without = false;
    int state = -1;  ///< index of the table of states, -1: part of a name
  };
  std::vector<Word> words_;
};

/// How many lanes of a run the session's filter hides, of those that would be there without it.
struct HiddenLanes {
  std::size_t hidden = 0, all = 0;
};
HiddenLanes hidden_lanes(const Session& session, const Side& side);

/// A lane for a few letters of its name, the best first.
struct LaneFound {
  TaskId task;
  std::string name;
  int score = 0;
};
const std::vector<LaneFound>& lanes_like(const Side& side, std::string_view letters, std::size_t most);

}  // namespace awaitscope::view

#pragma once
// A lesson that is taught: the room predicts, votes, talks, votes again, and only then sees the run.  Kept is where it stands
// and what was voted; what the lesson asks stands in the Lesson, where a run stops in its Side.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/base/words.h"
#include "core/trace/event.h"

namespace awaitscope::view {

inline constexpr int most_votes = 999;

/// The counts for one question, by option, in both rounds.  Counts only, never who voted.
struct Votes {
  std::vector<int> first, second;
  bool open = false;  ///< the run was opened without them
  /// The round that counts: the second where anybody voted in it.
  const std::vector<int>& last() const;
};
int total(const std::vector<int>& counts);

struct Teaching {
  /// Every question goes through these in order; only the first is read for, watched back and compared with the other version.
  enum class Phase : std::uint8_t {
    read,    ///< the code
    vote,    ///< round 1
    talk,    ///< with the neighbour
    revote,  ///< round 2
    run,     ///< from stop to stop
    reveal,  ///< which option it is, and what the others believe
    saw,     ///< what to have seen
    other,   ///< the other version on the same ruler, from stop to stop
    done,
  };

  bool on = false;
  bool by_room = false;  ///< turned on by presenting, so it ends with that
  std::string declined;  ///< the scenario whose lesson somebody ended in front of the room: F5 does not begin it again
  bool votes = true;     ///< false: the run is never locked and nobody votes
  std::string lesson;    ///< the scenario it stands in, "" before the first
  std::size_t question = 0;
  Phase phase = Phase::read;
  Seq at = 0;                                         ///< the asked run's playhead, or the other's in `other`
  std::size_t marked = 0;                             ///< the option whose count is typed
  bool typing = false;                                ///< a digit joins the others, else it begins a count
  bool peek = false, concealed = false;               ///< counts shown while voting; hidden afterwards
  std::map<std::string, std::vector<Votes>> ballots;  ///< by scenario and question

  /// Lessons in the order they are taught.
  struct Station {
    std::string name;
    Words title;
  };
  std::vector<Station> course;
  std::string playlist;          ///< its id; "": all lessons
  std::set<std::string> taught;  ///< scenarios whose end was reached
};

}  // namespace awaitscope::view

#pragma once
// The state of a hunt through a large trace: what is searched for, which lanes are kept in sight, where one has been.
#include <optional>
#include <string>
#include <vector>

#include "app/view/action.h"
#include "core/trace/trace.h"

namespace awaitscope::view {

/// An event that holds what was searched for.
struct Match {
  Seq seq = 0;
  TaskId task;  ///< whose lane it lies on; 0: the loop's
  bool operator==(const Match&) const = default;
};

/// A search in one run.  It goes on in pieces: `search_on` looks at some thousand events at a time.
struct Search {
  std::string query;
  int side = 0;                 ///< the run it is about
  std::vector<Match> matches;   ///< by event
  std::size_t at = 0;           ///< the match that is shown, counted from 1; 0: none yet
  Seq looked_at = 0;            ///< events, from the first on
  bool more = false;            ///< there are more matches than are kept
  std::vector<bool> texts;      ///< which strings of the trace hold the query
  std::vector<bool> sites;      ///< which of its places
  std::vector<Seq> told;        ///< events that findings about it rest on, by number
  std::optional<Kind> kind;     ///< where the query is the name of one
  Field id_type = Field::none;  ///< where it is an id: "resource:3"
  std::uint32_t id = 0;
};

/// Which of two versions are in sight.
enum class Show : std::uint8_t {
  one,
  both,
  blink,  ///< one of them, its lanes where the other has them too
};

/// All that moving about changes.
struct Place {
  Instant begin, end;
  float scroll = 0;
  bool order = false;
  Show show = Show::both;
  int active = 0, finding = -1;
  Seq step = 0;
  Hit selected;
  std::optional<std::pair<Instant, Instant>> range;
  std::optional<std::uint32_t> arrow;
  std::string filter;
  bool operator==(const Place&) const = default;
};

/// Where one has been and, after going back, where one was.
struct Journey {
  std::vector<Place> past, future;
  Act last = Act::quit;  ///< what made the last entry: equal ones that follow belong to it
};

struct Hunt {
  Search search;
  Journey journey;

  // Tasks by their logical ids, which are the same in both versions and when a program runs again.
  std::vector<std::string> pins;       ///< always on top
  std::vector<std::string> folded;     ///< what these made is hidden
  std::vector<std::string> opened;     ///< rows of equal tasks that are shown one by one
  std::string filter;                  ///< "fetch -worker failed"
  std::optional<std::uint32_t> arrow;  ///< index of the active run's flow that is followed

  enum class Field : std::uint8_t { none, search, filter, lane, mark, note } field = Field::none;
  int asked = 0;          ///< how often a field was asked for: it takes the keyboard when this changes
  std::string clipboard;  ///< what was copied last
  int copies = 0;         ///< how often something was
  TaskId reveal;          ///< a lane to scroll to, once it is known how many fit

  bool glides = false;                               ///< the window of time moves to its goal instead of jumping
  std::optional<std::pair<Instant, Instant>> shown;  ///< where it is on its way
  Act before = Act::quit;                            ///< the last action but pointing
};

}  // namespace awaitscope::view

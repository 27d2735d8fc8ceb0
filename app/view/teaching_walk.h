#pragma once
// The way through a lesson that is taught: forward and back through its phases, votes, and what is kept from sight meanwhile.
#include <optional>

#include "app/view/pictures.h"

namespace awaitscope::view {

/// The question that is open; null while nothing is taught.
const Question* open_question(const Session& session);
const Votes& votes_of(const Session& session);
/// The counts may be typed now.
bool voting(const Session& session);
/// The run is closed until there are votes.
bool locked(const Session& session);
/// What lies ahead of the playhead has not been seen yet and must not be told.
bool keeps_ahead(const Session& session);
/// The lesson's title, which many times is the answer: not before it.
std::string lesson_title(const Session& session);
/// The counts may be read by the room: those of the option being typed always may.
bool shows_counts(const Session& session);
/// The version that the open question is about: an index into the sides.
int asked_side(const Session& session);
/// The event that answers the open question, 0 where these runs have none.
Seq reveal_of(const Session& session);
/// The sentence of the stop at the playhead; null elsewhere.
const Stop* stop_here(const Session& session);
/// What question `index` goes through, in order.
std::vector<Teaching::Phase> phases_of(const Session& session, std::size_t index);
/// Where the lesson stands in the course; nothing where it is no part of it.
std::optional<std::size_t> station_of(const Session& session);

/// Whether an action was the lesson's to carry out; its requests.
std::vector<Request> go_on(Session& session);
std::vector<Request> go_back(Session& session);
std::vector<Request> lesson_act(Session& session, const Action& action);

/// The lesson on screen stands at its beginning; its first question's runs are still to come.
void begin_lesson(Session& session);
/// Runs have arrived: the playheads go where the lesson stands.
void resume_lesson(Session& session);
/// Each side's past, as far as its playhead, where the rest is kept from sight.
void draw_veil(Session& session);

/// What a lock compares: nothing may have moved on.
struct Standing {
  explicit Standing(const Session& session);
  std::vector<Seq> steps;
  int active;
  Show show;
  bool presenting, locked;
};
/// After an action: takes back what ran ahead of the votes, and follows presenting.
void keep_lesson(Session& session, const Standing& before, std::vector<Request>& requests);
/// Whether an action would tell what is kept from sight; says so.
bool tells_ahead(Session& session, const Action& action);

/// The moment that an option's text names ("TimeoutError at 1.0 s", "4.0 s"), if it is one.
std::optional<Instant> predicted_moment(std::string_view text);
/// The latest of them for the open question: the ruler reaches that far.
Instant predicted_end(const Session& session);
/// The predictions and, once it is reached, the answer, for a side's ruler.
std::vector<RulerMark> ruler_marks(const Session& session, const Side& side);

/// What the card of an option shows.
struct OptionCard {
  std::size_t index = 0;
  std::string_view words;
  std::string_view belief;  ///< what someone who chose it thinks; "" before the answer, and of the right one
  int first = 0, second = 0, all_first = 0, all_second = 0;
  bool bars = false;    ///< there are counts, and the room may read them
  bool marked = false;  ///< its count is typed
  bool revote = false;
  bool answer = false;
  std::string count;  ///< "12", "9 → 20", "" where it is not to be read
};
/// Those of the open question.
std::vector<OptionCard> option_cards(const Session& session);

/// "A" for the first option.
std::string letter(std::size_t option);
/// The words of a phase: "read", "vote", "answer".
Phrase phase_words(Teaching::Phase phase, bool asked_is_fixed);
std::string_view phase_name(Teaching::Phase phase);

}  // namespace awaitscope::view

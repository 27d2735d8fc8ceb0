#pragma once
// Everything the app knows, as one value.  It changes in two places only: `take_in` (events that arrived) and `update`.
#include <memory>
#include <optional>

#include "app/view/action.h"
#include "app/view/cards.h"
#include "app/view/challenge.h"
#include "app/view/delta.h"
#include "app/view/hand_menu.h"
#include "app/view/hunt.h"
#include "app/view/inspection.h"
#include "app/view/keymap.h"
#include "app/view/layout.h"
#include "app/view/memo.h"
#include "app/view/room.h"
#include "app/view/teaching.h"
#include "core/base/words.h"
#include "core/findings/compare.h"
#include "core/findings/lint.h"
#include "core/model/replay.h"

namespace awaitscope::view {

/// A moment of a run that its lesson stops at, with the sentence that belongs to it.
struct Stop {
  Seq seq = 0;
  std::string name;
  Words say;
};

/// A run as far as somebody has seen it.
struct Past {
  Trace trace;
  History history;
};

/// The label of a side that began as the one beside it.
constexpr std::string_view forked = "fork";

/// One run on screen: the bad version, the fixed one, or an opened file.
struct Side {
  explicit Side(std::string name) : label(std::move(name)) {}
  Side(const Side&) = delete;

  std::string label;  ///< "bad", "fixed", "fork", or the file's name
  Trace trace;        ///< what happened; pictures, lists and sentences tell of seen_trace()
  History history;    ///< of the whole trace; they tell of seen()
  std::vector<Finding> findings;
  std::vector<Stop> stops;   ///< the lesson's bookmarks in this run, in its order; the desk finds them
  std::vector<Seq> reveals;  ///< for each of the lesson's questions the event that answers it, 0: not in this run
  std::shared_ptr<const EventIndex> index;  ///< of the whole trace, once the run is over
  Seq step = 0;                             ///< the playhead: the model is the state after this event
  Model model;                              ///< at `step`
  bool running = false;                     ///< events are still arriving
  bool live = false;                        ///< on the steady clock
  bool by_hand = false;                     ///< in virtual time, held and stepped
  bool held = false;                        ///< its gate is closed
  bool standing = false;                    ///< it stands there, and all it has recorded is here
  int slowness = 1;                         ///< of a live run's clock
  Replay replay{trace};
  Memo memo;                   ///< of what tables and panels show
  std::unique_ptr<Past> past;  ///< the run up to `step`, while a lesson keeps the rest from sight

  /// Whose code it ran: "bad" of a run that is labelled "fork" or by its file.
  const std::string& version() const { return trace.info.variant.empty() ? label : trace.info.variant; }
  const Trace& seen_trace() const { return past ? past->trace : trace; }
  const History& seen() const { return past ? past->history : history; }
};

/// What the findings' functions ask about: the side's run, with its index where there is one.
Run run_of(const Side& side);
/// Only as far as it may be seen.
Run seen_run_of(const Side& side);

/// A knob as the panel shows it.
struct Knob {
  std::string name, unit;
  Words meaning;
  double value = 0, least = 0, most = 0, step = 1, standard = 0;
};

enum class SourceLanguage : std::uint8_t { cpp, python, javascript };
/// One of the files that say the same.
struct SourceFile {
  SourceLanguage language = SourceLanguage::cpp;
  std::string path, text;
};

/// The file that the selection of a trace from elsewhere stands in, as the desk found it below the source root.
struct OutsideSource {
  std::string root, wanted;  ///< what was asked for
  SourceFile file;
  std::string error;  ///< one line, where it was not found
};

/// A run that a question is about: "fixed" with {"preset", "crowd"}.
struct RunChoice {
  std::string variant;
  std::vector<std::pair<std::string, std::string>> changes;
  std::string schedule;  ///< "" for the standard one
  bool here = true;      ///< false: only a twin in another language can run it
};

struct Question {
  Words question;
  struct Option {
    Words text;
    Words misconception;  ///< what someone who chooses it believes; empty for the right one
  };
  std::vector<Option> options;
  std::size_t answer = 0;
  Words explain;
  RunChoice run;
};

/// The scenario on screen, as plain data: the view knows no scenario code.
struct Lesson {
  std::string id, name;
  Words title, watch, explain;
  std::vector<Question> questions;  ///< the prediction, then its twists
  struct {
    Words say, ask, trap;
    int minutes = 10;
  } instructor;
  std::vector<Knob> knobs;
  std::vector<std::string> presets;
  std::vector<SourceFile> sources;  ///< the first is what ran, the others are its twins
  bool empty() const { return name.empty(); }
};

/// One version under many schedules, in their order.
struct ScheduleRow {
  std::string label;  ///< "bad"
  struct Tried {
    std::string schedule;  ///< "random:7"
    std::string broken;    ///< what was broken, "" where nothing was
  };
  std::vector<Tried> tried;
  std::size_t failed() const;
};

enum class Theme : std::uint8_t { dark, light };
/// Where the other side's playhead stands: at the same moment, at the same stop of the lesson, or where it was left.
enum class Tie : std::uint8_t { time, bookmark, off };
/// The badges of a version, as core/explore/badges.h computes them.
struct BadgeRow {
  struct Earned {
    std::string name;  ///< "correct"
    bool earned = false;
    std::string why;
  };
  std::string label;  ///< "bad"
  std::vector<Earned> badges;
};

/// What the desk has to do for an action; the view does no work outside itself.
struct Request {
  enum class What : std::uint8_t {
    run,
    run_live,
    run_schedule,
    run_question,
    load_lesson,
    run_hands,
    fork,
    hand,
    explore,
    badges,
    gate,
    open,
    cancel_open,
    save,
    export_to,
    challenge,
    screenshot,  ///< "1920x1080"
    reload,
    quit,
  } what = What::run;
  std::string text;  ///< scenario or "scenario:preset", index of a question, schedule, path, a hand without its step, or for
                     ///< the gate "pause", "resume", "step", "tick", "stop", "slow N"
};

/// A file that was opened before.
struct RecentFile {
  std::string path;
  bool there = true;  ///< it can be opened again
};

/// What somebody chose for good, by an action or in the settings file.  What is in force for now may differ: a session file,
/// an option of the command line or a missing font say nothing about the next start.
struct Chosen {
  Theme theme = Theme::dark;
  Language language = Language::english;
  float text_size = 17;
  bool votes = true;
};

struct CatalogueRow {
  std::string id, name;
  Words topic, title;
};

struct Session {
  std::vector<std::unique_ptr<Side>> sides;  ///< [0] bad or the opened file, [1] fixed
  int active = 0;                            ///< the side that keys and panels are about
  Show show = Show::both;
  Lesson lesson;
  std::vector<CatalogueRow> catalogue;

  Instant view_begin{0}, view_end{1};  ///< the window of time on the ruler, the same for all sides
  float lane_scroll = 0;               ///< lanes above the first visible one
  bool fold = true;                    ///< fold lanes where there are too many to read
  bool order_ruler = false;            ///< ruler `order`: one column an event, instead of time
  Hit selected, hovered;
  std::map<std::string, double> thresholds;          ///< of rules, those that are not the standard ones
  std::optional<Comparison> comparison;              ///< of both sides, once both have ended
  std::vector<Delta> deltas;                         ///< what differs most between them, kept like the comparison
  int selected_finding = -1;                         ///< index into the active side's findings
  std::optional<std::pair<Instant, Instant>> range;  ///< selected range of time

  Hunt hunt;  ///< searching, marking, choosing lanes, going back
  Teaching teaching;

  std::vector<ScheduleRow> schedules;  ///< what exploring found, one row a side
  bool exploring = false;
  std::vector<BadgeRow> badges;  ///< one row a side, empty where nobody asked yet
  bool judging = false;          ///< they are being computed

  Tie tie = Tie::time;

  HandMenu hand_menu;

  bool playing = false;
  double events_per_second = 8;
  double play_debt = 0;  ///< events owed since the last frame, below 1

  Language language = Language::english;
  bool presenting = false;  ///< in front of a room
  Room room;
  Layout layout;
  std::optional<Loading> loading;  ///< what is shown stays until it is there
  Theme theme = Theme::dark;
  float text_size = 17;                         ///< pixels of the UI font
  SourceLanguage source = SourceLanguage::cpp;  ///< what the source panel shows where the lesson has it
  bool help = false;
  Inspection inspection;
  std::optional<OutsideSource> outside;
  std::string message;  ///< the status line: the last thing worth saying
  bool message_is_error = false;

  std::string file;                ///< of the opened trace, "" where a scenario runs
  std::vector<RecentFile> recent;  ///< the latest first
  KeyMap keys;
  Chosen chosen;
  LineCards cards;
  Memo memo;  ///< of what belongs to no side
  Student student;

  /// The size of the text where the person is now.
  float shown_text_size() const { return presenting ? room.text_size : text_size; }
  bool has_runs() const { return !sides.empty() && !sides[0]->trace.empty(); }
  const Side& side() const { return *sides[static_cast<std::size_t>(active)]; }
  Side& side() { return *sides[static_cast<std::size_t>(active)]; }
};

/// The file that the source panel shows; null where the lesson has none.
const SourceFile* shown_source(const Session& session);
/// Carries out one action and returns what the desk has to do for it.
std::vector<Request> update(Session& session, const Action& action);
/// Time passed (seconds): moves the playhead while playing.  True if anything changed.
bool advance(Session& session, double seconds);
/// Seconds until the picture changes though nothing arrives and nobody does anything, infinity where it does not.
double longest_wait(const Session& session);
/// Makes a side whose trace is whole ready to be shown: history, index, findings, the playhead at the end.  It touches nothing
/// else, so that a thread can do it.
void prepare(Side& side, const std::map<std::string, double>& thresholds);
/// The runs go, and with them all that was chosen in them, remembered of them or said about them.
void forget_runs(Session& session);
/// Shows a prepared side instead of all others.
void show_alone(Session& session, std::unique_ptr<Side> side);
/// A side has gained events: extends its history and findings and keeps the playhead sensible.
void take_in(Session& session, Side& side);
/// Judges what has ended with the session's thresholds, and compares the sides.
void judge(Session& session);
/// The Chinese characters of the lesson, the catalogue and the message, sorted; none while the language is English.
const std::u32string& chinese_words(const Session& session);
/// The moment of the active playhead.
Instant playhead(const Session& session);
/// The longest run on screen: what the ruler must be able to show.
Instant horizon(const Session& session);

}  // namespace awaitscope::view

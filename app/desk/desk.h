#pragma once
// The place where the view's requests are carried out: runs, files, exports.  It meets scenarios, runtime and formats so that
// the view need not.
#include <map>
#include <memory>

#include "app/desk/badge_judge.h"
#include "app/desk/pictures.h"
#include "app/desk/challenger.h"
#include "app/desk/explorer.h"
#include "app/desk/folder_watch.h"
#include "app/desk/loader.h"
#include "app/desk/session_file.h"
#include "app/view/locator.h"

namespace awaitscope::desk {

class Desk {
 public:
  /// `arrived` is called from runs' threads when there is something to pump.
  Desk(view::Session& session, RenderPng render, std::function<void()> arrived = {});

  /// Applies actions in order and does what they ask for.  False: the person wants to quit.
  bool apply(const view::Actions& actions);
  /// Takes in what runs have produced.  True if anything changed.
  bool pump();
  /// Something still runs.
  bool busy() const;
  /// Runs until nothing does; for scripts.
  void settle();

  void load_scenario(const std::string& name);
  /// Lessons follow each other as in this playlist; the error names those that there are.
  Status use_playlist(const std::string& id);
  /// Lessons are read from this folder, now and whenever one is saved there.  The error names file and line.
  Status use_lessons(const std::string& folder);
  /// One line of error, or nothing.
  Status open(const std::string& path);
  /// Opens what a session file says; `picture`: its theme, language and text size too.
  Status restore(const SavedSession& saved, bool picture = true);
  /// The same, but a large file is read beside the window, which keeps what it shows until then; its error is a message.
  /// `over` takes precedence over what stands behind the path's #.
  Status open_beside(const std::string& path, const std::optional<view::Locator>& over);

 private:
  /// A file that is read here and now, and the place in it.
  Status open_at(const std::string& path, const std::optional<view::Locator>& place);
  Status open_session(const std::string& path);
  Status open_trace(const std::string& path);
  Status save_session(const std::string& path);
  /// Puts a file at the top of the recent ones; its whole name.
  std::string note_file(const std::string& path);
  void open_challenges();
  void pump_challenges();
  void take_try();
  void carry_out(const view::Request& request);
  /// Runs `versions_`; `fork`: a run of the first of them that took another way, beside it.
  void run(bool live, const Schedule& schedule = {}, const Schedule* fork = nullptr);
  /// Puts a run on screen, which goes on by itself.
  void begin(Program program, const Hold& hold, const std::string& label);
  void run_schedule(const std::string& text);
  void run_question(const std::string& index);
  void run_by_hand();
  void fork();
  void lay_hand(const std::string& text);
  void work_gates(const std::string& command);
  /// The run of one version alone.
  void run_one(Program program, const Hold& hold);
  /// What a run's gate says, for the view.
  void look_at_gate(std::size_t side);
  /// Says which hand had nothing to act on, among the events after `known`.
  void tell_missed(const view::Side& side, Seq known);
  void explore();
  void judge_badges();
  void recall_badges();
  void reload_lesson();
  void take_screenshot(const std::string& size);
  bool running() const;
  /// Until they end or stand at their gates; a virtual run takes milliseconds, and waiting avoids a flicker.
  void wait_for_runs();
  void clear_runs();
  Judging judging() const { return {session_.thresholds, lessons_folder_}; }
  void show_file(const std::string& path, Opened opened);
  void stop_loading();
  bool pump_loading();
  void clear_schedules();
  Settings settings() const;
  /// The active version of the scenario on screen: "bad" where none is.
  std::string version() const;
  void say(std::string message, bool error = false);

  view::Session& session_;
  RenderPng render_;
  std::function<void()> arrived_;
  std::vector<std::string> versions_ = both_versions;          ///< of the scenario, that run, bad before fixed
  std::vector<std::unique_ptr<Runner>> runners_;               ///< one a side, null where none runs
  std::string lessons_folder_;                                 ///< "": those built in
  std::unique_ptr<FolderWatch> watch_;                         ///< of it
  std::unique_ptr<Explorer> explorer_;                         ///< null where nothing is explored
  std::unique_ptr<Challenger> challenger_;                     ///< null where no lesson is looked at as a challenge
  std::unique_ptr<BadgeJudge> badge_judge_;                    ///< null where no badges are computed
  std::string judged_;                                         ///< what for: lesson and parameters
  std::map<std::string, std::vector<view::BadgeRow>> badges_;  ///< by the same
  std::unique_ptr<Loader> loader_;                             ///< null where nothing is read
  std::optional<view::Locator> place_;                         ///< to be shown once it is there
  std::vector<std::unique_ptr<Loader>> stopped_;               ///< told to stop, their threads not yet at their ends
  bool quit_ = false;
};

}  // namespace awaitscope::desk

// The desk's part in sessions and challenges.
#include <filesystem>

#include "app/desk/desk.h"
#include "app/desk/lessons.h"
#include "app/desk/playlists.h"
#include "app/view/kept.h"
#include "core/findings/words.h"
#include "core/formats/format.h"

namespace awaitscope::desk {

std::string Desk::note_file(const std::string& path) {
  std::error_code error;
  const std::string whole = std::filesystem::absolute(path, error).lexically_normal().string();
  view::remember(session_, whole);
  return whole;
}

Status Desk::restore(const SavedSession& saved, bool picture) {
  session_.teaching.on = session_.teaching.by_room = false;  // only what the session says of it counts
  if (!saved.trace.empty()) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(saved.trace, error))
      return saved.source.at(*saved.areas.find("trace"), "its trace " + plain(saved.trace) + " is no file");
    if (const Status opened = open_trace(saved.trace); !opened) return opened;
  } else if (saved.scenario) {
    session_.lesson = lesson_of(*saved.scenario, saved.settings, lessons_folder_);
    session_.show = view::Show::both;
    session_.active = 0;
    clear_schedules();
    clear_runs();  // not the same lesson run again, even if it is
    versions_ = saved.versions;
    run(false, saved.schedule, saved.fork ? &*saved.fork : nullptr);
    if (versions_.size() == 1) versions_ = both_versions;
  }
  // A playlist of a folder that is not at hand leaves the lessons as they are.
  if (saved.playlist.empty()) take_cards(session_, lessons_folder_);
  else static_cast<void>(take_playlist(session_, saved.playlist, lessons_folder_));
  session_.playing = false;
  const Status read = saved.into(session_, picture);
  if (session_.student.on) open_challenges();
  return read;
}

Status Desk::save_session(const std::string& path) {
  const Status written = write_file(path, write_session(session_, path));
  if (written) note_file(path);
  return written;
}

void Desk::open_challenges() {
  view::Student& student = session_.student;
  if (challenger_ && challenger_->lesson() == session_.lesson.name) return;
  challenger_.reset();
  student.preparing = false;
  const auto scenario = find_scenario(session_.lesson.name);
  if (!student.on || !scenario || student.lesson == session_.lesson.name) return;
  student.challenges.clear();
  student.lesson.clear();
  student.preparing = true;
  challenger_ = std::make_unique<Challenger>(**scenario, arrived_);
}

void Desk::pump_challenges() {
  view::Student& student = session_.student;
  student.lesson = challenger_->lesson();
  student.challenges = view::challenges_for(challenger_->facts());
  student.preparing = false;
  challenger_.reset();
}

void Desk::take_try() {
  if (!session_.student.on) return;
  if (const auto outcome = attempt_of(session_)) view::take_try(session_, *outcome);
}

}  // namespace awaitscope::desk

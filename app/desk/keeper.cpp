#include "app/desk/keeper.h"

#include <limits>
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

#include "app/desk/progress.h"
#include "app/desk/recent.h"
#include "app/desk/session_file.h"
#include "app/desk/settings_store.h"

namespace awaitscope::desk {
namespace {

constexpr int most_instances = 32;
constexpr std::chrono::seconds between{1};

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

std::int64_t changed(const std::string& path) {
  struct stat what {};
  if (::stat(path.c_str(), &what) != 0 || !S_ISREG(what.st_mode)) return 0;
  return std::int64_t{what.st_mtim.tv_sec} * 1'000'000'000 + what.st_mtim.tv_nsec;
}

std::string slot(const std::string& state, int number) { return state + "/autosave-" + std::to_string(number); }

/// Another instance may have written meanwhile: what it knows is kept too.
Status write_joined(const std::string& path, const std::vector<view::RecentFile>& files) {
  const Lock lock = Lock::wait(path + ".lock");
  return write_private(path, write_recent(joined(files, read_recent(path))));
}

Status write_merged(const std::string& path, view::AllProgress progress) {
  const Lock lock = Lock::wait(path + ".lock");
  auto there = read_progress(path);
  if (!there) return Done{};  // a file that somebody broke is left alone; the next start tells of it
  view::merge(*there, progress);
  return write_private(path, write_progress(*there));
}

}  // namespace

Keeper::Keeper(view::Session& session, Desk& desk) : session_(session), desk_(desk) {}

Keeper::~Keeper() { close(); }

void Keeper::note(const std::string& trouble) {
  if (trouble_.empty()) trouble_ = trouble;
}

void Keeper::begin(const Places& places) {
  open_ = true;
  state_ = places.state;
  if (settings_.empty() && !places.config.empty()) {
    settings_ = places.config + "/settings.json";
    if (exists(settings_))
      if (const Status read = load_settings(settings_, session_); !read) {
        note(read.error());
        settings_.clear();
      }
  }
  known_[settings_] = write_settings(session_);
  take_slot();
  if (state_.empty()) return;
  session_.recent = read_recent(state_ + "/recent.json");
  known_["recent"] = write_recent(session_.recent);
  if (auto progress = read_progress(state_ + "/progress.json")) session_.student.progress = std::move(*progress);
  else note(progress.error());
  known_["progress"] = write_progress(session_.student.progress);
}

void Keeper::take_slot() {
  if (state_.empty()) return note("what you do is not kept: there is no home folder");
  for (int number = 1; number <= most_instances && !slot_; ++number) {
    slot_ = Lock::if_free(slot(state_, number) + ".lock");
    if (slot_) autosave_ = slot(state_, number) + ".awsession";
  }
  if (slot_) return;
  note("what you do is not kept: " + state_ + " cannot be written");
  state_.clear();
}

Status Keeper::use_settings(const std::string& file) {
  const Status read = load_settings(file, session_);
  if (read) settings_ = file;
  return read;
}

std::vector<Keeper::Left> Keeper::left_behind() {
  std::vector<Left> out;
  if (state_.empty()) return out;
  const auto look = [&](const std::string& path) {
    if (const std::int64_t at = changed(path)) out.push_back({path, at});
  };
  look(state_ + "/autosave.awsession");
  look(autosave_);
  for (int number = 1; number <= most_instances; ++number) {
    const std::string path = slot(state_, number) + ".awsession";
    if (path == autosave_ || !exists(path)) continue;
    if (const Lock free = Lock::if_free(slot(state_, number) + ".lock"); free) look(path);  // else its owner is alive
  }
  std::sort(out.begin(), out.end(), [](const Left& a, const Left& b) { return a.changed > b.changed; });
  return out;
}

bool Keeper::reopen() {
  const std::vector<Left> left = left_behind();
  for (const Left& one : left) {
    const auto saved = load_session(one.path);
    // What the settings say of the picture, a person may have written there since.
    const Status restored =
        saved ? desk_.restore(*saved, settings_.empty() || !exists(settings_)) : Status(Error{saved.error()});
    if (!restored) {
      note(restored.error());
      continue;
    }
    if (!session_.has_runs()) continue;
    for (const Left& other : left)
      if (other.path != autosave_ && !other.path.ends_with("/autosave.awsession")) stale_.push_back(other.path);
    return true;
  }
  return false;
}

void Keeper::tell() {
  if (trouble_.empty()) return;
  session_.message = std::exchange(trouble_, {});
  session_.message_is_error = true;
}

void Keeper::queue(const std::string& path, const std::string& text, std::function<Status()> job) {
  std::string& known = known_[path];
  if (known == text) return;
  known = text;
  writer_.write(path, std::move(job));
}

void Keeper::save() {
  saved_ = Clock::now();
  if (!settings_.empty()) {
    const std::string text = write_settings(session_);
    queue(settings_, text, [path = settings_, text] { return write_private(path, text); });
  }
  if (state_.empty()) return;
  if (session_.has_runs()) {
    const std::string text = write_session(session_, autosave_);
    queue(autosave_, text, [path = autosave_, text, stale = std::exchange(stale_, {})] {
      const Status written = write_private(path, text);
      for (const std::string& old : stale)
        if (written) std::remove(old.c_str());
      return written;
    });
  }
  queue("recent", write_recent(session_.recent),
        [path = state_ + "/recent.json", files = session_.recent] { return write_joined(path, files); });
  queue("progress", write_progress(session_.student.progress),
        [path = state_ + "/progress.json", progress = session_.student.progress] { return write_merged(path, progress); });
}

void Keeper::tick() {
  if (!open_) return;
  if (const std::string error = writer_.take_error(); !error.empty()) {
    note("what you do is not kept: " + error);
    state_.clear();
    settings_.clear();
    tell();
  }
  due_ = Clock::now() - saved_ < between;
  if (!due_) save();
}

double Keeper::longest_wait() const {
  if (!open_ || !due_) return std::numeric_limits<double>::infinity();
  return std::max(0.0, std::chrono::duration<double>(saved_ + between - Clock::now()).count()) + 0.01;
}

void Keeper::flush() {
  if (!open_) return;
  save();
  writer_.flush();
}

void Keeper::close() {
  if (!open_) return;
  flush();
  open_ = false;
  if (!state_.empty() && exists(autosave_)) std::rename(autosave_.c_str(), (state_ + "/autosave.awsession").c_str());
  slot_.release();
}

}  // namespace awaitscope::desk

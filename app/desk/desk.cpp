#include "app/desk/desk.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "app/desk/lessons.h"
#include "app/desk/playlists.h"
#include "app/desk/recent.h"
#include "app/desk/source_root.h"
#include "app/view/teaching_walk.h"
#include "app/view/text.h"
#include "core/formats/format.h"
#include "core/policies/policies.h"

namespace awaitscope::desk {
namespace {

using view::filled;

}  // namespace

Desk::Desk(view::Session& session, RenderPng render, std::function<void()> arrived)
    : session_(session), render_(std::move(render)), arrived_(std::move(arrived)) {
  session_.catalogue = catalogue();
  take_cards(session_);
}

Status Desk::use_playlist(const std::string& id) { return take_playlist(session_, id, lessons_folder_); }

bool Desk::apply(const view::Actions& actions) {
  for (const view::Action& action : actions)
    for (const view::Request& request : update(session_, action)) carry_out(request);
  if (!actions.empty()) find_source(session_);
  return !quit_;
}

bool Desk::busy() const { return explorer_ || challenger_ || badge_judge_ || loader_ || running(); }

bool Desk::running() const {
  return std::any_of(runners_.begin(), runners_.end(), [](const auto& r) { return r && !r->standing(); });
}

bool Desk::pump() {
  bool changed = pump_loading();
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    if (!runners_[i]) continue;
    view::Side& side = *session_.sides[i];
    const Seq known = side.trace.size();
    const bool any = runners_[i]->pump(side.trace);
    const bool over = runners_[i]->finished();
    look_at_gate(i);
    tell_missed(side, known);
    if (over) {
      if (const auto lost = runners_[i]->result().lost)
        say(filled({"{} events were lost: the window could not keep up", "丢失 {} 个事件：窗口来不及处理"}, session_.language,
                   lost),
            true);
      runners_[i].reset();
      side.running = side.held = side.standing = false;
    }
    if (any || over) take_in(session_, side);
    if (over) find_stops(side, lessons_folder_);
    changed |= any || over;
  }
  if (watch_ && watch_->take_change()) {
    reload_lesson();
    changed = true;
  }
  if (badge_judge_ && badge_judge_->finished()) {
    badges_[judged_] = badge_judge_->rows();
    badge_judge_.reset();
    recall_badges();
    changed = true;
  }
  if (explorer_ && explorer_->finished() && !session_.exploring) explorer_.reset();  // of parameters that have changed since
  if (explorer_ && explorer_->finished()) {
    session_.schedules = explorer_->rows();
    session_.exploring = false;
    explorer_.reset();
    std::string found;
    for (const view::ScheduleRow& row : session_.schedules)
      found += (found.empty() ? "" : ", ") + filled({"{}: {} of {} schedules fail", "{}：{} / {} 种调度失败"},
                                                    session_.language, row.label, row.failed(), row.tried.size());
    if (!view::keeps_ahead(session_)) say(found);
    changed = true;
  }
  if (challenger_ && challenger_->finished()) {
    pump_challenges();
    changed = true;
  }
  return changed;
}

Status Desk::use_lessons(const std::string& folder) {
  const auto lessons = all_lessons(folder);
  if (!lessons) return Error{lessons.error()};
  lessons_folder_ = folder;
  session_.catalogue = catalogue(folder);
  take_cards(session_, folder);
  watch_ = std::make_unique<FolderWatch>(folder, arrived_);
  return Done{};
}

/// Somebody saved a lesson: its words change, the run stays.
void Desk::reload_lesson() {
  if (const auto lessons = all_lessons(lessons_folder_); !lessons) return say(lessons.error(), true);
  session_.catalogue = catalogue(lessons_folder_);
  if (const auto scenario = find_scenario(session_.lesson.name))
    session_.lesson = lesson_of(**scenario, settings(), lessons_folder_);
  for (const auto& side : session_.sides) find_stops(*side, lessons_folder_);
  say(filled({"read the lessons again", "已重新读取课程"}, session_.language));
}

void Desk::settle() {
  while (busy()) {
    pump();
    std::this_thread::yield();
  }
}

void Desk::wait_for_runs() {
  while (running()) {
    pump();
    std::this_thread::yield();
  }
}

void Desk::say(std::string message, bool error) {
  session_.message = std::move(message);
  session_.message_is_error = error;
}

void Desk::load_scenario(const std::string& name) {
  stop_loading();
  const std::size_t colon = name.find(':');
  const std::string wanted = name.substr(0, colon);
  const auto scenario = find_scenario(wanted);
  if (!scenario)
    return say(filled({"unknown scenario '{}'; nearest: {}", "没有场景“{}”；最接近的有：{}"}, session_.language,
                      view::printable(wanted), nearest_scenarios(wanted)),
               true);
  std::vector<std::pair<std::string, std::string>> changes;
  if (colon != std::string::npos) changes.emplace_back("preset", name.substr(colon + 1));
  const auto settings = settings_for(**scenario, changes);
  if (!settings) return say(settings.error(), true);
  const bool again = session_.lesson.name == (*scenario)->name;
  session_.lesson = lesson_of(**scenario, *settings, lessons_folder_);
  clear_schedules();
  if (session_.teaching.on && again && !changes.empty()) return run(false);  // a preset: the question stays open
  versions_ = both_versions;
  session_.show = view::Show::both;
  session_.active = 0;
  if (session_.teaching.on) begin_lesson(session_);
  if (session_.teaching.on) return run_question("0");
  run(false);
}

/// The runs that a question is about, beside the other version under the same settings.
void Desk::run_question(const std::string& index) {
  const auto scenario = find_scenario(session_.lesson.name);
  if (!scenario) return say(filled(no_scenario, session_.language), true);
  const auto question = static_cast<std::size_t>(std::strtoul(index.c_str(), nullptr, 10));
  if (question >= session_.lesson.questions.size()) return;
  const view::RunChoice choice = session_.lesson.questions[question].run;
  const auto settings = settings_for(**scenario, choice.changes);
  const auto schedule = choice.schedule.empty() ? Result<Schedule>(Schedule{}) : read_schedule(choice.schedule);
  if (!settings || !schedule) return say(settings ? schedule.error() : settings.error(), true);
  session_.lesson = lesson_of(**scenario, *settings, lessons_folder_);
  const auto [bad, fixed] = versions_of(**scenario, choice.here ? choice.variant : "bad");
  versions_ = {bad, fixed};
  clear_schedules();
  run(false, *schedule);
}

/// Ends what still runs, and what would take its place.
void Desk::clear_runs() {
  stop_loading();
  runners_.clear();
  session_.file.clear();
  view::forget_runs(session_);
}

void Desk::clear_schedules() {
  explorer_.reset();
  session_.exploring = false;
  session_.schedules.clear();
}

Settings Desk::settings() const {
  Settings out;
  for (const view::Knob& knob : session_.lesson.knobs) out.values[knob.name] = knob.value;
  return out;
}

void Desk::explore() {
  const auto scenario = find_scenario(session_.lesson.name);
  if (!scenario) return say(filled(no_scenario, session_.language), true);
  session_.exploring = true;
  explorer_ = std::make_unique<Explorer>(
      std::vector<Program>{{*scenario, "bad", settings(), {}, false}, {*scenario, "fixed", settings(), {}, false}}, arrived_);
}

namespace {

/// What badges depend on.
std::string badge_key(const view::Lesson& lesson) {
  std::string out = lesson.name;
  for (const view::Knob& knob : lesson.knobs) out += fmt::format(" {}={}", knob.name, knob.value);
  return out;
}

}  // namespace

void Desk::judge_badges() {
  const auto scenario = find_scenario(session_.lesson.name);
  if (!scenario) return say(filled(no_scenario, session_.language), true);
  const std::string key = badge_key(session_.lesson);
  if (badge_judge_ && judged_ == key) return;
  badge_judge_.reset();
  if (!badges_.contains(key)) {
    judged_ = key;
    badge_judge_ = std::make_unique<BadgeJudge>(
        std::vector<Program>{{*scenario, "bad", settings(), {}, false}, {*scenario, "fixed", settings(), {}, false}}, arrived_);
  }
  recall_badges();
}

/// What is known of the lesson with its parameters as they are.
void Desk::recall_badges() {
  const std::string key = badge_key(session_.lesson);
  const auto found = badges_.find(key);
  session_.badges = found == badges_.end() ? std::vector<view::BadgeRow>{} : found->second;
  session_.judging = badge_judge_ && judged_ == key;
}

void Desk::run_schedule(const std::string& text) {
  const auto schedule = read_schedule(text);
  if (!schedule) return say(schedule.error(), true);
  if (const auto policy = make_policy(*schedule); !policy) return say(policy.error(), true);
  // Hands are laid on one version's tasks and requests.
  const auto scenario = find_scenario(session_.lesson.name);
  say("");
  if (schedule->hands.empty() || !scenario) run(false, *schedule);
  else run_one({*scenario, version(), settings(), *schedule, false}, {});
  if (session_.message_is_error) return;  // no scenario, or a hand without effect
  std::string message = text;
  for (const view::ScheduleRow& row : session_.schedules)
    for (const auto& one : row.tried)
      if (one.schedule == text && !one.broken.empty()) message += " · " + row.label + ": " + one.broken;
  say(message);
}

void Desk::begin(Program program, const Hold& hold, const std::string& label) {
  auto side = std::make_unique<view::Side>(label);
  side->trace.info = info_of(program);
  side->running = true;
  side->live = program.live;
  side->by_hand = hold.closed;
  session_.sides.push_back(std::move(side));
  runners_.push_back(std::make_unique<Runner>(std::move(program), arrived_, hold));
}

void Desk::run(bool live, const Schedule& schedule, const Schedule* fork) {
  const auto scenario = find_scenario(session_.lesson.name);
  if (!scenario) return say(filled(no_scenario, session_.language), true);
  const bool again = session_.has_runs() && session_.side().trace.info.scenario == session_.lesson.name;
  if (session_.sides.size() == 1 && !session_.lesson.empty()) session_.show = view::Show::both;
  clear_runs();
  recall_badges();
  session_.active = std::min(session_.active, 1);
  for (const std::string& version : versions_) begin({*scenario, version, settings(), schedule, live}, {}, version);
  if (fork) begin({*scenario, versions_.front(), settings(), *fork, live}, {}, std::string(view::forked));
  if (!live) wait_for_runs();
  if (!live) resume_lesson(session_);
  if (!again) say(session_.lesson.title.in(session_.language));
  if (again) take_try();
  else open_challenges();
}

namespace {

/// A file and perhaps a place in it.
struct Link {
  std::string file;
  std::optional<view::Locator> place;
};
/// A file may have a # in its name; else what stands behind it is a place in the file.
Result<Link> read_link(const std::string& path) {
  std::error_code wrong;
  const std::size_t sign = std::filesystem::exists(path, wrong) ? std::string::npos : path.rfind('#');
  if (sign == std::string::npos) return Link{path, {}};
  const auto place = view::read_locator(std::string_view(path).substr(sign + 1));
  if (!place) return Error{place.error()};
  return Link{path.substr(0, sign), *place};
}

}  // namespace

Status Desk::open(const std::string& path) {
  const auto link = read_link(path);
  if (!link) return Error{link.error()};
  return open_at(link->file, link->place);
}

Status Desk::open_at(const std::string& path, const std::optional<view::Locator>& place) {
  stop_loading();
  const Status opened = is_session(path) ? open_session(path) : open_trace(path);
  if (opened && place) view::go_to(session_, *place);
  return opened;
}

Status Desk::open_session(const std::string& path) {
  const auto saved = load_session(path);
  if (!saved) return Error{saved.error()};
  if (const Status restored = restore(*saved); !restored) return restored;
  note_file(path);
  say(filled({"opened {}", "已打开 {}"}, session_.language, path));
  return Done{};
}

Status Desk::open_trace(const std::string& path) {
  Opened opened = desk::open_trace(path, judging());
  if (!opened.side) return Error{opened.error};
  show_file(path, std::move(opened));
  return Done{};
}

Status Desk::open_beside(const std::string& path, const std::optional<view::Locator>& over) {
  auto link = read_link(path);
  if (!link) return Error{link.error()};
  if (over) link->place = overlaid(link->place.value_or(view::Locator{}), *over);
  if (is_session(link->file) || !is_large(link->file)) return open_at(link->file, link->place);
  stop_loading();
  loader_ = std::make_unique<Loader>(link->file, judging(), arrived_);
  place_ = std::move(link->place);
  session_.loading = loader_->progress();
  return Done{};
}

void Desk::show_file(const std::string& path, Opened opened) {
  session_.teaching.on = false;  // a trace is looked at, not taught
  versions_ = both_versions;
  clear_schedules();
  clear_runs();
  session_.lesson = lesson_of(opened.side->trace.info, lessons_folder_);
  show_alone(session_, std::move(opened.side));
  session_.file = note_file(path);
  if (opened.notices.empty()) say(filled({"opened {}", "已打开 {}"}, session_.language, path));
  else say(opened.notices.front(), true);
}

void Desk::stop_loading() {
  if (loader_) {
    loader_->stop();
    stopped_.push_back(std::move(loader_));
  }
  session_.loading.reset();
  place_.reset();
}

bool Desk::pump_loading() {
  std::erase_if(stopped_, [](const auto& loader) { return loader->finished(); });
  if (!loader_) return false;
  session_.loading = loader_->progress();
  if (!loader_->finished()) return true;
  Opened opened = loader_->take();
  const std::string path = session_.loading->path;
  const bool stale = loader_->judging().thresholds != session_.thresholds;
  const auto place = std::exchange(place_, std::nullopt);
  loader_.reset();
  session_.loading.reset();
  if (!opened.side) {
    say(opened.error, true);
    return true;
  }
  show_file(path, std::move(opened));
  if (stale) judge(session_);
  if (place) view::go_to(session_, *place);
  return true;
}

void Desk::carry_out(const view::Request& request) {
  using What = view::Request::What;
  switch (request.what) {
    case What::run:
      if (!request.text.empty() && request.text != session_.lesson.name) return load_scenario(request.text);
      return run(false);
    case What::run_live: return run(true);
    case What::run_schedule: return run_schedule(request.text);
    case What::run_hands: return run_by_hand();
    case What::fork: return fork();
    case What::hand: return lay_hand(request.text);
    case What::run_question: return run_question(request.text);
    case What::load_lesson: return load_scenario(request.text);
    case What::explore: return explore();
    case What::challenge: return open_challenges();
    case What::badges: return judge_badges();
    case What::gate: return work_gates(request.text);
    case What::open:
      if (const Status opened = open_beside(request.text, {}); !opened) say(opened.error(), true);
      look_after(session_.recent);
      return;
    case What::cancel_open:
      if (!loader_) return;
      stop_loading();
      return say(filled({"stopped reading", "已停止读取"}, session_.language));
    case What::save:
    case What::export_to: {
      if (!session_.has_runs())
        return say(filled({"there is nothing to save yet", "还没有可保存的内容"}, session_.language), true);
      const bool session = is_session(request.text) && request.what == What::save;
      const Status written =
          session ? save_session(request.text) : export_trace(session_.side().trace, request.text, render_);
      if (written) say(filled({"wrote {}", "已写入 {}"}, session_.language, request.text));
      else say(written.error(), true);
      return;
    }
    case What::screenshot: return take_screenshot(request.text);
    case What::reload: return reload_lesson();
    case What::quit: quit_ = true; return;
  }
}

}  // namespace awaitscope::desk

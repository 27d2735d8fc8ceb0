#include "app/window_loop.h"

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>
#include <utility>

#include "app/desk/keeper.h"
#include "app/panels/frame.h"
#include "app/panels/headless.h"
#include "app/panels/render.h"
#include "app/platform/image.h"
#include "app/platform/window.h"
#include "app/show.h"
#include "app/view/locator.h"

namespace awaitscope {
namespace {

/// The window's content drawn without a screen, with a hand to click and type.
class HeadlessScreen final : public desk::Screen {
 public:
  explicit HeadlessScreen(std::unique_ptr<panels::HeadlessApp> app) : app_(std::move(app)) {}
  view::Actions frame(const view::Session& session) override { return app_->frame(session); }
  view::Actions type(const view::Session& session, const std::string& text) override {
    view::Actions actions = app_->frame(session);  // a field takes the keyboard in two frames
    actions = join(std::move(actions), app_->frame(session));
    app_->type(text);
    return join(std::move(actions), app_->frame(session));
  }
  view::Actions press_key(const view::Session& session, const std::string& chord) override {
    return app_->press_key(session, chord);
  }
  view::Actions click(const view::Session& session, view::Point at, int count) override {
    return app_->click(session, at, count);
  }
  view::Actions right_click(const view::Session& session, view::Point at) override {
    app_->move(at);
    view::Actions actions = app_->frame(session);
    app_->press(1, true);
    actions = join(std::move(actions), app_->frame(session));
    app_->press(1, false);
    return join(std::move(actions), app_->frame(session));
  }
  view::Actions wheel(const view::Session& session, view::Point at, float lines) override {
    app_->move(at);
    view::Actions actions = app_->frame(session);
    app_->wheel(lines);
    return join(std::move(actions), app_->frame(session));
  }
  view::Actions drag(const view::Session& session, view::Point from, view::Point to) override {
    app_->move(from);
    view::Actions actions = app_->frame(session);
    app_->press(0, true);
    actions = join(std::move(actions), app_->frame(session));
    for (float part : {0.25F, 0.5F, 1.F}) {
      app_->move({from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part});
      actions = join(std::move(actions), app_->frame(session));
    }
    app_->press(0, false);
    return join(std::move(actions), app_->frame(session));
  }
  std::string png(const view::Session& session) override {
    for (int i = 0; i < 3; ++i) app_->frame(session);  // layout and scrolling settle
    return platform::png(app_->screen().pixels());
  }
  std::optional<view::Rect> find(const std::string& name) const override {
    const auto& places = app_->screen().ui().places;
    const auto place = places.find(name);
    return place == places.end() ? std::nullopt : std::optional(place->second);
  }

 private:
  static view::Actions join(view::Actions a, const view::Actions& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
  }
  std::unique_ptr<panels::HeadlessApp> app_;
};

Result<std::unique_ptr<desk::Screen>> open_screen(int width, int height, float scale) {
  auto app = panels::HeadlessApp::open(width, height, scale);
  if (!app) return Error{app.error()};
  return std::unique_ptr<desk::Screen>(std::make_unique<HeadlessScreen>(std::move(*app)));
}

/// The place that the options name; nothing where they name none.
Result<std::optional<view::Locator>> asked_place(const Gui::Start& start) {
  if (start.at.empty() && start.stretch.empty() && start.selection.empty()) return std::optional<view::Locator>{};
  view::Locator place;
  if (!start.at.empty()) {
    Duration at{};
    if (!read_duration(start.at, at)) return Error{"--at " + start.at + ": it takes a time, e.g. 1.5s or 300ms"};
    place.at = Instant{std::max<std::int64_t>(0, at.count())};
  }
  if (!start.stretch.empty()) {
    const auto stretch = view::read_stretch(start.stretch);
    if (!stretch) return Error{"--t: " + stretch.error()};
    place.window = *stretch;
  }
  if (!start.selection.empty()) {
    const auto selected = view::read_selection(start.selection);
    if (!selected) return Error{"--sel: " + selected.error()};
    place.selected = *selected;
  }
  return std::optional(place);
}

/// What the command line asked to see.  An error is one line.
Status begin(view::Session& session, desk::Desk& desk, desk::Keeper& keeper, const Gui::Start& start) {
  if (!start.settings.empty())
    if (const Status read = keeper.use_settings(start.settings); !read) return read;
  keeper.begin(desk::places_from_environment());
  if (!start.lessons.empty())
    if (const Status read = desk.use_lessons(start.lessons); !read) return read;
  if (start.no_votes) session.teaching.votes = false;
  if (!start.playlist.empty())
    if (const Status read = desk.use_playlist(start.playlist); !read) return read;
  if (start.student) desk.apply({view::action(view::Act::student, 0, "on")});
  auto place = asked_place(start);
  if (!place) return Error{place.error()};
  if (start.path.empty() && !start.playlist.empty()) {
    desk.load_scenario(session.teaching.course.front().name);
  } else if (start.path.empty() && !start.fresh && keeper.reopen()) {
    // as it was
  } else if (start.path.empty()) {
    desk.load_scenario(session.catalogue.front().name);
    desk.apply({view::action(view::Act::home), view::action(view::Act::play_pause)});
  } else if (const std::string name = start.path.substr(0, start.path.find('#')); find_scenario(name)) {
    const auto own = view::read_locator(std::string_view(start.path).substr(std::min(name.size() + 1, start.path.size())));
    if (!own) return Error{own.error()};
    desk.load_scenario(name);
    *place = overlaid(*own, place->value_or(view::Locator{}));
  } else {
    // A large file is there later, and its place with it.
    if (const Status opened = desk.open_beside(start.path, std::exchange(*place, std::nullopt)); !opened) return opened;
  }
  if (*place) view::go_to(session, **place);
  if (std::error_code error; !start.source_root.empty() && !std::filesystem::is_directory(start.source_root, error))
    return Error{start.source_root + ": is no folder; --source-root takes one"};
  if (!start.source_root.empty()) desk.apply({view::action(view::Act::source_root, 0, start.source_root)});
  if (start.present) desk.apply({view::action(view::Act::present, 0, "on")});
  keeper.tell();
  return Done{};
}

/// What the window is about, for the window list, and a fact that tests can wait for.
std::string title_of(const view::Session& session) {
  if (!session.has_runs()) return "Awaitscope";
  const view::Side& side = session.side();
  return "Awaitscope · " + (session.lesson.empty() ? side.label : session.lesson.name) + " · " + side.label + " · event " +
         std::to_string(side.step) + (side.past ? "" : "/" + std::to_string(side.trace.size())) +
         (side.running ? " · live" : "");
}

/// Hears the signals that ask the program to end, on a thread of its own: the window may be waiting, and must wake.
class EndSignals {
 public:
  EndSignals() {
    sigemptyset(&signals_);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals_, signal);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);  // in every thread from here on
    thread_ = std::thread([this] {
      int signal = 0;
      sigwait(&signals_, &signal);
      asked_ = signal;
      if (!over_) platform::Window::wake();
    });
  }
  ~EndSignals() {
    over_ = true;
    if (!asked_) pthread_kill(thread_.native_handle(), SIGTERM);
    thread_.join();
  }
  EndSignals(const EndSignals&) = delete;
  /// 0: none.
  int asked() const { return asked_; }

 private:
  sigset_t signals_{};
  std::atomic<int> asked_{0};
  std::atomic<bool> over_{false};
  std::thread thread_;
};

int run_window(const Gui::Start& start) {
  std::signal(SIGINT, SIG_DFL);
  const EndSignals signals;
  view::Session session;
  desk::Desk desk(session, panels::render_png, [] { platform::Window::wake(); });
  desk::Keeper keeper(session, desk);
  const auto fail = [](const std::string& line) {
    std::fprintf(stderr, "awaitscope: %s\n", line.c_str());
    return 2;
  };
  if (const Status begun = begin(session, desk, keeper, start); !begun) return fail(begun.error());
  session.hunt.glides = true;
  auto window = platform::open_window("Awaitscope", 1440, 900);
  if (!window) return fail(window.error());
  std::string title;
  Show show;
  // Whatever the desk computes wakes the window when it is there.
  const auto longest = [&] { return std::min({longest_wait(session), keeper.longest_wait(), show.longest_wait()}); };
  while ((*window)->begin_frame(longest(), session.shown_text_size(), session.language, chinese_words(session))) {
    if (signals.asked()) break;
    desk.pump();
    advance(session, (*window)->seconds());
    const view::Actions actions = panels::draw_frame(session, (*window)->ui());
    (*window)->end_frame();
    for (const std::string& path : (*window)->take_drops()) desk.apply({view::action(view::Act::open_file, 0, path)});
    if (!desk.apply(actions)) break;
    show.follow(session, **window);
    keeper.tick();
    if (std::string now = title_of(session); now != title) (*window)->title(title = std::move(now));
  }
  keeper.close();
  return signals.asked() ? 128 + signals.asked() : 0;
}

}  // namespace

Gui window_gui() {
  Gui gui;
  gui.render = panels::render_png;
  gui.open_screen = open_screen;
  gui.window = run_window;
  return gui;
}

}  // namespace awaitscope

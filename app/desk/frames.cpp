#include "app/desk/frames.h"

#include <filesystem>

#include <fmt/format.h>

#include "app/desk/lessons.h"
#include "app/desk/recording.h"
#include "app/exports/frames.h"
#include "app/view/room_picture.h"
#include "core/formats/format.h"

namespace awaitscope::desk {
namespace {

constexpr float svg_text = 32, mono_share = 0.566f;  // of the font's size: a letter of code, as paint_svg writes it

struct File {
  std::string name, bytes;
};

/// Both versions in front of a room.
view::Session session_of(const Lesson& lesson, const FrameOptions& options) {
  std::vector<std::pair<std::string, Trace>> sides;
  for (const char* variant : {"bad", "fixed"})
    sides.emplace_back(variant, *record(Program{lesson.scenario, variant, *settings_for(*lesson.scenario, {}), {}, false}));
  view::Session session = show(std::move(sides));
  session.lesson = lesson_of(session.sides.front()->trace.info, options.lessons);
  for (auto& side : session.sides) find_stops(*side, options.lessons);
  session.language = options.language;
  session.theme = options.dark ? view::Theme::dark : view::Theme::light;
  session.source = options.source == "cpp"  ? view::SourceLanguage::cpp
                   : options.source == "js" ? view::SourceLanguage::javascript
                                            : view::SourceLanguage::python;
  session.presenting = true;
  session.room.text_size = options.png ? 2 * svg_text : svg_text;
  session.show = view::Show::one;
  update(session, view::action(view::Act::fit_all));
  return session;
}

Result<std::string> picture_of(const view::Session& session, const FrameOptions& options, const RenderPng& render) {
  if (options.png) return render(session, 3840, 2160);
  view::FontMetrics metrics = view::svg_metrics(svg_text);
  metrics.char_width = svg_text * mono_share;
  return view::paint_svg(room_picture(session, {0, 0, 1920, 1080}, metrics), session.theme, metrics);
}

std::vector<view::Stop> in_time(std::vector<view::Stop> stops) {
  std::stable_sort(stops.begin(), stops.end(), [](const view::Stop& a, const view::Stop& b) { return a.seq < b.seq; });
  return stops;
}

exports::Frames::Lesson page_of(const Lesson& lesson, Language language) {
  exports::Frames::Lesson page;
  page.card = lesson.scenario->id;
  page.title = lesson.title.in(language);
  page.question = lesson.ask.question.in(language);
  for (const Option& option : lesson.ask.options) page.options.push_back(option.text.in(language));
  if (lesson.ask.answer < lesson.ask.options.size())
    page.answer = fmt::format("{}: {}", static_cast<char>('A' + lesson.ask.answer), page.options[lesson.ask.answer]);
  page.explain = lesson.explain.in(language);
  return page;
}

}  // namespace

Result<std::size_t> write_frames(const std::vector<Lesson>& lessons, const FrameOptions& options, const RenderPng& render) {
  const bool chinese = options.language == Language::chinese;
  exports::Frames page;
  page.language = chinese ? "zh-Hans" : "en";
  page.title = lessons.size() == 1 ? lessons.front().title.in(options.language) : "Awaitscope";
  page.words = {chinese ? "问题" : "Question", chinese ? "答案" : "Answer"};
  std::vector<File> files;
  for (const Lesson& lesson : lessons) {
    view::Session session = session_of(lesson, options);
    exports::Frames::Lesson pages = page_of(lesson, options.language);
    std::size_t number = 0;
    for (int side = 0; side < 2; ++side) {
      session.active = side;
      const std::vector<view::Stop> stops = in_time(session.side().stops);
      for (std::size_t i = 0; i < stops.size(); ++i) {
        update(session, view::action(view::Act::seek_event, stops[i].seq));
        auto picture = picture_of(session, options, render);
        if (!picture) return Error{picture.error()};
        const std::string name = (lessons.size() > 1 ? lesson.scenario->id + "-" : "") +
                                 exports::frame_name(++number, session.side().label, stops[i].name) +
                                 (options.png ? ".png" : ".svg");
        files.push_back({name, std::move(*picture)});
        pages.frames.push_back(
            {name, fmt::format("{} · {} / {}", session.side().label, i + 1, stops.size()), stops[i].say.in(options.language)});
      }
    }
    page.lessons.push_back(std::move(pages));
  }
  std::error_code failed;
  std::filesystem::create_directories(options.folder, failed);
  if (failed) return Error{options.folder + ": " + failed.message()};
  for (const File& file : files)
    if (const Status written = write_file(options.folder + "/" + file.name, file.bytes); !written)
      return Error{written.error()};
  if (const Status written = write_file(options.folder + "/index.html", exports::frames_html(page)); !written)
    return Error{written.error()};
  return files.size();
}

}  // namespace awaitscope::desk

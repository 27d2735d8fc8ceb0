#include "app/exports/frames.h"

#include <cctype>

#include <fmt/format.h>

#include "app/exports/escape.h"
#include "app/exports/report_style.h"

namespace awaitscope::exports {
namespace {

constexpr std::string_view style = R"(
@page { size: 13.333in 7.5in; margin: 0; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #12151a;
  font: 20px/1.45 Inter, 'DejaVu Sans', 'Noto Sans CJK SC', 'Segoe UI', Helvetica, Arial, sans-serif; }
section, figure { break-after: page; break-inside: avoid; margin: 0; }
section { padding: .8in; aspect-ratio: 16 / 9; overflow: hidden; }
h1 { font-size: 46px; line-height: 1.2; margin: 0 0 .35in; }
h1 span { display: block; font-size: 24px; color: #434b58; margin-bottom: .1in; }
h2 { font-size: 24px; color: #434b58; margin: 0 0 .1in; }
p { font-size: 28px; margin: 0 0 .25in; max-width: 42em; }
ol { list-style: upper-alpha; font-size: 26px; margin: 0; padding-left: 1.6em; }
li { margin: 0 0 .08in; }
img { display: block; width: 100%; aspect-ratio: 16 / 9; object-fit: contain; }
figcaption { padding: 10px 16px; }
figcaption b { margin-right: 12px; }
@media screen {
  body { max-width: 1280px; margin: 0 auto; padding: 20px; background: #edf0f4; }
  section, figure { background: #fff; margin: 0 0 24px; border: 1px solid #c3cad4; border-radius: 8px; overflow: hidden; }
}
@media print { html { width: 13.333in; } section { width: 13.333in; height: 7.49in; } figure { width: 13.333in; height: 7.49in; overflow: hidden; }
  img { height: 7.49in; } figcaption { display: none; } }
)";

void put_question(std::string& out, const Frames& page, const Frames::Lesson& lesson) {
  out += fmt::format("<section>\n<h1><span>{}</span>{}</h1>\n", html(lesson.card), html(lesson.title));
  if (!lesson.question.empty()) {
    out += fmt::format("<h2>{}</h2>\n<p>{}</p>\n<ol>", html(page.words.question), html_lines(lesson.question));
    for (const std::string& option : lesson.options) out += "<li>" + html_lines(option) + "</li>";
    out += "</ol>\n";
  }
  out += "</section>\n";
}

void put_answer(std::string& out, const Frames& page, const Frames::Lesson& lesson) {
  if (lesson.answer.empty()) return;
  out += fmt::format("<section>\n<h1><span>{}</span>{}</h1>\n<h2>{}</h2>\n<p><b>{}</b></p>\n<p>{}</p>\n</section>\n",
                     html(lesson.card), html(lesson.title), html(page.words.answer), html_lines(lesson.answer),
                     html_lines(lesson.explain));
}

}  // namespace

std::string frame_name(std::size_t number, const std::string& version, const std::string& stop) {
  std::string out = fmt::format("{:02}-", number);
  for (const char c : (version + "-" + stop).substr(0, 60)) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte)) out += static_cast<char>(std::tolower(byte));
    else if (out.back() != '-') out += '-';
  }
  while (out.back() == '-') out.pop_back();
  return out;
}

std::string frames_html(const Frames& page) {
  // Firefox and Chromium take a picture beside a page that was opened as a file for one of its own only where "file:" says so.
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self' file:; style-src '{}'; "
      "base-uri 'none'; form-action 'none'\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n",
      html(page.language), content_hash(style), html(page.title), style);
  for (const Frames::Lesson& lesson : page.lessons) {
    put_question(out, page, lesson);
    for (const Frames::Frame& frame : lesson.frames)
      out += fmt::format("<figure><img src=\"{}\" alt=\"{}\"><figcaption><b>{}</b>{}</figcaption></figure>\n", html(frame.file),
                         html(frame.sentence), html(frame.caption), html(frame.sentence));
    put_answer(out, page, lesson);
  }
  return out + "</body>\n</html>\n";
}

}  // namespace awaitscope::exports

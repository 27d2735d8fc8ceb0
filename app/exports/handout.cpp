#include "app/exports/handout.h"

#include <fmt/format.h>

#include "app/exports/escape.h"

namespace awaitscope::exports {
namespace {

constexpr std::string_view style = R"(
@page { size: A4; margin: 12mm; }
* { box-sizing: border-box; }
body { font: 10.5pt/1.4 'DejaVu Sans', 'Noto Sans CJK SC', 'Segoe UI', Helvetica, Arial, sans-serif; color: #000; background: #fff;
  margin: 0 auto; max-width: 190mm; }
h1 { font-size: 15pt; margin: 0 0 2mm; }
h1 span { border: 1px solid #000; border-radius: 3px; padding: 0 2mm; margin-right: 2mm; font-size: 11pt; }
h2 { font-size: 11.5pt; margin: 4mm 0 1mm; }
p { margin: 0 0 2mm; }
.code { display: grid; grid-template-columns: 1fr 1fr; gap: 4mm; }
pre { font: 6.7pt/1.35 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', Consolas, monospace; border: 1px solid #999; border-radius: 3px;
  margin: 0; padding: 2mm; white-space: pre-wrap; }
figure { margin: 1.5mm 0; }
figcaption { font-size: 9pt; font-weight: bold; }
svg { width: 100%; height: auto; border: 1px solid #999; }
ol { list-style: upper-alpha; margin: 0; padding-left: 7mm; }
.sheet { display: flex; flex-direction: column; height: 272mm; overflow: hidden; }
.write { flex: 1; overflow: hidden; }
.line { border-bottom: 1px solid #777; height: 8mm; }
.answers { break-before: page; font-size: 9.5pt; }
.answers h2 { font-size: 10.5pt; margin: 3mm 0 1mm; }
.answers p, .answers ul { margin: 0 0 1mm; }
.right { font-weight: bold; }
@media screen { body { padding: 8mm; } .answers { margin-top: 20mm; } }
)";

std::string options_of(const Handout::Question& question) {
  std::string out = "<ol>";
  for (const std::string& option : question.options) out += "<li>" + html_lines(option) + "</li>";
  return out + "</ol>\n";
}

std::string answer_of(const Handout& page, const Handout::Question& question) {
  const std::size_t right =
      question.answer.empty() ? question.options.size() : static_cast<std::size_t>(question.answer[0] - 'A');
  std::string out = "<p>" + html_lines(question.question) + "</p>\n";
  if (right < question.options.size())
    out += fmt::format("<p class=\"right\">{} {}: {}</p>\n", html_lines(page.words.answer), html_lines(question.answer),
                       html_lines(question.options[right]));
  out += "<p>" + html_lines(question.explain) + "</p>\n<ul>";
  for (std::size_t i = 0; i < question.misconceptions.size(); ++i)
    if (!question.misconceptions[i].empty())
      out += fmt::format("<li>{} {}: {}</li>", static_cast<char>('A' + i), html_lines(page.words.wrong),
                         html_lines(question.misconceptions[i]));
  return out + "</ul>\n";
}

}  // namespace

std::string handout_html(const Handout& page) {
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{} "
      "{}</title>\n<style>{}</style>\n</head>\n"
      "<body>\n<section class=\"sheet\">\n<h1><span>{}</span>{}</h1>\n",
      html_lines(page.language), html_lines(page.card), html_lines(page.title), style, html_lines(page.card),
      html_lines(page.title));
  out += "<div class=\"code\">\n";
  for (const auto& version : page.versions)
    out += fmt::format("<div><b>{}</b> <small>{}</small><pre>{}</pre></div>\n", html_lines(version.name),
                       html_lines(version.file), html_lines(version.code));
  out += "</div>\n";
  for (const auto& version : page.versions)
    out += fmt::format("<figure><figcaption>{} · {}</figcaption>{}</figure>\n", html_lines(version.name),
                       html_lines(version.length), version.svg);
  if (!page.questions.empty()) {
    out += fmt::format("<h2>{}</h2>\n<p>{}</p>\n", html_lines(page.words.question), html_lines(page.questions[0].question));
    out += options_of(page.questions[0]);
    out += fmt::format("<h2>{}</h2>\n<div class=\"line\"></div>\n<h2>{}</h2>\n<div class=\"write\">",
                       html_lines(page.words.your_answer), html_lines(page.words.because));
    for (int i = 0; i < 12; ++i) out += "<div class=\"line\"></div>";  // as many as there is room for
    out += "</div>\n";
  }
  out += "</section>\n";
  out += fmt::format("<section class=\"answers\">\n<h1><span>{}</span>{}</h1>\n", html_lines(page.card),
                     html_lines(page.words.answers));
  for (std::size_t i = 0; i < page.questions.size(); ++i) {
    if (i) out += fmt::format("<h2>{} {}</h2>\n{}", html_lines(page.words.twist), i, options_of(page.questions[i]));
    out += answer_of(page, page.questions[i]);
  }
  out += "<p>" + html_lines(page.watch) + "</p>\n";
  if (!page.notes.empty()) out += fmt::format("<h2>{}</h2>\n", html_lines(page.words.instructor));
  for (const auto& [label, text] : page.notes)
    out += fmt::format("<p><b>{}:</b> {}</p>\n", html_lines(label), html_lines(text));
  return out + "</section>\n</body>\n</html>\n";
}

}  // namespace awaitscope::exports

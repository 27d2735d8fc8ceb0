// Which Chinese characters a session's own words need, so that a font's atlas holds them and little else.
#include "app/view/session.h"
#include "app/view/text.h"

namespace awaitscope::view {
namespace {

void add(std::u32string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0xE2) {  // before U+2000
      ++at;
      continue;
    }
    const char32_t c = next_code_point(text, at);
    if ((c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xFF00 && c <= 0xFFEF)) out += c;
  }
}

void add(std::u32string& out, const Question& question) {
  for (const Words* words : {&question.question, &question.explain}) add(out, words->zh);
  for (const Question::Option& option : question.options) {
    add(out, option.text.zh);
    add(out, option.misconception.zh);
  }
}

}  // namespace

std::u32string chinese_words(const Session& session) {
  std::u32string out;
  if (session.language != Language::chinese) return out;
  const Lesson& lesson = session.lesson;
  for (const Words* words :
       {&lesson.title, &lesson.watch, &lesson.explain, &lesson.instructor.say, &lesson.instructor.ask, &lesson.instructor.trap})
    add(out, words->zh);
  for (const Question& question : lesson.questions) add(out, question);
  for (const Knob& knob : lesson.knobs) add(out, knob.meaning.zh);
  for (const auto& side : session.sides)
    for (const Stop& stop : side->stops) add(out, stop.say.zh);
  for (const CatalogueRow& row : session.catalogue) {
    add(out, row.topic.zh);
    add(out, row.title.zh);
  }
  add(out, session.message);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace awaitscope::view

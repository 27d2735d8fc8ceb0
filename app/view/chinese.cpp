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

void each_text(const Question& question, const auto& take) {
  for (const Words* words : {&question.question, &question.explain}) take(words->zh);
  for (const Question::Option& option : question.options) {
    take(option.text.zh);
    take(option.misconception.zh);
  }
}

/// All that is shown in the session's own words.
void each_text(const Session& session, const auto& take) {
  const Lesson& lesson = session.lesson;
  for (const Words* words :
       {&lesson.title, &lesson.watch, &lesson.explain, &lesson.instructor.say, &lesson.instructor.ask, &lesson.instructor.trap})
    take(words->zh);
  for (const Question& question : lesson.questions) each_text(question, take);
  for (const Knob& knob : lesson.knobs) take(knob.meaning.zh);
  for (const auto& side : session.sides)
    for (const Stop& stop : side->stops) take(stop.say.zh);
  for (const CatalogueRow& row : session.catalogue) {
    take(row.topic.zh);
    take(row.title.zh);
  }
  take(session.message);
}

std::u32string characters(const Session& session) {
  std::u32string out;
  each_text(session, [&](std::string_view text) { add(out, text); });
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

const std::u32string& chinese_words(const Session& session) {
  static const std::u32string none;
  if (session.language != Language::chinese) return none;
  // To take in the texts as they are costs little beside finding their characters.
  std::size_t all = 0;
  each_text(session, [&](std::string_view text) { all = all * 31 + std::hash<std::string_view>{}(text); });
  return session.memo.of<std::u32string>(std::to_string(all), [&] { return characters(session); });
}

}  // namespace awaitscope::view

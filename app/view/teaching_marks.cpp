// Predictions and the answer on the ruler: who thought when, and when it was.
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include "app/view/stage.h"
#include "app/view/teaching_walk.h"

namespace awaitscope::view {
namespace {

/// A time at the start of the text, "4.0 s" or "300 ms", and how many characters it takes; 0: none.
std::size_t leading_time(std::string_view text, Instant& at) {
  std::size_t digits = 0;
  while (digits < text.size() && ((text[digits] >= '0' && text[digits] <= '9') || text[digits] == '.')) ++digits;
  if (digits == 0 || digits > 9 || text[0] == '.') return 0;
  const double value = std::strtod(std::string(text.substr(0, digits)).c_str(), nullptr);
  for (const auto& [unit, ns] : {std::pair{std::string_view(" s"), 1e9}, std::pair{std::string_view(" ms"), 1e6}}) {
    if (!text.substr(digits).starts_with(unit)) continue;
    const std::size_t end = digits + unit.size();
    if (end < text.size() && std::isalnum(static_cast<unsigned char>(text[end]))) continue;
    at = {static_cast<std::int64_t>(std::llround(value * ns))};
    return end;
  }
  return 0;
}

}  // namespace

std::optional<Instant> predicted_moment(std::string_view text) {
  Instant at;
  if (leading_time(text, at) == text.size() && !text.empty()) return at;
  std::optional<Instant> found;
  for (std::size_t i = text.find("at "); i != std::string_view::npos; i = text.find("at ", i + 1)) {
    if (i > 0 && text[i - 1] != ' ') continue;
    if (!leading_time(text.substr(i + 3), at)) continue;
    if (found) return {};  // two moments are no prediction of one
    found = at;
  }
  return found;
}

Instant predicted_end(const Session& session) {
  Instant end;
  if (const Question* question = open_question(session))
    for (const auto& option : question->options)
      if (const auto at = predicted_moment(option.text.en)) end = std::max(end, *at);
  return end;
}

std::vector<RulerMark> ruler_marks(const Session& session, const Side& side) {
  const Question* question = open_question(session);
  std::vector<RulerMark> out;
  if (!question || session.order_ruler || session.sides.empty() ||
      &side != session.sides[static_cast<std::size_t>(asked_side(session))].get())
    return out;
  const bool told = session.teaching.phase >= Teaching::Phase::run;
  const auto& counts = votes_of(session).last();
  const bool counted = told && shows_counts(session) && total(counts) > 0;
  std::vector<std::vector<std::size_t>> who;
  for (std::size_t i = 0; i < question->options.size(); ++i) {
    const auto at = predicted_moment(question->options[i].text.en);
    if (!at) continue;
    const auto same = std::find_if(out.begin(), out.end(), [&](const RulerMark& m) { return m.at == *at; });
    if (same == out.end()) out.push_back({*at, {}, false}), who.push_back({i});
    else who[static_cast<std::size_t>(same - out.begin())].push_back(i);
  }
  if (!told) return out;  // their place is kept
  const Seq reveal = reveal_of(session);
  if (reveal && (session.teaching.phase >= Teaching::Phase::reveal || side.step >= reveal)) {
    const Instant at = side.trace[reveal].at();
    const auto same = std::find_if(out.begin(), out.end(), [&](const RulerMark& m) { return m.at == at; });
    if (same == out.end()) out.push_back({at, {}, true}), who.emplace_back();
    else same->answer = true;
  }
  const std::string_view answer = Phrase{"answer", "答案"}.in(session.language);
  for (std::size_t m = 0; m < out.size(); ++m) {
    std::string long_words, words;
    for (const std::size_t i : who[m]) {
      const std::string gap = words.empty() ? "" : " · ";
      words += gap + letter(i);
      const int count = counted && i < counts.size() ? counts[i] : -1;
      long_words += gap + letter(i) + (count < 0 ? "" : " " + std::to_string(count));
      if (count >= 0 && who[m].size() == 1)
        long_words += session.language == Language::chinese ? " 票" : count == 1 ? " vote" : " votes";
    }
    if (out[m].answer) {
      long_words += (long_words.empty() ? "" : " · ") + std::string(answer);
      words = words.empty() ? std::string(answer) : words + " ✓";
    }
    out[m].words = {long_words, words};
  }
  return out;
}

void draw_marks(Stage& stage, Rect band, float bottom) {
  if (band.h <= 0) return;
  stage.box(band, Role::header);
  const Axis& axis = stage.axis;
  // The answer takes its place first.
  for (const bool answer : {true, false})
    for (const RulerMark& mark : stage.options.marks) {
      if (mark.answer != answer || mark.words.empty()) continue;
      const double value = static_cast<double>(mark.at.ns);
      if (axis.order || !axis.shows(value)) continue;
      const float x = axis.at(value);
      const Role role = answer ? Role::bookmark : Role::text_dim;
      if (!stage.cells()) stage.line({{x, band.y}, {x, bottom}}, role, answer ? 2.0f : 1.2f, false, !answer);
      for (const std::string& words : mark.words) {
        const float pad = stage.cells() ? 0 : stage.cw() * 0.6f, icon = answer && !stage.cells() ? stage.lh() * 0.8f : 0;
        // Bold is a little wider than what is measured; in cells a space keeps neighbours apart.
        const float w = stage.options.metrics.width(words) * (stage.cells() ? 1 : answer ? 1.13f : 1.03f) + 2 * pad + icon;
        // A flag on its line: to the right of it, or to the left where the picture ends.
        const float left = x + w <= stage.options.canvas.right() ? x : std::max(stage.plot.x, x - w);
        const Rect chip{left, band.y + (stage.cells() ? 0 : stage.lh() * 0.12f), w, stage.cells() ? 1 : stage.lh() * 1.12f};
        const float gap = stage.cells() ? 1 : pad;
        if (!stage.places.free({chip.x - gap, chip.y, chip.w + 2 * gap, chip.h})) continue;
        if (!stage.cells()) {
          stage.box(chip, Role::background, Pattern::solid, {}, 4);
          stage.box(chip, role, Pattern::outline, {}, 4);
        }
        if (icon > 0)
          stage.out.icons.push_back(
              {{chip.x + pad * 0.8f, chip.y + (chip.h - icon * 0.85f) / 2, icon * 0.85f, icon * 0.85f}, Glyph::flag, role, {}});
        stage.label({chip.x + pad + icon, chip.y, w - 2 * pad - icon + 0.05f, chip.h}, words, Role::text,
                    answer ? Font::bold : Font::ui);
        break;
      }
    }
}

void draw_curtain(Stage& stage, float bottom) {
  const Seq seq = stage.playhead();
  const float x = seq ? stage.axis.at(stage.trace[seq].at(), seq) : stage.plot.x;
  stage.box({x, stage.plot.y, stage.plot.right() - x, bottom - stage.plot.y}, Role::panel);
  if (stage.options.curtain.empty()) return;
  const float h = stage.cells() ? 1 : stage.lh() * 1.4f;
  stage.label({stage.plot.x, stage.plot.y + (bottom - stage.plot.y) * 0.42f, stage.plot.w, h}, stage.options.curtain,
              Role::text_dim, Font::ui, Align::center);
}

}  // namespace awaitscope::view

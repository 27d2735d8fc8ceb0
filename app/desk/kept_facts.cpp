#include "app/desk/kept_facts.h"

#include <algorithm>

#include <fmt/format.h>

namespace awaitscope::desk {
namespace {

/// "in 3 out 5 right 2", "solved".
std::string cards_fact(const view::Session& session) {
  const view::LineCards& cards = view::cards_of(session);
  if (cards.solved) return "solved";
  const auto right = std::count(cards.marks.begin(), cards.marks.end(), view::Placed::right);
  return fmt::format("in {} out {} right {}", cards.in.size(), cards.out.size(), right);
}

/// "fail 3 solved budget 2": the lesson's challenges with their tries; "none" where one has no goal.
std::string challenges_fact(const view::Session& session) {
  std::string out;
  for (const view::Challenge& challenge : session.student.challenges) {
    out += (out.empty() ? "" : " ") + challenge.id;
    if (challenge.goal == view::Goal::none) {
      out += " none";
      continue;
    }
    const auto lesson = session.student.progress.find(session.student.lesson);
    view::Progress mine;
    if (lesson != session.student.progress.end())
      if (const auto one = lesson->second.find(challenge.id); one != lesson->second.end()) mine = one->second;
    out += fmt::format(" {}{}", mine.tries, mine.solved ? " solved" : "");
  }
  return out;
}

}  // namespace

std::optional<std::string> kept_fact(const view::Session& session, const std::string& name) {
  if (name == "recent") return std::to_string(session.recent.size());
  if (name == "language") return session.language == Language::chinese ? "zh" : "en";
  if (name == "cards") return cards_fact(session);
  if (name == "challenges") return challenges_fact(session);
  if (name == "schedule") return session.has_runs() ? std::optional(to_text(session.side().trace.info.schedule)) : std::nullopt;
  return std::nullopt;
}

}  // namespace awaitscope::desk

#include "app/desk/playlists.h"

#include "app/view/teaching_walk.h"

namespace awaitscope::desk {
namespace {

view::Teaching::Station station(const Scenario& scenario, const std::string& folder) {
  const auto lesson = load_lesson(scenario, folder);
  return {scenario.name, lesson ? lesson->title : Words{scenario.name, scenario.name}};
}

std::string counts(const std::vector<int>& votes) {
  std::string out;
  for (const int n : votes) out += (out.empty() ? "" : " ") + std::to_string(n);
  return out.empty() ? "-" : out;
}

}  // namespace

void take_cards(view::Session& session, const std::string& folder) {
  session.teaching.course.clear();
  session.teaching.playlist.clear();
  for (const Scenario* scenario : scenarios_by_card()) session.teaching.course.push_back(station(*scenario, folder));
}

Status take_playlist(view::Session& session, const std::string& id, const std::string& folder) {
  const auto playlist = find_playlist(id, folder);
  if (!playlist) return Error{playlist.error()};
  if (playlist->scenarios.empty()) return Error{"playlist '" + id + "' has no lessons"};
  session.teaching.course.clear();
  session.teaching.playlist = id;
  for (const Scenario* scenario : playlist->scenarios) session.teaching.course.push_back(station(*scenario, folder));
  return Done{};
}

std::pair<std::string, std::string> versions_of(const Scenario& scenario, const std::string& variant) {
  const bool fixed = variant.starts_with("fixed");
  const std::string other = fixed ? "bad" : "fixed", twin = other + variant.substr(fixed ? 5 : 3);
  const std::string pair = find_variant(scenario, twin) ? twin : other;
  return fixed ? std::pair{pair, variant} : std::pair{variant, pair};
}

std::optional<std::string> lesson_fact(const view::Session& session, std::string_view name) {
  const view::Teaching& t = session.teaching;
  if (name == "phase") return std::string(t.on ? view::phase_name(t.phase) : "none");
  if (name == "question") return std::to_string(t.question + 1);
  if (name == "votes") return counts(view::votes_of(session).first) + " / " + counts(view::votes_of(session).second);
  if (name == "locked") return std::string(view::locked(session) ? "yes" : "no");
  if (name == "course") {
    const auto here = view::station_of(session);
    return (here ? std::to_string(*here + 1) : "-") + "/" + std::to_string(t.course.size());
  }
  return {};
}

}  // namespace awaitscope::desk

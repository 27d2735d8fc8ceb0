#pragma once
// Scenarios as the plain data that the view shows.
#include "app/view/session.h"
#include "scenarios/lesson.h"

namespace awaitscope::desk {

inline constexpr Phrase no_scenario{"this trace is no scenario's, so it cannot be run again",
                                    "这份记录不属于任何场景，不能重新运行"};

/// The lesson of a scenario with these values; `settings` may lack some.  Its words come from `folder` where that has them; an
/// error leaves them out.
view::Lesson lesson_of(const Scenario& scenario, const Settings& settings, const std::string& folder = {});
/// The lesson that a trace's own header names; an empty one for other programs' traces.
view::Lesson lesson_of(const TraceInfo& info, const std::string& folder = {});
/// Where the lesson's bookmarks and the answers to its questions lie in a run of it that has ended.
void find_stops(view::Side& side, const std::string& folder = {});
std::vector<view::CatalogueRow> catalogue(const std::string& folder = {});
/// Every lesson, by card; the error is that of the first wrong file.
Result<std::vector<Lesson>> all_lessons(const std::string& folder = {});

}  // namespace awaitscope::desk

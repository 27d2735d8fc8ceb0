#pragma once
// Scenarios as the plain data that the view shows.
#include "app/view/session.h"
#include "scenarios/scenario.h"

namespace awaitscope::desk {

/// The lesson of a scenario with these values; `settings` may lack some.
view::Lesson lesson_of(const Scenario& scenario, const Settings& settings);
/// The lesson that a trace's own header names; an empty one for other programs' traces.
view::Lesson lesson_of(const TraceInfo& info);
std::vector<view::CatalogueRow> catalogue();

}  // namespace awaitscope::desk

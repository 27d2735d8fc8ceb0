#pragma once
// Lessons put to use: as text, as a page to print, under many schedules, with their badges.
#include "app/desk/runner.h"
#include "core/explore/badges.h"
#include "scenarios/playlist.h"

namespace awaitscope::desk {

/// A program for core/explore to run.
Subject subject_of(const Program& program);
/// The badges of a variant with the standard values.
std::array<Badge, 4> badges_of(const Scenario& scenario, const std::string& variant);

/// The catalogue by topic, one line each.
std::string catalogue_text(const std::vector<Lesson>& lessons, Language language);
/// The catalogue for programs, in English.
std::string catalogue_json(const std::vector<Lesson>& lessons);
/// A playlist in its order, with the minutes.
std::string playlist_text(const Playlist& playlist, const std::vector<Lesson>& lessons, Language language);

/// A lesson to read in a terminal: what is asked and shown, the timelines, the answers, the instructor's notes.
std::string lesson_text(const Lesson& lesson, Language language, bool color);
/// A lesson to print.  `source`: "python", "cpp" or "js", whose code it shows; the error says which there are.
Result<std::string> handout(const Lesson& lesson, Language language, const std::string& source);
/// What exploring found: k of n, a strip of outcomes, the first failing schedule.
std::string exploration_text(const Program& program, const Exploration& explored);

}  // namespace awaitscope::desk

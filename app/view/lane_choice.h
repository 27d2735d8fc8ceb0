#pragma once
// Which lanes are drawn, in which order: pinned ones on top, filtered ones not, nor what a closed task made.
#include "app/view/stage.h"

namespace awaitscope::view {

/// "12 tasks, 212 steps, 3 cancelled".
std::string tally_words(const Tally& tally, Language language);

struct LaneChoice {
  std::vector<std::uint32_t> pinned, lanes;  ///< parents before children, as in spawn_order
  std::vector<bool> parents;                 ///< by lane: it has children that could be hidden
  std::vector<std::uint32_t> closed;         ///< lanes whose children are hidden, in order
  std::vector<Tally> behind;                 ///< ... and what that hides
  const Tally* closed_at(std::uint32_t lane) const;
};
/// Of all lanes in spawn_order.
LaneChoice choose_lanes(const Trace& trace, const History& history, const Hunt* hunt, Seq playhead,
                        const std::vector<std::uint32_t>& order);

/// The name of a row of equal tasks, for Hunt::opened.
std::string group_id(const Trace& trace, const Model& model, std::uint32_t first_lane);
/// "job-17" and "job-18" are siblings of one kind: "job".
std::string_view stem(std::string_view name);

/// What acts do to a lane.
void pin_lane(Session& session, TaskId task);
void fold_lane(Session& session, const Hit& hit);

}  // namespace awaitscope::view

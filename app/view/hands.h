#pragma once
// Runs by hand: stepping one that is held, and changing it between two steps.
#include "app/view/session.h"

namespace awaitscope::view {

/// One line of the menu.
struct HandOffer {
  std::string words;
  std::string why_not{};    ///< what speaks against it, "" where nothing does
  Act act = Act::lay_hand;  ///< what it asks for
  std::string text{};       ///< with it
};
/// What the menu is about: "worker", "api"; "" for the run as a whole.
std::string hand_subject(const Session& session, const Hit& about);
/// What can be done to it where the run stands.
std::vector<HandOffer> hand_offers(const Session& session, const Hit& about);

/// The active run goes on as it is watched: on the real clock, or held and stepped.
bool is_watched(const Session& session);
/// At the end of what it has recorded, so that the next step is one that the run has yet to make.
bool at_its_end(const Session& session);

/// The action whose key does the same while a run is watched.
Act of_key(Act act);

void open_hand_menu(Session& session, const Hit& hit);
std::vector<Request> lay_hand(Session& session, const std::string& text);
std::vector<Request> fork(Session& session);
std::vector<Request> change_live_speed(Session& session, double times);

}  // namespace awaitscope::view

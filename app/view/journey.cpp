#include "app/view/journey.h"

#include "app/view/glide.h"
#include "app/view/navigate.h"
#include "app/view/say.h"

namespace awaitscope::view {
namespace {

constexpr std::size_t most_places = 200;

Place place_of(const Session& session) {
  Place place;
  place.begin = session.view_begin;
  place.end = session.view_end;
  place.scroll = session.lane_scroll;
  place.order = session.order_ruler;
  place.show = session.show;
  place.active = session.active;
  place.finding = session.selected_finding;
  place.step = session.has_runs() ? session.side().step : 0;
  place.selected = session.selected;
  place.range = session.range;
  place.arrow = session.hunt.arrow;
  place.filter = session.hunt.filter;
  return place;
}

void go_to(Session& session, const Place& place) {
  session.active = std::clamp(place.active, 0, std::max(0, static_cast<int>(session.sides.size()) - 1));
  session.show = place.show;
  session.order_ruler = place.order;
  seek(session, place.step);
  session.view_begin = place.begin;
  session.view_end = place.end;
  session.lane_scroll = place.scroll;
  session.selected = place.selected;
  session.selected_finding =
      session.has_runs() && place.finding < static_cast<int>(session.side().findings.size()) ? place.finding : -1;
  session.range = place.range;
  session.hunt.arrow = place.arrow;
  session.hunt.filter = place.filter;
  session.hunt.reveal = {};  // the lanes lie where they lay
}

/// Actions of one group that follow each other are one step back.
Act group_of(const Action& action) {
  switch (action.act) {
    case Act::zoom_in:
    case Act::zoom_out:
    case Act::pan_left:
    case Act::pan_right:
    case Act::scroll_lanes: return Act::zoom_in;
    case Act::show_range: return action.text == dragged ? Act::zoom_in : Act::show_range;
    case Act::event_forward:
    case Act::event_back:
    case Act::step_forward:
    case Act::step_back:
    case Act::tick_forward:
    case Act::tick_back: return Act::event_forward;
    default: return action.act;
  }
}

bool goes_on(const Action& action) {
  switch (group_of(action)) {
    case Act::zoom_in:
    case Act::event_forward:
    case Act::seek_event:
    case Act::filter_lanes: return true;
    default: return action.text == dragged;
  }
}

}  // namespace

Remember::Remember(Session& session, const Action& action) : session_(session), action_(action), before_(place_of(session)) {}

Remember::~Remember() {
  if (action_.act == Act::hover) return;
  Hunt& hunt = session_.hunt;
  hunt.before = action_.act;
  const bool travels = action_.act == Act::undo || action_.act == Act::redo;
  const Place now = place_of(session_);
  if (now.begin != before_.begin || now.end != before_.end)
    begin_glide(session_, before_.begin, before_.end, now.order != before_.order || action_.text == dragged);
  if (travels || now == before_) return;
  Journey& journey = hunt.journey;
  const Act group = group_of(action_);
  journey.future.clear();
  if (group == journey.last && goes_on(action_) && !journey.past.empty()) return;
  journey.last = group;
  if (journey.past.size() >= most_places) journey.past.erase(journey.past.begin());
  journey.past.push_back(std::move(before_));
}

void undo(Session& session) {
  Journey& journey = session.hunt.journey;
  if (journey.past.empty()) return say(session, Phrase{"there is nothing to undo", "没有可撤销的操作"});
  journey.future.push_back(place_of(session));
  const Place place = std::move(journey.past.back());
  journey.past.pop_back();
  journey.last = Act::quit;
  go_to(session, place);
}

void redo(Session& session) {
  Journey& journey = session.hunt.journey;
  if (journey.future.empty()) return say(session, Phrase{"there is nothing to redo", "没有可重做的操作"});
  journey.past.push_back(place_of(session));
  const Place place = std::move(journey.future.back());
  journey.future.pop_back();
  journey.last = Act::quit;
  go_to(session, place);
}

}  // namespace awaitscope::view

#include "app/view/navigate.h"

#include <cmath>
#include <limits>

#include "app/view/glide.h"
#include "app/view/inspector.h"
#include "app/view/pictures.h"
#include "app/view/say.h"
#include "app/view/search.h"
#include "app/view/stage.h"
#include "app/view/teaching_walk.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

constexpr double least_window = 8, most_window = 4e18;  // nanoseconds, or events
constexpr double fit_margin = 1.04;                     // room for the word behind the last bar

void show_window(Session& session, double begin, double length) {
  if (!std::isfinite(begin) || !std::isfinite(length)) return;
  length = std::clamp(length, least_window, most_window);
  // The run may leave the window on either side, but never wholly.
  const double end = std::max(least_window, static_cast<double>(horizon(session).ns) * fit_margin);
  begin = std::clamp(begin, -length * 0.5, std::max(-length * 0.5, end - length * 0.25));
  if (begin < 0) begin = 0;
  session.view_begin = to_instant(begin);
  session.view_end = to_instant(begin + length);
}

double window(const Session& session) {
  return static_cast<double>(std::max<std::int64_t>(1, session.view_end.ns - session.view_begin.ns));
}

void keep_in_sight(Session& session) {
  const Instant at = on_ruler(session);
  if (at < session.view_begin || at > session.view_end) center(session);
}

/// What the lesson stops at, or where no lesson is: what somebody said, cancellations, and what findings rest on.
bool worth_seeing(const Side& side, Seq seq) {
  if (!side.stops.empty())
    return std::any_of(side.stops.begin(), side.stops.end(), [&](const Stop& s) { return s.seq == seq; });
  const Event event = side.trace[seq];
  if (event.kind == Kind::bookmark || event.kind == Kind::log || info(event.kind).family == Family::cancel) return true;
  for (const Finding& finding : side.findings)
    for (const Seq proof : finding.evidence)
      if (proof == seq) return true;
  return false;
}

bool is_a(const Side& side, Seq seq, Unit unit) {
  switch (unit) {
    case Unit::event: return true;
    case Unit::step: return side.trace[seq].kind == Kind::step_begin;
    case Unit::tick: return side.trace[seq].kind == Kind::tick_begin;
    case Unit::bookmark: return worth_seeing(side, seq);
  }
  return true;
}

/// Where the other side stands by the lesson's moments: at the last one passed here that it has too, found by its name; before
/// its start where none was passed; nothing where it has none of them.
std::optional<Seq> same_moment(const Side& here, const Side& there) {
  std::vector<const Stop*> passed;
  for (const Stop& stop : here.stops)
    if (stop.seq && stop.seq <= here.step) passed.push_back(&stop);
  if (passed.empty()) return 0;
  std::stable_sort(passed.begin(), passed.end(), [](const Stop* a, const Stop* b) { return a->seq > b->seq; });
  for (const Stop* stop : passed)
    for (const Stop& other : there.stops)
      if (other.seq && other.name == stop->name) return other.seq;
  return std::nullopt;
}

/// Where a side stands when the active one stands where it does; nothing where it is not tied.
std::optional<Seq> tied_step(const Session& session, const Side& other) {
  const Side& active = session.side();
  if (session.tie == Tie::off) return std::nullopt;
  if (active.step == 0) return 0;
  if (session.tie == Tie::bookmark && !active.stops.empty() && !other.stops.empty()) return same_moment(active, other);
  // The same moment: after everything that happened up to it.
  return other.trace.at_or_before(playhead(session));
}

void place(Side& side, Seq step) {
  side.step = step;
  side.model = side.replay.at(step);
}

}  // namespace

std::vector<Seq> stops_of(const Side& side) {
  std::vector<Seq> out;
  for (const Stop& stop : side.stops)
    if (stop.seq && stop.seq <= side.trace.size()) out.push_back(stop.seq);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Hit spot_of(const Side& side, TaskId task, Seq seq) {
  if (!task || task.value > side.seen().lanes.size()) return {};
  const Span* span = span_at(side.seen().lanes[task.value - 1], seq);
  return span ? Hit{Hit::Kind::span, task.value, span->first} : Hit{Hit::Kind::task, task.value, 0};
}

Instant to_instant(double ns) { return {std::isnan(ns) ? 0 : static_cast<std::int64_t>(std::clamp(ns, -9e18, 9e18))}; }
Seq to_seq(double seq) { return std::isnan(seq) ? 0 : static_cast<Seq>(std::clamp(seq, 0.0, 4294967295.0)); }

void activate(Session& session, int side) {
  if (session.active == side) return;
  session.active = side;
  session.selected_finding = -1;
  session.hunt.arrow.reset();
}

void seek(Session& session, Seq seq) {
  if (!session.has_runs()) return;
  Side& active = session.side();
  place(active, std::min(seq, active.trace.size()));
  for (const auto& other : session.sides)
    if (other.get() != &active)
      if (const auto tied = tied_step(session, *other)) place(*other, *tied);
  draw_veil(session);  // what is said, and whoever moved the playhead, may look at what is seen now
  if (active.step == 0) say(session, Phrase{"before the first event", "第一个事件之前"});
  else say(session, describe(active.seen_trace(), active.seen().model, active.step, session.language));
  keep_in_sight(session);
}

void seek_end(Session& session) {
  if (!session.has_runs()) return;
  seek(session, session.side().trace.size());
  if (session.tie == Tie::off) return;
  for (const auto& other : session.sides) place(*other, other->trace.size());
}

void seek_ruler(Session& session, double at) {
  if (!session.has_runs()) return;
  seek(session, session.order_ruler ? to_seq(at) : session.side().trace.at_or_before(to_instant(at)));
}

void move(Session& session, Unit unit, int direction) {
  if (!session.has_runs()) return;
  const Side& side = session.side();
  session.playing = false;
  Seq at = side.step;
  while (direction > 0 ? at < side.trace.size() : at > 0) {
    at = direction > 0 ? at + 1 : at - 1;
    if (at == 0 || is_a(side, at, unit)) return seek(session, at);
  }
  if (direction > 0 && unit != Unit::event) seek(session, side.trace.size());
}

void play_pause(Session& session) {
  if (!session.has_runs()) return;
  session.playing = !session.playing;
  session.play_debt = 0;
  // Playing at the end starts again: what else could be meant?
  if (session.playing && session.side().step >= session.side().trace.size() && !session.side().running) seek(session, 0);
}

bool advance(Session& session, double seconds) {
  const bool moved = gliding(session);
  glide_on(session, seconds);
  const bool searched = search_on(session), played = play_on(session, seconds);
  return moved || searched || played;
}

double longest_wait(const Session& session) {
  if (session.playing || gliding(session) || searching(session)) return 1.0 / 60;
  if (session.loading) return 0.1;  // its progress
  return std::numeric_limits<double>::infinity();
}

bool play_on(Session& session, double seconds) {
  if (!session.playing || !session.has_runs() || !(seconds > 0)) return false;
  session.play_debt += std::min(seconds, 1.0) * session.events_per_second;
  const double whole = std::floor(session.play_debt);
  if (whole < 1) return false;
  session.play_debt -= whole;
  const Side& side = session.side();
  const Seq left = side.trace.size() - std::min(side.step, side.trace.size());
  if (left == 0 && !side.running) {
    session.playing = false;
    return true;
  }
  seek(session, side.step + std::min(left, static_cast<Seq>(whole)));
  return true;
}

Instant playhead(const Session& session) {
  if (!session.has_runs()) return {};
  const Side& side = session.side();
  return side.step && side.step <= side.trace.size() ? side.trace[side.step].at() : Instant{};
}

Instant on_ruler(const Session& session) {
  return session.order_ruler && session.has_runs() ? Instant{session.side().step} : playhead(session);
}

Instant horizon(const Session& session) {
  Instant end;
  for (const auto& side : session.sides)
    end = std::max(end, session.order_ruler ? Instant{side->trace.size()} : shown_end(side->history));
  return session.order_ruler ? end : std::max(end, predicted_end(session));
}

void zoom(Session& session, double fraction, double factor) {
  if (!std::isfinite(factor) || factor <= 0) return;
  const double length = window(session), begin = static_cast<double>(session.view_begin.ns);
  if (!(fraction >= 0)) fraction = (static_cast<double>(on_ruler(session).ns) - begin) / length;
  fraction = std::clamp(fraction, 0.0, 1.0);
  const double whole = std::max(least_window, static_cast<double>(horizon(session).ns) * fit_margin);
  const double wanted = std::clamp(length * factor, least_window, std::max(length, whole * 2));
  show_window(session, begin + (length - wanted) * fraction, wanted);
}

void pan(Session& session, double fraction) {
  show_window(session, static_cast<double>(session.view_begin.ns) + window(session) * fraction, window(session));
}

void scroll(Session& session, double lanes) {
  std::size_t most = 0;
  for (const auto& side : session.sides) most = std::max(most, side->seen().lanes.size());
  session.hunt.reveal = {};
  if (std::isfinite(lanes))
    session.lane_scroll =
        std::clamp(session.lane_scroll + static_cast<float>(lanes), 0.0f, most ? static_cast<float>(most - 1) : 0.0f);
}

void fit_all(Session& session) {
  const double end = static_cast<double>(horizon(session).ns);
  // A run in which no time passes still gets a window: one millisecond.
  show_window(session, 0, end > 0 ? end * fit_margin : 1e6);
  session.lane_scroll = 0;
  session.hunt.reveal = {};
}

void fit_selection(Session& session, const Hit& wanted) {
  if (session.range && wanted.kind == Hit::Kind::none)
    return show_range(session, static_cast<double>(session.range->first.ns), static_cast<double>(session.range->second.ns));
  if (!session.has_runs()) return;
  const Hit& hit = wanted.kind == Hit::Kind::none ? session.selected : wanted;
  const auto& lanes = session.side().seen().lanes;
  if ((hit.kind != Hit::Kind::task && hit.kind != Hit::Kind::span) || hit.value == 0 || hit.value > lanes.size())
    return fit_all(session);
  const auto& spans = lanes[hit.value - 1].spans;
  if (spans.empty()) return;
  const Span *first = &spans.front(), *last = &spans.back();
  if (hit.kind == Hit::Kind::span)
    for (const Span& span : spans)
      if (span.first == hit.seq) first = last = &span;
  const double begin = static_cast<double>(session.order_ruler ? first->first : first->begin.ns);
  const double end = static_cast<double>(session.order_ruler ? last->last : last->end.ns);
  const double margin = std::max(1.0, (end - begin) * 0.05);
  show_range(session, begin - margin, end + margin);
}

void center(Session& session) {
  show_window(session, static_cast<double>(on_ruler(session).ns) - window(session) / 2, window(session));
}

void focus(Session& session) {
  const Hit& hit = session.selected;
  const bool any = session.range || hit.is_lane();
  if (session.hunt.before == Act::center_playhead && any) return fit_selection(session);
  Instant at = on_ruler(session);
  if (session.range) at = {session.range->first.ns / 2 + session.range->second.ns / 2};
  else if (const Span* span = hit.kind == Hit::Kind::span ? span_of(session.side(), TaskId{hit.value}, hit.seq) : nullptr)
    at = session.order_ruler ? Instant{span->first / 2 + span->last / 2} : Instant{span->begin.ns / 2 + span->end.ns / 2};
  show_window(session, static_cast<double>(at.ns) - window(session) / 2, window(session));
}

void show_range(Session& session, double begin, double end) {
  if (std::isfinite(begin) && std::isfinite(end)) show_window(session, std::min(begin, end), std::abs(end - begin));
}

void toggle_order(Session& session) {
  session.order_ruler = !session.order_ruler;
  session.range.reset();  // it was in the other unit
  session.hunt.shown.reset();
  fit_all(session);
}

}  // namespace awaitscope::view

#include "app/view/glide.h"

#include <cmath>

namespace awaitscope::view {
namespace {

constexpr double half_life = 0.035;     // seconds: nine tenths of the way in an eighth of a second
constexpr double near_enough = 0.0008;  // of the window: less than a pixel

}  // namespace

std::pair<Instant, Instant> shown_window(const Session& session) {
  if (session.hunt.shown) return *session.hunt.shown;
  return {session.view_begin, session.view_end};
}

void begin_glide(Session& session, Instant begin, Instant end, bool jump) {
  Hunt& hunt = session.hunt;
  if (!hunt.glides || jump) hunt.shown.reset();
  else if (!hunt.shown) hunt.shown = {begin, end};
}

void glide_on(Session& session, double seconds) {
  auto& shown = session.hunt.shown;
  if (!shown || !(seconds > 0)) return;
  const double left = std::exp2(-seconds / half_life);
  const auto towards = [&](Instant from, Instant to) {
    const double way = static_cast<double>(to.ns) - static_cast<double>(from.ns);
    return Instant{to.ns - static_cast<std::int64_t>(way * left)};
  };
  shown = {towards(shown->first, session.view_begin), towards(shown->second, session.view_end)};
  const double window = static_cast<double>(session.view_end.ns) - static_cast<double>(session.view_begin.ns);
  const auto off = [](Instant a, Instant b) { return std::abs(static_cast<double>(a.ns) - static_cast<double>(b.ns)); };
  const double away = off(shown->first, session.view_begin) + off(shown->second, session.view_end);
  if (away <= std::max(1.0, window * near_enough) || shown->second <= shown->first) shown.reset();
}

}  // namespace awaitscope::view

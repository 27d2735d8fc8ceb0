// What differs most between the two versions: which numbers, which of them are worth the room, and how they read.
#include "app/view/delta.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "app/view/session.h"
#include "app/view/stage.h"
#include "app/view/text.h"

namespace awaitscope::view {
namespace {

using What = Delta::What;
constexpr std::size_t most = 4;
constexpr std::int64_t least_time = 1'000'000;  // nanoseconds that make a difference
constexpr double least_part = 0.05;             // of the larger one

/// The most that were there at once, of things that begin and end at events; an end of 0 never comes.
std::int64_t peak(std::vector<std::pair<Seq, int>> changes) {
  std::sort(changes.begin(), changes.end());
  std::int64_t now = 0, out = 0;
  for (const auto& [seq, change] : changes) out = std::max(out, now += change);
  return out;
}

/// What was asked for at the worst moment: in flight, and those that were turned away then.
std::int64_t in_flight(const History& h) {
  std::vector<std::pair<Seq, int>> changes;
  std::map<std::pair<std::uint32_t, std::int64_t>, int> refused;  // by service and moment
  for (const auto& request : h.requests) {
    const bool away = request.ended && request.status == RequestStatus::refused;
    changes.emplace_back(request.begun, 1);
    // Those of a moment leave together, however many events that takes.
    if (away && request.begin == request.end) ++refused[{request.service.value, request.end.ns}], changes.pop_back();
    else if (request.ended) changes.emplace_back(request.ended, -1);
  }
  for (const auto& request : h.requests) {
    const auto found = refused.find({request.service.value, request.end.ns});
    if (found == refused.end() || request.status != RequestStatus::refused || request.begin != request.end) continue;
    changes.emplace_back(request.begun, found->second);
    changes.emplace_back(request.ended, -found->second);
    refused.erase(found);
  }
  return peak(std::move(changes));
}

std::int64_t alive(const History& h) {
  std::vector<std::pair<Seq, int>> changes;
  for (const TaskModel& task : h.model.tasks) {
    if (!task.created) continue;
    changes.emplace_back(task.created, 1);
    if (task.phase == Phase::done) changes.emplace_back(task.since, -1);
  }
  return peak(std::move(changes));
}

std::int64_t errors(const History& h) {
  std::int64_t children = 0, roots = 0;
  for (const TaskModel& task : h.model.tasks)
    if (task.phase == Phase::done && task.outcome == Outcome::raised) ++(task.parent ? children : roots);
  return children ? children : roots;  // main passes on what its children raised
}

std::int64_t leaked(const History& h) {
  std::set<std::uint32_t> out;
  for (const TaskModel& task : h.model.tasks)
    if (const TaskModel* parent = h.model.task(task.parent); parent && parent->phase == Phase::done)
      if (task.phase != Phase::done || task.ended > parent->ended) out.insert(task.id.value);
  for (const Cancellation& c : h.cancellations)
    if (c.why == CancelReason::shutdown) out.insert(c.target.value);
  return static_cast<std::int64_t>(out.size());
}

/// Waits for others' work and for one's turn; a sleep is meant, and who awaits a task waits for that task's waits.
bool counts(Wait wait) {
  switch (wait) {
    case Wait::none:
    case Wait::yield:
    case Wait::sleep:
    case Wait::task:
    case Wait::gather:
    case Wait::group:
    case Wait::scope: return false;
    default: return true;
  }
}

std::int64_t longest_wait(const History& h) {
  Duration out{};
  for (const auto& request : h.requests) out = std::max(out, request.end - request.begin);
  for (const Lane& lane : h.lanes)
    for (const Span& span : lane.spans) {
      if (span.phase != Phase::waiting || !counts(span.wait)) continue;
      if (waits_forever(h, span)) return Delta::never;
      out = std::max(out, span.end - span.begin);
    }
  return out.count();
}

std::int64_t measure(const Side& side, What what) {
  const History& h = side.history;
  switch (what) {
    case What::end: return h.model.outcome == RunOutcome::hang ? Delta::never : h.end.ns;
    case What::in_flight: return in_flight(h);
    case What::alive: return alive(h);
    case What::errors: return errors(h);
    case What::refused:
      return std::count_if(h.requests.begin(), h.requests.end(),
                           [](const auto& r) { return r.ended && r.status == RequestStatus::refused; });
    case What::cancelled:
      return std::count_if(h.model.tasks.begin(), h.model.tasks.end(),
                           [](const TaskModel& t) { return t.phase == Phase::done && t.outcome == Outcome::cancelled; });
    case What::swallowed:
      return std::count_if(h.cancellations.begin(), h.cancellations.end(),
                           [](const Cancellation& c) { return c.end == Cancellation::End::swallowed; });
    case What::longest_step: {
      Duration longest{};
      for (const Stall& step : h.steps) longest = std::max(longest, step.end - step.begin);
      return longest.count();
    }
    case What::longest_wait: return longest_wait(h);
    case What::findings:
      return std::count_if(side.findings.begin(), side.findings.end(),
                           [](const Finding& f) { return f.severity != Severity::info; });
    case What::leaked: return leaked(h);
    case What::lost:
      return std::count_if(h.accesses.begin(), h.accesses.end(), [](const Access& access) { return access.lost > 0; });
  }
  return 0;
}

/// How much of a story a number is, against the others: how long it took tells more than how many findings there are.
double weight(What what) {
  switch (what) {
    case What::end:
    case What::refused:
    case What::swallowed:
    case What::lost: return 1;
    case What::errors:
    case What::longest_step:
    case What::leaked: return 0.95;
    case What::in_flight: return 0.6;
    case What::longest_wait: return 0.45;
    case What::cancelled: return 0.25;
    case What::findings: return 0.2;
    case What::alive: return 0.15;
  }
  return 0;
}

/// From 0 (the same) to 1 (all or nothing).
double difference(const Delta& d) {
  if (d.a == d.b) return 0;
  if (d.a == Delta::never || d.b == Delta::never) return 1;
  const double a = static_cast<double>(d.a), b = static_cast<double>(d.b), by = std::abs(a - b);
  if (d.is_time() && by < static_cast<double>(least_time)) return 0;
  const double part = by / std::max({a, b, 1.0});
  return d.is_time() && part < least_part ? 0 : part;
}

double score(const Delta& d) { return difference(d) * weight(d.what); }

constexpr Phrase name_of(What what) {
  switch (what) {
    case What::end: return {"", ""};
    case What::in_flight: return {"peak", "峰值"};
    case What::alive: return {"tasks alive", "存活任务"};
    case What::errors: return {"errors", "错误"};
    case What::refused: return {"refused", "被拒绝"};
    case What::cancelled: return {"cancelled", "已取消"};
    case What::swallowed: return {"cancels lost", "丢失的取消"};
    case What::longest_step: return {"longest stall", "最长阻塞"};
    case What::longest_wait: return {"longest wait", "最长等待"};
    case What::findings: return {"findings", "诊断"};
    case What::leaked: return {"leaked tasks", "泄漏的任务"};
    case What::lost: return {"lost updates", "丢失的更新"};
  }
  return {"", ""};
}

std::string value_words(const Delta& delta, std::int64_t value, Language language) {
  if (value == Delta::never)
    return std::string(delta.what == What::end ? Phrase{"never ends", "不结束"}.in(language)
                                               : Phrase{"forever", "永远"}.in(language));
  if (!delta.is_time()) return counted(static_cast<std::size_t>(value));
  return value == 0 ? "0" : awaitscope::show(Duration{value});
}

}  // namespace

Delta::Verdict Delta::verdict() const {
  if (what == What::in_flight || what == What::alive || what == What::cancelled || a == b) return Verdict::other;
  return b < a ? Verdict::better : Verdict::worse;
}

std::vector<Delta> deltas(const Session& session) {
  std::vector<Delta> out;
  if (session.sides.size() != 2) return out;
  const Side &a = *session.sides[0], &b = *session.sides[1];
  if (a.running || b.running || a.trace.empty() || b.trace.empty()) return out;
  for (int i = 0; i <= static_cast<int>(What::lost); ++i) {
    const auto what = static_cast<What>(i);
    const Delta delta{what, measure(a, what), measure(b, what)};
    if (difference(delta) > 0) out.push_back(delta);
  }
  // Refused requests usually are the errors: then one number is enough.
  const auto of = [&](What what) {
    return std::find_if(out.begin(), out.end(), [&](const Delta& d) { return d.what == what; });
  };
  if (const auto refused = of(What::refused), errors = of(What::errors); refused != out.end() && errors != out.end())
    if (refused->a == errors->a && refused->b == errors->b) out.erase(errors);
  std::stable_sort(out.begin(), out.end(), [](const Delta& x, const Delta& y) { return score(x) > score(y); });
  const auto first = [&](Delta::Verdict verdict) {
    return std::find_if(out.begin(), out.end(), [&](const Delta& d) { return d.verdict() == verdict; });
  };
  // The point of the fix comes first, and what it costs is never left out for the fourth thing that it gains.
  auto lead = first(Delta::Verdict::better);
  if (lead == out.end()) lead = first(Delta::Verdict::other);
  if (lead != out.end()) std::rotate(out.begin(), lead, lead + 1);
  if (const auto cost = first(Delta::Verdict::worse); cost != out.end() && cost - out.begin() >= std::ptrdiff_t{most})
    std::rotate(out.begin() + (most - 1), cost, cost + 1);
  if (out.size() > most) out.resize(most);
  return out;
}

std::string delta_words(const Delta& delta, Language language) {
  const std::string_view name = name_of(delta.what).in(language);
  return fmt::format("{}{}{} → {}", name, name.empty() ? "" : " ", value_words(delta, delta.a, language),
                     value_words(delta, delta.b, language));
}

std::string marked_words(const Delta& delta, Language language) {
  switch (delta.verdict()) {
    case Delta::Verdict::better: return "✓ " + delta_words(delta, language);
    case Delta::Verdict::worse: return "✗ " + delta_words(delta, language);
    case Delta::Verdict::other: break;
  }
  return delta_words(delta, language);
}

float delta_height(const FontMetrics& m) { return m.cells ? 1 : std::round(m.line_height * 1.5f); }

DrawList delta_strip(const Session& session, Rect canvas, const FontMetrics& metrics, float header) {
  DrawList out;
  out.canvas = canvas;
  if (session.deltas.empty() || canvas.h < delta_height(metrics)) return out;
  const float unit = metrics.char_width, pad = metrics.cells ? 0 : unit;
  const auto label = [&](float x, float w, std::string text, Role role, Font font = Font::ui) {
    out.labels.push_back({{x, canvas.y, w, canvas.h}, std::move(text), role, font, Align::left, 1});
  };
  if (!metrics.cells) {
    out.boxes.push_back({canvas, Role::header, Pattern::solid, {}, 0});
    for (const float y : {canvas.y, canvas.bottom() - 1})
      out.boxes.push_back({{canvas.x, y, canvas.w, 1}, Role::border, Pattern::solid, {}, 0});
  }
  const std::string between = printable(session.sides[0]->label) + " → " + printable(session.sides[1]->label);
  label(canvas.x + pad, std::max(0.0f, header - 2 * pad), elide(between, header - 2 * pad, metrics), Role::text_dim);
  float x = canvas.x + header + (metrics.cells ? 1 : unit);
  for (const Delta& delta : session.deltas) {
    const std::string text = marked_words(delta, session.language);
    const float w = metrics.width(text) * (metrics.cells ? 1 : 1.13f);  // bold is a little wider than what was measured
    if (x + w > canvas.right() - pad) break;
    const Delta::Verdict verdict = delta.verdict();
    label(x, w, text,
          verdict == Delta::Verdict::worse   ? Role::text_warning
          : verdict == Delta::Verdict::other ? Role::text_dim
                                             : Role::text,
          &delta == &session.deltas.front() && !metrics.cells ? Font::bold : Font::ui);
    x += w + unit * (metrics.cells ? 3 : 2.5f);
  }
  return out;
}

}  // namespace awaitscope::view

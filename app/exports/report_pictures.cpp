// The pictures of a report: each finding's moment, the whole run, the cancellations.
#include <set>

#include "app/exports/report.h"
#include "app/view/stage.h"

namespace awaitscope::exports {
namespace {

constexpr float width = 1040;
constexpr std::size_t most_pictures = 12;
constexpr std::size_t most_lanes = 10;

const view::FontMetrics& metrics() {
  static const view::FontMetrics out = view::svg_metrics(13);
  return out;
}

/// The tasks that a finding names and those its evidence is about, then their parents.
std::vector<TaskId> lanes_of(const Report& report, const Finding& finding) {
  const Model& model = report.history.model;
  std::vector<TaskId> out;
  const auto add = [&](TaskId task) {
    if (model.task(task) && out.size() < most_lanes && std::find(out.begin(), out.end(), task) == out.end())
      out.push_back(task);
  };
  for (const TaskId task : finding.tasks) add(task);
  for (const Seq seq : finding.evidence) {
    if (!seq || seq > report.trace.size()) continue;
    const Event e = report.trace[seq];
    add(e.who());
    if (e.kind == Kind::cancel_requested || e.kind == Kind::task_ready) add(TaskId{e.a});
  }
  for (std::size_t i = 0; i < out.size(); ++i) add(model.task(out[i])->parent);
  if (model.tasks.size() <= 6)
    for (const TaskModel& task : model.tasks) add(task.id);
  return out;
}

/// What a lane does around a moment: the span that holds the event, and its neighbours; of a long one beside a short one only
/// some, or the short one could not be seen.
void widen(const Lane& lane, Seq seq, Instant at, Instant& begin, Instant& end) {
  const Span* span = view::span_at(lane, seq);
  if (!span) return;
  const auto index = span - lane.spans.data(), last = static_cast<std::ptrdiff_t>(lane.spans.size()) - 1;
  const Duration before = at - lane.spans[static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, index - 1))].begin;
  const Duration after = lane.spans[static_cast<std::size_t>(std::min(last, index + 1))].end - at;
  const Duration most = 4 * (std::min(before, after) > Duration{} ? std::min(before, after) : std::max(before, after));
  begin = std::max(Instant{}, std::min(begin, at - std::min(before, most)));
  end = std::max(end, at + std::min(after, most));
}

view::TimelineOptions options_for(const Report& report, const Moment& moment, float least, float most) {
  view::TimelineOptions options;
  options.metrics = metrics();
  options.begin = moment.begin;
  options.end = moment.end;
  options.order_ruler = moment.order;
  options.findings = &report.findings;
  const bool part = !moment.focus.tasks.empty();
  options.focus = part ? &moment.focus : nullptr;
  const float wanted = view::timeline_height(report.trace, report.history, options.metrics, options.focus);
  options.canvas = {0, 0, width, std::clamp(wanted, least, most)};
  options.header = view::header_width(report.trace, report.history, options.canvas, options.metrics, options.focus);
  if (moment.at) options.playhead = moment.at;
  return options;
}

/// The timeline, without the room below it that folded lanes leave.
view::DrawList drawn(const Report& report, const view::TimelineOptions& options) {
  view::DrawList picture = view::timeline(report.trace, report.history, options);
  float bottom = 0;
  for (const view::Box& box : picture.boxes)
    if (box.rect.h < picture.canvas.h) bottom = std::max(bottom, box.rect.bottom());
  for (const view::Label& label : picture.labels) bottom = std::max(bottom, label.rect.bottom());
  if (bottom <= 0 || bottom >= picture.canvas.h) return picture;
  for (view::Box& box : picture.boxes) box.rect.h = std::min(box.rect.h, bottom - box.rect.y);
  picture.canvas.h = bottom;
  return picture;
}

view::TimelineOptions whole_options(const Report& report) { return options_for(report, whole_run(report), 90, 1400); }

/// Nobody can rest on less than three pixels, unless the picture can be zoomed.
view::SvgExtras extras(const Report& report, const std::string& prefix, bool zooms = false) {
  const float least = zooms ? 0 : 3;
  return {prefix,
          [&report, least](const view::Hit& hit, const view::Rect& rect) {
            return rect.w < least ? std::string() : hover_words(report, hit);
          },
          zooms};
}

}  // namespace

std::size_t pictured(const Report& report) { return std::min(report.findings.size(), most_pictures); }

Moment whole_run(const Report& report) {
  Moment out;
  out.begin = report.begin;
  out.end = view::shown_end(report.history);
  if (out.begin < out.end) return out;
  return {{1}, {static_cast<std::int64_t>(std::max<Seq>(report.trace.size(), 2))}, true, 0, {}};
}

Moment moment_of(const Report& report, const Finding& finding) {
  const Trace& trace = report.trace;
  Moment out;
  out.focus = {lanes_of(report, finding), finding.resources};
  out.at = !finding.evidence.empty() && finding.evidence.front() <= trace.size() ? finding.evidence.front() : 0;
  const Moment whole = whole_run(report);
  out.begin = finding.begin, out.end = std::max(finding.begin, finding.end);
  if (out.at) {
    out.begin = std::min(out.begin, trace[out.at].at()), out.end = std::max(out.end, trace[out.at].at());
    if (out.begin == out.end)
      for (const TaskId task : out.focus.tasks)
        if (out.begin == out.end && task.value <= report.history.lanes.size())
          widen(report.history.lanes[task.value - 1], out.at, trace[out.at].at(), out.begin, out.end);
  }
  if (out.begin == out.end) {  // no time passes: the order of events tells it
    const Seq at = out.at ? out.at : std::max<Seq>(1, trace.at_or_before(out.begin));
    out.order = true;
    out.begin = {std::max<std::int64_t>(1, static_cast<std::int64_t>(at) - 20)};
    out.end = {std::min<std::int64_t>(trace.size(), static_cast<std::int64_t>(at) + 20)};
    if (out.end <= out.begin) out.end = {out.begin.ns + 1};
    return out;
  }
  const Duration margin = (out.end - out.begin) / 4;
  out.begin = std::max(whole.order ? Instant{} : whole.begin, out.begin - margin),
  out.end = std::min(whole.end, out.end + margin);
  // Nearly the whole run: then all of it, so that it needs no thought.
  if (!whole.order && 10 * (out.end - out.begin) >= 7 * (whole.end - whole.begin)) out.begin = whole.begin, out.end = whole.end;
  return out;
}

std::string finding_svg(const Report& report, std::size_t finding, const std::string& prefix) {
  const std::vector<Finding> only = {report.findings[finding]};  // the marks of others would say nothing here
  const Report about{report.trace, report.history, only, {}, {}, {}, {}, {}, report.begin};
  const Moment moment = moment_of(about, only.front());
  view::TimelineOptions options = options_for(about, moment, 90, 420);
  // Stalls of a pixel would only be a fence.
  if (!moment.order) options.stall = std::max(options.stall, (moment.end - moment.begin) / 150);
  return view::paint_svg(drawn(about, options), view::Theme::light, metrics(), extras(about, prefix));
}

std::string timeline_svg(const Report& report, const std::string& prefix) {
  return view::paint_svg(drawn(report, whole_options(report)), view::Theme::light, metrics(), extras(report, prefix, true));
}

view::Plot timeline_plot(const Report& report) { return view::plot_of(whole_options(report)); }

std::string cancels_svg(const Report& report, const std::string& prefix) {
  if (report.history.cancellations.empty()) return {};
  constexpr std::size_t most = 16;
  const float each = metrics().line_height * 3.85f;
  const view::Rect canvas{0, 0, width,
                          each * static_cast<float>(std::min(most, report.history.cancellations.size())) +
                              metrics().line_height * (report.history.cancellations.size() > most ? 1.6f : 0.6f)};
  return view::paint_svg(view::cancel_tree(report.trace, report.history, canvas, metrics(), {}), view::Theme::light, metrics(),
                         extras(report, prefix));
}

}  // namespace awaitscope::exports

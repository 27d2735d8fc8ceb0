#include "app/view/statistics.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/view/words.h"
#include "core/findings/waiting.h"

namespace awaitscope::view {
namespace {

struct Chapter {
  std::vector<Sample> samples;
  Histogram histogram;
};
// One a chart, so that each is kept.
struct Steps : Chapter {};
struct Delays : Chapter {};
struct Waits : Chapter {};

/// 1, 2, 5, 10, 20, ... nanoseconds: the greatest of them that is at most `ns`, by its number.
std::size_t bin_number(std::int64_t ns) {
  std::size_t number = 0;
  for (std::int64_t low = 1; low <= ns / 10; low *= 10) number += 3;
  std::int64_t decade = 1;
  for (std::size_t i = 0; i < number; i += 3) decade *= 10;
  return number + (ns >= 5 * decade ? 2 : ns >= 2 * decade ? 1 : 0);
}

std::int64_t bin_low(std::size_t number) {
  std::int64_t low = 1;
  for (std::size_t i = 3; i <= number; i += 3) low *= 10;
  constexpr std::int64_t parts[] = {1, 2, 5};
  return low * parts[number % 3];
}

void add_spans(std::vector<Sample>& out, const Side& side, Phase phase) {
  for (const Lane& lane : side.seen().lanes)
    for (const Span& span : lane.spans)
      if (span.phase == phase) out.push_back({lane.task, span.end - span.begin});
}

void add_waits(std::vector<Sample>& out, const Side& side, ResourceId only) {
  for (const Lane& lane : side.seen().lanes)
    for (const Span& span : lane.spans)
      if (span.phase == Phase::waiting && is_for_resource(span.wait) && (!only || span.object == only.value))
        out.push_back({lane.task, span.end - span.begin});
  for (const awaitscope::Request& request : side.seen().requests)
    if (request.task && (only ? request.service == only : static_cast<bool>(request.service)))
      out.push_back({request.task, (request.ended ? request.end : side.seen().end) - request.begin});
}

template <class T>
const Chapter& chapter(const Side& side, Chart chart, ResourceId only) {
  return side.memo.of<T>(fmt::format("{} {}", side.seen_trace().size(), only.value), [&] {
    T out;
    if (chart == Chart::step_length) add_spans(out.samples, side, Phase::running);
    else if (chart == Chart::scheduling_delay) add_spans(out.samples, side, Phase::ready);
    else add_waits(out.samples, side, only);
    out.histogram = histogram_of(out.samples);
    return out;
  });
}

/// All of a side's samples for a chart.  Waits: for one resource, or for any.
const Chapter& chapter(const Side& side, Chart chart, ResourceId only) {
  switch (chart) {
    case Chart::step_length: return chapter<Steps>(side, chart, {});
    case Chart::scheduling_delay: return chapter<Delays>(side, chart, {});
    case Chart::resource_wait: break;
  }
  return chapter<Waits>(side, chart, only);
}

struct Brushed {
  std::vector<TaskId> tasks;
};

}  // namespace

ResourceId charted(const Session& session) {
  return session.selected.kind == Hit::Kind::resource ? ResourceId{session.selected.value} : ResourceId{};
}

const Histogram& histogram(const Session& session, Chart chart) {
  return chapter(session.side(), chart, charted(session)).histogram;
}

Histogram histogram_of(const std::vector<Sample>& samples) {
  constexpr std::int64_t longest = 4'000'000'000'000'000'000;  // a hostile trace may last longer
  Histogram out;
  std::vector<std::size_t> counts(64, 0);
  std::size_t none = 0, first = counts.size(), last = 0;
  std::vector<std::int64_t> lengths;
  lengths.reserve(samples.size());
  for (const Sample& sample : samples) {
    const std::int64_t ns = std::clamp<std::int64_t>(sample.length.count(), 0, longest);
    lengths.push_back(ns);
    if (ns == 0) {
      ++none;
      continue;
    }
    const std::size_t bin = bin_number(ns);
    ++counts[bin];
    first = std::min(first, bin);
    last = std::max(last, bin);
  }
  out.total = samples.size();
  if (none) out.bins.push_back({0, 1, none});
  for (std::size_t bin = first; bin <= last && bin < counts.size(); ++bin)
    out.bins.push_back({bin_low(bin), bin_low(bin + 1), counts[bin]});
  for (const Histogram::Bin& bin : out.bins) out.tallest = std::max(out.tallest, bin.count);
  if (lengths.empty()) return out;
  const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
  std::nth_element(lengths.begin(), middle, lengths.end());
  out.median = Duration{*middle};
  out.worst = Duration{*std::max_element(lengths.begin(), lengths.end())};
  return out;
}

const std::vector<TaskId>* brushed(const Session& session) {
  if (!session.inspection.brush || !session.has_runs()) return nullptr;
  const Brush& brush = *session.inspection.brush;
  const Side& side = session.side();
  const std::string key =
      fmt::format("{} {} {} {} {}", side.seen_trace().size(), name(brush.chart), brush.low, brush.high, brush.only.value);
  return &side.memo
              .of<Brushed>(key,
                           [&] {
                             std::vector<TaskId> out;
                             for (const Sample& sample : chapter(side, brush.chart, brush.only).samples)
                               if (sample.length.count() >= brush.low && sample.length.count() < brush.high)
                                 out.push_back(sample.task);
                             std::sort(out.begin(), out.end());
                             out.erase(std::unique(out.begin(), out.end()), out.end());
                             return Brushed{std::move(out)};
                           })
              .tasks;
}

std::string_view name(Chart chart) {
  constexpr std::string_view names[] = {"step", "delay", "wait"};
  return names[static_cast<int>(chart)];
}

std::optional<Chart> chart_named(std::string_view wanted) {
  for (const Chart chart : {Chart::step_length, Chart::scheduling_delay, Chart::resource_wait})
    if (name(chart) == wanted) return chart;
  return {};
}

std::string title_of(const Session& session, Chart chart) {
  const auto in = [&](const Phrase& phrase) { return std::string(phrase.in(session.language)); };
  switch (chart) {
    case Chart::step_length: return in({"Length of steps", "每一步的长度"});
    case Chart::scheduling_delay: return in({"Ready until running", "从就绪到运行"});
    case Chart::resource_wait: break;
  }
  const ResourceId only = charted(session);
  if (!only || !session.has_runs()) return in({"Wait for a resource", "等待资源"});
  return in({"Wait for ", "等待 "}) + resource_words(session.side().seen_trace(), session.side().seen().model, only);
}

}  // namespace awaitscope::view

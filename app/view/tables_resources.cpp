// The table of resources: what they are at the playhead, and what the whole run says of them.
#include <algorithm>

#include <fmt/format.h>

#include "app/view/stage.h"
#include "app/view/tables.h"
#include "app/view/text.h"
#include "app/view/words.h"
#include "core/findings/waiting.h"

namespace awaitscope::view {
namespace {

struct Uses {
  std::vector<ResourceUse> of;                ///< resource id - 1
  std::vector<std::vector<float>> occupancy;  ///< the same, in bins over the run
};

void take_wait(ResourceUse& use, Duration length) {
  ++use.waits;
  use.total += length;
  use.longest = std::max(use.longest, length);
}

/// The most of each stretch, so that a peak is never averaged away.
std::vector<float> bins_of(const Counter& counter, const ResourceModel& resource, std::uint32_t peak, Instant end) {
  std::vector<float> out(occupancy_bins, 0.0f);
  const double whole = std::max<double>(1, resource.capacity ? std::max(resource.capacity, peak) : peak);
  const double length = std::max<double>(1, static_cast<double>(end.ns));
  const auto bin = [&](Instant t) {
    return std::min(occupancy_bins - 1,
                    static_cast<std::size_t>(std::max(0.0, static_cast<double>(t.ns) / length * occupancy_bins)));
  };
  for (std::size_t i = 0; i < counter.points.size(); ++i) {
    const Counter::Point& point = counter.points[i];
    const Instant until = i + 1 < counter.points.size() ? counter.points[i + 1].time : end;
    const auto value = static_cast<float>(std::min(1.0, static_cast<double>(point.value) / whole));
    for (std::size_t b = bin(point.time); b <= bin(until); ++b) out[b] = std::max(out[b], value);
  }
  return out;
}

const Uses& uses_of(const Side& side) {
  return side.memo.of<Uses>(std::to_string(side.seen_trace().size()), [&] {
    Uses out;
    const auto& resources = side.seen().model.resources;
    out.of.resize(resources.size());
    for (const Lane& lane : side.seen().lanes)
      for (const Span& span : lane.spans)
        if (span.phase == Phase::waiting && is_for_resource(span.wait) && span.object && span.object <= resources.size())
          take_wait(out.of[span.object - 1], span.end - span.begin);
    for (const awaitscope::Request& request : side.seen().requests)
      if (request.service && request.service.value <= resources.size())
        take_wait(out.of[request.service.value - 1], (request.ended ? request.end : side.seen().end) - request.begin);
    for (std::size_t i = 0; i < resources.size(); ++i) {
      if (i >= side.seen().counters.size()) {
        out.occupancy.emplace_back(occupancy_bins, 0.0f);
        continue;
      }
      const Counter& counter = side.seen().counters[i];
      for (const Counter::Point& point : counter.points) out.of[i].peak = std::max(out.of[i].peak, point.value);
      out.occupancy.push_back(bins_of(counter, resources[i], out.of[i].peak, side.seen().end));
    }
    return out;
  });
}

/// A resource that came only after the playhead is as it will be, with nothing in it.
const ResourceModel& model_of(const Side& side, ResourceId id) {
  const ResourceModel* now = side.model.resource(id);
  return now ? *now : side.seen().model.resources[id.value - 1];
}

std::int64_t key_of(const Side& side, const ResourceUse& use, ResourceId id, ResourceColumn column) {
  const ResourceModel& r = model_of(side, id);
  switch (column) {
    case ResourceColumn::name: return 0;  // by its text
    case ResourceColumn::kind: return static_cast<std::int64_t>(r.type);
    case ResourceColumn::free: return r.capacity ? static_cast<std::int64_t>(r.capacity) - r.used() : -1;
    case ResourceColumn::waiters: return r.waiter_count;
    case ResourceColumn::peak: return use.peak;
    case ResourceColumn::mean_wait: return use.mean().count();
    case ResourceColumn::longest_wait: return use.longest.count();
    case ResourceColumn::occupancy: return use.peak;
  }
  return 0;
}

struct ResourceRows {
  std::vector<ResourceId> rows;
};

ResourceRows sorted_resources(const Session& session) {
  const Side& side = session.side();
  const TableView& view = session.inspection.resources;
  struct Keyed {
    std::int64_t number;
    std::string text;
    ResourceId id;
  };
  const Uses& uses = uses_of(side);
  std::vector<Keyed> keyed;
  const auto column = static_cast<ResourceColumn>(view.column);
  for (const ResourceModel& r : side.seen().model.resources) {
    if (!r.id) continue;  // a hole in the numbers
    const std::string name = resource_words(side.seen_trace(), side.seen().model, r.id);
    if (!holds_words(name + " " + std::string(awaitscope::name(r.type)), view.filter)) continue;
    keyed.push_back(
        {key_of(side, uses.of[r.id.value - 1], r.id, column), column == ResourceColumn::name ? name : std::string(), r.id});
  }
  std::stable_sort(keyed.begin(), keyed.end(), [&](const Keyed& a, const Keyed& b) {
    const auto left = std::tie(a.number, a.text), right = std::tie(b.number, b.text);
    return view.down ? right < left : left < right;
  });
  ResourceRows out;
  for (const Keyed& one : keyed) out.rows.push_back(one.id);
  return out;
}

std::string free_words(const ResourceModel& r, Language language) {
  if (r.capacity) return fmt::format("{} / {}", r.capacity - std::min(r.used(), r.capacity), r.capacity);
  return r.value ? filled({"{} in it", "内有 {}"}, language, counted(r.value)) : "";
}

}  // namespace

const std::vector<Column>& resource_columns() {
  static const std::vector<Column> all = {
      {"name", {"Resource", "资源"}, "resource", 9, Align::left},
      {"kind", {"Kind", "种类"}, "", 7, Align::left},
      {"free", {"Free", "空闲"}, "permit", 5, Align::right},
      {"waiters", {"Waiters", "等待者"}, "waiter", 5, Align::right},
      {"peak", {"Peak", "峰值"}, "peak", 4, Align::right},
      {"mean-wait", {"Mean wait", "平均等待"}, "waiting", 6.5f, Align::right},
      {"longest-wait", {"Longest wait", "最长等待"}, "waiting", 7.5f, Align::right},
      {"occupancy", {"Use over the run", "全程占用"}, "occupancy", 14, Align::left},
  };
  return all;
}

const std::vector<ResourceId>& resource_rows(const Session& session) {
  const Side& side = session.side();
  const TableView& view = session.inspection.resources;
  const std::string key = fmt::format("{} {} {} {} {}", side.seen_trace().size(), side.step, view.column, view.down, view.filter);
  return side.memo.of<ResourceRows>(key, [&] { return sorted_resources(session); }).rows;
}

CellText resource_cell(const Session& session, ResourceId id, ResourceColumn column) {
  const Side& side = session.side();
  if (!id || id.value > side.seen().model.resources.size()) return {};
  const ResourceModel& r = model_of(side, id);
  const ResourceUse& use = use_of(side, id);
  switch (column) {
    case ResourceColumn::name: return {resource_words(side.seen_trace(), side.seen().model, id), Role::text};
    case ResourceColumn::kind: return {spaced(awaitscope::name(r.type)), Role::text_dim};
    case ResourceColumn::free:
      return {free_words(r, session.language), r.capacity && r.used() >= r.capacity ? Role::text_warning : Role::text};
    case ResourceColumn::waiters: return {r.waiter_count ? counted(r.waiter_count) : "", Role::text};
    case ResourceColumn::peak: return {use.peak ? counted(use.peak) : "", Role::text};
    case ResourceColumn::mean_wait: return {use.waits ? length_words(use.mean()) : "", Role::text};
    case ResourceColumn::longest_wait: return {use.waits ? length_words(use.longest) : "", Role::text};
    case ResourceColumn::occupancy: return {};
  }
  return {};
}

const std::vector<float>& occupancy(const Side& side, ResourceId resource) {
  return uses_of(side).occupancy.at(resource.value - 1);
}

const ResourceUse& use_of(const Side& side, ResourceId resource) { return uses_of(side).of.at(resource.value - 1); }

}  // namespace awaitscope::view

// resource-not-closed: something was opened and never closed, on some way out.
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

/// What one line opens.
struct Opened {
  std::size_t count = 0;
  std::vector<Event> left_open;  ///< their resource_opened events
};

/// How the task that opened it ended: the way out on which nobody closed.
std::string way_out(const Run& run, const Event& opened) {
  const TaskModel* task = run.history.model.task(opened.who());
  if (!task) return "opened by a callback of the loop";
  const std::string name = run.name_of(task->id);
  if (task->phase != Phase::done) return fmt::format("task {} never ended", name);
  const std::string when = seconds(task->ended, 3) + " s";
  switch (task->outcome) {
    case Outcome::returned: return fmt::format("task {} returned at {}", name, when);
    case Outcome::raised: return fmt::format("task {} raised {} at {}", name, plain(run.trace.text(task->error.value)), when);
    case Outcome::cancelled: return fmt::format("task {} was cancelled at {}", name, when);
  }
  return {};
}

Finding about(const Run& run, const Opened& opened) {
  const Event& first = opened.left_open.front();
  const ResourceModel* resource = run.history.model.resource({first.a});
  const std::string kind(resource ? name(resource->type) : "resource");
  Finding f;
  f.confidence = sureness(run, static_cast<Seq>(run.trace.size()));
  f.site = run.trace.site(first.where());
  f.begin = first.at();
  f.end = run.history.end;
  std::vector<std::string> ways;
  for (const Event& e : opened.left_open) {
    ways.push_back(fmt::format("{} ({})", run.name_of(ResourceId{e.a}), way_out(run, e)));
    if (f.evidence.size() == 16) continue;
    f.evidence.push_back(e.seq);
    f.resources.push_back({e.a});
    if (e.task) f.tasks.push_back(e.who());
  }
  f.sentence = opened.count == 1
                   ? fmt::format("{} {}, opened{}, was never closed: {}", kind, run.name_of(ResourceId{first.a}), at(f.site),
                                 way_out(run, first))
                   : fmt::format("{} of {} opened{} {} never closed: {}", ways.size(), counted(opened.count, kind), at(f.site),
                                 ways.size() == 1 ? "was" : "were", listed(ways));
  return f;
}

std::vector<Finding> check(const Run& run) {
  if (!run.history.model.ended) return {};  // it may still be closed
  std::map<std::uint16_t, Opened> by_site;
  std::unordered_map<std::uint32_t, Event> open;  // by resource
  for (const Event& e : run.events({Kind::resource_opened, Kind::resource_closed})) {
    if (e.kind == Kind::resource_opened) {
      ++by_site[e.site].count;
      open[e.a] = e;
    } else if (e.kind == Kind::resource_closed) {
      open.erase(e.a);
    }
  }
  for (const auto& [id, event] : open) by_site[event.site].left_open.push_back(event);
  std::vector<Finding> out;
  for (auto& [site, opened] : by_site) {
    if (opened.left_open.empty()) continue;
    std::sort(opened.left_open.begin(), opened.left_open.end(), [](const Event& a, const Event& b) { return a.seq < b.seq; });
    out.push_back(about(run, opened));
  }
  return out;
}

}  // namespace

Lint resource_not_closed() {
  return {"resource-not-closed",
          "a connection, client or file is opened and still open when the run ends",
          "close it in finally, or open it with async with: that covers success, error and cancel alike",
          "cleanup_in_finally",
          {},
          check};
}

}  // namespace awaitscope::lints

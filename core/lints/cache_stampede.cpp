// cache-stampede: several tasks found a cached value missing, and each fetched it.
#include <map>
#include <tuple>
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/requests.h"
#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr std::size_t most_evidence = 100;

struct Reading {
  Seq seq = 0;
  std::uint32_t version = 0;
};
/// What a task has read since it last asked a service, by cell.
using Readings = std::map<std::uint32_t, Reading>;

/// A value that was read, asked for and stored.
struct Fill {
  Seq read = 0, written = 0;
  const Request* request = nullptr;
};
/// Cell, service, what was asked for, and the version that was read: who has all four in common did the same work.
using Same = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t>;

std::map<Same, std::vector<Fill>> fills_of(const Run& run) {
  if (!run.has(Kind::cell_read) || !run.has(Kind::cell_write)) return {};
  const Requests& requests = run.once<Requests>();
  std::unordered_map<std::uint32_t, Readings> readings;  // by task
  std::unordered_map<const Request*, Readings> asked_knowing;
  std::map<Same, std::vector<Fill>> out;
  for (const Event& e : run.events({Kind::cell_read, Kind::request_begin, Kind::cell_write})) {
    if (e.kind == Kind::cell_read) {
      readings[e.task][e.a] = {e.seq, e.b};
    } else if (e.kind == Kind::request_begin) {
      const auto known = readings.find(e.task);
      const Request* request = known == readings.end() ? nullptr : requests.begun_by(e.seq);
      if (!request) continue;
      asked_knowing[request] = std::move(known->second);
      readings.erase(known);
    } else if (e.kind == Kind::cell_write && e.d) {
      const Request* request = requests.ended_by(e.d);
      if (!request || request->task != e.who()) continue;
      const auto known = asked_knowing.find(request);
      if (known == asked_knowing.end()) continue;
      const auto reading = known->second.find(e.a);
      if (reading == known->second.end()) continue;
      const Request& r = *request;
      out[{e.a, r.service.value, r.what.value, reading->second.version}].push_back({reading->second.seq, e.seq, &r});
    }
  }
  return out;
}

Finding blamed(const Run& run, ResourceId cell, const std::vector<Fill>& fills) {
  const Request& first = *fills.front().request;
  Finding f;
  f.confidence = sureness(run, fills.back().written);
  f.site = run.trace.site(first.site);
  Tasks tasks;
  for (const Fill& fill : fills) {
    tasks.add(fill.request->task);
    if (f.evidence.size() < most_evidence) f.evidence.insert(f.evidence.end(), {fill.request->begun, fill.read, fill.written});
  }
  const std::string what = first.what ? " for " + plain(run.trace.text(first.what.value)) : "";
  f.sentence = fmt::format("{} read {}{} before any of them had filled it, and each asked {}{}{}: {} where one would do",
                           tasks.named(run), run.name_of(cell), at(run.trace.site(run.trace[fills.front().read].where())),
                           run.name_of(first.service), what, at(f.site), counted(fills.size(), "request"));
  f.tasks = tasks.some();
  f.begin = run.trace[fills.front().read].at();
  f.end = run.trace[fills.back().written].at();
  f.resources = {cell, first.service};
  return f;
}

std::vector<Finding> check(const Run& run) {
  std::vector<Finding> out;
  for (const auto& [same, fills] : fills_of(run))
    if (fills.size() > 1) out.push_back(blamed(run, {std::get<0>(same)}, fills));
  return out;
}

}  // namespace

Lint cache_stampede() {
  return {"cache-stampede",
          "several tasks find a value missing in a cache, and each fetches it",
          "store the task that fetches it in the cache at once, and let the others await that, shielded",
          "single_flight_cache",
          {},
          check};
}

}  // namespace awaitscope::lints

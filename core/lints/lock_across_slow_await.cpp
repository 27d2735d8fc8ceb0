// lock-across-slow-await: a lock is held while its holder waits for something outside, and whoever wants the lock waits, too.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/findings/holds.h"
#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double slow_ms = 100;
constexpr int most_searched = 1000;

/// Waiting for an answer from outside: a service, or a thread.
bool outside(const Span& span) {
  return span.phase == Phase::waiting && (span.wait == Wait::request || span.wait == Wait::job);
}

/// Per task, how long it has waited for what is outside up to each of its spans.
class Outside {
 public:
  explicit Outside(const History& history) : history_(history), sums_(history.lanes.size()) {}
  /// Between two events; to the end of the trace where `to` is 0.
  Duration waited(TaskId task, Seq from, Seq to) {
    if (!task || task.value > sums_.size()) return {};
    const auto& spans = history_.lanes[task.value - 1].spans;
    auto& sums = sums_[task.value - 1];
    if (sums.empty()) {
      sums.reserve(spans.size() + 1);
      sums.push_back({});
      for (const Span& span : spans) sums.push_back(sums.back() + (outside(span) ? span.end - span.begin : Duration{}));
    }
    const auto index = [&](Seq seq) {
      return static_cast<std::size_t>(
          std::lower_bound(spans.begin(), spans.end(), seq, [](const Span& s, Seq n) { return s.first < n; }) - spans.begin());
    };
    const std::size_t begin = index(from), end = to ? index(to) : spans.size();
    return begin < end ? sums[end] - sums[begin] : Duration{};
  }

 private:
  const History& history_;
  std::vector<std::vector<Duration>> sums_;
};

/// What the longest of these waits was for, and where.
std::string longest(const Run& run, const Hold& hold) {
  const auto& spans = run.history.lanes[hold.task.value - 1].spans;
  const Span* most = nullptr;
  auto span = std::lower_bound(spans.begin(), spans.end(), hold.taken, [](const Span& s, Seq seq) { return s.first < seq; });
  for (int i = 0; i < most_searched && span != spans.end() && (!hold.given || span->first < hold.given); ++i, ++span)
    if (outside(*span) && (!most || span->end - span->begin > most->end - most->begin)) most = &*span;
  if (!most) return "what is outside";
  return (most->wait == Wait::job ? "a thread" : "a service") + at(run.trace.site(most->site));
}

struct Slow {
  Hold worst;
  Duration waited{};
  std::size_t count = 0, others = 0;  ///< holds as slow; tasks that got in line meanwhile
};

Finding blamed(const Run& run, const Slow& slow) {
  const Hold& hold = slow.worst;
  Finding f;
  f.severity = Severity::info;
  f.confidence = sureness(run, hold.given);
  f.site = run.trace.site(hold.site);
  f.sentence = fmt::format("task {} held {}, taken{}, while it waited {} for {}", run.name_of(hold.task),
                           run.name_of(hold.resource), at(f.site), show(slow.waited), longest(run, hold));
  f.sentence += slow.others == 0 ? "; nobody else wanted it then"
                                 : fmt::format("; {} got in line behind it meanwhile", counted(slow.others, "task"));
  if (slow.count > 1) f.sentence += fmt::format("; {} more such holds began there", slow.count - 1);
  f.begin = run.trace[hold.taken].at();
  f.end = hold.given ? run.trace[hold.given].at() : run.history.end;
  f.tasks.push_back(hold.task);
  f.resources.push_back(hold.resource);
  f.evidence.push_back(hold.taken);
  if (hold.given) f.evidence.push_back(hold.given);
  return f;
}

/// How many got in line for the lock while it was held.
std::size_t in_line(const std::vector<std::vector<Seq>>& begins, const Hold& hold) {
  const auto& line = begins[hold.resource.value];
  const auto last = hold.given ? std::lower_bound(line.begin(), line.end(), hold.given) : line.end();
  return static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, last - std::lower_bound(line.begin(), line.end(), hold.taken)));
}

std::vector<Finding> check(const Run& run) {
  const Duration limit{static_cast<std::int64_t>(run.setting("lock-across-slow-await.slow_ms", slow_ms) * 1e6)};
  const auto& resources = run.history.model.resources;
  if (std::none_of(resources.begin(), resources.end(), exclusive)) return {};
  const auto all = holds(run, exclusive);
  if (all.empty()) return {};
  std::vector<std::vector<Seq>> begins(run.history.model.resources.size() + 1);
  for (const Event& e : run.events({Kind::acquire_begin}))
    if (e.a < begins.size()) begins[e.a].push_back(e.seq);
  Outside waits(run.history);
  std::map<SiteId, Slow> by_site;
  for (const Hold& hold : all) {
    const Duration waited = waits.waited(hold.task, hold.taken, hold.given);
    if (waited < limit || waited.count() <= 0) continue;
    Slow& slow = by_site[hold.site];
    ++slow.count;
    const std::size_t others = in_line(begins, hold);
    if (slow.count > 1 && std::pair(others, waited) <= std::pair(slow.others, slow.waited)) continue;
    slow.worst = hold;
    slow.waited = waited;
    slow.others = others;
  }
  std::vector<Finding> out;
  for (const auto& [site, slow] : by_site) out.push_back(blamed(run, slow));
  return out;
}

}  // namespace

Lint lock_across_slow_await() {
  return {"lock-across-slow-await",
          "a lock is held over an await on a service or a thread",
          "wait first and take the lock for what is shared only, or use a limiter where the request is what to limit",
          "",
          {{"slow_ms", slow_ms}},
          check};
}

}  // namespace awaitscope::lints

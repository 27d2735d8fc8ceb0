// duplicate-op: the same thing is asked of a service again while the first answer is on its way, or just there.
#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double least = 2, gap_ms = 10;
constexpr std::size_t most_evidence = 100;

/// Whether the text says which one is asked for ("user 7", "GET /users"), and not only what sort of thing ("job").
bool names_one(std::string_view text) { return text.find_first_of("0123456789/?=#:@") != std::string_view::npos; }

/// Whether a task stood still between two events for time or for news: what it asks for then may have changed.
bool paused(const History& h, TaskId task, Seq from, Seq to) {
  if (!task || task.value > h.lanes.size()) return true;
  const auto& spans = h.lanes[task.value - 1].spans;
  auto span = std::lower_bound(spans.begin(), spans.end(), from, [](const Span& s, Seq seq) { return s.first < seq; });
  for (; span != spans.end() && span->first < to; ++span) {
    if (span->phase != Phase::waiting) continue;
    const bool own = span->wait == Wait::request || span->wait == Wait::yield || span->wait == Wait::task ||
                     span->wait == Wait::gather || span->wait == Wait::group || span->wait == Wait::job;
    if (!own) return true;
  }
  return false;
}

/// Requests for the same, each while the one before was under way or just answered.
struct Row {
  std::vector<const Request*> requests;
  std::size_t at_once = 0;  ///< of them, how many did not wait for the answer of the one before
};

class Rows {
 public:
  explicit Rows(const Run& run) : run_(run), gap_(static_cast<std::int64_t>(run.setting("duplicate-op.gap_ms", gap_ms) * 1e6)) {
    for (const Request& r : run.history.requests)
      if (r.ended && to_connection(r)) handshakes_.insert(r.ended);
    known_.resize(run.trace.text_count());
    last_asked_.resize(run.history.model.tasks.size() + 1);
  }
  /// The longest row of each service and thing.
  std::vector<Row> found() {
    for (const Request& r : run_.history.requests) take(r);
    std::vector<Row> out;
    for (auto& [same, both] : rows_)
      out.push_back(std::move(both.now.requests.size() > both.longest.requests.size() ? both.now : both.longest));
    return out;
  }

 private:
  struct Both {
    Row now, longest;
  };
  bool to_connection(const Request& r) const {
    const ResourceModel* service = run_.history.model.resource(r.service);
    return service && service->type == ResourceType::connection;
  }
  bool keyed(TextId what) {
    if (what.value == 0 || what.value >= known_.size()) return false;
    if (!known_[what.value]) known_[what.value] = names_one(run_.trace.text(what.value)) ? 1 : 2;
    return known_[what.value] == 1;
  }
  void take(const Request& r) {
    if (!r.service || to_connection(r)) return;
    const Request* before = r.task.value < last_asked_.size() ? std::exchange(last_asked_[r.task.value], &r) : nullptr;
    if (!keyed(r.what)) return;
    Both& both = rows_[(std::uint64_t{r.service.value} << 32) | r.what.value];
    Row& now = both.now;
    const Request* last = now.requests.empty() ? nullptr : now.requests.back();
    const bool under_way = last && (last->ended == 0 || last->ended > r.begun);
    const bool again =
        last && r.attempt <= 1 && made_from(*last) == made_from(r) && (under_way || just_answered(*last, r, before));
    if (!again) {
      if (now.requests.size() > both.longest.requests.size()) both.longest = std::move(now);
      now = {};
    }
    now.requests.push_back(&r);
    now.at_once += again && under_way;
  }
  /// Whoever asks after a failure tries again; and a task that has asked for something else meanwhile may have changed it.
  bool just_answered(const Request& last, const Request& r, const Request* before) const {
    if (last.status != RequestStatus::ok) return false;
    if (last.task == r.task) return before == &last && !paused(run_.history, r.task, last.ended, r.begun);
    return r.begin - last.end < gap_;
  }
  /// The values that went into it, but for the connection.
  std::vector<Seq> made_from(const Request& r) const {
    std::vector<Seq> out;
    for (const Seq input : r.inputs)
      if (!handshakes_.contains(input)) out.push_back(input);
    return out;
  }

  const Run& run_;
  Duration gap_;
  std::unordered_set<Seq> handshakes_;
  std::vector<char> known_;  // by text: 1 it names one thing, 2 it does not
  std::vector<const Request*> last_asked_;
  std::unordered_map<std::uint64_t, Both> rows_;
};

Finding blamed(const Run& run, const Row& row, std::size_t more) {
  const Request& second = *row.requests[1];
  const bool at_once = row.at_once + 1 == row.requests.size();
  Finding f;
  f.severity = Severity::info;
  f.confidence = sureness(run, second.begun);
  // Between an answer and the next request the thing may have changed.
  if (f.confidence == Confidence::proven && !at_once) f.confidence = Confidence::likely;
  f.site = run.trace.site(second.site);
  std::vector<std::string> names;
  for (const Request* r : row.requests) {
    if (f.tasks.size() < most_evidence && std::find(f.tasks.begin(), f.tasks.end(), r->task) == f.tasks.end()) {
      f.tasks.push_back(r->task);
      names.push_back(run.name_of(r->task));
    }
    f.end = std::max(f.end, r->end);
  }
  f.sentence =
      fmt::format("{} asked {} for {}{} {} times{}: one answer would do for all", listed(names), run.name_of(second.service),
                  plain(run.trace.text(second.what.value)), at(f.site), row.requests.size(),
                  at_once            ? " at once"
                  : row.at_once == 0 ? " in a row"
                                     : "");
  if (more) f.sentence += fmt::format("; the same happened there with {} more", more);
  f.begin = row.requests.front()->begin;
  f.resources.push_back(second.service);
  f.evidence.push_back(second.begun);
  for (const Request* r : row.requests)
    if (r != &second && f.evidence.size() < most_evidence) f.evidence.push_back(r->begun);
  return f;
}

std::vector<Finding> check(const Run& run) {
  const double count = std::max(2.0, run.setting("duplicate-op.count", least));
  struct Place {
    Row worst;
    std::size_t keys = 0;
  };
  std::map<std::pair<SiteId, Seq>, Place> places;
  for (Row& row : Rows(run).found()) {
    if (static_cast<double>(row.requests.size()) < count) continue;
    const Request& second = *row.requests[1];
    Place& place = places[{second.site, second.site ? 0 : second.begun}];
    ++place.keys;
    const auto rank = [](const Row& r) {  // the longest one, of those as long the first
      return r.requests.empty() ? std::pair<std::size_t, Seq>{} : std::pair{r.requests.size(), ~r.requests[1]->begun};
    };
    if (rank(row) > rank(place.worst)) place.worst = std::move(row);
  }
  std::vector<Finding> out;
  for (const auto& [where, place] : places) out.push_back(blamed(run, place.worst, place.keys - 1));
  return out;
}

}  // namespace

Lint duplicate_op() {
  return {"duplicate-op",
          "the same is asked of a service again while the first answer is on its way, or just there",
          "keep the answer, or let the others await the task that already fetches it",
          "single_flight_cache",
          {{"count", least}, {"gap_ms", gap_ms}},
          check};
}

}  // namespace awaitscope::lints

// connection-churn: connections are opened for one request each and closed, where one that is kept would do.  Where a whole
// client is made for each request, client-per-request tells it.
#include <algorithm>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double least_saved = 2;
constexpr std::size_t most_evidence = 100, most_searched = 16;

struct Use {
  std::uint32_t connection = 0;
  std::uint32_t pool = 0;  ///< that opened it, 0: none
  std::uint32_t service = 0;
  TaskId opener;
  SiteId site;
  Seq opened = 0, closed = 0;
  std::size_t requests = 0;
  double connecting_ns = 0;
};

class Uses {
 public:
  explicit Uses(const Run& run)
      : model_(run.history.model), by_connection_(model_.resources.size() + 1), by_task_(model_.tasks.size() + 1) {}
  std::vector<Use> all;
  std::unordered_map<std::uint32_t, std::size_t> opened_by;  ///< connections of each pool

  void take(const Event& e) {
    const bool request = e.kind == Kind::request_begin;
    const ResourceModel* r = model_.resource({request ? e.b : e.a});
    if (!r || e.task >= by_task_.size()) return;
    auto& [pools, carrying] = by_task_[e.task];
    if (request) {
      if (r->type == ResourceType::service && carrying && by_connection_[carrying])
        all[by_connection_[carrying] - 1].service = e.b;
    } else if (r->type == ResourceType::pool) {
      const auto last = pools.rbegin() + static_cast<std::ptrdiff_t>(std::min(pools.size(), most_searched));
      const auto one = std::find(pools.rbegin(), last, e.a);
      if (e.kind == Kind::acquired) pools.push_back(e.a);
      else if (e.kind == Kind::released && one != last) pools.erase(std::next(one).base());
    } else if (r->type == ResourceType::connection) {
      connection(e, pools.empty() ? 0 : pools.back(), carrying);
    }
  }

 private:
  void connection(const Event& e, std::uint32_t pool, std::uint32_t& carrying) {
    std::size_t& index = by_connection_[e.a];
    if (e.kind == Kind::resource_opened) {
      all.push_back({e.a, pool, 0, e.who(), e.where(), e.seq, 0, 0, 0});
      index = all.size();
      if (pool) ++opened_by[pool];
    }
    if (!index) return;
    if (e.kind == Kind::acquired) {
      ++all[index - 1].requests;
      carrying = e.a;
    } else if (e.kind == Kind::released) {
      carrying = 0;
    } else if (e.kind == Kind::resource_closed) {
      all[index - 1].closed = e.seq;
    }
  }

  struct Hands {
    std::vector<std::uint32_t> pools;  ///< a task has few, the last one last
    std::uint32_t carrying = 0;        ///< the connection of its request
  };
  const Model& model_;
  std::vector<std::size_t> by_connection_;  // index + 1 of its use
  std::vector<Hands> by_task_;
};

/// As many as would have been needed, had each been kept.
std::size_t most_at_once(const std::vector<const Use*>& uses) {
  std::vector<std::pair<Seq, int>> changes;
  for (const Use* use : uses) {
    changes.emplace_back(use->opened, 1);
    changes.emplace_back(use->closed, -1);
  }
  std::sort(changes.begin(), changes.end());
  std::size_t now = 0, most = 0;
  for (const auto& [seq, by] : changes) most = std::max(most, now = by > 0 ? now + 1 : now - 1);
  return most;
}

Finding blamed(const Run& run, const std::vector<const Use*>& uses, std::size_t needed) {
  Finding f;
  f.site = run.trace.site(uses.front()->site);
  Seq last = 0;
  double connecting_ns = 0;
  f.evidence.push_back(uses[1]->opened);  // there the mistake begins
  for (const Use* use : uses) {
    last = std::max(last, use->closed);
    connecting_ns += use->connecting_ns;
    if (f.resources.size() < most_evidence) f.resources.push_back({use->connection});
    if (use->opener && f.tasks.size() < most_evidence &&
        std::find(f.tasks.begin(), f.tasks.end(), use->opener) == f.tasks.end())
      f.tasks.push_back(use->opener);
    if (f.evidence.size() >= most_evidence) continue;
    if (use != uses[1]) f.evidence.push_back(use->opened);
    f.evidence.push_back(use->closed);
  }
  f.confidence = sureness(run, last);
  const std::uint32_t service = uses.front()->service;
  f.sentence = fmt::format(
      "{} were opened{}{}, each for one request, and closed again{}; {} kept open would do", counted(uses.size(), "connection"),
      service ? " to " + run.name_of(ResourceId{service}) : "", at(f.site),
      connecting_ns > 0
          ? fmt::format(": {} of connecting", show(Duration{static_cast<std::int64_t>(std::min(connecting_ns, 9e18))}))
          : "",
      needed);
  f.begin = run.trace[uses.front()->opened].at();
  f.end = run.trace[last].at();
  return f;
}

std::vector<Finding> check(const Run& run) {
  const auto opened = run.events({Kind::resource_opened});
  if (!(opened.begin() != opened.end())) return {};
  Uses uses(run);
  for (const Event& e :
       run.events({Kind::resource_opened, Kind::resource_closed, Kind::acquired, Kind::released, Kind::request_begin}))
    uses.take(e);
  std::unordered_map<std::uint32_t, double> handshakes;  // by connection
  for (const Request& r : run.history.requests) handshakes[r.service.value] += static_cast<double>((r.end - r.begin).count());
  // What one connection could have done for another: opened at one place, for one service, used once, and closed.
  std::map<std::pair<SiteId, std::uint32_t>, std::vector<const Use*>> alike;
  for (Use& use : uses.all) {
    const bool of_a_throwaway_client = use.pool && uses.opened_by[use.pool] == 1;
    if (!use.closed || use.requests != 1 || of_a_throwaway_client) continue;
    if (const auto connecting = handshakes.find(use.connection); connecting != handshakes.end())
      use.connecting_ns = connecting->second;
    alike[{use.site, use.service}].push_back(&use);
  }
  std::vector<Finding> out;
  for (const auto& [where, some] : alike) {
    const std::size_t needed = most_at_once(some);
    if (static_cast<double>(some.size() - needed) >= run.setting("connection-churn.least_saved", least_saved))
      out.push_back(blamed(run, some, needed));
  }
  return out;
}

}  // namespace

Lint connection_churn() {
  return {"connection-churn",
          "connections are opened for one request each and closed, again and again",
          "keep the connection for the next request, or take it from a pool",
          "client_per_request",
          {{"least_saved", least_saved}},
          check};
}

}  // namespace awaitscope::lints

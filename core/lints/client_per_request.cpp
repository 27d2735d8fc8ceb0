// client-per-request: a client with connections of its own is made for one request and thrown away, again and again.
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/requests.h"
#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double least_saved = 2;
constexpr std::size_t most_evidence = 100;

/// A pool of connections and what was done through it.
struct ClientUse {
  std::uint32_t resource = 0;
  SiteId site;
  Instant made, over;  ///< over: it closed, or the trace did
  Seq created = 0, closed = 0;
  std::vector<const Request*> requests;
  std::size_t opened = 0;
  Duration connecting{};
};

/// The most clients that were there at one time: as many connections as one client would have needed.
std::size_t most_at_once(const std::vector<const ClientUse*>& clients) {
  std::vector<std::pair<std::uint64_t, int>> changes;
  for (const ClientUse* client : clients) {
    changes.emplace_back(client->created, 1);
    changes.emplace_back(client->closed, -1);
  }
  std::sort(changes.begin(), changes.end());
  std::size_t now = 0, most = 0;
  for (const auto& [seq, by] : changes) most = std::max(most, now = by > 0 ? now + 1 : now - 1);
  return most;
}

Finding blamed(const Run& run, const std::vector<const ClientUse*>& clients, std::size_t needed) {
  Finding f;
  const ClientUse &first = *clients.front(), &last = *clients.back();
  f.site = run.trace.site(first.site);
  f.confidence = sureness(run, last.closed);
  std::size_t opened = 0;
  Duration connecting{};
  Tasks tasks;
  for (const ClientUse* client : clients) {
    opened += client->opened;
    connecting += client->connecting;
    if (f.resources.size() < most_evidence) f.resources.push_back({client->resource});
    tasks.add(client->requests.front()->task);
  }
  f.tasks = tasks.some();
  f.sentence =
      fmt::format("{} were made{}, each for one request to {}: {} opened{}; one client for all would open {}",
                  counted(clients.size(), "client"), at(f.site), run.name_of(first.requests.front()->service),
                  counted(opened, "connection"), connecting.count() > 0 ? ", " + show(connecting) + " of connecting" : "",
                  needed == 1 ? "1" : std::to_string(needed));
  f.begin = first.made;
  f.end = last.over;
  // The second one first: there the mistake begins.
  for (const std::size_t i : {std::size_t{1}, std::size_t{0}}) f.evidence.push_back(clients[i]->created);
  for (const ClientUse* client : clients) {
    if (f.evidence.size() >= most_evidence) break;
    if (client != clients[0] && client != clients[1]) f.evidence.push_back(client->created);
    f.evidence.push_back(client->closed);
  }
  return f;
}

std::vector<Finding> check(const Run& run) {
  const History& h = run.history;
  const auto is_pool = [](const ResourceModel& r) { return r.type == ResourceType::pool; };
  if (std::none_of(h.model.resources.begin(), h.model.resources.end(), is_pool)) return {};
  const Requests& requests = run.once<Requests>();
  std::map<std::uint32_t, ClientUse> clients;                          // by resource
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> held;  // the pools in a task's hands, the last one last
  const auto client_of = [&](TaskId task) -> ClientUse* {
    const auto found = held.find(task.value);
    return found == held.end() || found->second.empty() ? nullptr : &clients[found->second.back()];
  };
  for (const Event& e : run.events({Kind::resource_created, Kind::resource_closed, Kind::resource_opened, Kind::acquired,
                                    Kind::released, Kind::request_begin})) {
    switch (e.kind) {
      case Kind::resource_created:
        if (e.as<ResourceType>() == ResourceType::pool) clients[e.a] = {e.a, e.where(), e.at(), {}, e.seq, 0, {}, 0, {}};
        break;
      case Kind::resource_closed:
        if (const auto found = clients.find(e.a); found != clients.end())
          found->second.closed = e.seq, found->second.over = e.at();
        break;
      case Kind::resource_opened:
        if (const ResourceModel* r = h.model.resource({e.a}); r && r->type == ResourceType::connection)
          if (ClientUse* client = client_of(e.who())) ++client->opened;
        break;
      case Kind::acquired:
        if (clients.count(e.a)) held[e.task].push_back(e.a);
        break;
      case Kind::released:
        if (auto found = held.find(e.task); found != held.end())
          if (auto one = std::find(found->second.rbegin(), found->second.rend(), e.a); one != found->second.rend())
            found->second.erase(std::next(one).base());
        break;
      case Kind::request_begin: {
        ClientUse* client = client_of(e.who());
        const Request* request = client ? requests.begun_by(e.seq) : nullptr;
        if (!request) break;
        const ResourceModel* r = h.model.resource(request->service);
        // A handshake is asked of the connection itself.
        if (r && r->type == ResourceType::connection) client->connecting += request->end - request->begin;
        else client->requests.push_back(request);
        break;
      }
      default: break;
    }
  }
  // What one client could have done for another: made at one place, for one service, and closed.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<const ClientUse*>> alike;
  for (const auto& [id, client] : clients)
    if (client.closed && client.opened > 0 && client.requests.size() == 1 && client.requests.front()->service)
      alike[{client.site.value, client.requests.front()->service.value}].push_back(&client);
  std::vector<Finding> out;
  for (auto& [where, some] : alike) {
    std::sort(some.begin(), some.end(), [](const ClientUse* a, const ClientUse* b) { return a->created < b->created; });
    const std::size_t needed = most_at_once(some);
    if (static_cast<double>(some.size() - needed) >= run.setting("client-per-request.least_saved", least_saved))
      out.push_back(blamed(run, some, needed));
  }
  return out;
}

}  // namespace

Lint client_per_request() {
  return {"client-per-request",
          "a client is made for one request, again and again, and its connection is thrown away each time",
          "make one client for the life of the app and pass it in",
          "client_per_request",
          {{"least_saved", least_saved}},
          check};
}

}  // namespace awaitscope::lints

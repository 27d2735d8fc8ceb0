#include "app/view/waits_plan.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "app/view/inspector.h"

namespace awaitscope::view {
namespace {

using Node = WaitNode::Type;

/// Sleeps, answers and jobs have a number each: to a reader they are one thing of a kind.
class SharedIds {
 public:
  explicit SharedIds(const Model& model) {
    for (const RequestModel& request : model.requests) services_.try_emplace(request.id.value, request.service.value);
  }
  std::uint32_t of(const WaitNode& node) const {
    switch (node.type) {
      case Node::timer:
      case Node::job:
      case Node::outside: return 0;
      case Node::request: {
        const auto found = services_.find(node.id);
        return found == services_.end() ? 0 : found->second;
      }
      default: return node.id;
    }
  }

 private:
  std::unordered_map<std::uint32_t, std::uint32_t> services_;  ///< by request
};

void add_holders(WaitRow& row, const WaitGraph& graph, std::uint32_t node) {
  if (row.type != Node::resource && row.type != Node::scope) return;
  std::unordered_set<std::uint32_t> known;
  for (std::uint32_t e = graph.first[node]; e < graph.first[node + 1]; ++e) {
    const WaitEdge& edge = graph.edges[e];
    if (edge.type == WaitEdge::Type::deadline || graph.nodes[edge.to].type != Node::task) continue;
    const TaskId task{graph.nodes[edge.to].id};
    if (known.insert(task.value).second) row.holders.push_back(task);
  }
}

}  // namespace

WaitPlan wait_plan(const Model& model, const WaitGraph& graph) {
  WaitPlan out;
  std::set<std::uint32_t> told;  // edges that a ring shows
  for (WaitRing& ring : graph.cycles()) {
    told.insert(ring.edges.begin(), ring.edges.end());
    out.rings.push_back({std::move(ring.edges)});
  }
  const SharedIds shared(model);
  std::map<std::pair<Node, std::uint32_t>, WaitRow> rows;
  for (std::uint32_t e = 0; e < graph.edges.size(); ++e) {
    const WaitEdge& edge = graph.edges[e];
    if (edge.type != WaitEdge::Type::waits || told.contains(e)) continue;
    const WaitNode &from = graph.nodes[edge.from], &to = graph.nodes[edge.to];
    const TaskModel* task = from.type == Node::task ? model.task({from.id}) : nullptr;
    if (!task) continue;
    const auto [found, fresh] = rows.try_emplace({to.type, shared.of(to)});
    WaitRow& row = found->second;
    if (fresh) {
      row.type = to.type;
      row.id = found->first.second;
      row.node = edge.to;
      row.since = task->since_time;
      add_holders(row, graph, edge.to);
    }
    row.waiters.push_back(task->id);
    row.since = std::min(row.since, task->since_time);
    row.stuck = row.stuck || from.stuck;
  }
  for (auto& [key, row] : rows) {
    std::stable_sort(row.waiters.begin(), row.waiters.end(),
                     [&](TaskId a, TaskId b) { return model.task(a)->since_time < model.task(b)->since_time; });
    out.rows.push_back(std::move(row));
  }
  std::stable_sort(out.rows.begin(), out.rows.end(), [](const WaitRow& a, const WaitRow& b) {
    return a.stuck != b.stuck ? a.stuck : a.waiters.size() > b.waiters.size();
  });
  return out;
}

const WaitPlan& wait_plan(const Session& session, const WaitGraph& graph) {
  const Side& side = session.side();
  return side.memo.of<WaitPlan>(moment_key(side), [&] { return wait_plan(side.model, graph); });
}

}  // namespace awaitscope::view

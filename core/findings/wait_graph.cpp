#include "core/findings/wait_graph.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "core/trace/awaited.h"

namespace awaitscope {
namespace {

using Node = WaitNode::Type;
using Link = WaitEdge::Type;

/// Takes the model apart into nodes and edges.
class Builder {
 public:
  Builder(const Run& run, const Model& model) : run_(run), m(model) { out.of.resize(model.tasks.size() + 1); }
  WaitGraph build() &&;

 private:
  std::uint32_t add(Node type, std::uint32_t id) {
    out.nodes.push_back({type, id});
    return static_cast<std::uint32_t>(out.nodes.size() - 1);
  }
  std::uint32_t task(TaskId id) {
    std::uint32_t& known = out.of[id.value];
    if (!known) known = add(Node::task, id.value) + 1;
    return known - 1;
  }
  std::uint32_t thing(Node type, std::uint32_t id) {
    const auto [known, is_new] = things_.try_emplace({type, id}, 0);
    if (is_new) known->second = add(type, id);
    return known->second;
  }
  void link(Link type, std::uint32_t from, std::uint32_t to, Seq since, SiteId site) {
    out.edges.push_back({type, from, to, since, site});
  }

  void wait(const TaskModel& t);
  void holders(std::uint32_t node, const ResourceModel& r);
  void children(std::uint32_t node, const ScopeModel& s);
  void find_acquisitions();
  void sort_edges();
  void find_stuck();
  bool exhausted(const ResourceModel& r) const {
    return r.tells_left() && r.value == 0 && !r.owners.empty() && r.owners.size() >= r.capacity;
  }

  const Run& run_;
  const Model& m;
  WaitGraph out;
  std::map<std::pair<Node, std::uint32_t>, std::uint32_t> things_;
  std::unordered_map<std::uint32_t, const TimerModel*> sleeps_, deadlines_;  // by task
  std::unordered_map<std::uint32_t, std::vector<TaskId>> owned_;             // by scope: tasks made for it
  std::unordered_set<std::uint32_t> jobs_, requests_;                        // under way
};

/// What a waiting task depends on.  Where that is over and nobody has woken the task, there is no edge.
void Builder::wait(const TaskModel& t) {
  const std::uint32_t from = task(t.id);
  const auto waits = [&](std::uint32_t to) { link(Link::waits, from, to, t.since, t.site); };
  const auto outside = [&] { waits(thing(Node::outside, 0)); };
  switch (awaited(t.wait)) {
    case Awaited::task:
      if (const TaskModel* other = m.task({t.object}); !other) outside();
      else if (other->phase != Phase::done) waits(task(other->id));
      break;
    case Awaited::resource:
      if (m.resource({t.object})) waits(thing(Node::resource, t.object));
      else outside();
      break;
    case Awaited::scope:
      if (const ScopeModel* scope = m.scope({t.object}); !scope) outside();
      else if (!scope->exited) waits(thing(Node::scope, t.object));
      break;
    case Awaited::job:
      if (jobs_.contains(t.object)) waits(thing(Node::job, t.object));
      break;
    case Awaited::request:
      if (requests_.contains(t.object)) waits(thing(Node::request, t.object));
      break;
    case Awaited::none:
      if (t.wait != Wait::sleep) outside();
      else if (const auto timer = sleeps_.find(t.id.value); timer != sleeps_.end())
        waits(thing(Node::timer, timer->second->id.value));
      break;
  }
  if (const auto timer = deadlines_.find(t.id.value); timer != deadlines_.end())
    link(Link::deadline, from, thing(Node::timer, timer->second->id.value), 0, timer->second->site);
}

void Builder::holders(std::uint32_t node, const ResourceModel& r) {
  for (const TaskId owner : r.owners)
    if (m.task(owner)) link(Link::held, node, task(owner), 0, {});
}

void Builder::children(std::uint32_t node, const ScopeModel& s) {
  std::vector<TaskId> all = s.children;
  if (const auto owned = owned_.find(s.id.value); owned != owned_.end())
    all.insert(all.end(), owned->second.begin(), owned->second.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  for (const TaskId id : all)
    if (const TaskModel* t = m.task(id); t && t->phase != Phase::done)
      link(Link::child, node, task(id), t->created, t->created_at);
}

/// The model knows who holds a resource, the trace since when and where: each holder's last acquisition.
void Builder::find_acquisitions() {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<WaitEdge*>> wanted;  // by resource, task
  for (WaitEdge& edge : out.edges)
    if (edge.type == Link::held) wanted[{out.nodes[edge.from].id, out.nodes[edge.to].id}].push_back(&edge);
  if (wanted.empty()) return;
  const std::vector<Seq>& all = run_.once<EventIndex>().of(Kind::acquired);
  for (auto i = std::upper_bound(all.begin(), all.end(), m.seq); i != all.begin() && !wanted.empty();) {
    const Event e = run_.trace[*--i];
    const auto found = wanted.find({e.a, e.task});
    if (found == wanted.end()) continue;
    // A task that holds two permits took them one after the other.
    WaitEdge& edge = *found->second.back();
    edge.since = e.seq;
    edge.site = e.where();
    found->second.pop_back();
    if (found->second.empty()) wanted.erase(found);
  }
}

void Builder::sort_edges() {
  std::stable_sort(out.edges.begin(), out.edges.end(), [](const WaitEdge& a, const WaitEdge& b) { return a.from < b.from; });
  out.first.assign(out.nodes.size() + 1, 0);
  for (const WaitEdge& edge : out.edges) ++out.first[edge.from + 1];
  for (std::size_t n = 0; n < out.nodes.size(); ++n) out.first[n + 1] += out.first[n];
}

/// All that can go on, found from what surely can: what is left is stuck.  A scope needs all of its tasks (a wait or an
/// as_completed any one), a resource any one of its holders.
void Builder::find_stuck() {
  std::vector<std::vector<std::uint32_t>> dependent(out.nodes.size());
  std::vector<std::uint32_t> needs(out.nodes.size());
  for (const WaitEdge& edge : out.edges) {
    if (edge.type == Link::deadline) continue;
    dependent[edge.to].push_back(edge.from);
    ++needs[edge.from];
  }
  std::vector<std::uint32_t> work;
  for (std::uint32_t n = 0; n < out.nodes.size(); ++n) {
    WaitNode& node = out.nodes[n];
    bool free = needs[n] == 0;
    if (node.type == Node::task) {
      const TaskModel& t = *m.task({node.id});
      free = t.phase != Phase::done && (t.phase != Phase::waiting || needs[n] == 0);
    } else if (node.type == Node::resource) {
      free = !exhausted(*m.resource({node.id}));
      needs[n] = 1;
    } else if (node.type == Node::scope) {
      const ScopeType type = m.scope({node.id})->type;
      if (needs[n] > 1 && (type == ScopeType::wait || type == ScopeType::as_completed)) needs[n] = 1;
    }
    node.stuck = !free;
    if (free) work.push_back(n);
  }
  while (!work.empty()) {
    const std::uint32_t n = work.back();
    work.pop_back();
    for (const std::uint32_t d : dependent[n]) {
      if (!out.nodes[d].stuck || (needs[d] > 0 && --needs[d] > 0)) continue;
      out.nodes[d].stuck = false;
      work.push_back(d);
    }
  }
}

WaitGraph Builder::build() && {
  for (const TimerModel& timer : m.timers) {
    if (timer.use == TimerUse::sleep) sleeps_[timer.task.value] = &timer;
    if (timer.use == TimerUse::deadline) deadlines_.try_emplace(timer.task.value, &timer);
  }
  for (const JobModel& job : m.jobs) jobs_.insert(job.id.value);
  for (const RequestModel& request : m.requests) requests_.insert(request.id.value);
  for (const TaskModel& t : m.tasks) {
    if (t.phase == Phase::done || t.since == 0) continue;
    task(t.id);
    if (t.scope) owned_[t.scope.value].push_back(t.id);
    if (t.phase == Phase::waiting) wait(t);
  }
  for (std::uint32_t n = 0; n < out.nodes.size(); ++n) {  // holders that have ended become nodes on the way
    const WaitNode node = out.nodes[n];
    if (node.type == Node::resource) holders(n, *m.resource({node.id}));
    if (node.type == Node::scope) children(n, *m.scope({node.id}));
  }
  find_acquisitions();
  sort_edges();
  find_stuck();
  return std::move(out);
}

/// The knots of stuck nodes: strongly connected components, by Tarjan's algorithm without recursion.
class Knots {
 public:
  explicit Knots(const WaitGraph& graph) : g(graph), index_(graph.nodes.size()), low_(graph.nodes.size()) {
    knot.resize(graph.nodes.size());
    for (std::uint32_t n = 0; n < g.nodes.size(); ++n)
      if (g.nodes[n].stuck && !index_[n]) search(n);
  }
  std::vector<std::uint32_t> knot;  ///< by node, from 1
  std::uint32_t count = 0;

 private:
  void search(std::uint32_t root) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> calls;  // node, next edge
    const auto enter = [&](std::uint32_t n) {
      index_[n] = low_[n] = ++entered_;
      open_.push_back(n);
      calls.emplace_back(n, g.first[n]);
    };
    enter(root);
    while (!calls.empty()) {
      const std::uint32_t n = calls.back().first;
      if (calls.back().second < g.first[n + 1]) {
        const WaitEdge& edge = g.edges[calls.back().second++];
        if (edge.type == Link::deadline || !g.nodes[edge.to].stuck) continue;
        if (!index_[edge.to]) enter(edge.to);
        else if (!knot[edge.to]) low_[n] = std::min(low_[n], index_[edge.to]);
        continue;
      }
      calls.pop_back();
      if (!calls.empty()) low_[calls.back().first] = std::min(low_[calls.back().first], low_[n]);
      if (low_[n] == index_[n]) close(n);
    }
  }
  void close(std::uint32_t n) {
    ++count;
    while (true) {
      const std::uint32_t member = open_.back();
      open_.pop_back();
      knot[member] = count;
      if (member == n) return;
    }
  }

  const WaitGraph& g;
  std::vector<std::uint32_t> index_, low_, open_;
  std::uint32_t entered_ = 0;
};

/// The shortest way from a node within its knot back to it.
std::vector<std::uint32_t> way_round(const WaitGraph& g, const std::vector<std::uint32_t>& knot, std::uint32_t start) {
  std::unordered_map<std::uint32_t, std::uint32_t> came_by;  // by node: the edge
  std::vector<std::uint32_t> layer = {start};
  for (std::size_t i = 0; i < layer.size(); ++i) {
    for (std::uint32_t e = g.first[layer[i]]; e < g.first[layer[i] + 1]; ++e) {
      const WaitEdge& edge = g.edges[e];
      if (edge.type == Link::deadline || knot[edge.to] != knot[start]) continue;
      if (!came_by.emplace(edge.to, e).second) continue;
      if (edge.to != start) {
        layer.push_back(edge.to);
        continue;
      }
      std::vector<std::uint32_t> out;
      for (std::uint32_t n = start; out.empty() || n != start; n = g.edges[out.back()].from) out.push_back(came_by.at(n));
      std::reverse(out.begin(), out.end());
      return out;
    }
  }
  return {};
}

}  // namespace

const WaitNode* WaitGraph::node(TaskId task) const {
  return task.value < of.size() && of[task.value] ? &nodes[of[task.value] - 1] : nullptr;
}

const WaitEdge* WaitGraph::wait_of(TaskId task) const {
  if (!node(task)) return nullptr;
  const std::uint32_t n = of[task.value] - 1;
  return first[n] < first[n + 1] && edges[first[n]].type == WaitEdge::Type::waits ? &edges[first[n]] : nullptr;
}

std::vector<WaitRing> WaitGraph::cycles() const {
  const Knots knots(*this);
  std::vector<std::vector<TaskId>> members(knots.count + 1);
  for (std::uint32_t n = 0; n < nodes.size(); ++n)
    if (knots.knot[n] && nodes[n].type == Node::task) members[knots.knot[n]].push_back({nodes[n].id});
  std::vector<WaitRing> out;
  for (std::vector<TaskId>& tasks : members) {
    if (tasks.empty()) continue;
    std::sort(tasks.begin(), tasks.end());
    WaitRing ring;
    ring.edges = way_round(*this, knots.knot, of[tasks.front().value] - 1);
    if (ring.edges.empty()) continue;  // it waits for a knot and is in none
    for (const std::uint32_t e : ring.edges)
      if (const WaitNode& from = nodes[edges[e].from]; from.type == Node::task) ring.tasks.push_back({from.id});
    std::vector<TaskId> sorted = ring.tasks;
    std::sort(sorted.begin(), sorted.end());
    for (const TaskId task : tasks)
      if (!std::binary_search(sorted.begin(), sorted.end(), task)) ring.tasks.push_back(task);
    out.push_back(std::move(ring));
  }
  std::sort(out.begin(), out.end(), [](const WaitRing& a, const WaitRing& b) { return a.tasks.front() < b.tasks.front(); });
  return out;
}

WaitGraph wait_graph(const Run& run, const Model& model) { return Builder(run, model).build(); }

}  // namespace awaitscope

// queue-growth: a queue without a limit fills faster than it is emptied, although its consumers are at work.
#include <deque>
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double depth = 10, many = 100, wait_s = 1;
constexpr std::size_t samples = 10, most_evidence = 100;

/// What piled up since the queue was last empty.
struct Backlog {
  std::size_t puts = 0;
  std::deque<Seq> inside;  ///< the puts whose items are still in it
  std::vector<TaskId> producers, consumers;
  bool served = false;  ///< a consumer was there before it began
  std::size_t peak = 0;
  Seq begun = 0, peaked = 0;
  Duration longest{};  ///< that an item has waited
};

void add(std::vector<TaskId>& tasks, TaskId task) {
  if (task && tasks.size() < most_evidence && std::find(tasks.begin(), tasks.end(), task) == tasks.end()) tasks.push_back(task);
}

struct Watched {
  std::uint32_t items = 0;
  bool served = false;  ///< somebody has taken from it or is in line to
  Backlog now, worst;
};

class Queues {
 public:
  explicit Queues(const Run& run) : run_(run) {}
  std::unordered_map<std::uint32_t, Watched> all;

  void take(const Event& e) {
    if (e.kind == Kind::step_end && e.as<Wait>() != Wait::queue_get) return;
    const ResourceModel* r = run_.history.model.resource({e.a});
    if (!r || r->type != ResourceType::queue || r->capacity) return;
    Watched& q = all[e.a];
    if (e.kind == Kind::step_end) {
      q.served = true;
    } else if (e.kind == Kind::level && e.b == q.items + 1) {
      put(q, e);
    } else if (e.b + 1 == q.items) {
      got(q, e);
    }
    if (e.kind != Kind::step_end) q.items = e.b;
  }
  /// What is still inside has waited until the end.
  void end() {
    for (auto& [id, q] : all) {
      if (!q.now.inside.empty())
        q.now.longest = std::max(q.now.longest, run_.history.end - run_.trace[q.now.inside.front()].at());
      keep(q);
    }
  }

 private:
  void put(Watched& q, const Event& e) {
    if (q.items == 0) {
      keep(q);
      q.now.begun = e.seq;
      q.now.served = q.served;
    }
    ++q.now.puts;
    q.now.inside.push_back(e.seq);
    add(q.now.producers, e.who());
    if (q.now.inside.size() <= q.now.peak) return;
    q.now.peak = q.now.inside.size();
    q.now.peaked = e.seq;
  }
  void got(Watched& q, const Event& e) {
    q.served = true;
    add(q.now.consumers, e.who());
    if (q.now.inside.empty()) return;
    q.now.longest = std::max(q.now.longest, e.at() - run_.trace[q.now.inside.front()].at());
    q.now.inside.pop_front();
  }
  void keep(Watched& q) {
    if (q.now.served && q.now.puts >= samples && q.now.peak > q.worst.peak) q.worst = std::move(q.now);
    q.now = {};
  }
  const Run& run_;
};

std::string names(const Run& run, const std::vector<TaskId>& tasks, const char* otherwise) {
  std::vector<std::string> out;
  for (const TaskId task : tasks) out.push_back(run.name_of(task));
  return out.empty() ? otherwise : listed(out);
}

Finding blamed(const Run& run, ResourceId id, const Backlog& b) {
  const Event peak = run.trace[b.peaked];
  Finding f;
  const bool serious = static_cast<double>(b.peak) > run.setting("queue-growth.many", many) ||
                       static_cast<double>(b.longest.count()) / 1e9 >= run.setting("queue-growth.wait_s", wait_s);
  f.severity = serious ? Severity::warning : Severity::info;
  f.confidence = sureness(run, b.peaked);
  f.site = run.trace.site(peak.where());
  f.sentence = fmt::format("{} has no limit: {} put faster{} than {} took, so it grew to {} and one of them waited {}",
                           run.name_of(id), names(run, b.producers, "somebody"), at(f.site), names(run, b.consumers, "anybody"),
                           counted(b.peak, "item"), show(b.longest));
  f.begin = run.trace[b.begun].at();
  f.end = f.begin + b.longest;
  f.tasks = b.producers;
  for (const TaskId task : b.consumers) add(f.tasks, task);
  f.resources.push_back(id);
  f.evidence = {b.peaked};
  if (b.begun != b.peaked) f.evidence.push_back(b.begun);
  return f;
}

std::vector<Finding> check(const Run& run) {
  Queues queues(run);
  for (const Event& e : run.events({Kind::level, Kind::acquired, Kind::step_end})) queues.take(e);
  queues.end();
  std::vector<Finding> out;
  for (const auto& [id, q] : queues.all)
    if (static_cast<double>(q.worst.peak) > run.setting("queue-growth.depth", depth)) out.push_back(blamed(run, {id}, q.worst));
  return out;
}

}  // namespace

Lint queue_growth() {
  return {"queue-growth",
          "a queue without a limit fills faster than its consumers empty it",
          "give the queue a maxsize, so that whoever is too fast has to wait",
          "backpressure_queue",
          {{"depth", depth}, {"many", many}, {"wait_s", wait_s}},
          check};
}

}  // namespace awaitscope::lints

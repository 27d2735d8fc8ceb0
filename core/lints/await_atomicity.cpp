// await-atomicity: a task read a shared value, waited, and wrote back what it had made of it; another had written meanwhile.
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr std::size_t most_evidence = 100;

struct Write {
  Seq seq = 0;
  TaskId task;
};

/// The last write of a cell, and the last one of any other task than that one's.
struct Writers {
  Write last, other;

  void add(const Write& write) {
    if (last.seq && last.task != write.task) other = last;
    last = write;
  }
  /// The last write that was not `task`'s.
  const Write& not_of(TaskId task) const { return last.task == task ? other : last; }
};

/// One write from a reading that was out of date.
struct Stale {
  Seq read = 0, write = 0;
  Write between;
};

Finding blamed(const Run& run, ResourceId cell, const std::vector<Stale>& all) {
  const Stale& first = all.front();
  const Event read = run.trace[first.read], write = run.trace[first.write];
  Finding f;
  f.confidence = sureness(run, all.back().write);
  f.site = run.trace.site(write.where());
  const std::string others = all.size() == 1 ? "" : fmt::format("; {} more such writes followed", all.size() - 1);
  f.sentence =
      fmt::format("{} read {}{}, waited, and wrote{} what it had made of that; {} had written{} meanwhile, which is lost{}",
                  task_named(run, write.who()), run.name_of(cell), at(run.trace.site(read.where())), at(f.site),
                  run.name_of(first.between.task), at(run.trace.site(run.trace[first.between.seq].where())), others);
  f.begin = read.at();
  f.end = run.trace[all.back().write].at();
  f.resources.push_back(cell);
  for (const Stale& stale : all) {
    if (f.evidence.size() >= most_evidence) break;
    f.evidence.insert(f.evidence.end(), {stale.write, stale.between.seq, stale.read});
    for (const TaskId task : {run.trace[stale.write].who(), stale.between.task})
      if (task && std::find(f.tasks.begin(), f.tasks.end(), task) == f.tasks.end()) f.tasks.push_back(task);
  }
  return f;
}

std::vector<Finding> check(const Run& run) {
  std::unordered_map<std::uint32_t, Writers> cells;
  std::map<std::pair<std::uint32_t, std::uint16_t>, std::vector<Stale>> stale;  // by cell and place of the write
  for (const Event& e : run.events({Kind::cell_write})) {
    Writers& writers = cells[e.a];
    // What did not come from this cell cannot be out of date.
    if (e.d && e.d < e.seq && run.trace[e.d].kind == Kind::cell_read && run.trace[e.d].a == e.a)
      if (const Write& between = writers.not_of(e.who()); between.seq > e.d)
        stale[{e.a, e.site}].push_back({e.d, e.seq, between});
    writers.add({e.seq, e.who()});
  }
  std::vector<Finding> out;
  for (const auto& [key, all] : stale) out.push_back(blamed(run, {key.first}, all));
  return out;
}

}  // namespace

Lint await_atomicity() {
  return {"await-atomicity",
          "a shared value is read, awaited across and written back, and another task wrote it in between",
          "hold a lock from the read to the write, or have no await between them",
          "race_across_await",
          {},
          check};
}

}  // namespace awaitscope::lints

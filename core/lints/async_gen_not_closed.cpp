// async-gen-not-closed: somebody stopped reading an async generator in the middle and left it to the collector, with what it
// had opened.
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

struct Generator {
  TextId name;
  Seq left = 0;     ///< the event at which its last reader left it
  Seq dropped = 0;  ///< nobody holds it any more, and it has not ended
  Seq over = 0;     ///< its end
  std::size_t items = 0;
  std::vector<TaskId> readers;
  std::vector<ResourceId> open;  ///< what it has opened and not closed
  std::vector<ResourceId> held;  ///< the same when its last reader left it
};

std::string how_it_ended(const Run& run, const Generator& g) {
  const Duration open = (g.over ? run.trace[g.over].at() : run.history.end) - run.trace[g.left].at();
  const std::string later = open.count() > 0 ? fmt::format(", {} later", show(open)) : "";
  if (g.over == 0) return "was never closed" + later;
  if (g.dropped) return fmt::format("was closed only when it was collected{}, by a task of the loop", later);
  return "was closed only by the end of the run" + later;
}

Finding about(const Run& run, const Generator& g) {
  const Event left = run.trace[g.left];
  Finding f;
  // What it holds beyond what is recorded (a lock, a transaction) is not known: then it is only told.
  f.severity = g.held.empty() ? Severity::info : Severity::warning;
  f.confidence = sureness(run, g.over ? g.over : static_cast<Seq>(run.trace.size()));
  f.site = run.trace.site(left.where());
  f.begin = left.at();
  f.end = g.over ? run.trace[g.over].at() : run.history.end;
  f.tasks = {left.who()};
  f.resources = g.held;
  f.evidence = {g.left};
  for (const Seq seq : {g.dropped, g.over})
    if (seq) f.evidence.push_back(seq);
  std::vector<std::string> names;
  for (const ResourceId id : g.held) names.push_back(run.name_of(id));
  f.sentence =
      fmt::format("{} left the async generator {}{} after {}, at {} s; it {}{}", task_named(run, left.who()),
                  plain(run.trace.text(g.name.value)), at(f.site), counted(g.items, "item"), seconds(f.begin, 3),
                  how_it_ended(run, g), names.empty() ? "" : fmt::format(", and {} stayed open until then", listed(names)));
  return f;
}

/// It stopped in the middle, and what ended it was not one of its readers.
bool abandoned(const Run& run, const Generator& g, Seq main_over) {
  if (g.left == 0) return false;
  if (g.over == 0) return run.history.model.ended;
  const TaskId closer = run.trace[g.over].who();
  if (std::find(g.readers.begin(), g.readers.end(), closer) != g.readers.end()) return false;
  return g.dropped != 0 || (main_over != 0 && g.over > main_over);  // a task that closes it on purpose is right
}

std::vector<Finding> check(const Run& run) {
  std::map<std::uint32_t, Generator> all;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> inside;  // by task: generators that it runs in
  std::unordered_map<std::uint32_t, std::uint32_t> owner;                // by resource: the generator that opened it
  Seq main_over = 0;
  for (const Event& e : run.events({Kind::task_done, Kind::resource_created, Kind::resource_opened, Kind::acquired,
                                    Kind::released, Kind::resource_destroyed, Kind::resource_closed})) {
    if (e.kind == Kind::task_done && e.task == 1) main_over = e.seq;
    if (e.kind == Kind::task_done) continue;
    if (e.kind == Kind::resource_created && e.as<ResourceType>() == ResourceType::generator) all[e.a].name = {e.d};
    const auto found = all.find(e.a);
    if (found == all.end()) {
      auto& stack = inside[e.task];
      if (e.kind == Kind::resource_opened && !stack.empty()) {
        owner[e.a] = stack.back();
        all[stack.back()].open.push_back({e.a});
      } else if (const auto of = owner.find(e.a); e.kind == Kind::resource_closed && of != owner.end()) {
        std::erase(all[of->second].open, ResourceId{e.a});
      }
      continue;
    }
    Generator& g = found->second;
    if (e.kind == Kind::acquired) {
      inside[e.task].push_back(e.a);
    } else if (e.kind == Kind::released) {
      std::erase(inside[e.task], e.a);
      // What runs in it after it was given up is its closing, no reading.
      if (g.dropped || main_over) continue;
      g.left = e.seq;
      ++g.items;
      g.held = g.open;
      if (std::find(g.readers.begin(), g.readers.end(), e.who()) == g.readers.end()) g.readers.push_back(e.who());
    } else if (e.kind == Kind::resource_destroyed) {
      g.dropped = e.seq;
    } else if (e.kind == Kind::resource_closed) {
      g.over = e.seq;
    }
  }
  std::vector<Finding> out;
  for (const auto& [id, g] : all)
    if (abandoned(run, g, main_over)) out.push_back(about(run, g));
  return out;
}

}  // namespace

Lint async_gen_not_closed() {
  return {"async-gen-not-closed",
          "an async generator is left in the middle and closed by nobody but the collector or the end of the run",
          "read it inside 'async with aclosing(...)', or let the caller own what the generator needs",
          "abandoned_async_generator",
          {},
          check};
}

}  // namespace awaitscope::lints

// shared-connection-overlap: a task uses a connection while another task is in the middle of using it.
#include <map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr std::size_t most_users = 100;  ///< of one connection at a time that are looked at

struct User {
  TaskId task;
  SiteId site;
  Seq seq = 0;
};
/// One connection: who uses it now, and who came while it was in use.
struct Line {
  std::vector<User> users;
  std::vector<User> intruders;
  User holder;  ///< whom the first of them met
};

Finding blamed(const Run& run, ResourceId connection, const Line& line) {
  const User& first = line.intruders.front();
  Finding f;
  f.severity = Severity::error;
  f.confidence = sureness(run, first.seq);
  f.site = run.trace.site(first.site);
  f.resources = {connection};
  f.tasks = {line.holder.task};
  f.evidence = {first.seq, line.holder.seq};
  Tasks others;
  for (const User& user : line.intruders) {
    if (user.task != line.holder.task) others.add(user.task);
    if (user.seq != first.seq && f.evidence.size() < 100) f.evidence.push_back(user.seq);
  }
  f.sentence = fmt::format("connection {} was in use by {}{} when {} used it too{}; a connection carries one request at a time",
                           run.name_of(connection), run.name_of(line.holder.task), at(run.trace.site(line.holder.site)),
                           others.named(run), at(f.site));
  f.tasks.insert(f.tasks.end(), others.some().begin(), others.some().end());
  f.begin = run.trace[first.seq].at();
  f.end = run.trace[line.intruders.back().seq].at();
  return f;
}

std::vector<Finding> check(const Run& run) {
  const Model& model = run.history.model;
  std::map<std::uint32_t, Line> lines;
  for (const Event& e : run.events({Kind::acquired, Kind::released})) {
    if (!e.task) continue;
    const ResourceModel* resource = model.resource({e.a});
    // One that carries several requests at once says how many; 0 is any number.
    if (!resource || resource->type != ResourceType::connection || resource->capacity == 0) continue;
    Line& line = lines[e.a];
    const auto mine = std::find_if(line.users.begin(), line.users.end(), [&](const User& u) { return u.task == e.who(); });
    if (e.kind == Kind::released) {
      if (mine != line.users.end()) line.users.erase(mine);
      continue;
    }
    // Who has ended uses nothing any more, whatever it has failed to say.
    std::erase_if(line.users, [&](const User& user) {
      const TaskModel* task = model.task(user.task);
      return task && task->phase == Phase::done && task->since < e.seq;
    });
    const User user{e.who(), e.where(), e.seq};
    const bool others = std::any_of(line.users.begin(), line.users.end(), [&](const User& u) { return u.task != user.task; });
    if (others && line.users.size() >= resource->capacity) {
      if (line.intruders.empty()) line.holder = line.users.front();
      line.intruders.push_back(user);
    }
    line.users.push_back(user);
    if (line.users.size() > most_users) line.users.erase(line.users.begin());  // nobody gives it back
  }
  std::vector<Finding> out;
  for (const auto& [id, line] : lines)
    if (!line.intruders.empty()) out.push_back(blamed(run, {id}, line));
  return out;
}

}  // namespace

Lint shared_connection_overlap() {
  return {"shared-connection-overlap",
          "two tasks use one connection at the same time",
          "give each task a session or connection of its own, from a factory over one pool",
          "db_session_per_task",
          {},
          check};
}

}  // namespace awaitscope::lints

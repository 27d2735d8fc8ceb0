// What tasks are called: across runs, and on screen.
#include <algorithm>

#include "core/model/model.h"

namespace awaitscope {
namespace {

/// The parent as far as it was made before the child: a foreign trace may hold a ring of parents.
const TaskModel* parent_of(const Model& model, const TaskModel& task) {
  const TaskModel* parent = model.task(task.parent);
  return parent && parent->created < task.created ? parent : nullptr;
}

}  // namespace

std::string logical_id(const Model& model, const Trace& trace, TaskId id) {
  std::vector<const TaskModel*> chain;
  for (const TaskModel* task = model.task(id); task; task = parent_of(model, *task)) chain.push_back(task);
  std::string out;
  for (std::size_t i = chain.size(); i-- > 0;) {
    if (!out.empty()) out += '/';
    out += trace.text(chain[i]->name.value);
    if (i + 1 < chain.size()) out += "[" + std::to_string(chain[i]->ordinal) + "]";
  }
  return out;
}

std::string display_name(const Model& model, const Trace& trace, TaskId id) {
  const TaskModel* task = model.task(id);
  if (!task || !task->name) return "task-" + std::to_string(id.value);
  const auto found =
      std::lower_bound(model.names.begin(), model.names.end(), *task, [](const NameCount& count, const TaskModel& t) {
        return count.parent != t.parent ? count.parent < t.parent : count.name < t.name;
      });
  const bool several =
      found != model.names.end() && found->parent == task->parent && found->name == task->name && found->count > 1;
  const std::string name(trace.text(task->name.value));
  return several ? name + "-" + std::to_string(task->ordinal + 1) : name;
}

}  // namespace awaitscope

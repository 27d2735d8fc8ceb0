#include "core/formats/export_names.h"

#include "core/trace/awaited.h"
#include "core/trace/quote.h"

namespace awaitscope::exporting {

Names::Names(const Trace& trace, const History& history) : trace_(&trace), history_(&history) {
  tasks_.push_back("loop");
  for (const TaskModel& task : history.model.tasks) {
    std::string name = display_name(history.model, trace, task.id);
    tasks_.push_back(name.empty() ? "task " + std::to_string(task.id.value) : std::move(name));
  }
  for (const Request& request : history.requests) requests_.emplace(request.id.value, request.what);
  for (Seq seq = 1; seq <= trace.size(); ++seq)
    if (const Event event = trace[seq]; event.kind == Kind::job_submitted) jobs_.emplace(event.a, TextId{event.b});
  for (const ResourceModel& resource : history.model.resources) ++resources_[trace.text(resource.name.value)];
}

const std::string& Names::task(TaskId id) const { return tasks_[id.value < tasks_.size() ? id.value : 0]; }

std::string Names::resource(ResourceId id) const {
  const ResourceModel* resource = history_->model.resource(id);
  const std::string_view name = resource ? trace_->text(resource->name.value) : "";
  if (name.empty()) return "resource #" + std::to_string(id.value);
  const auto known = resources_.find(name);
  return std::string(name) + (known != resources_.end() && known->second > 1 ? " #" + std::to_string(id.value) : "");
}

std::string Names::named(std::string_view what, std::string_view name) const {
  return name.empty() ? std::string(what) : std::string(what).append(" ").append(name);
}

std::string Names::wait(const Span& span) const {
  const std::string_view what = name(span.wait);
  switch (awaited(span.wait)) {
    case Awaited::task:
      return span.object && span.object < tasks_.size() ? named(what, tasks_[span.object]) : std::string(what);
    case Awaited::resource: return span.object ? named(what, resource(ResourceId{span.object})) : std::string(what);
    case Awaited::job: {
      const auto job = jobs_.find(span.object);
      return named(what, job == jobs_.end() ? "" : trace_->text(job->second.value));
    }
    case Awaited::request: {
      const auto request = requests_.find(span.object);
      return named(what, request == requests_.end() ? "" : trace_->text(request->second.value));
    }
    case Awaited::none:
    case Awaited::scope: break;
  }
  return what.empty() ? "something" : std::string(what);
}

std::string visible(std::string_view text) {
  if (harmless(text)) return std::string(text);
  // `quoted` also escapes quotes and backslashes, which do not act on a screen.
  const std::string spelt = quoted(text);
  std::string out;
  for (std::size_t i = 1; i + 1 < spelt.size(); ++i) {
    if (spelt[i] == '\\' && (spelt[i + 1] == '"' || spelt[i + 1] == '\\')) ++i;
    out += spelt[i];
  }
  return out;
}

}  // namespace awaitscope::exporting

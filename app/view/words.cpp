#include "app/view/words.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/view/text.h"
#include "core/findings/waiting.h"

namespace awaitscope::view {
namespace {

constexpr Phrase waits_for{"waits for", "等待"};

std::string with(std::string_view kind, const std::string& name) {
  return name.empty() ? std::string(kind) : fmt::format("{} {}", kind, name);
}

}  // namespace

std::string task_name(const Trace& trace, const Model& model, TaskId task) {
  return printable(display_name(model, trace, task));
}

std::string task_words(const Trace& trace, const Model& model, TaskId task, Language language) {
  if (!task) return std::string(Phrase{"the loop", "事件循环"}.in(language));
  if (model.task(task)) return task_name(trace, model, task);
  return filled({"task {}", "任务 {}"}, language, task.value);
}

std::string resource_words(const Trace& trace, const Model& model, ResourceId resource) {
  const ResourceModel* r = model.resource(resource);
  if (!r) return {};
  const std::string name = printable(trace.text(r->name.value));
  return name.empty() ? std::string(awaitscope::name(r->type)) : name;
}

std::string scope_words(const Trace&, const Model& model, ScopeId scope, Language language) {
  const ScopeModel* s = model.scope(scope);
  if (!s) return {};
  const std::string type = spaced(name(s->type));  // the library's own word
  if (s->deadline) return fmt::format("{} {}", type, show(Instant{s->deadline} - s->entered_time));
  if (!s->children.empty()) return filled({"{} of {}", "{}（{} 个）"}, language, type, s->children.size());
  return type;
}

std::string wait_words(const Trace& trace, const Model& model, Wait wait, std::uint32_t object, Language language) {
  const auto in = [&](const Phrase& words) { return std::string(words.in(language)); };
  const auto named = [&] { return resource_words(trace, model, ResourceId{object}); };
  switch (wait) {
    case Wait::none: return {};
    case Wait::yield: return in({"yield", "让出"});
    case Wait::sleep: return in({"sleep", "睡眠"});
    case Wait::task:
      return with(in(waits_for), object ? task_words(trace, model, TaskId{object}, language) : in({"a task", "一个任务"}));
    case Wait::future: return "future";
    case Wait::semaphore:
    case Wait::lock:
    case Wait::event:
    case Wait::condition:
    case Wait::barrier: {
      const std::string name = named();
      const ResourceModel* resource = model.resource(ResourceId{object});
      const bool pool = resource && resource->type == ResourceType::pool;  // whose places are permits
      const std::string_view kind = pool ? "pool" : awaitscope::name(wait);
      return name == kind ? name : with(kind, name);
    }
    case Wait::queue_get: return with(in({"get from", "取自"}), named());
    case Wait::queue_put: return with(in({"put into", "放入"}), named());
    case Wait::queue_join: return with("join", named());
    case Wait::gather:
    case Wait::group:
    case Wait::scope: {
      const std::string name = scope_words(trace, model, ScopeId{object}, language);
      return name.empty() ? spaced(awaitscope::name(wait)) : name;
    }
    case Wait::job: return in({"worker thread", "工作线程"});
    case Wait::request: return in({"request", "请求"});
    case Wait::other: break;
  }
  return in({"waits", "等待"});
}

std::string awaited_words(const Trace& trace, const Model& model, Wait wait, std::uint32_t object, Language language) {
  const std::string all = wait_words(trace, model, wait, object, language);
  const std::string before = std::string(waits_for.in(language)) + " ";
  return all.starts_with(before) ? all.substr(before.size()) : all;
}

std::string place_words(const Trace& trace, SiteId site) {
  const Site& at = trace.site(site);
  if (at.file.empty()) return {};
  const std::size_t slash = at.file.find_last_of("/\\");
  return fmt::format("{}:{}", printable(slash == std::string::npos ? at.file : at.file.substr(slash + 1)), at.line);
}

std::string reason_words(CancelReason why, Language language) {
  if (language == Language::english) return spaced(name(why));
  switch (why) {
    case CancelReason::call: return "调用";
    case CancelReason::timeout: return "超时";
    case CancelReason::sibling_failed: return "兄弟任务失败";
    case CancelReason::parent: return "父任务";
    case CancelReason::gather: return "gather";
    case CancelReason::group_exit: return "任务组退出";
    case CancelReason::scope: return "作用域";
    case CancelReason::shutdown: return "关闭";
  }
  return spaced(name(why));
}

std::string length_words(Duration length) { return length.count() ? show(length) : "0"; }

std::string spaced(std::string_view name) {
  std::string out(name);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

std::string moment_words(Instant t) { return moment(t); }

std::string field_words(const Trace& trace, const Model& model, Field type, std::uint32_t value, std::uint8_t small,
                        Language language) {
  switch (type) {
    case Field::none: return {};
    case Field::text: return value ? "'" + printable(trace.text(value)) + "'" : "";
    case Field::task: return task_words(trace, model, TaskId{value}, language);
    case Field::scope: return value ? scope_words(trace, model, ScopeId{value}, language) : "";
    case Field::resource: return value ? resource_words(trace, model, ResourceId{value}) : "";
    case Field::count:
    case Field::event: return std::to_string(value);
    case Field::frame:
    case Field::timer:
    case Field::job:
    case Field::request: return value ? fmt::format("#{}", value) : "";
    case Field::time: return {};  // 64 bits: the caller has the event
    default: return spaced(enum_name(type, small));
  }
}

std::string describe(const Trace& trace, const Model& model, Seq seq, Language language) {
  const Event event = trace[seq];
  const KindInfo& kind = info(event.kind);
  std::string out = filled({"event {} of {} · {} · {}: {}", "事件 {} / {} · {} · {}：{}"}, language, seq, trace.size(),
                           moment_words(event.at()), task_words(trace, model, event.who(), language), spaced(kind.name));
  const auto add = [&](const FieldInfo& field, std::uint32_t value) {
    std::string words = field.type == Field::time ? show(Duration{event.nanoseconds()})
                                                  : field_words(trace, model, field.type, value, event.c, language);
    if (field.type != Field::none && !words.empty()) out += fmt::format(" {} {}", field.name, words);
  };
  add(kind.a, event.a);
  add(kind.b, event.b);
  add(kind.c, event.c);
  add(kind.d, event.d);
  if (const std::string at = place_words(trace, event.where()); !at.empty()) out += " · " + at;
  return out;
}

}  // namespace awaitscope::view

#include "core/trace/event.h"

#include <array>
#include <span>

namespace awaitscope {
namespace {

constexpr std::array<KindInfo, kind_count> kinds = {{
#define AWAITSCOPE_ROW(kind, family, an, at, bn, bt, cn, ct, dn, dt) \
  KindInfo{#kind, Family::family, {an, Field::at}, {bn, Field::bt}, {cn, Field::ct}, {dn, Field::dt}},
    AWAITSCOPE_EVENTS(AWAITSCOPE_ROW)
#undef AWAITSCOPE_ROW
}};

using Names = std::span<const std::string_view>;

constexpr std::string_view why_names[] = {"start", "yield",    "timer",  "future", "task", "released", "set",  "put",
                                          "got",   "notified", "gather", "group",  "job",  "cancel",   "other"};
constexpr std::string_view wait_names[] = {"none",  "yield",     "sleep",   "task",      "future",    "semaphore",  "lock",
                                           "event", "condition", "barrier", "queue_get", "queue_put", "queue_join", "gather",
                                           "group", "scope",     "job",     "request",   "other"};
constexpr std::string_view outcome_names[] = {"returned", "raised", "cancelled"};
constexpr std::string_view run_names[] = {"ok", "raised", "cancelled", "hang", "limit", "stopped"};
constexpr std::string_view scope_names[] = {"gather", "group",        "timeout",      "wait_for", "shield",
                                            "wait",   "as_completed", "cancel_scope", "nursery"};
constexpr std::string_view cancel_names[] = {"call",   "timeout",    "sibling_failed", "parent",
                                             "gather", "group_exit", "scope",          "shutdown"};
constexpr std::string_view resource_names[] = {"semaphore", "lock",       "event", "condition", "barrier", "queue",   "service",
                                               "pool",      "connection", "cell",  "file",      "other",   "breaker", "generator"};
constexpr std::string_view status_names[] = {"ok", "refused", "failed", "cancelled", "invalid"};
constexpr std::string_view diagnosis_names[] = {"never_awaited", "never_retrieved", "destroyed_pending", "callback_error",
                                                "slow_callback", "nested_run",      "lost_task",         "misuse",
                                                "hang",          "shutdown_error",  "hand_missed"};
constexpr std::string_view timer_names[] = {"sleep", "call", "deadline", "external"};
constexpr std::string_view use_names[] = {"is_exception", "is_cancelled", "is_ok", "error", "dropped", "status", "body"};
constexpr std::string_view choice_names[] = {"no", "yes"};

Names names_of(Field type) {
  switch (type) {
    case Field::why_ready: return why_names;
    case Field::wait: return wait_names;
    case Field::outcome: return outcome_names;
    case Field::run_outcome: return run_names;
    case Field::scope_type: return scope_names;
    case Field::cancel_reason: return cancel_names;
    case Field::resource_type: return resource_names;
    case Field::status: return status_names;
    case Field::diagnosis: return diagnosis_names;
    case Field::timer_use: return timer_names;
    case Field::outcome_use: return use_names;
    case Field::choice: return choice_names;
    case Field::none:
    case Field::count:
    case Field::text:
    case Field::task:
    case Field::frame:
    case Field::scope:
    case Field::resource:
    case Field::timer:
    case Field::job:
    case Field::request:
    case Field::event:
    case Field::time: return {};
  }
  return {};
}

}  // namespace

const KindInfo& info(Kind kind) { return kinds[static_cast<std::size_t>(kind)]; }

std::optional<Kind> kind_named(std::string_view name) {
  for (std::size_t i = 0; i < kinds.size(); ++i)
    if (kinds[i].name == name) return static_cast<Kind>(i);
  return std::nullopt;
}

std::string_view enum_name(Field type, std::uint8_t value) {
  const Names names = names_of(type);
  return value < names.size() ? names[value] : std::string_view{};
}

std::optional<std::uint8_t> enum_value(Field type, std::string_view name) {
  const Names names = names_of(type);
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return static_cast<std::uint8_t>(i);
  return std::nullopt;
}

}  // namespace awaitscope

#include "app/view/glossary.h"

#include <algorithm>

namespace awaitscope::view {
namespace {

bool same(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c == '_' ? ' ' : static_cast<int>(c); };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

struct Alias {
  std::string_view other, name;
};

/// What other words on screen mean the same: labels, enumerators of the trace, plurals.
constexpr Alias aliases[] = {
    {"tasks", "task"},
    {"children", "child"},
    {"created", "task"},
    {"created by", "task"},
    {"main", "task"},
    {"start", "not started"},
    {"steps", "step"},
    {"step begin", "step"},
    {"step end", "step"},
    {"longest step", "step"},
    {"tick begin", "tick"},
    {"callback begin", "callback"},
    {"callback end", "callback"},
    {"coro begin", "coroutine"},
    {"coro end", "coroutine"},
    {"coro unstarted", "coroutine"},
    {"made ready by", "wake"},
    {"woken by", "wake"},
    {"task ready", "wake"},
    {"queue get", "queue"},
    {"queue put", "queue"},
    {"queue join", "queue"},
    {"put", "queue"},
    {"got", "queue"},
    {"released", "release"},
    {"set", "event object"},
    {"notified", "condition"},
    {"sibling failed", "task group"},
    {"group", "task group"},
    {"group exit", "task group"},
    {"nursery", "task group"},
    {"wait for", "timeout"},
    {"call", "cancel"},
    {"cancel requests", "cancel"},
    {"cancelled by", "cancel"},
    {"cancel requested", "cancel"},
    {"cancel propagated", "cancel"},
    {"asked to stop", "cancel"},
    {"cancel delivered", "delivered"},
    {"cancel swallowed", "swallowed"},
    {"swallowed a cancel", "swallowed"},
    {"answer", "swallowed"},
    {"cancel shielded", "shield"},
    {"cancel caught", "caught"},
    {"cancel scope", "scope"},
    {"scope enter", "scope"},
    {"scope exit", "scope"},
    {"entered by", "scope"},
    {"owner", "scope"},
    {"expired", "deadline"},
    {"raised", "failed"},
    {"error", "failed"},
    {"task done", "returned"},
    {"worker thread", "worker"},
    {"jobs so far", "job"},
    {"job submitted", "job"},
    {"job started", "job"},
    {"job ended", "job"},
    {"blocks in", "blocking call"},
    {"block begin", "blocking call"},
    {"block end", "blocking call"},
    {"holds the loop", "stall"},
    {"span", "state"},
    {"time", "state"},
    {"waits for", "waiting"},
    {"waits", "waiting"},
    {"behind its wait", "waiting"},
    {"mean wait", "waiting"},
    {"longest wait", "waiting"},
    {"waiters", "waiter"},
    {"queue of waiters", "waiter"},
    {"held by", "holder"},
    {"in use", "occupancy"},
    {"free", "permit"},
    {"acquire begin", "acquire"},
    {"acquired", "acquire"},
    {"acquire abandoned", "acquire"},
    {"resources", "resource"},
    {"resource created", "resource"},
    {"findings", "finding"},
    {"proven", "confidence"},
    {"likely", "confidence"},
    {"recheck", "confidence"},
    {"how sure", "confidence"},
    {"what led to it", "cause"},
    {"what it led to", "cause"},
    {"why it resumed here", "cause"},
    {"at", "site"},
    {"source", "site"},
    {"ready until running", "scheduling delay"},
    {"retrieved", "result retrieved"},
    {"request begin", "request"},
    {"request end", "request"},
    {"attempt", "request"},
    {"cell read", "cell"},
    {"cell write", "cell"},
    {"timer set", "timer"},
    {"timer fired", "timer"},
    {"timer cancelled", "timer"},
    {"idle begin", "idle"},
    {"idle end", "idle"},
    {"dropped", "lost events"},
};

}  // namespace

const Term* term_named(std::string_view name) {
  if (name.empty()) return nullptr;
  for (const Term& term : glossary())
    if (same(term.name, name)) return &term;
  for (const Alias& alias : aliases)
    if (same(alias.other, name)) return term_named(alias.name);
  return nullptr;
}

}  // namespace awaitscope::view

#include "core/runtime/coroutine.h"

#include "core/runtime/task.h"

namespace awaitscope::runtime {

std::string_view plain_function_name(const char* function) {
  std::string_view name = function;
  name = name.substr(0, name.find('<'));  // g++ spells template arguments, clang does not
  return name == "operator()" ? "body" : name;
}

void resume_next(std::coroutine_handle<> frame) { Loop::running().next = frame; }

void PromiseBase::resume_parent() noexcept {
  if (parent) Loop::running().next = parent;
}

void PromiseBase::remember(const Place& at) {
  called_at = at, place_given = true;
  if (Loop* loop = Loop::running_or_null()) after = loop->recorder().last();
}

void report_never_awaited(const PromiseBase& promise) noexcept {
  Loop* loop = Loop::running_or_null();
  if (!loop || loop->closed()) return;
  // Where it was called, if it was told; else where its function stands.
  const SiteId site = promise.place_given ? loop->site(promise.called_at) : loop->recorder().site(promise.file, promise.line);
  const auto name = loop->recorder().text(plain_function_name(promise.function));
  const FrameId id = loop->next_frame_id();
  loop->emit(Kind::coro_unstarted, site, promise.after ? promise.after : loop->cause(), {.a = id.value, .b = name.value});
  loop->diagnose({.what = Diagnosis::never_awaited,
                  .text = std::string(plain_function_name(promise.function)),
                  .site = site,
                  .object = id.value});
}

void begin_inline(PromiseBase& child, std::coroutine_handle<> parent, const Place& at, FrameId& outer) {
  Loop& loop = Loop::running();
  child.parent = parent;
  if (!child.place_given) child.called_at = at;
  child.id = loop.next_frame_id();
  TaskBase& task = *loop.current_task();
  outer = std::exchange(task.innermost, child.id);
  if (loop.recorder().on())
    loop.emit(Kind::coro_begin, loop.site(child.called_at), loop.cause(),
              {.a = child.id.value, .b = loop.recorder().text(plain_function_name(child.function)).value});
}

void end_inline(PromiseBase& child, FrameId outer) {
  Loop& loop = Loop::running();
  loop.current_task()->innermost = outer;
  if (!loop.recorder().on()) return;
  const Outcome how = !child.error ? Outcome::returned : is_cancelled_error(child.error) ? Outcome::cancelled : Outcome::raised;
  loop.emit(Kind::coro_end, {}, loop.cause(), {.a = child.id.value, .c = static_cast<std::uint8_t>(how)});
}

}  // namespace awaitscope::runtime

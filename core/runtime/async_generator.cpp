#include "core/runtime/async_generator.h"

namespace awaitscope::runtime {

void GeneratorPromiseBase::Yield::await_suspend(std::coroutine_handle<> frame) noexcept {
  promise_.at_yield = frame;
  promise_.resume_parent();
}

GeneratorBase::GeneratorBase(std::coroutine_handle<> frame, GeneratorPromiseBase& promise)
    : loop_(Loop::running()), frame_(frame), promise_(promise) {}

GeneratorBase::~GeneratorBase() {
  forget();
  if (frame_) frame_.destroy();
}

void GeneratorBase::forget() noexcept {
  if (begun_ && Loop::running_or_null() == &loop_) std::erase(loop_.generators, this);
}

void GeneratorBase::tell(Kind kind, const Place& at) {
  loop_.emit(kind, loop_.site(at), loop_.cause(), {.a = id_.value, .b = running_});
}

void GeneratorBase::ended(const Place& at) noexcept {
  finished_ = true;
  forget();
  if (begun_) tell(Kind::resource_closed, at);
  if (frame_) std::exchange(frame_, {}).destroy();
}

void GeneratorBase::Advance::await_suspend(std::coroutine_handle<> parent) {
  GeneratorBase& generator = *generator_;
  generator.running_ = ran_ = true;
  begin_inline(generator.promise_, parent, at_, outer_);
  if (!std::exchange(generator.begun_, true)) {
    generator.loop_.generators.push_back(&generator);
    generator.id_ = generator.loop_.next_resource_id();
    const std::string_view function = plain_function_name(generator.promise_.function);
    generator.loop_.emit(Kind::resource_created, generator.loop_.site(at_), generator.loop_.cause(),
                         {.a = generator.id_.value,
                          .c = static_cast<std::uint8_t>(ResourceType::generator),
                          .d = generator.loop_.recorder().text(function).value});
    generator.tell(Kind::resource_opened, at_);
    generator.tell(Kind::acquired, at_);
    resume_next(generator.frame_);
  } else {
    generator.tell(Kind::acquired, at_);
    resume_next(generator.promise_.at_yield);
  }
}

void GeneratorBase::Advance::await_resume() {
  if (!ran_) return;
  GeneratorBase& generator = *generator_;
  generator.running_ = false;
  generator.tell(Kind::released, at_);
  end_inline(generator.promise_, outer_);
  if (!generator.frame_.done()) return;
  const std::exception_ptr error = std::exchange(generator.promise_.error, {});
  generator.ended(at_);
  if (error) std::rethrow_exception(error);
}

bool GeneratorBase::Advance::await_ready() const {
  if (generator_->running_) misuse<RuntimeError>("anext(): asynchronous generator is already running", at_);
  return generator_->finished_;
}

Task<void> GeneratorBase::aclose(Ref<GeneratorBase> generator, Place at) {
  if (!generator->begun_) generator->ended(at);
  if (generator->finished_) co_return;
  if (generator->running_) misuse<RuntimeError>("aclose(): asynchronous generator is already running", at);
  generator->promise_.closing = true;
  try {
    co_await Advance(*generator, at);
  } catch (const GeneratorExit&) {}
  if (!generator->finished_) misuse<RuntimeError>("async generator ignored GeneratorExit", at);
}

void GeneratorBase::last_handle_gone() noexcept {
  if (!begun_ || finished_ || running_ || Loop::running_or_null() != &loop_ || loop_.closed()) return;
  forget();
  tell(Kind::resource_destroyed, Place{});
  loop_.call_soon({.run =
                       [](Loop&, Handle& handle) {  // the loop's own doing: no place of the program
                         auto& generator = static_cast<GeneratorBase&>(*handle.object);
                         detail::spawn(generator.aclose(Place{}), "aclose", {}, Place{});
                       },
                   .object = this,
                   .argument = {},
                   .call = nullptr,
                   .cause = loop_.cause(),
                   .by = loop_.actor()});
}

}  // namespace awaitscope::runtime

#include "core/runtime/stream.h"

#include "core/runtime/parking_lot.h"

namespace awaitscope::runtime {

struct Stream::State {
  State(std::string_view name, Duration closing, const Place& at)
      : resource(ResourceType::connection, 1, 0, name, at), closing(closing) {}
  Resource resource;  // value: 1 while it is open
  Duration closing;
};

Stream::Stream(std::string_view name, Duration closing, Place at) {
  auto state = std::make_shared<State>(name, closing, at);
  state_ = state.get();
  state->resource.value = 1;
  state->resource.emit(Kind::resource_opened, at);
  state->resource.emit(Kind::level, at);
  state->resource.loop().own(std::move(state));
}

bool Stream::is_open() const { return state_->resource.value != 0; }

Task<void> Stream::aclose() const { return aclose(state_); }

Task<void> Stream::aclose(State* state) {
  const Place at = co_await called_at();
  if (state->resource.value == 0) co_return;
  if (state->closing.count() > 0) co_await sleep(state->closing, at);
  if (state->resource.value == 0) co_return;  // somebody else was quicker
  state->resource.value = 0;
  state->resource.emit(Kind::resource_closed, at);
  state->resource.emit(Kind::level, at);
}

}  // namespace awaitscope::runtime

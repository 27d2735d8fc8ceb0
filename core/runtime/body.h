#pragma once
// The bodies of blocks: C++ has no `async with`, so a block is a lambda that the function for the block calls.
#include <type_traits>

namespace awaitscope::runtime {

/// g++ 12 destroys a temporary lambda in a co_await expression twice: harmless if it captures by reference or nothing.  Give
/// another lambda a name first.
template <class Body>
concept SafeBody = std::is_trivially_destructible_v<std::remove_cvref_t<Body>>;

namespace detail {
/// What a body that may take the block returns.
template <class Body, class Block>
struct BodyResult {
  using type = std::invoke_result_t<Body&>;
};
template <class Body, class Block>
requires std::is_invocable_v<Body&, Block&>
struct BodyResult<Body, Block> {
  using type = std::invoke_result_t<Body&, Block&>;
};
template <class Body, class Block>
using BodyTask = typename BodyResult<std::remove_cvref_t<Body>, Block>::type;
template <class Body, class Block>
BodyTask<Body, Block> start_body(Body& body, Block& block) {
  if constexpr (std::is_invocable_v<Body&, Block&>) return body(block);
  else return body();
}
}  // namespace detail

}  // namespace awaitscope::runtime

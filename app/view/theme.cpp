// The colours of roles: Okabe-Ito hues, one tone for dark and one for light rooms.  Red-like vermilion means harm (stall,
// failure), purple means cancel, green works, blue waits, yellow could run.
#include "app/view/pictures.h"

namespace awaitscope::view {
namespace {

constexpr Color rgb(std::uint32_t hex, std::uint8_t alpha = 255) {
  return {static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8), static_cast<std::uint8_t>(hex), alpha};
}

struct Tones {
  Color dark, light;
};

constexpr Tones tones(Role role) {
  switch (role) {
    case Role::background: return {rgb(0x12151a), rgb(0xffffff)};
    case Role::panel: return {rgb(0x1a1e25), rgb(0xf6f8fa)};
    case Role::header: return {rgb(0x20252e), rgb(0xedf0f4)};
    case Role::border: return {rgb(0x3c4452), rgb(0xc3cad4)};
    case Role::grid: return {rgb(0x272d37), rgb(0xe3e7ec)};
    case Role::text: return {rgb(0xf3f5f8), rgb(0x12151a)};
    case Role::text_dim: return {rgb(0xb9c2cf), rgb(0x434b58)};
    case Role::text_on_fill: return {rgb(0x08090b), rgb(0x08090b)};
    case Role::text_warning: return {rgb(0xffb48c), rgb(0x8a3000)};
    case Role::created: return {rgb(0x8b95a5), rgb(0x7b8493)};
    case Role::ready: return {rgb(0xf0e442), rgb(0x9a8a00)};
    case Role::running: return {rgb(0x14c492), rgb(0x00855f)};
    case Role::waiting: return {rgb(0x7f8da3), rgb(0x74829a)};
    case Role::cancelling: return {rgb(0xdd8ab8), rgb(0xb04a85)};
    case Role::done: return {rgb(0x9aa5b5), rgb(0x5d6878)};
    case Role::failed: return {rgb(0xff7426), rgb(0xc74e00)};
    case Role::cancelled: return {rgb(0xdd8ab8), rgb(0xa23c77)};
    case Role::waiting_sleep: return {rgb(0x4d93c8), rgb(0x5b8fbd)};
    case Role::waiting_request: return {rgb(0x56b4e9), rgb(0x0072b2)};
    case Role::waiting_semaphore: return {rgb(0xe69f00), rgb(0xb87a00)};
    case Role::busy: return {rgb(0x14c492), rgb(0x00855f)};
    case Role::idle: return {rgb(0x3a4250), rgb(0xc9d0da)};
    case Role::tick: return {rgb(0xd5dbe4), rgb(0x4a5260)};
    case Role::stall: return {rgb(0xf2600c), rgb(0xd55e00)};
    case Role::stall_band: return {rgb(0xf2600c, 92), rgb(0xd55e00, 70)};
    case Role::flow_spawn: return {rgb(0x76818f), rgb(0x8a94a2)};
    case Role::flow_wake: return {rgb(0x2fa683), rgb(0x2e8f70)};
    case Role::flow_cancel: return {rgb(0xee9ac8), rgb(0xa23c77)};
    case Role::counter: return {rgb(0x56b4e9), rgb(0x3f97cf)};
    case Role::counter_waiters: return {rgb(0xe69f00), rgb(0xc48400)};
    case Role::capacity: return {rgb(0xf3f5f8), rgb(0x12151a)};
    case Role::playhead: return {rgb(0xffffff), rgb(0x000000)};
    case Role::selection: return {rgb(0x56b4e9), rgb(0x0072b2)};
    case Role::hover: return {rgb(0x8c99ab), rgb(0x8c99ab)};
    case Role::bookmark: return {rgb(0xf0e442), rgb(0x8a7a00)};
    case Role::info: return {rgb(0x56b4e9), rgb(0x0072b2)};
    case Role::warning: return {rgb(0xe69f00), rgb(0xa66f00)};
    case Role::error: return {rgb(0xff7426), rgb(0xc74e00)};
    case Role::accent: return {rgb(0x56b4e9), rgb(0x0072b2)};
    case Role::density: return {rgb(0x7f8da3), rgb(0x74829a)};
  }
  return {};
}

}  // namespace

Color color(Role role, Theme theme) { return theme == Theme::dark ? tones(role).dark : tones(role).light; }

}  // namespace awaitscope::view

#include "core/runtime/region.h"

namespace awaitscope::runtime {

Region::Region(std::string name, Place at) : name_(std::move(name)), at_(at), task_(Loop::running().current_id()) {
  emit(Kind::region_begin);
}

Region::~Region() {
  if (const Loop* loop = Loop::running_or_null(); loop && !loop->closed()) emit(Kind::region_end);
}

void Region::emit(Kind kind) const {
  Loop& loop = Loop::running();
  loop.emit_for(task_, kind, loop.site(at_), loop.cause(), {.a = loop.recorder().text(name_).value});
}

}  // namespace awaitscope::runtime

#include "core/runtime/cell.h"

namespace awaitscope::runtime {

void CellBase::was_written(Seq from, const Place& at) {
  ++resource_.value;
  Loop& loop = resource_.loop();
  loop.emit(Kind::cell_write, loop.site(at), loop.cause(), {.a = resource_.id().value, .b = resource_.value, .d = from});
}

}  // namespace awaitscope::runtime

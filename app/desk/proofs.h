#pragma once
// What proof by re-run found, for readers and for programs.
#include "app/desk/runner.h"
#include "core/explore/prove.h"

namespace awaitscope::desk {

std::string proving_text(const Program& program, const Proving& proving);
std::string proving_json(const Program& program, const Proving& proving);

}  // namespace awaitscope::desk

#pragma once
// Runs that are kept: recorded to files as they happen.
#include "app/desk/pictures.h"
#include "app/desk/runner.h"

namespace awaitscope::desk {

/// Runs the program to its end.  A live run with an .awtrace among `outputs` appends what has happened to OUTPUT.part every
/// moment, so that a killed program leaves a trace that `open` reads.  `progress` is told of what has arrived.
Result<Trace> record_to(const Program& program, const std::vector<std::string>& outputs, const std::atomic<bool>* interrupted,
                        const std::function<void(const Trace&)>& progress);
/// Removes the .part files once the outputs stand.
void remove_part(const std::vector<std::string>& outputs);

}  // namespace awaitscope::desk

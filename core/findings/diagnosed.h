#pragma once
// Findings that the runtime has made itself: each is one `diagnosed` event.
#include "core/findings/words.h"

namespace awaitscope {

/// One finding for each `diagnosed` event of that kind.  `sentence` gets the event's text (a name), made fit to read.
std::vector<Finding> from_diagnosed(const Run& run, Diagnosis what, Severity severity,
                                    std::string (*sentence)(const Run&, const Event&, const std::string& text));

}  // namespace awaitscope

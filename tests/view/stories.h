#pragma once
// Small hand-written traces that tell the four first stories, and a crowd.
#include <memory>

#include "app/view/pictures.h"
#include "tests/view/tidy.h"

namespace awaitscope::view {

Trace swallowed();      ///< asked to stop at 1.0 s, swallowed, ends at 4.0 s
Trace stalled();        ///< main holds the loop from 0.5 s to 2.5 s; ticker's timer is late
Trace staircase();      ///< three requests, one after another
Trace refused();        ///< a service of capacity 2, five requests at once
Trace crowd(int jobs);  ///< one main, many jobs that wait for a semaphore; every tenth fails
Trace hostile();        ///< names that try to be markup, commands, right-to-left text

/// A session with the traces as sides "bad" and "fixed", taken in.
std::unique_ptr<Session> session_of(Trace bad);
std::unique_ptr<Session> session_of(Trace bad, Trace fixed);
/// The lesson "demo" about swallowed() beside stalled(): one question, a stop at 1.0 s, the answer at the end.
std::unique_ptr<Session> lesson_of(Question question);
History history(const Trace& trace);

inline const FontMetrics pixels{20, 8, false, nullptr, nullptr};
inline const FontMetrics cells{1, 1, true, nullptr, nullptr};

}  // namespace awaitscope::view

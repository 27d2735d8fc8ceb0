#pragma once
// What people wrote about a run: kept with the trace, read from files that may say anything.
#include <string>
#include <string_view>

#include "core/trace/trace.h"

namespace awaitscope {

/// Puts a note where it belongs in the list; false where there are most_notes already.
bool add_note(Trace& trace, Note note);
/// Makes what a file says true of this trace: no moment before the run or ends before beginnings, events that are there, in
/// order.
void settle_notes(Trace& trace);

/// The note's line of the text notation: `mark 12@1.500000000 "here"`, `note 12@1.500000000 15@2.000000000 "slow"`.
std::string to_text(const Note& note);
/// Reads what stands behind the `#` of such a line.  False: it is a comment of that beginning, as older traces have them.
bool read_note(std::string_view line, Note& out);

}  // namespace awaitscope

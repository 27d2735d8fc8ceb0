#pragma once
#include "core/formats/pftrace_packets.h"
#include "core/model/history.h"

namespace awaitscope::pftrace {

/// What other viewers show of a run, as Perfetto's packets: first the tracks, then events in the order of their times.
void put_events(Packets& out, const Trace& trace, const History& history);

}  // namespace awaitscope::pftrace

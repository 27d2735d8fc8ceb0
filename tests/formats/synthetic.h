#pragma once
// Traces made up for the tests of formats.
#include <random>
#include <string>

#include "core/trace/trace.h"

namespace awaitscope::tests {

/// Events of every kind with every enumerator, 64-bit fields, many strings and places; no real program behaves so.
/// `wild`: also values that no runtime of ours writes (fields that the kind does not have, enumerators out of range).
Trace random_trace(unsigned seed, std::size_t events, bool wild = false);

/// What a real program's trace looks like in size: `tasks` tasks that pass through a semaphore, sleep, and block now and then.
Trace busy_trace(std::uint32_t tasks, std::uint32_t rounds);

/// Every kind once in order with each of its enumerators: what the stored fixtures hold.
Trace catalogue_trace();

/// "" where both say the same; else the first difference.  `ids`: numbers of strings and places count too, not only what
/// they stand for.
std::string difference(const Trace& a, const Trace& b, bool ids = true);

/// The first `events` events of a trace, with all of its strings and places.
Trace prefix(const Trace& trace, Seq events);

}  // namespace awaitscope::tests

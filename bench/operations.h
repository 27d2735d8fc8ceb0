#pragma once
// What is measured, for those who measure: times.cpp the time, instructions.cpp the instructions.
#include <span>

#include "core/trace/sink.h"

namespace awaitscope::bench {

/// One kind of operation.  A run does `n` of them, `at_once` of those together, and throws unless all were done.
struct Operation {
  const char* name;
  long n, at_once;                                ///< of a run that takes some milliseconds
  bool grows;                                     ///< whether each could cost more where more are under way
  void (*run)(long n, long at_once, Sink* sink);  ///< on the runtime; a null sink records nothing
  void (*run_ideal)(long n, long at_once);
};

std::span<const Operation> operations();

/// The ideal's programs.  In ideal.cpp, alone: among the runtime's headers the compiler would make other code of them.
namespace ideal {
void spawn(long n, long at_once);
void yield(long n, long at_once);
void timer(long n, long at_once);
void semaphore(long n, long at_once);
void await(long n, long at_once);
void cancel(long n, long at_once);
void cancel_settled(long n, long at_once);
}  // namespace ideal

}  // namespace awaitscope::bench

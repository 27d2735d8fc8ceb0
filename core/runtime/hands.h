#pragma once
// Hands laid on a run: what a person, or the run's schedule, does to it between two steps.
//
// Each acts as a callback would that call_soon had put there: within the pass, before the next handle, and after the steps so
// far.  It takes no place in the ready queue and no pass of its own.
#include <limits>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/base/ids.h"
#include "core/trace/hand.h"

namespace awaitscope::runtime {

class FutureBase;
class Loop;
class TaskBase;

/// Of a loop whose gate or schedule may bring hands.
class Hands {
 public:
  static constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();

  Hands(Loop& loop, std::vector<Hand> scheduled) : loop_(loop), scheduled_(std::move(scheduled)) {}

  /// The step before which the next one of the schedule is due.
  std::uint64_t next() const { return used_ < scheduled_.size() ? scheduled_[used_].step : never; }
  /// Applies what the schedule says for this step and before.
  void apply_due(std::uint64_t step);
  /// Applies it and records it: `intervened`, or `diagnosed` where it has nothing to act on.
  void apply(const Hand& hand);
  /// Says which ones of the schedule the run has ended without.
  void tell_unused();

  /// A primitive that a hand may release or set.
  struct Touchable {
    void* self = nullptr;
    const char* (*forbids)(void* self) = nullptr;  ///< why it cannot be now, null where it can
    void (*touch)(void* self) = nullptr;
    Hand::What what = Hand::What::release;
  };
  void offer(ResourceId resource, const Touchable& primitive) { touchable_[resource.value] = primitive; }
  void withdraw(ResourceId resource) { touchable_.erase(resource.value); }
  /// Whether a hand has made this request fail.
  bool failed(RequestId request) const { return failed_.contains(request.value); }

 private:
  /// What stands in its way; "" where it was done.
  std::string carry_out(const Hand& hand);
  std::string cancel(const Hand& hand);
  std::string end_or_delay(const Hand& hand);
  std::string touch(const Hand& hand);
  /// Records it, and gives the event that all it does follows from.
  void tell(const Hand& hand, TaskId about);
  void tell_missed(const Hand& hand, const std::string& why);

  Loop& loop_;
  std::vector<Hand> scheduled_;
  std::size_t used_ = 0;
  std::unordered_map<std::uint32_t, Touchable> touchable_;
  std::unordered_set<std::uint32_t> failed_;
};

}  // namespace awaitscope::runtime

#pragma once
// Who had what for how long: locks, permits and connections from their taking to their giving back.
#include <functional>
#include <vector>

#include "core/findings/lint.h"

namespace awaitscope {

struct Hold {
  ResourceId resource;
  TaskId task;               ///< who took it
  Seq taken = 0, given = 0;  ///< given 0: not as far as the trace goes
  TaskId giver;              ///< who gave it back
  SiteId site;               ///< where it was taken
};

/// The holds of resources that `of` picks, in the order of their taking.  Who gives back what he has not taken gives back for
/// the one that has had it longest.  What
/// is taken of permits that nobody had before they were given is a signal that was heard, and no hold.
std::vector<Hold> holds(const Run& run, const std::function<bool(const ResourceModel&)>& of);

/// Only one can have it at a time: a lock, or a semaphore of one permit.
bool exclusive(const ResourceModel& resource);
/// Whether the task ran on from one event of a step to another, so that nobody could come between.
bool in_one_step(const History& history, TaskId task, Seq from, Seq to);

}  // namespace awaitscope

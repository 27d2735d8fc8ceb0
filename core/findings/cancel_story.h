#pragma once
// Every request to stop and what became of it, as trees: who asked whom, and whom that led to ask.
#include "core/findings/waiting.h"

namespace awaitscope {

/// One request in a tree.
struct CancelChapter {
  std::size_t index = 0;                  ///< in History::cancellations
  std::size_t depth = 0;                  ///< 0: a root
  std::size_t parent = 0;                 ///< in CancelStory::chapters; of a root: itself
  std::vector<Seq> propagated, shielded;  ///< the events that tell whom it was passed on to, and before whom it stopped
  bool delivered = false;
  Duration until_delivered{};  ///< from the request
  Duration cleanup{};          ///< from the delivery to its end: clean-up, where the task ended cancelled or caught it
  Duration late{};             ///< from the request to the end of the task, or of the trace
};

struct CancelStory {
  std::vector<CancelChapter> chapters;  ///< each root, by its time, followed by what it led to
};

/// Without the events that tell whom a request was passed on to and before whom it stopped: cheap enough for every picture.
CancelStory cancel_tree_of(const History& history);
/// All of it.
CancelStory cancel_story(const Run& run);

/// The story as sentences, a chapter a paragraph: `depth` is that of the chapter plus one for its details.
std::vector<Reason> told(const Run& run, const CancelStory& story);

}  // namespace awaitscope

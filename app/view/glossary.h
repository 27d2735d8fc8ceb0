#pragma once
// The words of the field, each explained in a sentence: as asyncio means it, and as trio does where they differ.
#include <string_view>
#include <vector>

#include "core/base/words.h"

namespace awaitscope::view {

struct Term {
  std::string_view name;  ///< "ready queue": by it the other places point here
  Phrase word;
  Phrase sentence;
  Phrase asyncio;  ///< what it is there, "" where that adds nothing
  Phrase trio;
};

/// All of them, by the English word.
const std::vector<Term>& glossary();
/// The term of this name, or of one that means the same ("queue_get", "siblings"); null where it is a plain word.
const Term* term_named(std::string_view name);

}  // namespace awaitscope::view

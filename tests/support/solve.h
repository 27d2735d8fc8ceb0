#pragma once
#include "app/view/cards.h"

namespace awaitscope::view {

/// Puts the solution's lines in, in their order.
inline void solve(LineCards& cards) {
  for (int line = 0; line < cards.solution(); ++line)
    for (int row = static_cast<int>(cards.in.size()); row < cards.rows(); ++row)
      if (cards.deck[static_cast<std::size_t>(cards.out[static_cast<std::size_t>(row) - cards.in.size()])].line == line) {
        put(cards, row);
        break;
      }
}

}  // namespace awaitscope::view

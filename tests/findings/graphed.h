#pragma once
// A trace in the text notation with what helps to ask about it.
#include <gtest/gtest.h>

#include <memory>

#include "core/findings/words.h"
#include "core/trace/text.h"

namespace awaitscope {

/// A run that owns its trace.
struct Recorded {
  Trace trace;
  History history;
  Run run{trace, history, {}};
};

inline std::unique_ptr<Recorded> recorded(const std::string& text) {
  auto trace = read_text(text);
  EXPECT_TRUE(trace) << (trace ? "" : trace.error());
  auto out = std::make_unique<Recorded>();
  if (trace) out->trace = std::move(*trace);
  out->history = history_of(out->trace);
  return out;
}

}  // namespace awaitscope

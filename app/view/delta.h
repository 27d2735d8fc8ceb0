#pragma once
// What differs most between the two versions, as a few numbers for a strip: "3.0 s → 1.0 s · errors 15 → 0".
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "app/view/draw_list.h"
#include "core/base/words.h"

namespace awaitscope::view {

struct Session;

/// One number of both versions.
struct Delta {
  enum class What : std::uint8_t {
    end,           ///< of the run; a run that hangs has none
    in_flight,     ///< most requests at once
    alive,         ///< most tasks at once
    errors,        ///< tasks that failed
    refused,       ///< requests that a service turned away
    cancelled,     ///< tasks
    swallowed,     ///< cancels that were lost
    longest_step,  ///< how long the loop was held
    longest_wait,  ///< of a task
    findings,      ///< warnings and errors
    leaked,        ///< tasks that outlived who started them
    lost           ///< writes of shared cells by who had not seen the one before
  } what = What::end;
  static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
  std::int64_t a = 0, b = 0;  ///< nanoseconds, or a count

  enum class Verdict : std::uint8_t { better, other, worse };  ///< other: neither good nor bad in itself
  Verdict verdict() const;
  bool is_time() const { return what == What::end || what == What::longest_step || what == What::longest_wait; }
};

/// At most four, what differs most first: before all others the largest that the second side does better, and the largest of
/// those that it does worse is always among them.  Empty unless there are two runs that have ended.
std::vector<Delta> deltas(const Session& session);
/// "errors 15 → 0", with a mark for better or worse in front: "✓ errors 15 → 0".
std::string delta_words(const Delta& delta, Language language);
std::string marked_words(const Delta& delta, Language language);

/// The strip of `session.deltas`, as many as fit; `header`: the width of the timelines' column of names.
DrawList delta_strip(const Session& session, Rect canvas, const FontMetrics& metrics, float header);
float delta_height(const FontMetrics& metrics);

}  // namespace awaitscope::view

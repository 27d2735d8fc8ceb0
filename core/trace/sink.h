#pragma once
// How events leave the loop's thread: in chunks that are handed over and recycled, never one by one.
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/trace/event.h"

namespace awaitscope {

/// A string or a source place that the events of its chunk, or later ones, refer to.
struct Definition {
  enum class What : std::uint8_t { text, site };
  What what = What::text;
  std::uint32_t id = 0;
  std::string text;        ///< the string, or the site's file (relative to the project)
  std::uint32_t line = 0;  ///< of a site
};

struct Chunk {
  static constexpr std::uint32_t capacity = 1024;
  std::uint32_t count = 0;
  std::vector<Definition> definitions;  ///< belong before the chunk's first event
  std::array<Record, capacity> records;
};

/// Where a Recorder delivers what it has recorded.
class Sink {
 public:
  virtual ~Sink() = default;
  /// Takes a chunk with something in it (null at the start) and gives an empty one to fill next, or null where the sink
  /// is bounded and full: the recorder then counts what it cannot keep and asks again with null.
  virtual std::unique_ptr<Chunk> exchange(std::unique_ptr<Chunk> full) = 0;
};

}  // namespace awaitscope

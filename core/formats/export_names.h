#pragma once
// What things are called in an export.
#include <string>
#include <unordered_map>
#include <vector>

#include "core/model/history.h"

namespace awaitscope::exporting {

class Names {
 public:
  Names(const Trace& trace, const History& history);
  /// "loop", or the task's display name.
  const std::string& task(TaskId id) const;
  /// A resource's name, with "#id" where several share it: a counter is known by its name alone.
  std::string resource(ResourceId id) const;
  /// "sleep", "semaphore gate", "task fetch-2": what a span waits for.
  std::string wait(const Span& span) const;

 private:
  std::string named(std::string_view what, std::string_view name) const;

  const Trace* trace_;
  const History* history_;
  std::vector<std::string> tasks_;  ///< by id; 0 is the loop
  std::unordered_map<std::uint32_t, TextId> jobs_, requests_;
  std::unordered_map<std::string_view, int> resources_;  ///< how many of that name
};

/// `text` as a viewer may show it: what could act on a screen, and bytes that are not UTF-8, are spelt out.
std::string visible(std::string_view text);

}  // namespace awaitscope::exporting

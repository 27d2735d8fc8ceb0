#include "core/runtime/intervention.h"

namespace awaitscope::runtime {
namespace {

std::string numbered(std::size_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

}  // namespace

std::string to_text(const Intervention& change) {
  const std::string place = change.line ? " at " + change.file + ":" + std::to_string(change.line) : "";
  const std::string to = change.of.empty() ? "" : " to " + change.of;
  const std::string task = change.of.empty() ? "every task" : "task " + change.of;
  const std::string length = show(change.length);
  using enum Intervention::What;
  switch (change.what) {
    case to_worker: return (change.line ? "the blocking call" + place : "every blocking call") + " on a worker";
    case limit:
      return change.count ? "at most " + numbered(change.count, "request") + to + " at once"
                          : "no more requests" + to + " at once than it takes";
    case deadline: return "a deadline of " + length + " around each request" + to;
    case overall_deadline: return "a deadline of " + length + " around each task from its first request" + to + " on";
    case shield: return "a shield around the clean-up of " + task;
    case share_client: return "one client for all that are made" + place;
    case ask_again: return "a cancel that " + task + " drops, asked for again";
    case bound_queue: return (change.of.empty() ? "every queue" : change.of) + " limited to " + numbered(change.count, "item");
    case backoff: return "a wait before each retry" + to + ", " + length + " and twice as long each time, half of it at random";
    case more_workers: return numbered(change.count, "worker") + " at least";
    case no_interpreter_lock: return "no interpreter lock between the workers";
  }
  return "";
}

}  // namespace awaitscope::runtime

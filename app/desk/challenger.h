#pragma once
// What runs of a lesson show about it as a challenge, on a thread of its own.
#include "app/desk/runner.h"
#include "app/view/session.h"

namespace awaitscope::desk {

/// The lesson's runs with the standard knobs, under schedules, and with each knob at its ends and each preset.  Stops early
/// where `interrupted` becomes true.
view::LessonFacts facts_of(const Scenario& scenario, const std::atomic<bool>* interrupted = nullptr);
/// How the session's two runs went; nothing where they are not both versions of one lesson, ended.
std::optional<view::Attempt> attempt_of(const view::Session& session);

class Challenger {
 public:
  explicit Challenger(const Scenario& scenario, std::function<void()> arrived = {});
  /// Ends it after the run at hand.
  ~Challenger();
  Challenger(const Challenger&) = delete;

  bool finished() const { return ended_.load(std::memory_order_acquire); }
  const std::string& lesson() const { return lesson_; }
  /// After finished().
  const view::LessonFacts& facts() const { return facts_; }

 private:
  std::string lesson_;
  view::LessonFacts facts_;
  std::atomic<bool> interrupted_{false}, ended_{false};
  std::thread thread_;
};

}  // namespace awaitscope::desk

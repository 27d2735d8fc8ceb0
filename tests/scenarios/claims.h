#pragma once
// For the tests of what lessons claim: one file a card, tests/scenarios/L04_test.cpp.
//
// Each question of a lesson has a test of its name: TEST(L04, Ask), TEST(L04, Twist1), TEST(L04, Twist2); each false claim
// one of its own: TEST(L07, D2).  lesson_test.cpp refuses a lesson whose question or claim has none.
#include <gtest/gtest.h>

#include "app/desk/runner.h"
#include "core/findings/lint.h"
#include "scenarios/lesson.h"

namespace awaitscope {

/// A finished run with everything that is known of it.
class Ran : public Told {
 public:
  Ran(std::unique_ptr<Trace> trace, std::unique_ptr<History> history)
      : Told(*trace, *history), trace_(std::move(trace)), history_(std::move(history)) {}
  /// Rules that found something above info, each once, sorted.
  std::vector<std::string> findings() const;
  /// The sentences of one rule.
  std::vector<std::string> sentences(std::string_view rule) const;

 private:
  std::unique_ptr<Trace> trace_;
  std::unique_ptr<History> history_;
};

using Changes = std::vector<std::pair<std::string, std::string>>;
/// Runs a variant of a card under virtual time; fails the test where the settings are refused.
Ran run(std::string_view card, const std::string& variant, const Changes& changes = {}, const std::string& schedule = {});
/// The run that a lesson's question, variation or claim names.
Ran run(std::string_view card, const RunChoice& choice);
/// The lesson of a card; fails the test where its file is wrong.
const Lesson& lesson(std::string_view card);
/// The letter of the right answer of a question, and the time of the event that reveals it.
char answer(const Question& question);
double revealed(std::string_view card, const Question& question);

}  // namespace awaitscope

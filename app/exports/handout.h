#pragma once
// A lesson as a page to print: the question with space for an answer on the first side, the answers on the second.
#include <string>
#include <vector>

namespace awaitscope::exports {

/// What the page says, in one language.  Everything is escaped when written.
struct Handout {
  std::string language;  ///< "en", "zh-Hans": the page's lang attribute
  std::string card, title, watch, explain;
  struct Version {
    std::string name, length, file;
    std::string code;  ///< the lines that matter
    std::string svg;   ///< its timeline, drawn by us: the only part that is not escaped
  };
  std::vector<Version> versions;
  struct Question {
    std::string question;
    std::vector<std::string> options;
    std::vector<std::string> misconceptions;  ///< one an option, "" for the right one
    std::string answer, explain;
  };
  std::vector<Question> questions;                         ///< the first one has the space for a drawing
  std::vector<std::pair<std::string, std::string>> notes;  ///< for the instructor: "Say" and what, ...
  struct {
    std::string question, answer, your_answer, because, twist, answers, wrong, instructor;
  } words;  ///< the page's own words
};

/// One self-contained HTML file: no script, no network; two A4 sides, readable without colour.
std::string handout_html(const Handout& handout);

}  // namespace awaitscope::exports

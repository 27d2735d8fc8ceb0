#pragma once
// Frames of lessons for slides and paper: what to show where no window can be opened.
#include <string>
#include <vector>

namespace awaitscope::exports {

/// The pages of one or more lessons, in one language.  Everything is escaped when written.
struct Frames {
  std::string language;  ///< "en", "zh-Hans"
  std::string title;
  struct Frame {
    std::string file;      ///< the picture beside the page, 16:9
    std::string caption;   ///< "bad · 2 / 3"
    std::string sentence;  ///< what the picture shows
  };
  struct Lesson {
    std::string card, title, question, answer, explain;
    std::vector<std::string> options;
    std::vector<Frame> frames;
  };
  std::vector<Lesson> lessons;
  struct {
    std::string question, answer;
  } words;
};

/// "02-bad-the-crowd": what every file system takes; `number` counts from 1.
std::string frame_name(std::size_t number, const std::string& version, const std::string& stop);
/// A page that only shows pictures beside it: no script, no network; it prints one frame a sheet, 16:9.
std::string frames_html(const Frames& frames);

}  // namespace awaitscope::exports

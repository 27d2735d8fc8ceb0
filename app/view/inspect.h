#pragma once
// What the inspector shows: everything known about the selection at the playhead, in sections.
#include <array>

#include "app/view/draw_list.h"
#include "app/view/session.h"

namespace awaitscope::view {

/// A line of the inspector.  All of its texts are printable().
struct Detail {
  enum class Type : std::uint8_t {
    line,
    title,    ///< what is inspected: label its kind, text its name
    heading,  ///< begins a section
    bar,      ///< time by state
    code      ///< a line of source; label its number
  } type = Type::line;
  std::string label;  ///< "": goes on with the line above
  std::string text;
  Hit hit{};                   ///< where a click leads, none: nowhere
  std::string_view term{};     ///< the glossary's word for the label, "" for a plain word
  std::string_view meaning{};  ///< the glossary's word for the text
  Role role = Role::text;      ///< of the text; of a title: the state's
  int depth = 0;               ///< how far it stands behind the line above
  bool here = false;           ///< of code: the line that is meant
  struct Share {
    std::string name;
    Role role = Role::waiting;
    Duration time{};
  };
  std::vector<Share> shares{};  ///< of a bar
};

/// Made anew only where something it depends on has changed.
const std::vector<Detail>& inspect(const Session& session);

/// How long a task has been in each state up to the model's moment: not started, ready, running, waiting.  They add up to its
/// life so far.
std::array<Duration, 4> times_by_state(const Side& side, TaskId task);

/// The place in the source that the selection stands at; empty where it has none.
Site inspected_site(const Session& session);
/// The file that belongs to a place of a trace from elsewhere, and that the desk should have read; "" for none.
std::string wanted_source(const Session& session);

}  // namespace awaitscope::view

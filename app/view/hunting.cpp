#include "app/view/hunting.h"

#include "app/view/arrows.h"
#include "app/view/filter.h"
#include "app/view/journey.h"
#include "app/view/lane_choice.h"
#include "app/view/locator.h"
#include "app/view/marks.h"
#include "app/view/range.h"
#include "app/view/say.h"
#include "app/view/search.h"
#include "app/view/text.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

using Field = Hunt::Field;

void open(Session& session, Field field) {
  session.hunt.field = field;
  ++session.hunt.asked;
}

void close(Session& session, Field field) {
  if (session.hunt.field == field) session.hunt.field = Field::none;
}

void copy(Session& session, std::string text, const Phrase& words) {
  session.hunt.clipboard = std::move(text);
  ++session.hunt.copies;
  say(session, words);
}

/// Whether there is something to do with the text; else the field opens.
bool given(Session& session, const Action& action, Field field) {
  if (action.y < 0) return close(session, field), false;  // given up
  const bool any = !action.text.empty() || action.y > 0;
  any ? close(session, field) : open(session, field);
  return any;
}

void filter_lanes(Session& session, const std::string& text) {
  session.hunt.filter = text;
  session.lane_scroll = 0;
  session.hunt.reveal = {};
  if (!session.has_runs()) return;
  const auto [hidden, all] = hidden_lanes(session, session.side());
  if (text.empty()) return say(session, Phrase{"all lanes are shown", "所有行都已显示"});
  say(session, Phrase{"{} of {} lanes are hidden", "{1} 行中隐藏了 {0} 行"}, counted(hidden), counted(all));
}

void select_lane(Session& session, TaskId task) {
  if (!session.has_runs()) return;
  const Side& side = session.side();
  if (!side.seen().model.task(task)) return;
  session.selected = {Hit::Kind::task, task.value, 0};
  session.selected_finding = -1;
  session.hunt.reveal = task;
  say(session, task_words(side.seen_trace(), side.seen().model, task, session.language));
}

void find_lane(Session& session, const std::string& letters) {
  if (!session.has_runs()) return;
  const Side& side = session.side();
  const std::vector<LaneFound>& found = lanes_like(side, letters, 1);
  if (found.empty()) {
    refuse(session, {"no lane is named like \"{}\"", "没有名字像“{}”的行"}, printable(letters));
    return;
  }
  select_lane(session, found.front().task);
}

Hit lane_of(const Session& session, const Hit& given) {
  if (given.kind != Hit::Kind::none) return given;
  const Hit& hit = session.selected;
  return hit.is_lane() ? Hit{Hit::Kind::task, hit.value, 0} : Hit{};
}

void go_to_locator(Session& session, const std::string& text) {
  const std::size_t sign = text.rfind('#');
  const auto locator =
      read_locator(sign == std::string::npos ? std::string_view(text) : std::string_view(text).substr(sign + 1));
  if (locator) return go_to(session, *locator);
  say(session, locator.error(), true);
}

}  // namespace

void hunt(Session& session, const Action& action) {
  switch (action.act) {
    case Act::next_span: return next_span(session, +1);
    case Act::previous_span: return next_span(session, -1);
    case Act::next_arrow: return cycle_arrow(session, +1);
    case Act::previous_arrow: return cycle_arrow(session, -1);
    case Act::follow_arrow: return follow_arrow(session, true);
    case Act::follow_arrow_back: return follow_arrow(session, false);
    case Act::copy_table:
      if (session.has_runs())
        copy(session, range_table(session),
             session.range ? Phrase{"copied the range as a table", "已将这段范围复制为表格"}
                           : Phrase{"copied the run as a table", "已将整个运行复制为表格"});
      return;
    case Act::copy_locator:
      if (session.has_runs())
        copy(session, (session.file.empty() ? session.lesson.name : session.file) + "#" + locator_of(session),
             {"copied where this is", "已复制此处的位置"});
      return;
    case Act::go_to_locator: return go_to_locator(session, action.text);
    case Act::find:  // its field stays open while one types
      if (action.text.empty() && !(action.y > 0)) return open(session, Field::search);
      return find(session, action.text);
    case Act::find_next: return find_next(session, +1);
    case Act::find_previous: return find_next(session, -1);
    case Act::find_lane:
      if (action.hit.kind == Hit::Kind::task)
        return close(session, Field::lane), select_lane(session, TaskId{action.hit.value});
      if (given(session, action, Field::lane)) find_lane(session, action.text);
      return;
    case Act::filter_lanes:
      if (action.text.empty() && !(action.y > 0)) return open(session, Field::filter);
      return filter_lanes(session, action.text);
    case Act::pin_lane: return pin_lane(session, TaskId{lane_of(session, action.hit).value});
    case Act::fold_lane: return fold_lane(session, lane_of(session, action.hit));
    case Act::mark:
      if (session.has_runs() && given(session, action, Field::mark)) add_mark(session, action.text);
      return;
    case Act::note_range:
      if (!session.range) return add_range_note(session, {});
      if (given(session, action, Field::note)) add_range_note(session, action.text);
      return;
    case Act::next_mark: return go_to_next_mark(session);
    case Act::delete_mark: return delete_note(session, action.x);
    case Act::undo: return undo(session);
    case Act::redo: return redo(session);
    default: return;
  }
}

void clear_hunt(Session& session) {
  session.hunt.field = Field::none;
  session.hunt.arrow.reset();
  find(session, {});
}

}  // namespace awaitscope::view

// The log of all events.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "app/view/tables.h"
#include "app/view/text.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

struct EventRows {
  std::vector<Seq> rows;
};

/// Kinds and tasks are few, events many: each word is looked for in them once.
class EventFilter {
 public:
  EventFilter(const Side& side, std::string_view words) : side_(side) {
    while (!words.empty()) {
      const std::size_t space = std::min(words.find(' '), words.size());
      if (space) add(words.substr(0, space));
      words.remove_prefix(std::min(space + 1, words.size()));
    }
  }
  bool passes(Kind kind, TaskId task) const {
    return std::all_of(words_.begin(), words_.end(), [&](const Word& word) {
      return word.kinds[static_cast<std::size_t>(kind)] || (task.value < word.tasks.size() && word.tasks[task.value]);
    });
  }

 private:
  struct Word {
    std::array<bool, kind_count> kinds{};
    std::vector<bool> tasks;  ///< by id
  };
  void add(std::string_view text) {
    Word word;
    for (std::size_t k = 0; k < kind_count; ++k) {
      const KindInfo& kind = info(static_cast<Kind>(k));
      word.kinds[k] = holds_words(fmt::format("{} {} {}", kind.name, spaced(kind.name), awaitscope::name(kind.family)), text);
    }
    const Model& model = side_.seen().model;
    word.tasks.push_back(holds_words("the loop 事件循环", text));
    for (std::uint32_t id = 1; id <= model.tasks.size(); ++id)
      word.tasks.push_back(holds_words(task_name(side_.seen_trace(), model, TaskId{id}), text));
    words_.push_back(std::move(word));
  }

  const Side& side_;
  std::vector<Word> words_;
};

/// "step end object 3 waits lock": the words of describe() between the task and the place.
std::string what_words(const Side& side, const Event& event, Language language) {
  std::string all = describe(side.seen_trace(), side.seen().model, event.seq, language);
  const std::string who = task_words(side.seen_trace(), side.seen().model, event.who(), language);
  const std::string before = filled({"event {} of {} · {} · {}: ", "事件 {} / {} · {} · {}："}, language, event.seq,
                                    side.seen_trace().size(), moment_words(event.at()), who);
  if (all.starts_with(before)) all.erase(0, before.size());
  const std::string place = place_words(side.seen_trace(), event.where());
  if (const std::string after = " · " + place; !place.empty() && all.ends_with(after)) all.resize(all.size() - after.size());
  return all;
}

Role role_of(const Event& event) {
  switch (info(event.kind).family) {
    case Family::cancel: return Role::text_warning;
    case Family::diagnosis: return Role::text_warning;
    case Family::loop: return Role::text_dim;
    default: return Role::text;
  }
}

bool filtered(const Session& session) { return session.inspection.events.filter.find_first_not_of(' ') != std::string::npos; }

}  // namespace

const std::vector<Column>& event_columns() {
  static const std::vector<Column> all = {
      {"seq", {"Event", "事件"}, "event", 4, Align::right}, {"time", {"Time", "时间"}, "", 6, Align::right},
      {"task", {"Task", "任务"}, "task", 9, Align::left},   {"what", {"What happened", "发生了什么"}, "", 22, Align::left},
      {"place", {"Place", "位置"}, "site", 9, Align::left},
  };
  return all;
}

const std::vector<Seq>& event_rows(const Session& session) {
  const Side& side = session.side();
  const std::string& filter = session.inspection.events.filter;
  return side.memo
      .of<EventRows>(fmt::format("{} {}", side.seen_trace().size(), filter),
                     [&] {
                       EventRows out;
                       if (!filtered(session)) return out;
                       const EventFilter wanted(side, filter);
                       for (Seq seq = 1; seq <= side.seen_trace().size(); ++seq)
                         if (wanted.passes(side.seen_trace().kind(seq), side.seen_trace()[seq].who())) out.rows.push_back(seq);
                       return out;
                     })
      .rows;
}

std::size_t event_count(const Session& session) {
  return filtered(session) ? event_rows(session).size() : session.side().seen_trace().size();
}

Seq event_at(const Session& session, std::size_t row) {
  if (row >= event_count(session)) return 0;
  return filtered(session) ? event_rows(session)[row] : static_cast<Seq>(row + 1);
}

std::size_t playhead_row(const Session& session) {
  const Seq step = session.side().step;
  if (!filtered(session)) return step ? step - 1 : 0;
  const auto& rows = event_rows(session);
  const auto after = std::upper_bound(rows.begin(), rows.end(), step);
  return after == rows.begin() ? 0 : static_cast<std::size_t>(after - rows.begin()) - 1;
}

CellText event_cell(const Session& session, Seq seq, EventColumn column) {
  const Side& side = session.side();
  if (seq == 0 || seq > side.seen_trace().size()) return {};
  const Event event = side.seen_trace()[seq];
  switch (column) {
    case EventColumn::seq: return {std::to_string(seq), Role::text_dim};
    case EventColumn::time: return {moment_words(event.at()), Role::text_dim};
    case EventColumn::task:
      return {task_words(side.seen_trace(), side.seen().model, event.who(), session.language), Role::text};
    case EventColumn::what: return {what_words(side, event, session.language), role_of(event)};
    case EventColumn::place: return {place_words(side.seen_trace(), event.where()), Role::text_dim};
  }
  return {};
}

}  // namespace awaitscope::view

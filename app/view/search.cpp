#include "app/view/search.h"

#include <array>
#include <bitset>

#include "app/view/navigate.h"
#include "app/view/say.h"
#include "app/view/stage.h"
#include "app/view/text.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

constexpr Seq events_at_once = 100'000;  // a few milliseconds
constexpr std::size_t most_matches = 100'000;

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

const Side* searched(const Session& session) {
  const auto side = static_cast<std::size_t>(session.hunt.search.side);
  return session.hunt.search.query.empty() || side >= session.sides.size() ? nullptr : session.sides[side].get();
}

/// "task:7", "resource:3"; an event by its number too: "#120".
void read_id(Search& search, const Side& side) {
  constexpr std::pair<std::string_view, Field> types[] = {{"resource", Field::resource}, {"scope", Field::scope},
                                                          {"request", Field::request},   {"job", Field::job},
                                                          {"timer", Field::timer},       {"frame", Field::frame}};
  const std::string_view query = search.query;
  const std::size_t colon = query.find(':');
  const auto number = query.starts_with('#')            ? number_in(query.substr(1))
                      : colon == std::string_view::npos ? std::nullopt
                                                        : number_in(query.substr(colon + 1));
  if (!number || *number == 0) return;
  const std::string_view type = query.substr(0, std::min(colon, query.size()));
  if ((query.starts_with('#') || type == "event") && *number <= side.trace.size()) search.told.push_back(*number);
  if (type == "task")
    if (const TaskModel* task = side.history.model.task(TaskId{*number}); task && task->created)
      search.told.push_back(task->created);
  for (const auto& [name, field] : types)
    if (type == name) search.id_type = field, search.id = *number;
}

void read_findings(Search& search, const Side& side) {
  if (side.past) return;  // what the rules found comes after the answer
  for (const Finding& finding : side.findings)
    if (!finding.evidence.empty() && finding.evidence.front() <= side.trace.size() &&
        (holds(finding.sentence, search.query) || holds(finding.rule, search.query)))
      search.told.push_back(finding.evidence.front());
}

void begin(Search& search, const Side& side) {
  search.matches.clear();
  search.told.clear();
  search.texts.clear();
  search.sites.clear();
  search.kind.reset();
  search.id_type = Field::none;
  search.at = 0;
  search.looked_at = 0;
  search.more = false;
  read_id(search, side);
  read_findings(search, side);
  std::sort(search.told.begin(), search.told.end());
  std::string name = search.query;
  std::replace(name.begin(), name.end(), ' ', '_');
  if (name != "log") search.kind = kind_named(name);
}

/// The trace's strings and places that came since the last look.
void extend_tables(Search& search, const Trace& trace) {
  for (std::size_t i = search.texts.size(); i < trace.text_count(); ++i)
    search.texts.push_back(holds(trace.text(static_cast<std::uint32_t>(i)), search.query));
  if (search.query.size() < 4 || search.query.find_first_of(".:/") == std::string::npos) return;
  for (std::size_t i = search.sites.size(); i < trace.site_count(); ++i)
    search.sites.push_back(i > 0 && holds(show(trace.site(SiteId{static_cast<std::uint32_t>(i)})), search.query));
}

/// "fetch-3": the number is no part of the task's own name.
bool names_one_of_many(std::string_view query) {
  const std::size_t digit = query.find_last_not_of("0123456789");
  return digit != std::string_view::npos && digit + 1 < query.size() && query[digit] == '-';
}

/// Which values of each kind's enumeration begin with the query: "sleep", "raised", "timeout".
class Arguments {
 public:
  explicit Arguments(std::string_view query) {
    if (query.size() < 3) return;
    for (std::size_t kind = 0; kind < told_.size(); ++kind) {
      const Field type = info(static_cast<Kind>(kind)).c.type;
      for (std::uint8_t value = 0; value < told_[kind].size() && !enum_name(type, value).empty(); ++value)
        told_[kind][value] = enum_name(type, value).starts_with(query);
    }
  }
  bool has(const Event& event) const {
    const auto& values = told_[static_cast<std::size_t>(event.kind)];
    return event.c < values.size() && values[event.c];
  }

 private:
  std::array<std::bitset<64>, kind_count> told_;
};

bool matches(const Search& search, const Side& side, const Event& event, const Arguments& arguments, bool numbered) {
  const auto text = [&](std::uint32_t id) { return id && id < search.texts.size() && search.texts[id]; };
  const KindInfo& kind = info(event.kind);
  for (const auto& [field, value] : {std::pair{&kind.a, event.a}, std::pair{&kind.b, event.b}, std::pair{&kind.d, event.d}}) {
    if (field->type == Field::text && text(value)) return true;
    if (search.id_type != Field::none && field->type == search.id_type && value == search.id) return true;
  }
  if (search.kind == event.kind || arguments.has(event)) return true;
  if (event.site < search.sites.size() && search.sites[event.site]) return true;
  if (numbered && event.kind == Kind::task_created)
    return holds(display_name(side.seen().model, side.seen_trace(), event.who()), search.query);
  return std::binary_search(search.told.begin(), search.told.end(), event.seq);
}

}  // namespace

std::string small_letters(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = small(c);
  return out;
}

bool holds(std::string_view text, std::string_view part) {
  return std::search(text.begin(), text.end(), part.begin(), part.end(), [](char a, char b) { return small(a) == b; }) !=
         text.end();
}

void find(Session& session, std::string_view text) {
  Search& search = session.hunt.search;
  search = {};
  search.query = small_letters(text);
  search.side = session.active;
  search_again(session);
}

void search_again(Session& session) {
  Search& search = session.hunt.search;
  search.matches.clear();
  search.at = 0;
  search.looked_at = 0;
  if (const Side* side = searched(session)) {
    begin(search, *side);
    search_on(session);
  }
}

bool searching(const Session& session) {
  const Side* side = searched(session);
  return side && session.hunt.search.looked_at < side->seen_trace().size();
}

bool search_on(Session& session) {
  Search& search = session.hunt.search;
  const Side* side = searched(session);
  if (!side || search.looked_at >= side->seen_trace().size()) return false;
  extend_tables(search, side->seen_trace());
  const bool numbered = names_one_of_many(search.query);
  const Arguments arguments(search.query);
  const Seq to = search.looked_at + std::min(side->seen_trace().size() - search.looked_at, events_at_once);
  for (Seq seq = search.looked_at + 1; seq <= to; ++seq) {
    const Event event = side->seen_trace()[seq];
    if (!matches(search, *side, event, arguments, numbered)) continue;
    if (search.matches.size() < most_matches) search.matches.push_back({seq, event.who()});
    else search.more = true;
  }
  search.looked_at = to;
  return to < side->seen_trace().size();
}

void forget_ahead(Session& session) {
  Search& search = session.hunt.search;
  const Side* side = searched(session);
  if (!side || search.looked_at <= side->seen_trace().size()) return;
  search.looked_at = side->seen_trace().size();
  const auto ahead = std::partition_point(search.matches.begin(), search.matches.end(),
                                          [&](const Match& match) { return match.seq <= search.looked_at; });
  search.more = search.more && ahead == search.matches.end();
  search.matches.erase(ahead, search.matches.end());
  search.at = std::min(search.at, search.matches.size());
}

void find_next(Session& session, int direction) {
  Search& search = session.hunt.search;
  if (!searched(session)) return;
  activate(session, search.side);
  while (search.matches.empty() && search_on(session)) {}
  const std::size_t n = search.matches.size();
  if (n == 0) return say(session, Phrase{"nothing holds \"{}\"", "没有包含“{}”的内容"}, printable(search.query));
  if (search.at == 0) {  // from where one stands
    const Seq now = session.side().step;
    const auto after =
        std::partition_point(search.matches.begin(), search.matches.end(), [&](const Match& m) { return m.seq < now; });
    const auto index = static_cast<std::size_t>(after - search.matches.begin());
    search.at = direction > 0 ? index % n + 1 : (index + n - 1) % n + 1;
  } else {
    search.at = (search.at - 1 + (direction > 0 ? 1 : n - 1)) % n + 1;
  }
  const Match match = search.matches[search.at - 1];
  session.playing = false;
  seek(session, match.seq);
  if (match.task) {
    session.selected = {Hit::Kind::task, match.task.value, 0};
    session.selected_finding = -1;
    session.hunt.reveal = match.task;
  }
  say(session, Phrase{"{} of {}{} · {}", "第 {} 个，共 {}{} 个 · {}"}, search.at, counted(n), search.more ? "+" : "",
      session.message);
}

std::string search_words(const Search& search, bool over) {
  if (search.query.empty()) return {};
  const std::string all = counted(search.matches.size()) + (search.more ? "+" : over ? "" : "…");
  return search.at ? counted(search.at) + "/" + all : all;
}

}  // namespace awaitscope::view

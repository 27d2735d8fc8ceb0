// Where a lesson stands, what is locked, and what was voted.
#include "app/view/teaching.h"

#include <cmath>
#include <numeric>

#include "app/view/navigate.h"
#include "app/view/say.h"
#include "app/view/teaching_walk.h"

namespace awaitscope::view {

using Phase = Teaching::Phase;

int total(const std::vector<int>& counts) { return std::accumulate(counts.begin(), counts.end(), 0); }
const std::vector<int>& Votes::last() const { return total(second) ? second : first; }

std::string letter(std::size_t option) { return std::string(1, static_cast<char>('A' + std::min<std::size_t>(option, 25))); }

const Question* open_question(const Session& session) {
  const Teaching& t = session.teaching;
  return t.on && t.question < session.lesson.questions.size() ? &session.lesson.questions[t.question] : nullptr;
}

const Votes& votes_of(const Session& session) {
  static const Votes none;
  const auto found = session.teaching.ballots.find(session.teaching.lesson);
  return found == session.teaching.ballots.end() || session.teaching.question >= found->second.size()
             ? none
             : found->second[session.teaching.question];
}

bool voting(const Session& session) {
  const Teaching& t = session.teaching;
  return open_question(session) && (t.phase == Phase::vote || t.phase == Phase::revote);
}

bool locked(const Session& session) {
  const Teaching& t = session.teaching;
  return open_question(session) && t.votes && !session.student.on && t.phase < Phase::run && !votes_of(session).open;
}

bool keeps_ahead(const Session& session) { return open_question(session) && session.teaching.phase < Phase::reveal; }

std::string lesson_title(const Session& session) {
  if (keeps_ahead(session)) return std::string(Phrase{"Predict, then see", "先预测，再观察"}.in(session.language));
  return session.lesson.title.in(session.language);
}

bool shows_counts(const Session& session) {
  const Teaching& t = session.teaching;
  return t.phase < Phase::run ? t.peek : !t.concealed;
}

int asked_side(const Session& session) {
  const Question* question = open_question(session);
  return question && session.sides.size() > 1 && question->run.variant.starts_with("fixed") ? 1 : 0;
}

Seq reveal_of(const Session& session) {
  if (!open_question(session) || session.sides.empty()) return 0;
  const Side& side = *session.sides[static_cast<std::size_t>(asked_side(session))];
  const std::size_t index = session.teaching.question;
  return index < side.reveals.size() && side.reveals[index] <= side.trace.size() ? side.reveals[index] : 0;
}

const Stop* stop_here(const Session& session) {
  if (!session.has_runs()) return nullptr;
  for (const Stop& stop : session.side().stops)
    if (stop.seq == session.side().step) return &stop;
  return nullptr;
}

std::optional<std::size_t> station_of(const Session& session) {
  const auto& course = session.teaching.course;
  for (std::size_t i = 0; i < course.size(); ++i)
    if (course[i].name == session.lesson.name) return i;
  return {};
}

Phrase phase_words(Phase phase, bool asked_is_fixed) {
  switch (phase) {
    case Phase::read: return {"read", "读"};
    case Phase::vote:
    case Phase::revote: return {"vote", "投票"};
    case Phase::talk: return {"talk", "讨论"};
    case Phase::run: return {"run", "运行"};
    case Phase::reveal: return {"answer", "答案"};
    case Phase::saw: return {"saw", "所见"};
    case Phase::other: return asked_is_fixed ? Phrase{"bug", "错误版"} : Phrase{"fix", "修正版"};
    case Phase::done: return {"done", "完成"};
  }
  return {"", ""};
}

std::string_view phase_name(Phase phase) {
  constexpr std::string_view names[] = {"read", "vote", "talk", "revote", "run", "reveal", "saw", "other", "done"};
  return names[static_cast<std::size_t>(phase)];
}

namespace {

/// The counts that are typed now; null where nobody votes.
std::vector<int>* typed_counts(Session& session) {
  const Question* question = open_question(session);
  if (!question || !voting(session) || question->options.empty()) return nullptr;
  auto& ballots = session.teaching.ballots[session.teaching.lesson];
  ballots.resize(std::max(ballots.size(), session.lesson.questions.size()));
  Votes& votes = ballots[session.teaching.question];
  auto& counts = session.teaching.phase == Phase::vote ? votes.first : votes.second;
  counts.resize(question->options.size(), 0);
  session.teaching.marked = std::min(session.teaching.marked, counts.size() - 1);
  return &counts;
}

void vote(Session& session, const Action& action) {
  Teaching& t = session.teaching;
  auto* counts = typed_counts(session);
  if (!counts) return;
  const std::size_t n = counts->size();
  int& count = (*counts)[t.marked];
  const auto mark = [&](std::size_t option) { t.marked = option, t.typing = false; };
  switch (action.act) {
    case Act::vote_digit: {
      if (!(action.x >= 0 && action.x <= 9)) return;
      const int digit = static_cast<int>(action.x), longer = t.typing ? count * 10 + digit : digit;
      if (longer <= most_votes) count = longer;
      t.typing = true;
      return;
    }
    case Act::vote_erase:
      count /= 10;
      t.typing = true;
      return;
    case Act::option_next: return mark((t.marked + 1) % n);
    case Act::option_previous: return mark((t.marked + n - 1) % n);
    case Act::set_vote:
      if (!(action.x >= 1 && action.x < static_cast<double>(n) + 1) || std::isnan(action.y)) return;
      mark(static_cast<std::size_t>(action.x) - 1);
      (*counts)[t.marked] = static_cast<int>(std::clamp(action.y, 0.0, double{most_votes}));
      return;
    default: return;
  }
}

std::vector<Request> join_lesson(Session& session) {
  Teaching& t = session.teaching;
  t.on = true;
  // Whoever comes back finds the lesson where it was left.
  if (t.lesson != session.lesson.name) begin_lesson(session);
  return {{Request::What::run_question, std::to_string(t.question)}};
}

void leave_lesson(Session& session) {
  session.teaching.on = session.teaching.by_room = false;
  session.message.clear();
}

std::vector<Request> teach(Session& session, const Action& action) {
  if (!turned(action.text, session.teaching.on)) {
    if (session.presenting) session.teaching.declined = session.lesson.name;
    leave_lesson(session);
    return {};
  }
  session.teaching.declined.clear();
  if (session.lesson.questions.empty()) return refuse(session, {"This trace has no lesson to teach", "这个记录没有课可讲"});
  session.teaching.by_room = false;
  return join_lesson(session);
}

std::vector<Request> neighbour(Session& session, int direction) {
  const auto here = station_of(session);
  const auto& course = session.teaching.course;
  if (course.empty()) return {};
  const std::size_t wanted = here ? *here + static_cast<std::size_t>(direction) : 0;  // 0 - 1 is no station either
  if (wanted >= course.size()) {
    say(session,
        direction > 0 ? Phrase{"That was the last lesson", "这是最后一课"} : Phrase{"This is the first lesson", "这是第一课"});
    return {};
  }
  return {{Request::What::load_lesson, course[wanted].name}};
}

}  // namespace

std::vector<Request> lesson_act(Session& session, const Action& action) {
  Teaching& t = session.teaching;
  switch (action.act) {
    case Act::teach: return teach(session, action);
    case Act::require_votes: t.votes = turned(action.text, t.votes); return {};
    case Act::unlock:
      if (!keeps_ahead(session) || t.phase >= Phase::run) return {};
      typed_counts(session);
      t.ballots[t.lesson].resize(std::max(t.ballots[t.lesson].size(), session.lesson.questions.size()));
      t.ballots[t.lesson][t.question].open = true;
      t.phase = open_question(session)->run.here ? Phase::run : Phase::reveal;
      t.at = 0;
      resume_lesson(session);
      return {};
    case Act::toggle_votes: (t.phase < Phase::run ? t.peek : t.concealed) ^= true; return {};
    case Act::reset_lesson:
      if (session.lesson.questions.empty()) return {};
      t.ballots.erase(session.lesson.name);
      t.lesson.clear();
      return {{Request::What::load_lesson, session.lesson.name}};
    case Act::next_lesson: return neighbour(session, +1);
    case Act::previous_lesson: return neighbour(session, -1);
    default: vote(session, action); return {};
  }
}

Standing::Standing(const Session& session)
    : active(session.active), show(session.show), presenting(session.presenting), locked(view::locked(session)) {
  for (const auto& side : session.sides) steps.push_back(side->step);
}

bool tells_ahead(Session& session, const Action& action) {
  if (!keeps_ahead(session)) return false;
  const bool finding =
      action.act == Act::select_finding || (action.act == Act::select && action.hit.kind == Hit::Kind::finding);
  if (!finding && action.act != Act::copy_table) return false;
  say(session, finding ? Phrase{"What the rules found comes after the answer", "诊断在答案之后才出现"}
                       : Phrase{"The table of the run comes after the answer", "运行的表格在答案之后才出现"});
  return true;
}

void keep_lesson(Session& session, const Standing& before, std::vector<Request>& requests) {
  if (before.locked && locked(session)) {
    using What = Request::What;
    const auto ahead = [](const Request& r) {
      return r.what == What::explore || r.what == What::run_live || r.what == What::run_schedule || r.what == What::run_hands ||
             r.what == What::fork || r.what == What::badges;
    };
    bool refused =
        std::erase_if(requests, ahead) > 0 || session.playing || session.active != before.active || session.show != before.show;
    for (std::size_t i = 0; i < std::min(before.steps.size(), session.sides.size()); ++i)
      refused |= session.sides[i]->step > before.steps[i];
    if (refused) {
      resume_lesson(session);
      say(session, Phrase{"First the prediction: type the counts, or Shift+PageDown to run without votes",
                          "先预测：输入票数，或按 Shift+PageDown 不投票直接运行"});
    }
  }
  if (session.presenting == before.presenting) return;
  const bool asked = session.teaching.declined != session.lesson.name && !session.student.on;
  if (session.presenting && asked && !session.teaching.on && !session.lesson.questions.empty()) {
    session.teaching.by_room = true;
    for (Request& r : join_lesson(session)) requests.push_back(std::move(r));
  } else if (!session.presenting && session.teaching.by_room) {
    leave_lesson(session);
  }
}

}  // namespace awaitscope::view

#include "app/view/hands.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/view/say.h"
#include "app/view/text.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

constexpr int speeds[] = {1, 2, 10};
constexpr std::size_t most_requests = 6;

/// Collects the lines about one thing.
class Menu {
 public:
  explicit Menu(const Session& session)
      : language_(session.language), trace_(session.side().trace), model_(session.side().history.model) {}

  void task(TaskId id) {
    const TaskModel* task = model_.task(id);
    if (!task) return;
    std::string why;
    if (task->phase == Phase::done) why = in({"it has ended", "它已结束"});
    add(fmt::format("{} {}", in({"Cancel", "取消"}), task_name(trace_, model_, id)), fmt::format("cancel:{}", id.value), why);
    if (!why.empty()) return;
    for (const RequestModel& one : model_.requests)
      if (one.task == id) request(one);
    if (task->phase == Phase::waiting &&
        (task->wait == Wait::semaphore || task->wait == Wait::event || task->wait == Wait::lock))
      resource({task->object});
  }

  void resource(ResourceId id) {
    const ResourceModel* resource = model_.resource(id);
    if (!resource) return;
    const std::string name = resource_words(trace_, model_, id);
    std::string gone;
    if (resource->destroyed) gone = in({"it is gone", "它已不在"});
    if (resource->type == ResourceType::semaphore) {
      add(fmt::format("{} {}", in({"Release a permit of", "释放一个许可："}), name), fmt::format("release:{}", id.value), gone);
    } else if (resource->type == ResourceType::event) {
      if (resource->value) gone = in({"it is set already", "它已置位"});
      add(fmt::format("{} {}", in({"Set", "置位"}), name), fmt::format("set:{}", id.value), gone);
    } else if (resource->type == ResourceType::lock) {
      add(fmt::format("{} {}", in({"Release", "释放"}), name), "",
          in({"a lock belongs to the task that holds it: cancel that task", "锁属于持有它的任务：请取消那个任务"}));
    } else if (resource->type == ResourceType::service) {
      std::size_t count = 0;
      for (const RequestModel& one : model_.requests)
        if (one.service == id && ++count <= most_requests) request(one);
      if (count == 0) add(std::string(in({"Requests on their way", "进行中的请求"})), "", in({"there are none", "没有"}));
    }
  }

  std::vector<HandOffer> take() { return std::move(offers_); }

 private:
  void request(const RequestModel& one) {
    const std::string what = printable(trace_.text(one.what.value));
    const std::string name = fmt::format("{} {}{}{}", in({"request", "请求"}), one.id.value, what.empty() ? "" : ": ", what);
    add(fmt::format("{} {}", in({"Fail", "使失败："}), name), fmt::format("fail:{}", one.id.value));
    for (const char* length : {"500ms", "5s"})
      add(fmt::format("{} {} {}", in({"Delay", "推迟"}), name,
                      in(length[1] == 's' ? Phrase{"by 5 s", "5 秒"} : Phrase{"by 0.5 s", "0.5 秒"})),
          fmt::format("delay:{}:{}", one.id.value, length));
  }
  void add(std::string words, std::string hand, std::string_view why_not = {}) {
    offers_.push_back({std::move(words), std::string(why_not), Act::lay_hand, std::move(hand)});
  }
  std::string_view in(const Phrase& phrase) const { return phrase.in(language_); }

  Language language_;
  const Trace& trace_;
  const Model& model_;
  std::vector<HandOffer> offers_;
};

TaskId task_of(const Session& session, const Hit& about) {
  if (about.is_lane()) return {about.value};
  const Trace& trace = session.side().trace;
  if (about.kind == Hit::Kind::event && about.seq && about.seq <= trace.size()) return trace[about.seq].who();
  return {};
}

/// Why the run cannot be forked here; "" where it can.
Phrase why_no_fork(const Session& session) {
  const Side& side = session.side();
  if (side.running) return {"let the run end first, then fork it", "先让运行结束，再分叉"};
  if (session.lesson.empty() || side.trace.info.scenario.empty())
    return {"an opened trace of another program cannot be forked", "打开的其他程序的记录不能分叉"};
  if (side.trace.info.clock != "virtual")
    return {"a run on the real clock cannot be forked: its times would not come back", "真实时钟的运行不能分叉：时间无法重现"};
  if (side.step >= side.trace.size())
    return {"the run ends here: go back to where it should fork", "运行在此结束：请先回到要分叉的时刻"};
  return {};
}

}  // namespace

bool is_watched(const Session& session) { return session.has_runs() && session.side().running; }

bool at_its_end(const Session& session) { return is_watched(session) && session.side().step >= session.side().trace.size(); }

std::string hand_subject(const Session& session, const Hit& about) {
  if (!session.has_runs()) return {};
  const Side& side = session.side();
  if (about.kind == Hit::Kind::resource) return resource_words(side.seen_trace(), side.seen().model, {about.value});
  const TaskId task = task_of(session, about);
  return task ? task_words(side.seen_trace(), side.seen().model, task, session.language) : std::string();
}

std::vector<HandOffer> hand_offers(const Session& session, const Hit& about) {
  if (!session.has_runs()) return {};
  const auto in = [&](const Phrase& phrase) { return std::string(phrase.in(session.language)); };
  std::vector<HandOffer> out;
  if (session.side().running) {
    Menu menu(session);
    if (about.kind == Hit::Kind::resource) menu.resource({about.value});
    else if (const TaskId task = task_of(session, about)) menu.task(task);
    out = menu.take();
    const std::string wait = session.side().held ? "" : in({"pause the run first", "请先暂停运行"});
    for (HandOffer& offer : out)
      if (offer.why_not.empty()) offer.why_not = wait;
    out.push_back({in({"One step", "一步"}), {}, Act::live_step});
    if (session.side().held) out.push_back({in({"Go on", "继续"}), {}, Act::live_resume});
    else out.push_back({in({"Pause", "暂停"}), {}, Act::live_pause});
    return out;
  }
  const Phrase why = why_no_fork(session);
  out.push_back({in({"Fork here", "从这里分叉"}), in(why), Act::fork});
  out.push_back({in({"Run by hand from the start", "从头手动运行"}),
                 session.lesson.empty() ? in({"this trace is no scenario's", "这份记录不属于任何场景"}) : std::string(),
                 Act::run_hands});
  return out;
}

Act of_key(Act act) {
  switch (act) {
    case Act::live_pause:
    case Act::live_resume: return Act::play_pause;
    case Act::live_step: return Act::step_forward;
    case Act::live_tick: return Act::tick_forward;
    default: return act;
  }
}

void open_hand_menu(Session& session, const Hit& hit) {
  if (session.presenting) return;  // it would open later, at the desk
  session.hand_menu.about = hit.kind == Hit::Kind::none ? session.selected : hit;
  ++session.hand_menu.asked_for;
}

std::vector<Request> lay_hand(Session& session, const std::string& text) {
  if (!is_watched(session))
    return refuse(session, {"no run is held: run one by hand, or fork one", "没有停住的运行：请手动运行或分叉"});
  if (!session.side().held) return refuse(session, {"pause the run first", "请先暂停运行"});
  if (const auto hand = read_hand("0:" + text); !hand) {
    say(session, printable(text) + ": " + hand.error(), true);
    return {};
  }
  return {{Request::What::hand, text}};
}

std::vector<Request> fork(Session& session) {
  if (!session.has_runs()) return refuse(session, {"nothing has run yet", "还没有运行"});
  if (const Phrase why = why_no_fork(session); !why.en.empty()) return refuse(session, why);
  return {{Request::What::fork, ""}};
}

std::vector<Request> change_live_speed(Session& session, double times) {
  if (!is_watched(session) || !session.side().live)
    return refuse(session, {"only a live run has a speed", "只有实时运行才有速度"});
  const auto* found = std::find(std::begin(speeds), std::end(speeds), times == 0 ? session.side().slowness : times);
  if (found != std::end(speeds) && times == 0 && ++found == std::end(speeds)) found = std::begin(speeds);
  if (found == std::end(speeds))
    return refuse(session, {"live-speed takes 1, 2 or 10: so many times slower", "live-speed 取 1、2 或 10：慢多少倍"});
  return {{Request::What::gate, fmt::format("slow {}", *found)}};
}

}  // namespace awaitscope::view

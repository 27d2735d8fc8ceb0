// Runs that somebody steps and changes by hand, and runs that begin as another one did.
#include <cstdlib>

#include "app/desk/desk.h"
#include "app/desk/lessons.h"
#include "app/desk/sources.h"
#include "app/view/navigate.h"
#include "app/view/text.h"

namespace awaitscope::desk {
namespace {

/// The scenario, version, parameters and schedule that a trace says it is of.
Result<Program> program_of(const TraceInfo& info) {
  if (!built_in(info)) return Error{"this trace is no scenario's, so it cannot be forked"};
  auto settings = settings_for(**find_scenario(info.scenario), info.parameters);
  if (!settings) return Error{settings.error()};
  return Program{*find_scenario(info.scenario), info.variant, std::move(*settings), info.schedule, false};
}

bool begins_as(const Trace& trace, const Trace& other, Seq events) {
  if (trace.size() < events) return false;
  const auto same = [](const Event& a, const Event& b) {
    return a.time == b.time && a.kind == b.kind && a.task == b.task && a.cause == b.cause && a.a == b.a && a.b == b.b &&
           a.c == b.c && a.d == b.d;
  };
  for (Seq seq = 1; seq <= events; ++seq)
    if (!same(trace[seq], other[seq])) return false;
  return true;
}

/// How many hands had been laid by then.
std::size_t hands_until(const Trace& trace, Seq seq) {
  std::size_t count = 0;
  for (Seq i = 1; i <= seq; ++i) {
    const Event event = trace[i];
    count +=
        event.kind == Kind::intervened || (event.kind == Kind::diagnosed && event.as<Diagnosis>() == Diagnosis::hand_missed);
  }
  return count;
}

constexpr Phrase keys{"held: Shift+Right steps, Space goes on, a right click changes it",
                      "已停住：Shift+Right 走一步，空格继续，右键改变它"};

}  // namespace

std::string Desk::version() const {
  const bool known = session_.has_runs() && session_.side().trace.info.scenario == session_.lesson.name &&
                     !session_.side().trace.info.variant.empty();
  return known ? session_.side().trace.info.variant : "bad";
}

void Desk::run_one(Program program, const Hold& hold) {
  clear_runs();
  session_.active = 0;
  session_.show = view::Show::one;
  const std::string label = program.variant;
  begin(std::move(program), hold, label);
  wait_for_runs();
}

void Desk::run_by_hand() {
  const auto scenario = find_scenario(session_.lesson.name);
  if (!scenario) return say(view::filled(no_scenario, session_.language), true);
  run_one({*scenario, version(), settings(), {}, false}, {.closed = true, .at = 0});
  say(std::string(keys.in(session_.language)));
}

/// The run of the active side again, up to its playhead; it comes beside the one that it began as.
void Desk::fork() {
  const view::Side& original = session_.side();
  const Seq here = original.step;
  auto program = program_of(original.trace.info);
  if (!program) return say(program.error(), true);
  auto& hands = program->schedule.hands;
  hands.resize(std::min(hands.size(), hands_until(original.trace, here)));

  auto branch = std::make_unique<view::Side>(std::string(view::forked));
  branch->trace.info = info_of(*program);
  branch->running = branch->by_hand = true;
  auto runner = std::make_unique<Runner>(std::move(*program), arrived_, Hold{.closed = here == 0, .at = here});
  do {  // a virtual run takes milliseconds
    runner->pump(branch->trace);
    std::this_thread::yield();
  } while (!runner->standing() && !runner->finished());
  if (runner->finished()) return say("from here on the run takes no step that could be changed", true);
  if (!begins_as(branch->trace, original.trace, here))
    return say("this program no longer does what was recorded, so it cannot be forked", true);

  std::unique_ptr<view::Side> kept = std::move(session_.sides[static_cast<std::size_t>(session_.active)]);
  clear_runs();
  session_.sides.push_back(std::move(kept));
  session_.sides.push_back(std::move(branch));
  runners_.resize(1);
  runners_.push_back(std::move(runner));
  session_.active = 1;
  session_.show = view::Show::both;
  look_at_gate(1);
  take_in(session_, *session_.sides[1]);
  seek(session_, session_.sides[1]->trace.size());
  say(std::string(keys.in(session_.language)));
}

void Desk::lay_hand(const std::string& text) {
  const std::size_t active = static_cast<std::size_t>(session_.active);
  const auto hand = read_hand("0:" + text);
  if (!hand || active >= runners_.size() || !runners_[active]) return;
  runners_[active]->gate().lay(*hand);
}

void Desk::work_gates(const std::string& command) {
  for (std::size_t i = 0; i < runners_.size(); ++i) {
    if (!runners_[i]) continue;
    runtime::Gate& gate = runners_[i]->gate();
    if (command == "pause") gate.pause();
    else if (command == "resume") gate.resume();
    else if (command == "step") gate.step();
    else if (command == "tick") gate.tick();
    else if (command.starts_with("slow ")) gate.slow_down(std::max(1, std::atoi(command.c_str() + 5)));
    else gate.stop();
    look_at_gate(i);
  }
}

void Desk::look_at_gate(std::size_t i) {
  view::Side& side = *session_.sides[i];
  const runtime::Gate& gate = runners_[i]->gate();
  side.held = gate.paused();
  side.standing = runners_[i]->standing();
  side.slowness = gate.slowness();
  auto laid = gate.laid();
  if (laid.empty() || laid == side.trace.info.schedule.hands) return;
  side.trace.info.schedule.hands = std::move(laid);
  say(to_text(side.trace.info.schedule));
}

void Desk::tell_missed(const view::Side& side, Seq known) {
  if (side.trace.info.schedule.hands.empty()) return;
  for (Seq seq = known + 1; seq <= side.trace.size(); ++seq)
    if (const Event event = side.trace[seq]; event.kind == Kind::diagnosed && event.as<Diagnosis>() == Diagnosis::hand_missed)
      say("without effect: " + std::string(side.trace.text(event.a)), true);
}

}  // namespace awaitscope::desk

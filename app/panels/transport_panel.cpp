// The playhead's controls: by event, step and tick in both directions, play, speed, and a bar to scrub along.
#include <cmath>
#include <cstdio>

#include "app/panels/icons.h"
#include "app/panels/panel.h"
#include "app/panels/widgets.h"
#include "app/view/hands.h"
#include "app/view/words.h"

namespace awaitscope::panels {
namespace {

using namespace panels;
using view::Act;

void ask(view::Actions& actions, Act act, double x = 0) {
  view::Action action;
  action.act = act;
  action.x = x;
  actions.push_back(action);
}

struct Control {
  Sign sign;
  Act act;
  const char* name;
  Phrase words;
};
constexpr Control before[] = {{Sign::home, Act::home, "home", {"To the start", "到开头"}},
                              {Sign::tick_back, Act::tick_back, "tick-back", {"One tick back", "后退一轮"}},
                              {Sign::step_back, Act::step_back, "step-back", {"One step back", "后退一步"}},
                              {Sign::event_back, Act::event_back, "event-back", {"One event back", "后退一个事件"}}};
constexpr Control after[] = {
    {Sign::event, Act::event_forward, "event-forward", {"One event forward", "前进一个事件"}},
    {Sign::step, Act::step_forward, "step-forward", {"One step forward: a task runs once", "前进一步：一个任务运行一次"}},
    {Sign::tick, Act::tick_forward, "tick-forward", {"One tick forward: a pass of the loop", "前进一轮：事件循环的一遍"}},
    {Sign::end, Act::end, "end", {"To the end", "到结尾"}}};

/// Of a run that goes on as it is watched: the loop's gate, and the speed of its clock.  Returns where they end.
float gate_controls(const view::Session& session, view::Actions& actions, const Painter& painter, float x, float y) {
  const view::Side& side = session.side();
  if (!side.running || !(side.live || side.by_hand)) return x;
  constexpr Control hold{Sign::pause, Act::live_pause, "live-pause", {"Hold the run", "停住运行"}};
  constexpr Control go{Sign::play, Act::live_resume, "live-resume", {"The run goes on", "继续运行"}};
  constexpr Control others[] = {
      {Sign::step, Act::live_step, "live-step", {"The run makes one step", "运行走一步"}},
      {Sign::tick, Act::live_tick, "live-tick", {"The run makes one pass of the loop", "运行走事件循环的一遍"}},
      {Sign::stop, Act::live_stop, "live-stop", {"End the run", "结束运行"}}};
  const float em = painter.em(), size = std::round(em * 2.0F), from = x;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.ChannelsSplit(2);
  list.ChannelsSetCurrent(1);
  x += em * 0.6F;
  const std::string word(painter.in(!side.held ? Phrase{"Live", "实时"} : Phrase{"Held", "停住"}));
  const float wide = painter.metrics().width(word) + em * 0.5F;
  painter.text(
      list, {{x, y - em, wide, 2 * em}, word, side.held ? Role::text_warning : Role::text, Font::bold, view::Align::left, 1});
  x += wide;
  const auto put = [&](const Control& control) {
    ImGui::SetCursorScreenPos({x, std::round(y - size / 2)});
    if (sign_button(painter, control.name, control.sign)) ask(actions, control.act);
    hint(painter, painter.in(control.words), key_of(painter, of_key(control.act)));
    x += size + std::round(em * 0.12F);
  };
  put(side.held ? go : hold);
  for (const Control& control : others) put(control);
  if (side.live) {
    const std::string speed = side.slowness == 1 ? "1×" : "1/" + std::to_string(side.slowness);
    ImGui::SetCursorScreenPos({x + em * 0.1F, std::round(y - em * 0.85F)});
    if (button(painter, "live-speed", speed)) ask(actions, Act::live_speed);
    hint(painter, painter.in({"Full speed, half, a tenth", "全速、半速、十分之一"}));
    x = ImGui::GetItemRectMax().x;
  }
  x += em * 0.4F;
  list.ChannelsSetCurrent(0);
  list.AddRectFilled({from, y - em * 1.25F}, {x, y + em * 1.25F}, painter.color(Role::text_warning, side.held ? 0.14F : 0.07F),
                     em * 0.5F);
  list.ChannelsMerge();
  return x + em * 0.6F;
}

/// What ties the other version's playhead to this one's; returns its width.
float tie(const view::Session& session, view::Actions& actions, const Painter& painter, view::Point at) {
  constexpr Phrase words[] = {{"↔ by time", "↔ 按时间"}, {"↔ by moment", "↔ 按时刻"}, {"↔ untied", "↔ 不联动"}};
  ImGui::SetCursorScreenPos({at.x, at.y + painter.em() * 0.12F});
  if (button(painter, "tie", painter.in(words[static_cast<int>(session.tie)]))) ask(actions, Act::tie_by);
  hint(painter,
       painter.in({"Where the other version's playhead stands: at the same time, at the same moment of the lesson, or alone",
                   "另一个版本的播放头：同一时间、同一课程时刻，或各自移动"}),
       key_of(painter, Act::tie_by));
  return ImGui::GetItemRectSize().x;
}

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  const float em = painter.em();
  const view::Rect room = rest_of_window();
  const float plain = std::round(em * 2.0F), strong = std::round(em * 2.3F), gap = std::round(em * 0.12F);
  const float y = std::round(room.y + room.h / 2);
  float x = room.x;
  const auto put = [&](float side) {
    ImGui::SetCursorScreenPos({x, std::round(y - side / 2)});
    x += side + gap;
  };
  const auto controls = [&](const auto& list) {
    for (const Control& control : list) {
      put(plain);
      if (sign_button(painter, control.name, control.sign)) ask(actions, control.act);
      hint(painter, painter.in(control.words), key_of(painter, control.act));
    }
  };
  controls(before);
  x += em * 0.25F;
  put(strong);
  if (sign_button(painter, "play-pause", session.playing ? Sign::pause : Sign::play, true)) ask(actions, Act::play_pause);
  hint(painter, painter.in(session.playing ? Phrase{"Pause", "暂停"} : Phrase{"Play", "播放"}),
       key_of(painter, Act::play_pause));
  x += em * 0.25F;
  controls(after);
  x += em * 0.5F;

  // Speed: less and more around its value.
  char speed[48];
  std::snprintf(speed, sizeof speed, "%.0f/s", session.events_per_second);
  const float speed_width = painter.metrics().width("1024/s") + em * 0.3F;
  const bool wide = room.w > em * 42;
  if (wide) {
    put(plain);
    if (sign_button(painter, "slower", Sign::slower)) ask(actions, Act::slower);
    hint(painter, painter.in({"Play slower", "放慢"}), key_of(painter, Act::slower));
    painter.text(*ImGui::GetWindowDrawList(),
                 {{x, y - em, speed_width, 2 * em}, speed, Role::text_dim, Font::ui, view::Align::center, 1});
    x += speed_width;
    put(plain);
    if (sign_button(painter, "faster", Sign::faster)) ask(actions, Act::faster);
    hint(painter, painter.in({"Play faster", "加快"}), key_of(painter, Act::faster));
    x += em * 0.5F;
  }
  if (!session.has_runs()) return;
  x = gate_controls(session, actions, painter, x, y);

  if (session.sides.size() > 1 && room.w > em * 52)
    x += tie(session, actions, painter, {x, std::round(y - plain / 2)}) + em * 0.5F;

  // The playhead along all events, with its place in words.
  const Seq size = session.side().trace.size();
  const std::string words = std::to_string(session.side().step) + " / " + std::to_string(session.side().seen_trace().size());
  const float words_width = painter.metrics().width(std::to_string(size) + " / " + std::to_string(size)) + em * 0.6F;
  const float bar = room.right() - x - words_width - em * 0.4F;
  if (bar < em * 3) return;
  ImGui::SetCursorScreenPos({x, y - em * 0.9F});
  double at = size ? static_cast<double>(session.side().step) / size : 0;
  if (scrubber(painter, "scrub", bar, em * 1.8F, at)) ask(actions, Act::seek_event, std::round(at * size));
  painter.text(*ImGui::GetWindowDrawList(),
               {{x + bar + em * 0.4F, y - em, words_width, 2 * em}, words, Role::text_dim, Font::ui, view::Align::right, 1});
}

}  // namespace

Panel transport_panel() { return {{"Playhead", "播放头"}, Panel::Slot::transport, 0, draw}; }

}  // namespace awaitscope::panels

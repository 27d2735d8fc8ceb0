// The timeline and what the mouse does on it.
#include <cmath>

#include "app/panels/panel.h"
#include "app/panels/tooltip.h"
#include "app/panels/widgets.h"
#include "app/platform/compat.h"
#include "app/view/glide.h"
#include "app/view/navigate.h"
#include "app/view/text.h"
#include "app/view/words.h"

namespace awaitscope::panels {
namespace {

using namespace panels;
using view::Act;
using view::Action;
using view::Hit;
using view::Rect;

constexpr float click_reach = 4;  // pixels the pointer may move in a click
constexpr float edge_reach = 6;   // ... and be beside an edge of the range that it means

/// What a held button moves.
enum class Grip { none, range, edge, zoom, pan, ruler };
/// Kept from the press to the release.
struct Held {
  int& grip = *ImGui::GetStateStorage()->GetIntRef(ImGui::GetID("grip"), 0);
  int& asked = *ImGui::GetStateStorage()->GetIntRef(ImGui::GetID("asked"), 0);        ///< actions so far
  float& anchor = *ImGui::GetStateStorage()->GetFloatRef(ImGui::GetID("anchor"), 0);  ///< where the drag's other end stays
  bool is(Grip what) const { return grip == static_cast<int>(what); }
  void take(Grip what, float at) const { grip = static_cast<int>(what), asked = 0, anchor = at; }
};

/// One frame of the mouse over the canvas.
struct Hand {
  const view::Session& session;
  view::Actions& actions;
  const Painter& painter;
  Rect canvas;
  const view::DrawList& picture;
  const view::Scale& scale;

  double at(float x) const { return static_cast<double>(scale.time_at(x).ns); }
  double fraction(float x) const {
    const auto [from, to] = shown_window(session);
    const double begin = static_cast<double>(from.ns), end = static_cast<double>(to.ns);
    return end > begin ? std::clamp((at(x) - begin) / (end - begin), 0.0, 1.0) : 0.5;
  }
  bool on_ruler(float y) const { return y < canvas.y + std::round(painter.metrics().line_height * 1.6F); }
  void ask(Act act, double x = 0, double y = 0, Hit hit = {}, bool dragging = false) const {
    Action action;
    if (dragging) action.text = view::dragged;
    action.act = act;
    action.x = x;
    action.y = y;
    action.hit = hit;
    actions.push_back(action);
  }
  /// Which run the pointer is on: each run's picture begins with its background, as wide as the canvas.
  int side_at(float y) const {
    if (!shows_both(session, canvas, painter.metrics())) return session.active;
    int found = -1;
    for (const view::Box& box : picture.boxes)
      if (box.role == Role::background && box.rect.w >= canvas.w - 1 && box.rect.y <= y) ++found;
    return std::clamp(found, 0, 1);
  }

  void wheel() const {
    const ImGuiIO& io = ImGui::GetIO();
    const float x = mouse().x;
    if (io.MouseWheel != 0 && io.KeyCtrl) ask(Act::zoom_in, fraction(x), std::pow(1.25, io.MouseWheel));
    else if (io.MouseWheel != 0 && io.KeyShift)
      ask(io.MouseWheel > 0 ? Act::pan_left : Act::pan_right, 0.08 * std::abs(io.MouseWheel));
    else if (io.MouseWheel != 0) {
      // From where the lanes stand: a lane that was gone to may have scrolled them.
      const float above =
          session.hunt.reveal ? static_cast<float>(rows_above(session, canvas, painter.metrics())) : session.lane_scroll;
      ask(Act::scroll_lanes, above - session.lane_scroll - io.MouseWheel);
    }
    if (io.MouseWheelH != 0) ask(io.MouseWheelH > 0 ? Act::pan_left : Act::pan_right, 0.08 * std::abs(io.MouseWheelH));
  }

  /// The place of the other edge, where the pointer is beside one.
  std::optional<float> other_edge(view::Point p) const {
    if (!session.range || on_ruler(p.y)) return {};
    const float a = scale.x_of(static_cast<double>(session.range->first.ns)),
                b = scale.x_of(static_cast<double>(session.range->second.ns));
    const float to_a = std::abs(p.x - a), to_b = std::abs(p.x - b);
    if (std::min(to_a, to_b) > edge_reach) return {};
    return to_a < to_b ? b : a;
  }

  void press(const Held& held) const {
    const ImGuiIO& io = ImGui::GetIO();
    const view::Point p = mouse();
    if (ImGui::IsMouseDown(ImGuiMouseButton_Middle) || io.KeyShift) return held.take(Grip::pan, p.x);
    if (on_ruler(p.y)) return held.take(Grip::ruler, p.x);
    if (io.KeyCtrl) return held.take(Grip::zoom, p.x);
    if (const auto other = other_edge(p)) return held.take(Grip::edge, *other);
    held.take(Grip::range, p.x);
  }

  void drag(const Held& held) const {
    const ImGuiIO& io = ImGui::GetIO();
    const bool going = held.asked > 0;
    if (held.is(Grip::pan) && io.MouseDelta.x != 0) {
      const double by = at(mouse().x) - at(mouse().x - io.MouseDelta.x);
      const double begin = static_cast<double>(session.view_begin.ns), end = static_cast<double>(session.view_end.ns);
      ask(Act::show_range, begin - by, end - by, {}, true);
    } else if (held.is(Grip::ruler)) {
      ask(Act::seek_time, at(mouse().x), 0, {}, going);
      ++held.asked;
    } else if ((held.is(Grip::range) && moved()) || (held.is(Grip::edge) && (going || moved()))) {
      ask(Act::select_range, at(held.anchor), at(mouse().x), {}, going);
      ++held.asked;
    }
  }

  bool moved() const {
    const ImVec2 from = ImGui::GetIO().MouseClickedPos[0];
    return std::hypot(mouse().x - from.x, mouse().y - from.y) > click_reach;
  }

  /// What can be done by hand to what is there.
  void menu(Hit hit) const {
    if (side_at(mouse().y) != session.active) ask(Act::switch_side);
    // Beside the bars it is about the row, whose name stands at the left.
    if (hit.kind == Hit::Kind::none) hit = picture.hit({canvas.x + painter.em(), mouse().y});
    ask(Act::hands, 0, 0, hit);
  }

  void click(Hit hit) const {
    // A hit means a task of the run it lies in, so that run comes first.
    if (side_at(mouse().y) != session.active) ask(Act::switch_side);
    if (hit.kind == Hit::Kind::none) ask(Act::clear_selection);
    else if (hit.kind == Hit::Kind::fold) ask(Act::fold_lane, 0, 0, hit);
    else ask(hit.kind == Hit::Kind::finding ? Act::select_finding : Act::select, hit.value, 0, hit);
  }
};

/// The selected range, the pointer's line and its time: they follow the mouse, so they are not part of the picture.
void draw_pointer(const Hand& hand, const Held& held, bool hovered) {
  const Painter& painter = hand.painter;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Rect& canvas = hand.canvas;
  list.PushClipRect({canvas.x, canvas.y}, {canvas.right(), canvas.bottom()}, true);
  const auto words = [&](double t) {
    if (hand.session.order_ruler) return view::filled({"event {}", "事件 {}"}, painter.language, static_cast<long long>(t));
    // As many decimals as a thousandth of the window needs.
    const double window = static_cast<double>(hand.session.view_end.ns - hand.session.view_begin.ns) / 1e12;
    const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(std::max(window, 1e-9)))), 0, 9);
    return seconds({static_cast<std::int64_t>(t)}, decimals) + " s";
  };
  if (hand.session.range) {
    const double begin = static_cast<double>(hand.session.range->first.ns),
                 end = static_cast<double>(hand.session.range->second.ns);
    const float a = std::round(hand.scale.x_of(begin)), b = std::round(hand.scale.x_of(end));
    list.AddRectFilled({a, canvas.y}, {b, canvas.bottom()}, painter.color(Role::selection, 0.13F));
    for (const float x : {a, b})
      list.AddLine({x + 0.5F, canvas.y}, {x + 0.5F, canvas.bottom()}, painter.color(Role::selection, 0.8F));
    const float grip = std::round(painter.em() * 0.7F), middle_y = std::round(canvas.y + canvas.h / 2);
    for (const float x : {a, b})
      list.AddRectFilled({x - 2.5F, middle_y - grip}, {x + 3.5F, middle_y + grip}, painter.color(Role::selection), 3);
    const std::string length = hand.session.order_ruler ? view::filled({"{} events", "{} 个事件"}, painter.language,
                                                                       static_cast<long long>(end - begin))
                                                        : show(Duration{static_cast<std::int64_t>(end - begin)});
    const float line = painter.metrics().line_height, w = painter.metrics().width(length) + painter.em();
    const float plot = hand.scale.x;
    const float middle = std::clamp((a + b) / 2, std::min(plot + w / 2, canvas.right() - w / 2), canvas.right() - w / 2),
                y = canvas.bottom() - line * 1.5F;
    list.AddRectFilled({middle - w / 2, y}, {middle + w / 2, y + line}, painter.color(Role::selection), painter.em() * 0.35F);
    painter.text(list, {{middle - w / 2, y, w, line}, length, Role::background, Font::ui, view::Align::center, 1});
  }
  if (held.is(Grip::zoom) && hand.moved()) {  // what the release will zoom to
    const float a = std::min(held.anchor, mouse().x), b = std::max(held.anchor, mouse().x);
    list.AddRectFilled({a, canvas.y}, {b, canvas.bottom()}, painter.color(Role::accent, 0.16F));
    platform::compat::outline(list, {a, canvas.y}, {b, canvas.bottom()}, painter.color(Role::accent), 0, 1.5F);
  }
  const float x = std::round(mouse().x);
  if (hovered && hand.at(x) >= static_cast<double>(hand.session.view_begin.ns)) {
    list.AddLine({x + 0.5F, canvas.y}, {x + 0.5F, canvas.bottom()}, painter.color(Role::hover, 0.55F));
    // How far it is from the nearer edge of the range, or from the playhead.
    const double here = hand.at(x);
    double head = static_cast<double>(on_ruler(hand.session).ns);
    if (const auto& range = hand.session.range) {
      const double begin = static_cast<double>(range->first.ns), end = static_cast<double>(range->second.ns);
      head = std::abs(here - begin) < std::abs(here - end) ? begin : end;
    }
    std::string label = words(here);
    if (!hand.session.order_ruler)
      label += here >= head ? "  +" + show(Duration{static_cast<std::int64_t>(here - head)})
                            : "  −" + show(Duration{static_cast<std::int64_t>(head - here)});
    const float line = painter.metrics().line_height, w = painter.metrics().width(label) + painter.em();
    const float from = std::min(x + painter.em() * 0.4F, canvas.right() - w);
    list.AddRectFilled({from, canvas.y + 1}, {from + w, canvas.y + 1 + line}, ImGui::GetColorU32(ImGuiCol_PopupBg),
                       painter.em() * 0.35F);
    painter.text(list, {{from, canvas.y + 1, w, line}, label, Role::text, Font::ui, view::Align::center, 0.85F});
  }
  list.PopClipRect();
}

/// Where the filter hides everything, it says so: an empty picture would be a riddle.
void no_lane_fits(const view::Session& session, const Painter& painter, const view::DrawList& picture) {
  if (session.hunt.filter.empty()) return;
  for (const view::Box& box : picture.boxes)
    if (box.hit.kind == Hit::Kind::task) return;
  const Rect& canvas = picture.canvas;
  const float line = painter.metrics().line_height;
  const std::string words(painter.in({"No lane fits the filter", "没有符合筛选条件的行"}));
  painter.text(
      *ImGui::GetWindowDrawList(),
      {{canvas.x, canvas.y + canvas.h * 0.38F, canvas.w, line}, words, Role::text_dim, Font::ui, view::Align::center, 1});
}

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  const Rect canvas = rest_of_window();
  if (!session.has_runs()) {
    nothing(painter, painter.in({"Nothing has run yet", "还没有运行"}),
            painter.in({"Choose a scenario above, press Ctrl+O, or drop a trace file here",
                        "在上面选一个场景，按 Ctrl+O，或把记录文件拖到这里"}));
    return;
  }
  const view::DrawList picture = timeline(session, canvas, painter.metrics());
  painter.paint(picture);
  painter.place("timeline", canvas);
  ImGui::InvisibleButton("timeline", {canvas.w, canvas.h},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle);
  const bool hovered = ImGui::IsItemHovered(), held = ImGui::IsItemActive();

  const view::Scale scale = scale_of(session, canvas, painter.metrics());
  const Hand hand{session, actions, painter, canvas, picture, scale};
  const int side = hand.side_at(mouse().y);
  const Hit hit = hovered && !hand.on_ruler(mouse().y) ? picture.hit(mouse(), std::max(3.0F, painter.em() * 0.18F))
                                                       : Hit{};  // no target is below 6 pixels
  if (hovered) hand.wheel();
  const Held grip;
  if (ImGui::IsItemActivated()) hand.press(grip);
  if (held) hand.drag(grip);
  if (held ? grip.is(Grip::edge) : hovered && hand.other_edge(mouse())) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  else if (held && grip.is(Grip::pan)) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  const bool on_active = side == session.active;
  if (const Hit shown = on_active ? hit : Hit{}; !held && shown != session.hovered) hand.ask(Act::hover, 0, 0, shown);
  if (hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
    const bool bar = hit.is_lane();
    hand.ask(bar || session.range ? Act::fit_selection : Act::fit_all, 0, 0, bar ? hit : Hit{});
  } else if (ImGui::IsItemDeactivated() && grip.is(Grip::zoom) && hand.moved()) {
    hand.ask(Act::show_range, hand.at(grip.anchor), hand.at(mouse().x));
  } else if (ImGui::IsItemDeactivated() && ImGui::IsMouseReleased(ImGuiMouseButton_Left) && !hand.moved() &&
             !grip.is(Grip::ruler) && !grip.is(Grip::pan)) {
    hand.click(hit);
  }
  no_lane_fits(session, painter, picture);
  // In front of a room there is no menu.
  if (hovered && !session.presenting && ImGui::IsMouseClicked(ImGuiMouseButton_Right) && !hand.on_ruler(mouse().y))
    hand.menu(hit);
  draw_pointer(hand, grip, hovered);
  if (!held) grip.take(Grip::none, 0);
  if (hovered && !held) describe_hit(painter, *session.sides[static_cast<std::size_t>(side)], hit);
}

}  // namespace

Panel timeline_panel() { return {{"Timeline", "时间线"}, Panel::Slot::center, 0, draw}; }

}  // namespace awaitscope::panels

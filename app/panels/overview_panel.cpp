// The strip that always shows the whole run; its window of time can be dragged, by its body and by its edges.
#include "app/panels/panel.h"
#include "app/panels/widgets.h"
#include "app/view/glide.h"

namespace awaitscope::panels {
namespace {

using namespace panels;

constexpr float edge_reach = 6;  // pixels beside an edge that mean it

enum class Grip { none, body, left, right };

/// The window of time on the strip.
struct Window {
  double end;  ///< of the strip, on the ruler
  view::Rect canvas;
  float left, right;

  Window(const view::Session& session, view::Rect strip) : end(overview_end(session)), canvas(strip) {
    left = x_of(static_cast<double>(session.view_begin.ns));
    right = std::max(left + 2, x_of(static_cast<double>(session.view_end.ns)));
  }
  float x_of(double t) const { return canvas.x + canvas.w * static_cast<float>(std::clamp(t / end, 0.0, 1.0)); }
  double at(float x) const { return end * std::clamp(static_cast<double>((x - canvas.x) / canvas.w), 0.0, 1.0); }
  Grip grip(float x) const {
    const float to_left = std::abs(x - left), to_right = std::abs(x - right);
    // A window that is too narrow for edges is all body.
    if (right - left > 3 * edge_reach && std::min(to_left, to_right) <= edge_reach)
      return to_left < to_right ? Grip::left : Grip::right;
    return x > left && x < right ? Grip::body : Grip::none;
  }
};

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  if (!session.has_runs()) return;
  const view::Rect canvas = rest_of_window();
  painter.paint(overview(session, canvas, painter.metrics()));
  painter.place("overview", canvas);
  const Window window(session, canvas);
  ImGui::InvisibleButton("overview", {canvas.w, canvas.h});
  hint(painter, painter.in({"Drag the window or its edges to move through the run", "拖动窗口或其边缘以浏览整个运行"}));
  int& grip = *ImGui::GetStateStorage()->GetIntRef(ImGui::GetID("grip"), 0);
  if (!ImGui::IsItemActive()) grip = static_cast<int>(window.grip(mouse().x));
  const auto is = [&](Grip what) { return grip == static_cast<int>(what); };
  if (ImGui::IsItemHovered() || ImGui::IsItemActive())
    ImGui::SetMouseCursor(is(Grip::left) || is(Grip::right) ? ImGuiMouseCursor_ResizeEW
                          : is(Grip::body)                  ? ImGuiMouseCursor_Hand
                                                            : ImGuiMouseCursor_Arrow);
  if (!ImGui::IsItemActive()) return;
  double begin = static_cast<double>(session.view_begin.ns), end = static_cast<double>(session.view_end.ns);
  if (ImGui::IsItemActivated() && is(Grip::none)) {  // beside it: the pointer's place becomes the window's middle
    const double middle = window.at(mouse().x), length = end - begin;
    begin = middle - length / 2, end = middle + length / 2;
    grip = static_cast<int>(Grip::body);
  } else {
    const double by = window.end * static_cast<double>(ImGui::GetIO().MouseDelta.x / canvas.w);
    if (by == 0) return;
    if (is(Grip::left)) begin = std::min(window.at(mouse().x), end);
    else if (is(Grip::right)) end = std::max(window.at(mouse().x), begin);
    else begin += by, end += by;
  }
  view::Action action = view::action(view::Act::show_range, begin, std::string(view::dragged));
  action.y = end;
  actions.push_back(action);
}

}  // namespace

Panel overview_panel() { return {{"Overview", "总览"}, Panel::Slot::strip, 0, draw}; }

}  // namespace awaitscope::panels

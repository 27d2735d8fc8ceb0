#include "app/panels/context_menu.h"

#include <cmath>

#include "app/panels/widgets.h"
#include "app/view/hands.h"

namespace awaitscope::panels {
namespace {

constexpr const char* popup = "by hand";

/// Whether somebody has asked for the menu since the last frame.
bool asked(const view::Session& session) {
  int& last = *ImGui::GetStateStorage()->GetIntRef(ImGui::GetID("asked for"), 0);
  return std::exchange(last, session.hand_menu.asked_for) != session.hand_menu.asked_for;
}

void line(const view::HandOffer& offer, view::Actions& actions, const Painter& painter, float width) {
  const float em = painter.em(), tall = std::round(em * 1.6F);
  const bool possible = offer.why_not.empty();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = possible ? tall : std::round(tall * 1.6F);
  const bool chosen = ImGui::Selectable("##line", false, possible ? 0 : ImGuiSelectableFlags_Disabled, {width, height});
  painter.place("hand:" + (offer.text.empty() ? offer.words : offer.text), {at.x, at.y, width, height});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float pad = em * 0.4F;
  painter.text(list, {{at.x + pad, at.y, width - 2 * pad, tall},
                      offer.words,
                      possible ? Role::text : Role::text_dim,
                      Font::ui,
                      view::Align::left,
                      1});
  if (possible && offer.act != view::Act::lay_hand)
    painter.text(list, {{at.x + pad, at.y, width - 2 * pad, tall},
                        std::string(key_of(painter, of_key(offer.act))),
                        Role::text_dim,
                        Font::ui,
                        view::Align::right,
                        0.85F});
  if (!possible)
    painter.text(list, {{at.x + pad, at.y + tall * 0.8F, width - 2 * pad, tall * 0.7F},
                        offer.why_not,
                        Role::text_dim,
                        Font::ui,
                        view::Align::left,
                        0.8F});
  if (!chosen) return;
  view::Action action;
  action.act = offer.act;
  action.text = offer.text;
  actions.push_back(action);
  ImGui::CloseCurrentPopup();
}

float width_of(const std::vector<view::HandOffer>& offers, const Painter& painter) {
  float widest = painter.em() * 15;
  for (const view::HandOffer& offer : offers) {
    const float key = painter.metrics().width(key_of(painter, of_key(offer.act))) + painter.em() * 2;
    widest = std::max({widest, painter.metrics().width(offer.words) + key, painter.metrics().width(offer.why_not) * 0.85F});
  }
  return std::min(widest + painter.em(), ImGui::GetIO().DisplaySize.x * 0.8F);
}

}  // namespace

void context_menu(const view::Session& session, view::Actions& actions, const Painter& painter) {
  if (asked(session)) {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const bool pointed = ImGui::IsMousePosValid() && mouse().x < size.x && mouse().y < size.y && mouse().x >= 0;
    ImGui::SetNextWindowPos(pointed ? ImGui::GetIO().MousePos : ImVec2{size.x * 0.3F, size.y * 0.3F});
    ImGui::OpenPopup(popup);
  }
  const float em = painter.em();
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {em * 0.5F, em * 0.5F});
  const bool open = ImGui::BeginPopup(popup);
  ImGui::PopStyleVar();
  if (!open) return;
  const auto offers = hand_offers(session, session.hand_menu.about);
  const float width = width_of(offers, painter);
  const std::string subject = hand_subject(session, session.hand_menu.about);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + em * 0.4F);
  small(painter, subject.empty() ? std::string(painter.in({"The run", "整个运行"})) : subject);
  int number = 0;
  for (const view::HandOffer& offer : offers) {
    ImGui::PushID(number++);
    line(offer, actions, painter, width);
    ImGui::PopID();
  }
  ImGui::EndPopup();
}

}  // namespace awaitscope::panels

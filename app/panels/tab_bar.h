#pragma once
// Tabs that never scroll: those that do not fit stand in a menu at the bar's end.
#include "app/panels/panel.h"
#include "app/panels/widgets.h"

namespace awaitscope::panels {

/// A lesson keeps it closed: it would tell how the run goes on.
bool closed(const Panel& panel, const view::Session& session);
/// Draws the bar at the top of the current window and gives the panel to draw below it, null where there is none.  The open
/// tab is remembered by the window; a panel whose subject has changed comes forward.
const Panel* tab_bar(const std::vector<const Panel*>& tabs, std::string_view slot, const view::Session& session,
                     const Painter& painter);

}  // namespace awaitscope::panels

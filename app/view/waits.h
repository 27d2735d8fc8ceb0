#pragma once
// The wait-for graph at the playhead as a picture.
#include "app/view/draw_list.h"
#include "app/view/session.h"
#include "app/view/waits_plan.h"

namespace awaitscope::view {

/// Who waits for what and who has it, from left to right, one row for each thing that is waited for; rings of tasks that wait
/// for each other stand first, drawn as rings.  Tasks that wait alike are one box.
DrawList wait_graph_picture(const Trace& trace, const Model& model, const WaitGraph& graph, const WaitPlan& plan, Rect canvas,
                            const FontMetrics& metrics, Language language = Language::english, Hit selected = {});
/// The height that shows all of it.
float wait_graph_height(const WaitPlan& plan, const FontMetrics& metrics);

}  // namespace awaitscope::view

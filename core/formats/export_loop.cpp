#include "core/formats/export_loop.h"

#include <algorithm>

namespace awaitscope::exporting {
namespace {

constexpr Duration stall_limit = std::chrono::milliseconds(100);  // asyncio's slow_callback_duration

/// Ticks, idle times and callbacks, from the events that begin and end them.
void add_passes(const Trace& trace, const Layout& layout, std::vector<LoopSlice>& out) {
  std::size_t pass = 0, callback = 0;  // what is open, as an index into `out`; 0: nothing
  auto close = [&](std::size_t& open, Seq seq) {
    if (open) out[open].last = seq, out[open].end = layout.at(seq);
    open = 0;
  };
  auto begin = [&](std::size_t& open, Seq seq, std::string name, const char* category) {
    close(open, seq);
    open = out.size();
    out.push_back({seq, 0, layout.at(seq), layout.end(), std::move(name), category});
  };
  for (Seq seq = 1; seq <= trace.size(); ++seq) {
    const Event event = trace[seq];
    switch (event.kind) {
      case Kind::tick_begin:
        close(callback, seq);
        begin(pass, seq, "tick " + std::to_string(event.a), "loop");
        break;
      case Kind::idle_begin:
        close(callback, seq);
        begin(pass, seq, "idle", "loop");
        break;
      case Kind::idle_end:
      case Kind::run_end:
        close(callback, seq);
        close(pass, seq);
        break;
      case Kind::callback_begin: begin(callback, seq, "callback " + std::string(trace.text(event.a)), "callback"); break;
      case Kind::callback_end: close(callback, seq); break;
      default: break;
    }
  }
}

}  // namespace

std::vector<LoopSlice> loop_slices(const Trace& trace, const History& history, const Layout& layout, const Names& names,
                                   const std::vector<Arrow>& arrows) {
  std::vector<LoopSlice> out;
  if (trace.empty()) return out;
  out.push_back({1, 0, layout.at(1), layout.end(), "run", "loop"});
  add_passes(trace, layout, out);
  for (const Stall& stall : history.steps)
    if (stall.task && stall.first && stall.last && stall.end - stall.begin >= stall_limit)
      out.push_back({stall.first, stall.last, layout.at(stall.first), layout.at(stall.last), "stall: " + names.task(stall.task),
                     "stall"});

  std::vector<Seq> sources;
  for (const Arrow& arrow : arrows)
    if (!arrow.source) sources.push_back(arrow.first);
  std::sort(sources.begin(), sources.end());
  sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
  for (const Seq seq : sources)
    out.push_back({seq, seq, layout.at(seq), layout.at(seq) + least_gap, std::string(info(trace[seq].kind).name), "loop"});

  std::stable_sort(out.begin(), out.end(), [](const LoopSlice& a, const LoopSlice& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  // A trace may be cut, or of a program that breaks our rules: what would reach out of its parent ends with it.
  std::vector<std::int64_t> ends;
  for (LoopSlice& slice : out) {
    while (!ends.empty() && ends.back() <= slice.begin) ends.pop_back();
    if (!ends.empty()) slice.end = std::min(slice.end, ends.back());
    ends.push_back(slice.end);
  }
  return out;
}

}  // namespace awaitscope::exporting

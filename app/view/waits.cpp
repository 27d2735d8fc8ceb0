#include "app/view/waits.h"

#include <cmath>

#include <fmt/format.h>

#include "app/view/card.h"
#include "app/view/stage.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

using Node = WaitNode::Type;
using Link = WaitEdge::Type;

constexpr std::size_t most_boxes = 3;  ///< of the tasks of one row; the rest is counted

/// What stands in a box.
struct Face {
  std::string name, note;
  Role role = Role::waiting;
  Glyph glyph = Glyph::dot;
  Hit hit;
};

struct Canvas {
  Cards cards;
  const Trace& trace;
  const Model& model;
  const WaitGraph& graph;
  Language language;
  Hit selected;
  const FontMetrics& metrics;

  std::string in(const Phrase& phrase) const { return std::string(phrase.in(language)); }
  float lh() const { return cards.lh(); }
  float cw() const { return cards.cw(); }

  /// The end of a name tells tasks of one kind apart.
  std::string short_name(const std::string& name, float width) const { return elide_name(name, width, metrics); }
  Face task_face(TaskId id) const;
  Face thing_face(Node type, std::uint32_t id, const WaitRow* row) const;
  void box(Rect r, const Face& face, bool ring, bool two_lines);
  void arrow(std::vector<Point> points, bool ring);
  void edge_word(Point middle, const Phrase& word);
  void ring(const WaitPlan::Ring& ring, float y);
  void row(const WaitRow& row, float y, const float (&x)[3], float w);
  void tasks(const std::vector<TaskId>& all, float x, float y, float w, float height, bool to_thing, Rect thing);
  void ring_text(const WaitPlan::Ring& ring, float& y);
  void row_text(const WaitRow& row, float& y);
};

constexpr Phrase verb(Link type) {
  switch (type) {
    case Link::waits: return {"waits for", "等待"};
    case Link::held: return {"held by", "持有者"};
    case Link::child: return {"needs", "需要"};
    case Link::deadline: break;
  }
  return {"until", "直到"};
}

Face Canvas::task_face(TaskId id) const {
  Face face{task_words(trace, model, id, language), "", Role::waiting, Glyph::pause, {Hit::Kind::task, id.value, 0}};
  const TaskModel* task = model.task(id);
  if (!task) return face;
  face.note = place_words(trace, task->site);
  switch (task->phase) {
    case Phase::created:
    case Phase::ready:
      face.role = Role::ready;
      face.glyph = Glyph::dot;
      break;
    case Phase::running:
      face.role = Role::running;
      face.glyph = Glyph::play;
      break;
    case Phase::waiting: break;
    case Phase::done:
      face.role = task->outcome == Outcome::raised ? Role::failed : Role::done;
      face.glyph = Glyph::done;
      break;
  }
  return face;
}

Face Canvas::thing_face(Node type, std::uint32_t id, const WaitRow* row) const {
  switch (type) {
    case Node::task: return task_face({id});
    case Node::scope:
      return {scope_words(trace, model, {id}, language), "", Role::hover, Glyph::dot, {Hit::Kind::scope, id, 0}};
    case Node::resource: {
      const ResourceModel* r = model.resource({id});
      if (!r) break;
      const std::string kind(awaitscope::name(r->type)), name = resource_words(trace, model, {id});
      Face face{name, "", Role::waiting_semaphore, Glyph::dot, {Hit::Kind::resource, id, 0}};
      // "lock a" is one word to a reader; "semaphore connections" is not.
      if (name != kind && columns(kind + name) < 12) face.name = kind + " " + name;
      else if (name != kind) face.note = kind;
      std::string amount;
      if (r->capacity > 1) amount = fmt::format("{}/{}", r->used(), r->capacity);
      else if (!r->capacity && r->value) amount = counted(r->value);
      if (!amount.empty()) face.note = amount + (face.note.empty() ? "" : " ") + face.note;
      return face;
    }
    case Node::request: {
      std::string name = resource_words(trace, model, {id});
      return {name.empty() ? in({"an answer", "回应"}) : name, in({"requests", "请求"}), Role::waiting_request, Glyph::dot,
              id ? Hit{Hit::Kind::resource, id, 0} : Hit{}};
    }
    case Node::job: return {in({"worker threads", "工作线程"}), "", Role::waiting_request, Glyph::dot, {}};
    case Node::timer: {
      Face face{in({"timers", "定时器"}), "", Role::waiting_sleep, Glyph::dot, {}};
      if (row && !model.timers.empty())
        face.note = fmt::format(fmt::runtime(in({"the next at {}", "下一个在 {}"})), moment_words({model.timers[0].when}));
      return face;
    }
    case Node::outside: break;
  }
  return {in({"something outside", "外部"}), in({"no trace tells", "记录无从得知"}), Role::hover, Glyph::dot, {}};
}

void Canvas::box(Rect r, const Face& face, bool ring, bool two_lines) {
  const bool chosen = face.hit.kind != Hit::Kind::none && face.hit.kind == selected.kind && face.hit.value == selected.value;
  cards.box(r, chosen ? Role::selection : ring ? Role::error : face.role, Pattern::outline, face.hit, 5);
  const float pad = cw() * 0.7f, size = two_lines ? lh() * 0.6f : 0;
  const float first = two_lines && !face.note.empty() ? r.y + lh() * 0.15f : r.y + (r.h - lh()) / 2;
  if (two_lines) cards.icon({r.x + pad, first + lh() * 0.2f, size, size}, face.glyph, ring ? Role::error : face.role, face.hit);
  const float x = r.x + pad + (two_lines ? size + cw() * 0.6f : 0), w = r.right() - x - pad * 0.5f;
  if (two_lines || face.note.empty()) {
    cards.text({x, first, w, lh()}, short_name(face.name, w), Role::text, Font::bold);
    if (!face.note.empty())
      cards.text({r.x + pad, r.y + lh() * 1.15f, r.w - 2 * pad, lh()}, short_name(face.note, (r.w - 2 * pad) / 0.85f),
                 Role::text_dim, Font::ui, Align::left, 0.85f);
    return;
  }
  const float name = std::min(w, cards.width(face.name) + cw() * 0.5f), rest = w - name;
  cards.text({x, first, name, lh()}, short_name(face.name, name), Role::text, Font::bold);
  if (rest > cw() * 6) cards.text({x + name, first, rest, lh()}, face.note, Role::text_dim, Font::ui, Align::right, 0.85f);
}

void Canvas::arrow(std::vector<Point> points, bool ring) {
  cards.line(std::move(points), ring ? Role::error : Role::hover, ring ? 2.5f : 1.5f, true);
}

void Canvas::edge_word(Point middle, const Phrase& word) {
  const std::string text = in(word);
  const float scale = 0.85f, w = cards.width(text) * scale + cw(), h = lh() * 0.9f;
  const Rect plate{middle.x - w / 2, middle.y - h / 2, w, h};
  cards.text(plate, text, Role::text_dim, Font::ui, Align::center, scale);
}

float ring_height(std::size_t nodes, float lh) { return lh * (1.7f + 4.4f * static_cast<float>((nodes + 1) / 2)) - lh * 1.4f; }

/// Round two columns: the first box at the top left, then down on the right, and up again on the left.
void Canvas::ring(const WaitPlan::Ring& ring, float y) {
  const Rect& c = cards.list.canvas;
  const std::size_t n = ring.edges.size(), rows = (n + 1) / 2;
  const float h = lh() * 2.3f, apart = lh() * 4.4f, gap = cw() * 12, pad = cw() * 0.5f;
  const float w = std::clamp((c.w - 2 * pad - gap) / 2, cw() * 6, cw() * 26);
  const float left = c.x + pad, right = left + w + gap, top = y + lh() * 1.7f;
  cards.icon({left, y + lh() * 0.2f, lh() * 0.8f, lh() * 0.8f}, Glyph::cross, Role::error);
  std::size_t members = 0;
  for (const std::uint32_t e : ring.edges) members += graph.nodes[graph.edges[e].from].type == Node::task;
  const std::string what = members == 1 ? in({"Deadlock: waits for itself", "死锁：在等自己"})
                                        : fmt::format(fmt::runtime(in({"Deadlock of {} tasks", "{} 个任务死锁"})), members);
  cards.text({left + lh() * 1.2f, y, c.w - lh() * 2, lh() * 1.2f}, what, Role::text_warning, Font::bold);
  std::vector<Rect> place(n);
  for (std::size_t i = 0; i < n; ++i) {
    const bool on_left = i == 0 || i > rows;
    const std::size_t line = i == 0 ? 0 : i <= rows ? i - 1 : 2 * rows - i;
    place[i] = {on_left ? left : right, top + apart * static_cast<float>(line), w, h};
  }
  for (std::size_t i = 0; i < n; ++i) {
    const WaitEdge& edge = graph.edges[ring.edges[i]];
    const WaitNode& node = graph.nodes[edge.from];
    const Rect &from = place[i], &to = place[(i + 1) % n];
    const float from_y = from.y + h * (n == 2 ? (i == 0 ? 0.3f : 0.7f) : 0.5f), middle = from.y + h / 2;
    const bool down = to.y > from.y;
    if (n == 1) {
      arrow({{from.right(), middle - h * 0.2f},
             {from.right() + gap * 0.6f, middle - h * 0.2f},
             {from.right() + gap * 0.6f, middle + h * 0.2f},
             {from.right(), middle + h * 0.2f}},
            true);
    } else if (from.x == to.x) {
      const float x = from.x + from.w * 0.5f;
      arrow({{x, down ? from.bottom() : from.y}, {x, down ? to.y : to.bottom()}}, true);
      edge_word({x + (from.x == left ? 1.0f : -1.0f) * cw() * 6, (from.y + to.y + h) / 2}, verb(edge.type));
    } else if (from.y == to.y) {
      const bool forward = to.x > from.x;
      arrow({{forward ? from.right() : from.x, from_y}, {forward ? to.x : to.right(), from_y}}, true);
      edge_word({(left + w + right) / 2, from_y + (n == 2 && i == 1 ? 0.6f : -0.6f) * lh()}, verb(edge.type));
    } else {  // an odd ring closes round a corner
      arrow({{from.x, middle}, {to.x + to.w / 2, middle}, {to.x + to.w / 2, to.bottom()}}, true);
      edge_word({(left + w + right) / 2, middle - lh() * 0.6f}, verb(edge.type));
    }
    Face face = thing_face(node.type, node.id, nullptr);
    face.glyph = node.type == Node::task ? Glyph::pause : Glyph::dot;
    box(from, face, true, true);
  }
}

/// The boxes of a row's tasks, each with its arrow.
void Canvas::tasks(const std::vector<TaskId>& all, float x, float y, float w, float height, bool to_thing, Rect thing) {
  const std::size_t shown = all.size() > most_boxes ? most_boxes - 1 : all.size();
  const float h = lh() * 1.4f, gap = lh() * 0.25f;
  const float count = static_cast<float>(all.size() > most_boxes ? most_boxes : all.size());
  float top = y + (height - (count * h + (count - 1) * gap)) / 2;
  for (std::size_t i = 0; i < shown; ++i, top += h + gap) {
    box({x, top, w, h}, task_face(all[i]), false, false);
    const float from = top + h / 2, to = thing.y + thing.h * (static_cast<float>(i) + 1) / (count + 1);
    if (to_thing) arrow({{x + w, from}, {thing.x, to}}, false);
    else arrow({{thing.right(), to}, {x, from}}, false);
  }
  if (shown < all.size())
    cards.text({x + cw(), top, w - cw(), h},
               fmt::format(fmt::runtime(in({"+{} more", "另有 {} 个"})), counted(all.size() - shown)), Role::text_dim);
}

float row_height(const WaitRow& row, float lh) {
  const auto boxes = static_cast<float>(std::min(most_boxes, std::max(row.waiters.size(), row.holders.size())));
  return std::max(lh * 2.3f, boxes * lh * 1.4f + (boxes - 1) * lh * 0.25f);
}

void Canvas::row(const WaitRow& row, float y, const float (&x)[3], float w) {
  const float height = row_height(row, lh());
  const Rect thing{x[1], y + (height - lh() * 2.3f) / 2, w, lh() * 2.3f};
  tasks(row.waiters, x[0], y, w, height, true, thing);
  Face face = thing_face(row.type, row.id, &row);
  if (face.note.empty() && row.waiters.size() > 1)
    face.note = fmt::format(fmt::runtime(in({"{} wait", "{} 个在等"})), counted(row.waiters.size()));
  box(thing, face, false, true);
  tasks(row.holders, x[2], y, w, height, false, thing);
}

// In a terminal: the same as words.

void Canvas::ring_text(const WaitPlan::Ring& ring, float& y) {
  const Rect& c = cards.list.canvas;
  cards.icon({c.x, y, 1, 1}, Glyph::cross, Role::error);
  cards.text({c.x + 2, y++, c.w - 2, 1}, in({"deadlock", "死锁"}), Role::text_warning);
  for (const std::uint32_t e : ring.edges) {
    const WaitEdge& edge = graph.edges[e];
    const WaitNode &from = graph.nodes[edge.from], &to = graph.nodes[edge.to];
    cards.text({c.x + 4, y++, c.w - 4, 1}, fmt::format("{} ─ {} → {}", thing_face(from.type, from.id, nullptr).name,
                                                       in(verb(edge.type)), thing_face(to.type, to.id, nullptr).name));
  }
}

void Canvas::row_text(const WaitRow& row, float& y) {
  const auto names = [&](const std::vector<TaskId>& all) {
    std::string out;
    for (std::size_t i = 0; i < std::min<std::size_t>(4, all.size()); ++i)
      out += (i ? ", " : "") + task_words(trace, model, all[i], language);
    return all.size() > 4 ? out + fmt::format(" +{}", counted(all.size() - 4)) : out;
  };
  const Face face = thing_face(row.type, row.id, &row);
  std::string text = fmt::format("{} ─ {} → {}", names(row.waiters), in(verb(Link::waits)), face.name);
  if (!row.holders.empty())
    text += fmt::format(" ─ {} → {}", in(verb(row.type == Node::scope ? Link::child : Link::held)), names(row.holders));
  const Rect& c = cards.list.canvas;
  cards.text({c.x, y, 1, 1}, row.stuck ? "!" : " ", Role::text_warning);
  cards.text({c.x + 2, y++, c.w - 2, 1}, text);
}

}  // namespace

float wait_graph_height(const WaitPlan& plan, const FontMetrics& m) {
  float out = m.cells ? 0 : m.line_height * 1.4f;
  for (const WaitPlan::Ring& ring : plan.rings)
    out += m.cells ? static_cast<float>(ring.edges.size()) + 1
                   : ring_height(ring.edges.size(), m.line_height) + m.line_height * 0.8f;
  for (const WaitRow& row : plan.rows) out += m.cells ? 1 : row_height(row, m.line_height) + m.line_height * 0.55f;
  return out;
}

DrawList wait_graph_picture(const Trace& trace, const Model& model, const WaitGraph& graph, const WaitPlan& plan, Rect canvas,
                            const FontMetrics& metrics, Language language, Hit selected) {
  Canvas to{Cards(canvas, metrics), trace, model, graph, language, selected, metrics};
  const float lh = metrics.line_height, cw = metrics.char_width;
  float y = canvas.y;
  if (metrics.cells) {
    for (const WaitPlan::Ring& ring : plan.rings) to.ring_text(ring, y);
    for (const WaitRow& row : plan.rows) to.row_text(row, y);
    return std::move(to.cards.list);
  }
  const auto left_out = [&](std::size_t count) {
    to.cards.text({canvas.x + cw, std::min(y, canvas.bottom() - lh), canvas.w - 2 * cw, lh},
                  fmt::format(fmt::runtime(to.in({"+{} more", "另有 {} 个"})), counted(count)), Role::text_dim);
  };
  for (std::size_t i = 0; i < plan.rings.size(); ++i) {
    const float height = ring_height(plan.rings[i].edges.size(), lh);
    if (y + height > canvas.bottom() + 0.01f)
      return left_out(plan.rings.size() - i + plan.rows.size()), std::move(to.cards.list);
    to.ring(plan.rings[i], y);
    y += height + lh * 0.8f;
  }
  if (plan.rows.empty()) return std::move(to.cards.list);
  const float pad = cw * 0.5f, gap = cw * 3, w = std::floor((canvas.w - 2 * pad - 2 * gap) / 3);
  const float x[3] = {canvas.x + pad, canvas.x + pad + w + gap, canvas.x + pad + 2 * (w + gap)};
  constexpr Phrase heads[3] = {{"Waiting", "等待者"}, {"For", "等什么"}, {"Held by", "持有者"}};
  for (int i = 0; i < 3; ++i) to.cards.text({x[i], y, w, lh}, to.in(heads[i]), Role::text_dim, Font::ui, Align::left, 0.85f);
  y += lh * 1.3f;
  for (std::size_t i = 0; i < plan.rows.size(); ++i) {
    const float height = row_height(plan.rows[i], lh);
    if (y + height > canvas.bottom() + 0.01f) {
      left_out(plan.rows.size() - i);
      break;
    }
    to.row(plan.rows[i], y, x, w);
    y += height + lh * 0.55f;
  }
  return std::move(to.cards.list);
}

}  // namespace awaitscope::view

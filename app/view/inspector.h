#pragma once
// What the parts of the inspector share while its lines are made.
#include "app/view/inspect.h"
#include "core/findings/wait_graph.h"

namespace awaitscope::view {

struct Inspector {
  explicit Inspector(const Session& about) : session(about), side(about.side()), trace(side.seen_trace()), model(side.model) {}

  const Session& session;
  const Side& side;
  const Trace& trace;
  const Model& model;  ///< at the playhead
  std::vector<Detail> out{};

  std::string in(const Phrase& phrase) const { return std::string(phrase.in(session.language)); }
  const Model& whole() const { return side.seen().model; }

  /// What is inspected; `term` is the glossary's word for its kind.
  void title(const Phrase& kind, std::string name, Role role = Role::text);
  /// A section; left out again where nothing follows.
  void heading(const Phrase& words);
  /// Nothing for an empty text.
  void line(const Phrase& label, std::string text, Hit hit = {}, std::string_view meaning = {});
  /// Goes on with the line above, under the same label.
  void also(std::string text, Hit hit = {}, int depth = 0);
  /// The first of several lines has the label.
  void lines(const Phrase& label, const std::vector<std::pair<std::string, Hit>>& all);

  /// Where an event of the trace leads; nowhere for 0.
  Hit to_event(Seq seq) const;
  Hit to_task(TaskId task) const;
  std::string task(TaskId id) const;
  std::string event_words(Seq seq) const;
  void tasks(const Phrase& label, const std::vector<TaskId>& ids);
  /// Drops a section without lines.
  void close();

  void about_task(TaskId id);
  void about_span(const Hit& hit);
  void about_why(const Hit& hit);
  void about_resource(ResourceId id);
  void about_scope(ScopeId id);
  void about_event(Seq seq);
  void about_tick(std::uint32_t number, Seq first);
  void about_worker(std::uint32_t number);
  void about_finding(std::size_t index);
  void about_range();
  void source(const Site& site);
  /// The findings that name the thing.
  void findings(TaskId task, ResourceId resource);
};

/// The span of a lane that begins with an event; null where there is none.
const Span* span_of(const Side& side, TaskId task, Seq first);
/// Names the run and its playhead, for what is kept as long as both stay.
std::string moment_key(const Side& side);
/// The graph at the active playhead; null while it would take too long: a large run that goes on, or that is being played.
const WaitGraph* graph_of(const Session& session);

}  // namespace awaitscope::view

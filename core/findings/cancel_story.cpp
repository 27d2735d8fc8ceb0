#include "core/findings/cancel_story.h"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

namespace awaitscope {
namespace {

using End = Cancellation::End;

std::string reason_of(CancelReason why) {
  std::string out(name(why));
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

class Teller {
 public:
  Teller(const Run& run, const CancelStory& story) : run_(run), story_(story) {}
  std::vector<Reason> out;

  void tell(const CancelChapter& chapter) {
    const Cancellation& c = run_.history.cancellations[chapter.index];
    const int depth = static_cast<int>(chapter.depth);
    say(asked(chapter, c), c.requested, depth);
    for (const Seq seq : chapter.shielded)
      say(fmt::format("a shield stopped it before {}{}", run_.name_of(TaskId{run_.trace[seq].a}),
                      place(run_.trace[seq].where())),
          seq, depth + 1);
    if (c.delivered)
      say(fmt::format("delivered to {}{} {}", run_.name_of(c.target), place(c.delivered_at), later(chapter.until_delivered)),
          c.delivered, depth + 1);
    const std::string end = ended(chapter, c);
    say(c.delivered || c.end == End::pending || c.end == End::lost ? end : "never thrown into the task: " + end, c.ended,
        depth + 1);
  }

 private:
  void say(std::string text, Seq event, int depth) { out.push_back({std::move(text), event, depth}); }
  std::string place(SiteId site) const { return at(run_.trace.site(site)); }
  static std::string later(Duration d) { return d.count() > 0 ? show(d) + " later" : "at once"; }

  std::string asked(const CancelChapter& chapter, const Cancellation& c) const {
    const std::string target = run_.name_of(c.target);
    std::string text;
    if (chapter.depth) {
      const Cancellation& parent = run_.history.cancellations[story_.chapters[chapter.parent].index];
      text = fmt::format("passed on by {} to {}", run_.name_of(parent.target), target);
    } else {
      const ScopeModel* scope = run_.history.model.scope(c.scope);
      if (!c.by && scope && c.why == CancelReason::timeout)
        text = fmt::format("the {} of {} expired: {} was asked to stop", scope_named(run_, c.scope).substr(4),
                           run_.name_of(scope->task), target);
      else if (c.by)
        text =
            fmt::format("{} asked {} to stop ({})", run_.name_of(c.by), c.by == c.target ? "itself" : target, reason_of(c.why));
      else text = fmt::format("{} was asked to stop ({})", target, reason_of(c.why));
    }
    if (const auto message = run_.trace.text(c.message.value); !message.empty())
      text += fmt::format(" (\"{}\")", plain(message));
    return text + place(c.asked_at);
  }

  std::string ended(const CancelChapter& chapter, const Cancellation& c) const {
    const Event end = c.ended && c.ended <= run_.trace.size() ? run_.trace[c.ended] : Event{};
    const std::string who = run_.name_of(c.target);
    const std::string until = c.task_over ? fmt::format("ended {} after it was asked", show(chapter.late))
                                          : fmt::format("still ran {} after it was asked", show(chapter.late));
    switch (c.end) {
      case End::cancelled:
        return fmt::format("{} was cancelled{}", who,
                           chapter.cleanup.count() > 0 ? fmt::format(", after a clean-up of {}", show(chapter.cleanup)) : "");
      case End::swallowed: return fmt::format("{} swallowed it{} and {}", who, place(end.where()), until);
      case End::caught:
        return fmt::format("{}{} {}", end.kind == Kind::task_done ? who + " failed in its clean-up" : "caught in " + who,
                           place(end.where()), later(c.ended_time - c.requested_time));
      case End::lost:
        if (end.kind == Kind::cancel_uncancelled)
          return fmt::format("never reached {}: taken back {}", who, later(c.ended_time - c.requested_time));
        return fmt::format("lost: {} ended on its own{}", who,
                           c.task_over ? ", " + show(chapter.late) + " after it was asked" : "");
      case End::pending: break;
    }
    return fmt::format("{}: {} {}", c.delivered ? "not answered yet" : "not delivered yet", who, until);
  }

  const Run& run_;
  const CancelStory& story_;
};

}  // namespace

CancelStory cancel_tree_of(const History& history) {
  const std::vector<Cancellation>& all = history.cancellations;
  std::unordered_map<Seq, std::size_t> by_seq;
  for (std::size_t i = 0; i < all.size(); ++i) by_seq[all[i].requested] = i;
  std::vector<std::vector<std::size_t>> children(all.size());
  struct Open {
    std::size_t index, depth, parent;
  };
  std::vector<Open> stack;
  for (std::size_t i = all.size(); i-- > 0;) {
    const auto parent = all[i].parent ? by_seq.find(all[i].parent) : by_seq.end();
    // A parent is earlier than its child: so that no trace can tie a knot.
    if (parent != by_seq.end() && parent->second < i) children[parent->second].push_back(i);
    else stack.push_back({i, 0, 0});
  }
  CancelStory out;
  while (!stack.empty()) {
    const Open open = stack.back();
    stack.pop_back();
    const Cancellation& c = all[open.index];
    CancelChapter chapter;
    chapter.index = open.index;
    chapter.depth = open.depth;
    chapter.parent = open.depth ? open.parent : out.chapters.size();
    chapter.delivered = c.delivered != 0;
    if (c.delivered) chapter.until_delivered = c.delivered_time - c.requested_time;
    if (c.delivered && (c.end == End::cancelled || c.end == End::caught)) chapter.cleanup = c.ended_time - c.delivered_time;
    chapter.late = (c.task_over ? c.task_ended : history.end) - c.requested_time;
    for (const std::size_t child : children[open.index]) stack.push_back({child, open.depth + 1, out.chapters.size()});
    out.chapters.push_back(std::move(chapter));
  }
  return out;
}

CancelStory cancel_story(const Run& run) {
  CancelStory out = cancel_tree_of(run.history);
  std::unordered_map<Seq, std::size_t> chapter_of;
  for (std::size_t i = 0; i < out.chapters.size(); ++i)
    chapter_of[run.history.cancellations[out.chapters[i].index].requested] = i;
  // Both name the request that they came from.
  for (const Event& e : run.events({Kind::cancel_propagated, Kind::cancel_shielded})) {
    const auto found = chapter_of.find(e.cause);
    if (found == chapter_of.end()) continue;
    CancelChapter& chapter = out.chapters[found->second];
    (e.kind == Kind::cancel_propagated ? chapter.propagated : chapter.shielded).push_back(e.seq);
  }
  return out;
}

std::vector<Reason> told(const Run& run, const CancelStory& story) {
  Teller teller(run, story);
  for (const CancelChapter& chapter : story.chapters) teller.tell(chapter);
  return std::move(teller.out);
}

}  // namespace awaitscope

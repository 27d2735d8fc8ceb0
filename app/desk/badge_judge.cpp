#include "app/desk/badge_judge.h"

#include "app/desk/course.h"

namespace awaitscope::desk {

BadgeJudge::BadgeJudge(std::vector<Program> programs, std::function<void()> arrived) {
  thread_ = std::thread([this, programs = std::move(programs), arrived = std::move(arrived)] {
    const Instant fixed_end = record(subject_of(programs.back()), {}).end();
    for (const Program& program : programs) {
      if (interrupted_) break;
      view::BadgeRow row{program.variant, {}};
      for (const Badge& badge : badges_of(subject_of(program), fixed_end, &interrupted_))
        row.badges.push_back({badge.name, badge.earned, badge.why});
      rows_.push_back(std::move(row));
    }
    ended_.store(true, std::memory_order_release);
    if (arrived) arrived();
  });
}

BadgeJudge::~BadgeJudge() {
  interrupted_ = true;
  thread_.join();
}

}  // namespace awaitscope::desk

#include "app/desk/explorer.h"

#include "app/desk/course.h"

namespace awaitscope::desk {

Explorer::Explorer(std::vector<Program> programs, std::function<void()> arrived, std::size_t count) {
  thread_ = std::thread([this, programs = std::move(programs), arrived = std::move(arrived), count] {
    for (const Program& program : programs) {
      const auto explored = explore(subject_of(program), "random", count, 1, &interrupted_);
      view::ScheduleRow row{program.variant, {}};
      if (explored)
        for (const Tried& one : explored->outcomes) row.tried.push_back({to_text(one.schedule), one.broken});
      rows_.push_back(std::move(row));
    }
    ended_.store(true, std::memory_order_release);
    if (arrived) arrived();
  });
}

Explorer::~Explorer() {
  interrupted_ = true;
  thread_.join();
}

}  // namespace awaitscope::desk

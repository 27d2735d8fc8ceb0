// as_completed (rules A4, A5).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

CONFORMANCE(072_as_completed_order) {
  std::vector<Task<std::string>> jobs;
  jobs.push_back(job("A", 90, "a"));
  jobs.push_back(job("B", 30, "b"));
  jobs.push_back(job("C", 60, "c"));
  jobs.push_back(job("D", 30, "d"));
  auto completed = as_completed(std::move(jobs));
  while (completed.left()) log("got ", co_await completed.next());
  log("end");
}

namespace case_073 {
/// All of a list have one type.
Task<std::string> failing_text_job(std::string n, int ms, std::string fail) {
  co_await failing_job(n, ms, fail);
  co_return "";
}
}  // namespace case_073
CONFORMANCE(073_as_completed_error_and_timeout) {
  using namespace case_073;
  std::vector<TaskHandle<std::string>> ts;
  ts.push_back(go(job("A", 20, "a")));
  ts.push_back(go(failing_text_job("B", 40, "b")));
  ts.push_back(go(job("C", 200, "c")));
  ts.push_back(go(job("D", 300, "d")));
  auto completed = as_completed(ts, 100ms);
  while (completed.left()) {
    try {
      log("got ", co_await completed.next());
    } catch (const std::exception&) {  // Boom or TimeoutError
      log(ex());
    }
  }
  log("unfinished tasks keep running: ", co_await ts[2]);
}

}  // namespace
}  // namespace awaitscope::conformance

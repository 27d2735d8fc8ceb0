// retry-no-backoff: failed requests are made again at once, after the same wait each time, or by many tasks in step.
#include <map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double least_attempts = 3, least_ratio = 1.2, together_ms = 5;
constexpr std::size_t most_evidence = 100;

/// The tries of one operation, by one task at one service.
using Tries = std::vector<const Request*>;

std::vector<Tries> operations(const History& h) {
  std::vector<Tries> out;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> last;  // by task and service
  for (const Request& request : h.requests) {
    const std::pair key{request.task.value, request.service.value};
    const auto before = last.find(key);
    if (before != last.end() && request.attempt == out[before->second].back()->attempt + 1) {
      out[before->second].push_back(&request);
    } else if (request.attempt == 1) {
      last[key] = out.size();
      out.push_back({&request});
    }
  }
  return out;
}

struct Waits {
  Duration shortest = Duration::max(), longest{};
};
Waits waits_of(const Tries& tries) {
  Waits out;
  for (std::size_t i = 1; i < tries.size(); ++i) {
    const Duration wait = tries[i]->begin - tries[i - 1]->end;
    out.shortest = std::min(out.shortest, wait);
    out.longest = std::max(out.longest, wait);
  }
  return out;
}

/// The largest group whose second and third tries each begin within `together` of one another.
std::vector<const Tries*> in_step(std::vector<const Tries*> all, Duration together) {
  std::vector<const Tries*> best;
  const auto second = [](const Tries* tries) { return (*tries)[1]->begin; };
  const auto third = [](const Tries* tries) { return (*tries)[2]->begin; };
  std::stable_sort(all.begin(), all.end(), [&](auto* a, auto* b) { return second(a) < second(b); });
  for (auto from = all.begin(); from != all.end();) {
    auto to = from;
    while (to != all.end() && second(*to) - second(*from) <= together) ++to;
    std::stable_sort(from, to, [&](auto* a, auto* b) { return third(a) < third(b); });
    for (auto begin = from; begin != to;) {
      auto end = begin;
      while (end != to && third(*end) - third(*begin) <= together) ++end;
      if (static_cast<std::size_t>(end - begin) > best.size()) best.assign(begin, end);
      begin = end;
    }
    from = to;
  }
  return best;
}

Finding blamed(const Run& run, const std::vector<const Tries*>& who, const std::string& how, const char* advice = "") {
  Finding f;
  f.advice = advice;
  const Tries& first = *who.front();
  f.site = run.trace.site(first[1]->site);
  std::vector<std::string> names;
  std::size_t tries = 0;
  Seq last = 0;
  for (const Tries* one : who) {
    f.tasks.push_back(one->front()->task);
    names.push_back(run.name_of(one->front()->task));
    tries += one->size();
    for (const Request* request : *one) {
      if (f.evidence.size() < most_evidence && request != one->front()) f.evidence.push_back(request->begun);
      f.end = std::max(f.end, request->end);
      last = std::max(last, request->begun);
    }
  }
  f.begin = first.front()->begin;
  f.resources.push_back(first.front()->service);
  f.confidence = sureness(run, last);
  f.sentence =
      fmt::format("{} asked {} {} times{}: {}", listed(names), run.name_of(first.front()->service), tries, at(f.site), how);
  return f;
}

std::vector<Finding> check(const Run& run) {
  const auto least = static_cast<std::size_t>(run.setting("retry-no-backoff.attempts", least_attempts));
  const double ratio = run.setting("retry-no-backoff.ratio", least_ratio);
  const Duration together{static_cast<std::int64_t>(run.setting("retry-no-backoff.together_ms", together_ms) * 1e6)};
  struct Service {
    std::vector<const Tries*> at_once, same_wait, growing;
  };
  const std::vector<Tries> all = operations(run.history);
  std::map<std::uint32_t, Service> services;
  for (const Tries& tries : all) {
    if (tries.size() < std::max<std::size_t>(least, 3)) continue;
    Service& service = services[tries.front()->service.value];
    const Waits waits = waits_of(tries);
    // Two waits may be alike by chance, where they are drawn; three are not.
    const bool same = static_cast<double>(waits.longest.count()) < ratio * static_cast<double>(waits.shortest.count());
    if (waits.longest <= together) service.at_once.push_back(&tries);
    else if (tries.size() > 3 && same) service.same_wait.push_back(&tries);
    else service.growing.push_back(&tries);
  }
  std::vector<Finding> out;
  for (const auto& [id, service] : services) {
    if (!service.at_once.empty()) out.push_back(blamed(run, service.at_once, "each again as soon as it had failed"));
    if (!service.same_wait.empty())
      out.push_back(blamed(run, service.same_wait,
                           fmt::format("after {} each time, however often it had failed",
                                       show((*service.same_wait.front())[1]->begin - (*service.same_wait.front())[0]->end)),
                           "let the wait grow: twice as long after each failure, up to a cap, and drawn at random"));
    const auto crowd = in_step(service.growing, together);
    if (crowd.size() < 2 || crowd.size() * 2 < service.growing.size()) continue;
    std::vector<std::string> moments;
    const Tries& longest =
        **std::max_element(crowd.begin(), crowd.end(), [](auto* x, auto* y) { return x->size() < y->size(); });
    for (std::size_t i = 1; i < longest.size(); ++i) moments.push_back(seconds(longest[i]->begin, 1) + " s");
    out.push_back(blamed(run, crowd, fmt::format("all in step, at {}", listed(moments, 6)),
                         "draw each wait at random: sleep(wait / 2 + random() * wait / 2)"));
  }
  return out;
}

}  // namespace

Lint retry_no_backoff() {
  return {
      "retry-no-backoff",
      "failed requests are made again without a growing wait, or by a crowd in step",
      "wait twice as long after each failure, up to a cap, and draw the wait at random: sleep(wait / 2 + random() * wait / 2)",
      "retry_backoff_jitter",
      {{"attempts", least_attempts}, {"ratio", least_ratio}, {"together_ms", together_ms}},
      check};
}

}  // namespace awaitscope::lints

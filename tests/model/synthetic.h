#pragma once
// Event streams to try models on: of a plausible run, and of garbage.
#include <random>

#include "core/trace/trace.h"

namespace awaitscope {

/// A run of some tasks that start, wait, wake and end, with cancels, scopes, requests and a semaphore.
inline Trace plausible_run(unsigned seed, int tasks, int events) {
  std::mt19937 random(seed);
  Trace trace;
  const auto name = trace.intern("worker").value;
  const auto site = static_cast<std::uint16_t>(trace.intern(Site{"a.cpp", 1}).value);
  std::int64_t time = 0;
  const auto put = [&](Kind kind, std::uint32_t task, std::uint32_t a = 0, std::uint32_t b = 0, std::uint8_t c = 0,
                       std::uint32_t d = 0, Seq cause = 0) {
    Record record;
    record.kind = kind;
    record.time = time;
    record.task = task;
    record.a = a;
    record.b = b;
    record.c = c;
    record.d = d;
    record.cause = cause;
    record.site = random() % 2 ? site : std::uint16_t{0};
    trace.append(record);
  };
  put(Kind::run_begin, 0);
  put(Kind::resource_created, 1, 1, 3, 0, name);
  std::vector<std::uint32_t> ready, waiting;
  for (std::uint32_t id = 1; id <= static_cast<std::uint32_t>(tasks); ++id) {
    put(Kind::task_created, id, id > 1 ? 1 + random() % (id - 1) : 0, name);
    put(Kind::task_ready, id, 0, 0, static_cast<std::uint8_t>(WhyReady::start), 0, trace.size());
    ready.push_back(id);
  }
  for (std::uint32_t tick = 1; static_cast<int>(trace.size()) < events; ++tick) {
    put(Kind::tick_begin, 0, tick, static_cast<std::uint32_t>(ready.size()));
    if (ready.empty()) {
      if (waiting.empty()) break;
      put(Kind::idle_begin, 0);
      time += random() % 1000;
      put(Kind::idle_end, 0);
      const std::size_t i = random() % waiting.size();
      put(Kind::timer_fired, waiting[i], waiting[i]);
      put(Kind::task_ready, waiting[i], 0, 0, static_cast<std::uint8_t>(WhyReady::timer), 0, trace.size());
      ready.push_back(waiting[i]);
      waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(i));
      continue;
    }
    const std::size_t i = random() % 4 ? 0 : random() % ready.size();
    const std::uint32_t id = ready[i];
    ready.erase(ready.begin() + static_cast<std::ptrdiff_t>(i));
    put(Kind::step_begin, id);
    switch (random() % 12) {
      case 0:
        put(Kind::block_begin, id, name);
        time += random() % 100;
        put(Kind::block_end, id);
        break;
      case 1: put(Kind::cancel_requested, 1 + random() % static_cast<unsigned>(tasks), id); break;
      case 2:
        put(Kind::cancel_delivered, id);
        if (random() % 2) put(Kind::cancel_swallowed, id, 0, 0, 0, 0, trace.size());
        else if (random() % 2) put(Kind::cancel_caught, id, 1);
        break;
      case 3: put(Kind::acquire_begin, id, 1, 0, 0, 1); break;
      case 4: put(Kind::acquired, id, 1, random() % 3, 0, 0); break;
      case 5: put(Kind::released, id, 1, random() % 4, 0, 0); break;
      case 6: put(Kind::request_begin, id, trace.size(), 2, 1, name); break;
      case 7: put(Kind::coro_begin, id, trace.size(), name); break;
      case 8: put(Kind::timer_set, id, id, static_cast<std::uint32_t>(random()), 0, 0); break;
      case 9: put(Kind::scope_enter, id, 1 + random() % 20, 0, static_cast<std::uint8_t>(random() % 9)); break;
      case 10: time += random() % 3; break;
      default: put(Kind::level, id, 2, random() % 5, 0, 0); break;
    }
    const unsigned end = random() % 100;
    if (end == 0) {
      put(Kind::task_done, id, 0, 0, static_cast<std::uint8_t>(random() % 3));
      put(Kind::step_end, id);
    } else if (end < 20) {
      put(Kind::step_end, id, 0, 0, static_cast<std::uint8_t>(Wait::yield));
      put(Kind::task_ready, id, id, 0, static_cast<std::uint8_t>(WhyReady::yield));
      ready.push_back(id);
    } else {
      put(Kind::step_end, id, id, 0, static_cast<std::uint8_t>(Wait::sleep));
      waiting.push_back(id);
    }
  }
  return trace;
}

/// Any event after any other, times that jump, ids up to `ids` and, where `enormous`, beyond all reason.
inline Trace garbage(unsigned seed, int events, unsigned ids = 12, bool enormous = true) {
  std::mt19937 random(seed);
  const auto number = [&]() -> std::uint32_t {
    switch (random() % 8) {
      case 0: return enormous ? static_cast<std::uint32_t>(random()) : 0;
      case 1: return 0;
      case 2: return random() % (enormous ? 1500 : ids);
      default: return random() % ids;
    }
  };
  Trace trace;
  trace.intern("a");
  trace.intern(Site{"a.cpp", 1});
  for (int i = 0; i < events; ++i) {
    Record record;
    record.kind = static_cast<Kind>(random() % (kind_count + 2));
    const std::uint64_t time = random() % 50 ? random() % 1000 : (std::uint64_t{random()} << 32 | random());
    record.time =
        static_cast<std::int64_t>(random() % 200 ? static_cast<std::uint64_t>(trace.end().ns) / 2 + time % 100000 : time);
    record.task = number();
    record.cause = number();
    record.a = number();
    record.b = number();
    record.c = static_cast<std::uint8_t>(random() % 4 ? random() % 6 : random());
    record.d = number();
    record.site = static_cast<std::uint16_t>(number());
    trace.append(record);
  }
  return trace;
}

}  // namespace awaitscope

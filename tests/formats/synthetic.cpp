#include "tests/formats/synthetic.h"

namespace awaitscope::tests {
namespace {

using Random = std::mt19937_64;

std::uint32_t some(Random& random) {
  switch (random() % 4) {
    case 0: return 0;
    case 1: return static_cast<std::uint32_t>(random() % 10);
    case 2: return static_cast<std::uint32_t>(random() % 100000);
    default: return static_cast<std::uint32_t>(random());
  }
}

std::uint32_t field(Field type, std::uint32_t texts, Random& random) {
  if (type == Field::none) return 0;
  if (type == Field::text) return static_cast<std::uint32_t>(random() % texts);
  if (type == Field::choice) return static_cast<std::uint32_t>(random() % 2);
  return some(random);
}

std::uint32_t enumerators(Field type) {
  std::uint32_t n = 0;
  while (!enum_name(type, static_cast<std::uint8_t>(n)).empty()) ++n;
  return n;
}

Trace with_tables(unsigned seed) {
  Trace trace;
  trace.info.scenario = "made up \"ünïcode\" & <tags>";
  trace.info.variant = "bad.b";
  trace.info.parameters = {{"jobs", "20"}, {"", ""}, {"text", "two words, \"quoted\"\n"}};
  trace.info.schedule = {"random", 0xfedcba9876543210u, {0, 3, 1, 0xffffffffu}};
  trace.info.clock = seed % 2 ? "steady" : "virtual";
  for (std::uint32_t i = 1; i < 40; ++i)
    trace.define(
        {Definition::What::text, i, "text " + std::to_string(i) + (i % 7 ? "" : " \xe2\x9c\x93 = \"x\"\t\\ <b>;|"), 0});
  for (std::uint32_t i = 1; i < 30; ++i)
    trace.define(
        {Definition::What::site, i, "scenarios/file" + std::to_string(i % 4) + ".cpp", i * 7 + (i == 29 ? 0xffff0000u : 0)});
  return trace;
}

}  // namespace

Trace random_trace(unsigned seed, std::size_t events, bool wild) {
  Random random(seed);
  Trace trace = with_tables(seed);
  std::int64_t time = static_cast<std::int64_t>(random() % 1000);
  for (std::size_t i = 0; i < events; ++i) {
    Record r;
    r.kind = static_cast<Kind>(random() % kind_count);
    const KindInfo& kind = info(r.kind);
    if (random() % 3 == 0) time += static_cast<std::int64_t>(random() % (random() % 20 ? 1'000'000 : 50'000'000'000));
    r.time = time;
    r.task = some(random);
    r.site = static_cast<std::uint16_t>(random() % trace.site_count());
    r.cause = random() % 2 ? 0 : static_cast<Seq>(random() % (i + 1));
    r.a = field(kind.a.type, 40, random);
    r.b = field(kind.b.type, 40, random);
    r.d = kind.b.type == Field::time ? static_cast<std::uint32_t>(random() % 3 ? 0 : random() % 0x7fffffff)
                                     : field(kind.d.type, 40, random);
    if (const std::uint32_t n = enumerators(kind.c.type)) r.c = static_cast<std::uint8_t>(random() % n);
    else if (kind.c.type != Field::none) r.c = static_cast<std::uint8_t>(random());
    if (wild && random() % 8 == 0)
      r.a = some(random), r.b = some(random), r.d = some(random), r.c = static_cast<std::uint8_t>(random());
    if (wild && random() % 8 == 0) r.cause = some(random), r.site = static_cast<std::uint16_t>(random());
    trace.append(r);
  }
  return trace;
}

Trace busy_trace(std::uint32_t tasks, std::uint32_t rounds) {
  Trace trace;
  trace.info.scenario = "busy";
  trace.info.variant = "bad";
  const std::uint32_t name = trace.intern("worker").value, gate = trace.intern("gate").value, main = trace.intern("main").value;
  auto site = [&](std::uint32_t line) {
    return static_cast<std::uint16_t>(trace.intern(Site{"scenarios/busy.cpp", line}).value);
  };
  std::int64_t now = 0;
  auto put = [&](Kind kind, std::uint32_t task, std::uint16_t at, Seq cause, std::uint32_t a = 0, std::uint32_t b = 0,
                 std::uint8_t c = 0, std::uint32_t d = 0) {
    trace.append(Record{now, task, cause, a, b, d, at, kind, c});
    return trace.size();
  };
  put(Kind::run_begin, 0, 0, 0);
  put(Kind::resource_created, 0, site(9), 0, 1, 3, static_cast<std::uint8_t>(ResourceType::semaphore), gate);
  put(Kind::task_created, 1, site(10), 0, 0, main);
  Seq ready = put(Kind::task_ready, 1, 0, trace.size(), 0, 0, static_cast<std::uint8_t>(WhyReady::start));
  put(Kind::tick_begin, 0, 0, 0, 1, 1);
  put(Kind::step_begin, 1, 0, ready);
  std::vector<Seq> wakes(tasks + 2);
  for (std::uint32_t t = 2; t < tasks + 2; ++t) {
    const Seq created = put(Kind::task_created, t, site(12), 0, 1, name);
    wakes[t] = put(Kind::task_ready, t, 0, created, 1, 0, static_cast<std::uint8_t>(WhyReady::start));
  }
  put(Kind::step_end, 1, site(14), 0, 1, 0, static_cast<std::uint8_t>(Wait::gather));
  std::uint32_t tick = 1, timer = 0, left = 3;
  for (std::uint32_t round = 0; round < rounds; ++round) {
    put(Kind::tick_begin, 0, 0, 0, ++tick, tasks);
    for (std::uint32_t t = 2; t < tasks + 2; ++t) {
      put(Kind::step_begin, t, 0, wakes[t]);
      put(Kind::acquire_begin, t, site(20), 0, 1, left);
      put(Kind::acquired, t, site(20), 0, 1, --left % 3);
      put(Kind::coro_begin, t, site(21), 0, round * tasks + t, name);
      const std::int64_t when = now + 10'000'000 + t % 7 * 1'000'000;
      put(Kind::timer_set, t, site(21), 0, ++timer, static_cast<std::uint32_t>(when),
          static_cast<std::uint8_t>(TimerUse::sleep), static_cast<std::uint32_t>(when >> 32));
      put(Kind::step_end, t, site(21), 0, timer, 0, static_cast<std::uint8_t>(Wait::sleep));
      ++left;
    }
    const std::int64_t until = now + 10'000'000;
    put(Kind::idle_begin, 0, 0, 0, 0, static_cast<std::uint32_t>(until), 0, static_cast<std::uint32_t>(until >> 32));
    now = until + 7'000'000;
    put(Kind::idle_end, 0, 0, 0);
    for (std::uint32_t t = 2; t < tasks + 2; ++t) {
      const Seq fired = put(Kind::timer_fired, t, 0, 0, timer - tasks + t - 1, static_cast<std::uint32_t>(now), 0,
                            static_cast<std::uint32_t>(now >> 32));
      wakes[t] = put(Kind::task_ready, t, 0, fired, 0, timer - tasks + t - 1, static_cast<std::uint8_t>(WhyReady::timer));
    }
  }
  put(Kind::run_end, 0, 0, 0);
  return trace;
}

Trace catalogue_trace() {
  Trace trace = with_tables(2);
  std::int64_t time = 0;
  std::uint32_t n = 0;
  for (int k = 0; k < kind_count; ++k) {
    const KindInfo& kind = info(static_cast<Kind>(k));
    for (std::uint32_t c = 0; c < std::max(1u, enumerators(kind.c.type)); ++c) {
      time += 1'500'000'000;
      ++n;
      auto value = [&](Field type, std::uint32_t v) { return type == Field::none ? 0 : type == Field::text ? v % 40 : v; };
      const std::uint32_t d = kind.b.type == Field::time ? 3 : value(kind.d.type, 3 * n);
      trace.append(Record{time, n % 5, n / 2, value(kind.a.type, n), value(kind.b.type, 2 * n), d,
                          static_cast<std::uint16_t>(n % 30), static_cast<Kind>(k), static_cast<std::uint8_t>(c)});
    }
  }
  return trace;
}

std::string difference(const Trace& a, const Trace& b, bool ids) {
  if (!(a.info == b.info)) return "the headers differ";
  if (a.size() != b.size()) return std::to_string(a.size()) + " and " + std::to_string(b.size()) + " events";
  if (ids && (a.text_count() != b.text_count() || a.site_count() != b.site_count())) return "the tables differ in size";
  for (std::uint32_t i = 0; ids && i < a.text_count(); ++i)
    if (a.text(i) != b.text(i)) return "text " + std::to_string(i) + " differs";
  for (std::uint32_t i = 0; ids && i < a.site_count(); ++i)
    if (!(a.site({i}) == b.site({i}))) return "place " + std::to_string(i) + " differs";
  for (Seq seq = 1; seq <= a.size(); ++seq) {
    const Event x = a[seq], y = b[seq];
    const KindInfo& kind = info(x.kind);
    auto same = [&](Field type, std::uint32_t v, std::uint32_t w) {
      return !ids && type == Field::text ? a.text(v) == b.text(w) : v == w;
    };
    std::string what;
    if (x.kind != y.kind) what = "kind";
    else if (x.time != y.time) what = "time";
    else if (x.task != y.task) what = "task";
    else if (x.cause != y.cause) what = "cause";
    else if (ids ? x.site != y.site : !(a.site(x.where()) == b.site(y.where()))) what = "site";
    else if (!same(kind.a.type, x.a, y.a)) what = "a";
    else if (!same(kind.b.type, x.b, y.b)) what = "b";
    else if (x.c != y.c) what = "c";
    else if (!same(kind.d.type, x.d, y.d)) what = "d";
    if (!what.empty()) return "event " + std::to_string(seq) + " (" + std::string(kind.name) + ") differs in its " + what;
  }
  return "";
}

Trace prefix(const Trace& trace, Seq events) {
  Trace out;
  out.info = trace.info;
  for (std::uint32_t i = 1; i < trace.text_count(); ++i) out.define({Definition::What::text, i, std::string(trace.text(i)), 0});
  for (std::uint32_t i = 1; i < trace.site_count(); ++i)
    out.define({Definition::What::site, i, trace.site({i}).file, trace.site({i}).line});
  for (Seq seq = 1; seq <= events; ++seq) out.append(trace[seq]);
  return out;
}

}  // namespace awaitscope::tests

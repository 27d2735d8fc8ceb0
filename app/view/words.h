#pragma once
// What the pictures say about a trace's things.  Everything returned is printable().
#include <string>

#include "core/base/words.h"
#include "core/model/history.h"

namespace awaitscope::view {

/// A task that the model has: "worker-2".  The same in every language.
std::string task_name(const Trace& trace, const Model& model, TaskId task);
/// "worker-2"; "the loop" for 0.
std::string task_words(const Trace& trace, const Model& model, TaskId task, Language language);
std::string resource_words(const Trace& trace, const Model& model, ResourceId resource);
/// "gather of 3", "timeout 1.0 s".
std::string scope_words(const Trace& trace, const Model& model, ScopeId scope, Language language);
/// What a wait is for: "sleep", "users" (a request), "semaphore db", "waits for fetch-2".
std::string wait_words(const Trace& trace, const Model& model, Wait wait, std::uint32_t object, Language language);
/// The same below a heading that says already that it waits.
std::string awaited_words(const Trace& trace, const Model& model, Wait wait, std::uint32_t object, Language language);
/// "bad.cpp:14": the file without its folders; "" for the unknown place.
std::string place_words(const Trace& trace, SiteId site);
/// "timeout", "sibling failed".
std::string reason_words(CancelReason why, Language language);
/// "1.500 s": a moment for a sentence or a chip.
std::string moment_words(Instant t);
/// "1.5 s"; "0" for no time.
std::string length_words(Duration length);
/// "queue get" of "queue_get": an enumerator's name as words.
std::string spaced(std::string_view name);
/// One line on an event: "event 12 of 90 · 1.000 s · main: step begin".
std::string describe(const Trace& trace, const Model& model, Seq seq, Language language);
/// A field as text, "" where it holds nothing worth a word.
std::string field_words(const Trace& trace, const Model& model, Field type, std::uint32_t value, std::uint8_t small,
                        Language language);

}  // namespace awaitscope::view

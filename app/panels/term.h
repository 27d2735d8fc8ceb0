#pragma once
// Words of the field on screen: a dotted underline says that resting the pointer there explains them.
#include "app/panels/widgets.h"

namespace awaitscope::panels {

/// Words that the glossary explains under `term`, "": plain ones.
void term_text(const Painter& painter, std::string_view words, std::string_view term, Role role = Role::text_dim,
               Font font = Font::ui);
/// The dotted underline and the explanation of the last item; for words that were drawn otherwise.
void explain_last_item(const Painter& painter, std::string_view term);
/// The same for words at a place on screen.
void explain_place(const Painter& painter, std::string_view term, view::Rect place, bool hot);
/// A term with its sentence, and what asyncio and trio make of it, in the width that there is.
void write_term(const Painter& painter, std::string_view term);

}  // namespace awaitscope::panels

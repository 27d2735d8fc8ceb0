#pragma once
// Text of a trace as text of a page: what could act there is spelt out.
#include <string>
#include <string_view>

namespace awaitscope::exports {

/// For HTML text and quoted attributes: one line of visible text.
std::string html(std::string_view text);
/// The same for text of ours with lines of its own: line feeds and tabs stay.
std::string html_lines(std::string_view text);
/// For a sentence in Markdown: no mark-up, link, mention or issue number comes of it.
std::string markdown(std::string_view text);
/// Lines as a fenced block of Markdown, whatever they hold.
std::string markdown_block(std::string_view lines, std::string_view language);
/// A word in Markdown's code quotes.
std::string markdown_code(std::string_view text);

}  // namespace awaitscope::exports

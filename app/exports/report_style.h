#pragma once
// The page's style and script, and the words by which its content policy knows them.
#include <string>
#include <string_view>

namespace awaitscope::exports {

/// The colours of both themes and report.css.  In a dark room the pictures' light colours are exchanged for the dark ones.
std::string report_style();
std::string_view report_script();
/// "sha256-...", as a Content-Security-Policy names an inline style or script.
std::string content_hash(std::string_view content);

}  // namespace awaitscope::exports

#include "tests/support/boom.h"

namespace awaitscope::testing {

std::string ex(const std::exception_ptr& error) {
  if (!error) return "None";
  try {
    std::rethrow_exception(error);
  } catch (const Boom& e) {
    return *e.what() ? std::string("Boom:") + e.what() : "Boom";
  } catch (const runtime::CancelledError& e) {
    return e.message().empty() ? "CancelledError" : "CancelledError:" + e.message();
  } catch (const runtime::ExceptionGroup& group) {
    std::string out;
    for (const auto& member : group.errors()) out += (out.empty() ? "" : ", ") + ex(member);
    return "ExceptionGroup[" + out + "]";
  } catch (...) {
    const std::string text = runtime::describe(std::current_exception());
    return text.substr(0, text.find(':'));
  }
}

}  // namespace awaitscope::testing

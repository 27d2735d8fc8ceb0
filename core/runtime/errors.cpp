#include "core/runtime/errors.h"

#include <cxxabi.h>

#include "core/runtime/loop.h"

namespace awaitscope::runtime {
namespace {

/// "ServiceError" of awaitscope::runtime::ServiceError, "Boom" of a class in a function.
std::string type_name(const std::type_info& type) {
  int status = 0;
  char* demangled = abi::__cxa_demangle(type.name(), nullptr, nullptr, &status);
  std::string name = status == 0 ? demangled : type.name();
  std::free(demangled);
  if (const auto colon = name.substr(0, name.find('<')).rfind(':'); colon != std::string::npos) name.erase(0, colon + 1);
  return name;
}

}  // namespace

void record_misuse(const std::string& message, const Place& at) {
  if (Loop* loop = Loop::running_or_null(); loop && !loop->closed())
    loop->diagnose({.what = Diagnosis::misuse, .text = message, .site = loop->site(at)});
}

ExceptionGroup::ExceptionGroup(const std::string& message, std::vector<std::exception_ptr> errors)
    : runtime_error(message + " (" + std::to_string(errors.size()) + " sub-exception" + (errors.size() == 1 ? ")" : "s)")),
      message_(message),
      errors_(std::move(errors)) {}

std::string describe(const std::exception_ptr& error) {
  if (!error) return {};
  try {
    std::rethrow_exception(error);
  } catch (const CancelledError& e) {
    return e.message().empty() ? "CancelledError" : "CancelledError: " + e.message();
  } catch (const ExceptionGroup& e) {
    std::string text = "ExceptionGroup[";
    for (std::size_t i = 0; i < e.errors().size(); ++i) text += (i ? ", " : "") + describe(e.errors()[i]);
    return text + "]";
  } catch (const std::exception& e) {
    const std::string type = type_name(typeid(e)), message = e.what();
    return message.empty() || message == type ? type : type + ": " + message;
  } catch (...) {
    const std::type_info* type = abi::__cxa_current_exception_type();
    return type ? type_name(*type) : "an exception of an unknown type";
  }
}

bool is_cancelled_error(const std::exception_ptr& error) {
#ifdef __GLIBCXX__  // knows without another throw
  return error && *error.__cxa_exception_type() == typeid(CancelledError);
#else
  if (!error) return false;
  try {
    std::rethrow_exception(error);
  } catch (const CancelledError&) { return true; } catch (...) {
    return false;
  }
#endif
}

}  // namespace awaitscope::runtime

#include "core/runtime/response.h"

namespace awaitscope::runtime {

void Response::used(OutcomeUse use, const Place& at) const {
  if (status_ >= 400) record_use(use, {}, request_, at);
}

int Response::status(Place at) const {
  used(OutcomeUse::status, at);
  return status_;
}

void Response::raise_for_status(Place at) const {
  used(OutcomeUse::status, at);
  if (status_ >= 400) throw ServiceError(what_ + ": status " + std::to_string(status_));
}

std::string Response::body(Place at) const {
  used(OutcomeUse::body, at);
  return status_ < 400 ? what_ : "<h1>" + std::to_string(status_) + " Service Unavailable</h1>";
}

Task<Response> ask(Service service, std::string what, Place at) {
  RequestId failed;
  try {
    co_await service.get(what).at(at);
  } catch (const ServiceError& error) { failed = error.request; }
  const int status = failed ? 503 : 200;
  co_return Response(status, std::move(what), failed);
}

}  // namespace awaitscope::runtime

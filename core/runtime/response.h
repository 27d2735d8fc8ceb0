#pragma once
// An answer whose status must be looked at, as HTTP clients give it: a 503 is a response like any other.
#include "core/runtime/service.h"
#include "core/runtime/settled.h"

namespace awaitscope::runtime {

/// What ask() gives.  The body of an error is a page too, and nothing but the status says so.
class Response {
 public:
  Response(int status, std::string what, RequestId request) : status_(status), what_(std::move(what)), request_(request) {}
  /// 200, or 503 where the service failed or refused.
  int status(Place at = Place::current()) const;
  /// Throws ServiceError where the status is an error's.
  void raise_for_status(Place at = Place::current()) const;
  /// "page 1", or the page that tells of the error.
  std::string body(Place at = Place::current()) const;

 private:
  void used(OutcomeUse use, const Place& at) const;
  int status_;
  std::string what_;
  RequestId request_;  ///< of a failed request
};

/// One request to `service`; never throws ServiceError, the status tells.
Task<Response> ask(Service service, std::string what, Place at = Place::current());

}  // namespace awaitscope::runtime

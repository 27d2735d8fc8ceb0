"""An answer whose status must be looked at, as HTTP clients give it: the mirror of core/runtime/response.h.

In httpx this is `response = await client.get(url)`, with response.status_code, response.raise_for_status() and
response.text.
"""
from world import ServiceError


class Response:
    def __init__(self, status, what):
        self.status, self._what = status, what

    def raise_for_status(self):
        if self.status >= 400:
            raise ServiceError(f"{self._what}: status {self.status}")

    def body(self):
        return self._what if self.status < 400 else f"<h1>{self.status} Service Unavailable</h1>"


async def ask(service, what):
    """One request to `service`; never raises ServiceError, the status tells."""
    try:
        await service.get(what)
    except ServiceError:
        return Response(503, what)
    return Response(200, what)

#include "core/runtime/session.h"

namespace awaitscope::runtime {

struct Session::State {
  State(Pool engine, bool expires) : engine(std::move(engine)), expires(expires) {}
  ~State() {
    const Loop* loop = connection ? Loop::running_or_null() : nullptr;
    if (loop && !loop->closed()) engine.release(*connection, Place{});  // no line says so
  }

  Pool engine;
  bool expires;
  std::optional<Connection> connection;
  bool connecting = false;
  Value<int> last;  ///< what was said before in this conversation: the next statement builds on it
  std::vector<Row> rows;
};

int Row::number(Place at) const {
  if (state_->expired)
    misuse<MissingGreenlet>(
        "greenlet_spawn has not been called; can't call await_only() here. "
        "Was IO attempted in an unexpected place?",
        at);
  return state_->number;
}

Session::Session(Pool engine, bool expire_on_commit) : state_(std::make_shared<State>(std::move(engine), expire_on_commit)) {}

Task<void> Session::ask(Ref session, std::string statement, Row row) {
  const Place at = co_await called_at();
  if (!session->connection) {
    if (session->connecting)
      throw InvalidRequestError("This session is provisioning a new connection; concurrent operations are not permitted");
    session->connecting = true;
    try {
      auto acquiring = session->engine.acquire();
      Connection lent = co_await std::move(acquiring).at(at);
      session->connection.emplace(std::move(lent));
    } catch (...) {
      session->connecting = false;
      throw;
    }
    session->connecting = false;
  }
  Connection connection = *session->connection;
  auto asking = connection.request(statement, session->last);
  session->last = co_await std::move(asking).at(at);
  row.state_->number = session->last;
  row.state_->expired = false;
}

Task<Row> Session::execute(Ref session, std::string statement) {
  const Place at = co_await called_at();
  Row row;
  auto asking = ask(session, std::move(statement), row);
  co_await std::move(asking).at(at);
  session->rows.push_back(row);
  co_return row;
}

Task<void> Session::commit(Ref session) {
  const Place at = co_await called_at();
  auto asking = ask(session, "commit", Row());
  co_await std::move(asking).at(at);
  session->engine.release(*session->connection, at);
  session->connection.reset();
  if (session->expires)
    for (Row& row : session->rows) row.state_->expired = true;
}

Task<void> Session::refresh(Ref session, Row row) {
  const Place at = co_await called_at();
  auto asking = ask(session, "refresh", row);
  co_await std::move(asking).at(at);
}

}  // namespace awaitscope::runtime

#pragma once
// A database session: one conversation over one connection, with a transaction.  SQLAlchemy's AsyncSession, as far as lessons
// need it.
#include "core/runtime/pool.h"

namespace awaitscope::runtime {

/// A second statement came while the session was still getting its connection.
struct InvalidRequestError : std::runtime_error {
  using runtime_error::runtime_error;
};
/// An attribute had to be loaded where nobody can await.
struct MissingGreenlet : RuntimeError {
  using RuntimeError::RuntimeError;
};

/// A row that a session has loaded.  A handle.
class Row {
 public:
  /// Its number.  MissingGreenlet where a commit has expired it: it would have to be loaded anew.
  int number(Place at = Place::current()) const;

 private:
  friend class Session;
  struct State {
    int number = 0;
    bool expired = false;
  };
  std::shared_ptr<State> state_ = std::make_shared<State>();
};

/// A session.  A handle; when the last one goes, its connection goes back to the engine.
class Session {
 public:
  /// `expire_on_commit`: whether a commit makes its rows unreadable until they are refreshed.
  explicit Session(Pool engine, bool expire_on_commit = true);

  /// One statement; the first one of a transaction takes a connection from the engine.  A session is for one task: a second
  /// task gets InvalidRequestError while that connection is being made, and the connection's InterfaceError while it works.
  Task<Row> execute(std::string_view statement) { return execute(state_, std::string(statement)); }
  /// Ends the transaction and gives the connection back.
  Task<void> commit() { return commit(state_); }
  /// Loads a row anew.
  Task<void> refresh(const Row& row) { return refresh(state_, row); }

 private:
  struct State;
  using Ref = std::shared_ptr<State>;
  static Task<void> ask(Ref session, std::string statement, Row row);
  static Task<Row> execute(Ref session, std::string statement);
  static Task<void> commit(Ref session);
  static Task<void> refresh(Ref session, Row row);
  Ref state_;
};

/// async_sessionmaker: `Session session = sessions();`
class SessionFactory {
 public:
  SessionFactory(Pool engine, bool expire_on_commit) : engine_(std::move(engine)), expire_on_commit_(expire_on_commit) {}
  Session operator()() const { return Session(engine_, expire_on_commit_); }

 private:
  Pool engine_;
  bool expire_on_commit_;
};

}  // namespace awaitscope::runtime

package io.opsautomator.sqlite;

import java.sql.SQLException;

/**
 * Something to do with the database: a function of what is stored, so that it can be done again
 * when it was rolled back.
 */
@FunctionalInterface
interface Work<T> {
  T run(Session session) throws SQLException;
}

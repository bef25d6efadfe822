package io.opsautomator.benchmarks.peers;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** A database in memory with the one table that db-scheduler wants. */
public final class H2 {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private H2() {}

  /** A fresh one, which lasts as long as the process. */
  public static DataSource inMemory() {
    JdbcConnectionPool pool =
        JdbcConnectionPool.create(
            "jdbc:h2:mem:peer" + COUNT.incrementAndGet() + ";DB_CLOSE_DELAY=-1", "sa", "");
    pool.setMaxConnections(32);
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create table scheduled_tasks (
            task_name varchar(100), task_instance varchar(100), task_data blob,
            execution_time timestamp with time zone, picked boolean, picked_by varchar(50),
            last_success timestamp with time zone, last_failure timestamp with time zone,
            consecutive_failures int, last_heartbeat timestamp with time zone, version bigint,
            priority smallint, primary key (task_name, task_instance))
          """);
      statement.execute("create index due on scheduled_tasks (execution_time)");
      statement.execute("create index beats on scheduled_tasks (last_heartbeat)");
      return pool;
    } catch (SQLException e) {
      throw new IllegalStateException("the table cannot be made", e);
    }
  }
}

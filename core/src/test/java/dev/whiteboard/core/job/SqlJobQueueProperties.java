package dev.whiteboard.core.job;

import java.sql.SQLException;
import java.time.InstantSource;
import net.jqwik.api.lifecycle.AfterTry;

class SqlJobQueueProperties extends JobQueueLaws {
  private final H2 database = H2.named("laws");

  @Override
  JobQueue queue(Retry retry, InstantSource time) {
    SqlJobQueue queue =
        SqlJobQueue.builder(database.source(), retry).clock(time).build();
    queue.createTable();
    return queue;
  }

  @AfterTry
  void shutDown() throws SQLException {
    database.close();
  }
}

package dev.whiteboard.partitioning.balancing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SmoothRoundRobinVectorsTest {
  /** The example in the message of nginx's commit 52327e0627f4, which introduced the algorithm. */
  @Test
  void agreesWithNginx() {
    assertEquals("aabacaa", Some.picks(SmoothRoundRobin.of(Some.weighted(5, 1, 1)), 7));
  }
}

package dev.whiteboard.core.id;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A process of its own that takes a node and says which. Each line of its input is a number of milliseconds that pass;
 * it answers whether the node is still held, and whether it can be renewed. When its input ends, it releases the node.
 */
final class NodeLeaseProcess {
  private NodeLeaseProcess() {}

  /** Arguments: the database's address, and how many nodes there are. */
  public static void main(String[] args) throws Exception {
    TestClocks clocks = new TestClocks();
    NodeLease lease = NodeLease.builder(new TestDatabase(args[0]).source())
        .nodes(Integer.parseInt(args[1]))
        .clock(clocks)
        .ticker(clocks)
        .build();
    lease.createTable();
    System.out.println(lease.acquire() + " " + lease.fencingToken());
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      clocks.advance(Duration.ofMillis(Long.parseLong(line)));
      System.out.println(lease.isHeld() + " " + lease.renew());
    }
    lease.release();
  }
}

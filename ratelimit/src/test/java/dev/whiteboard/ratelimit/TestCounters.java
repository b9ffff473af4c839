package dev.whiteboard.ratelimit;

import java.util.HashMap;
import java.util.Map;

/** What a limiter of keys must look like from outside while time stands still. */
public class TestCounters {
  static final int BURST = 2;

  private final Map<Integer, Integer> taken = new HashMap<>();

  public boolean tryAcquire(int key) {
    return available(key) > 0 && taken.merge(key, 1, Integer::sum) > 0;
  }

  public void sweep() {}

  public long available(int key) {
    return (long) BURST - taken.getOrDefault(key, 0);
  }
}

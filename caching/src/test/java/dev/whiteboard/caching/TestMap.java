package dev.whiteboard.caching;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@link CacheLincheckTest} would do one operation after the other. */
public class TestMap {
  private final Map<Integer, Integer> map = new HashMap<>();

  public @Nullable Integer get(int key) {
    return map.get(key);
  }

  public @Nullable Integer put(int key, int value) {
    return map.put(key, value);
  }

  public @Nullable Integer putIfAbsent(int key, int value) {
    return map.putIfAbsent(key, value);
  }

  public @Nullable Integer invalidate(int key) {
    return map.remove(key);
  }

  public @Nullable Integer increment(int key) {
    return map.merge(key, 1, Integer::sum);
  }

  public boolean replace(int key, int value) {
    return map.replace(key, value, value + 1);
  }
}

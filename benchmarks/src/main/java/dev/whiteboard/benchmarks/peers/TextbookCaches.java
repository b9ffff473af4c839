package dev.whiteboard.benchmarks.peers;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Verify.verify;

import dev.whiteboard.benchmarks.peers.AnyCache.Kind;
import dev.whiteboard.benchmarks.peers.AnyCache.Order;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Caches of a few lines, as they are found in articles and repositories, with their defects. */
final class TextbookCaches {
  private TextbookCaches() {}

  /** The JDK's own, with the method that its documentation shows. */
  static Kind linkedHashMap() {
    return Kind.forOneThread(Order.LRU, wish -> {
      wish.requirePlain();
      return new OfMap(lru(wish.maximum()));
    });
  }

  /** What two threads miss, both load, and what is invalidated meanwhile comes back. */
  static Kind checkThenLoad() {
    return Kind.of(Order.LRU, wish -> plain(wish, new CheckThenLoad(lru(wish.maximum()))));
  }

  /** It drops all that are used as little as the least used. */
  static Kind sweeping() {
    return Kind.forOneThread(Order.LFU, wish -> plain(wish, new Sweeping(wish.maximum())));
  }

  /** It takes the eldest out of a list and forgets that no other may be left. */
  static Kind headless() {
    return Kind.forOneThread(Order.LRU, wish -> plain(wish, new Headless(wish.maximum())));
  }

  /** A smaller capacity drops all, and is forgotten. */
  static Kind clearing() {
    return Kind.forOneThread(
        Order.LRU,
        wish -> plain(wish, new OfMap(lru(wish.maximum())) {
          @Override
          public void resize(long maximum) {
            if (maximum < size()) {
              map.clear();
            }
          }
        }));
  }

  private static AnyCache plain(CacheWish wish, AnyCache cache) {
    wish.requirePlain();
    checkArgument(wish.maximum() >= 1, "maximum must be >= 1, was %s", wish.maximum());
    return cache;
  }

  private static Map<Object, Object> lru(long maximum) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
        return size() > maximum;
      }
    };
  }

  /** A map that looks after its bound. */
  static class OfMap implements AnyCache {
    final Map<Object, Object> map;

    OfMap(Map<Object, Object> map) {
      this.map = map;
    }

    @Override
    public @Nullable Object get(Object key) {
      return map.get(key);
    }

    @Override
    public void put(Object key, Object value) {
      map.put(key, value);
    }

    @Override
    public void remove(Object key) {
      map.remove(key);
    }

    @Override
    public long size() {
      return map.size();
    }

    @Override
    public List<Object> keys() {
      return List.copyOf(map.keySet());
    }

    @Override
    public @Nullable Object load(Object key, Function<Object, Object> loader) {
      return map.computeIfAbsent(key, loader);
    }
  }

  private static final class CheckThenLoad extends OfMap {
    CheckThenLoad(Map<Object, Object> map) {
      super(Collections.synchronizedMap(map));
    }

    @Override
    public List<Object> keys() {
      synchronized (map) {
        return super.keys();
      }
    }

    @Override
    public @Nullable Object load(Object key, Function<Object, Object> loader) {
      Object value = get(key);
      if (value == null) {
        value = loader.apply(key);
        put(key, value);
      }
      return value;
    }
  }

  private static final class Sweeping extends OfMap {
    private final Map<Object, Integer> uses = new HashMap<>();
    private final long maximum;

    Sweeping(long maximum) {
      super(new HashMap<>());
      this.maximum = maximum;
    }

    @Override
    public @Nullable Object get(Object key) {
      uses.computeIfPresent(key, (same, count) -> count + 1);
      return map.get(key);
    }

    @Override
    public void put(Object key, Object value) {
      if (!map.containsKey(key) && map.size() >= maximum) {
        int fewest = Collections.min(uses.values());
        uses.values().removeIf(count -> count == fewest);
        map.keySet().retainAll(uses.keySet());
      }
      map.put(key, value);
      uses.merge(key, 1, Integer::sum);
    }

    @Override
    public void remove(Object key) {
      map.remove(key);
      uses.remove(key);
    }

    @Override
    public @Nullable Object load(Object key, Function<Object, Object> loader) {
      throw new NotApplicable("it does not load");
    }
  }

  /** The map is in order of use: its first key is the list's head. */
  private static final class Headless extends OfMap {
    private final long maximum;

    Headless(long maximum) {
      super(new LinkedHashMap<>(16, 0.75f, true));
      this.maximum = maximum;
    }

    @Override
    public void put(Object key, Object value) {
      if (!map.containsKey(key) && map.size() == maximum) {
        Iterator<Object> list = map.keySet().iterator();
        Object head = list.next();
        Object newHead = list.next();
        verify(!newHead.equals(head));
        map.remove(head);
      }
      map.put(key, value);
    }

    @Override
    public @Nullable Object load(Object key, Function<Object, Object> loader) {
      throw new NotApplicable("it does not load");
    }
  }
}

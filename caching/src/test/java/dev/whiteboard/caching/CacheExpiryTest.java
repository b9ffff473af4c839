package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CacheExpiryTest {
  private long now = -5; // readings of a ticker may be negative
  private final Ticker ticker = new Ticker() {
    @Override
    public long read() {
      return now;
    }
  };
  private final List<String> removed = new ArrayList<>();

  private CacheBuilder<String, Integer> builder() {
    return Cache.<String, Integer>builder()
        .maximumSize(100)
        .ticker(ticker)
        .removalListener((key, value, cause) -> removed.add(key + " " + cause));
  }

  private void pass(Duration duration) {
    now += duration.toNanos();
  }

  @Test
  void expireAfterWrite_toTheNanosecond() {
    Cache<String, Integer> cache =
        builder().expireAfterWrite(Duration.ofSeconds(10)).build();
    cache.put("a", 1);
    pass(Duration.ofSeconds(10).minusNanos(1));
    assertEquals(1, cache.getIfPresent("a"));
    pass(Duration.ofNanos(1));
    assertNull(cache.getIfPresent("a"));
    assertFalse(cache.asMap().containsKey("a"));
    assertFalse(cache.asMap().entrySet().iterator().hasNext());
  }

  @Test
  void expireAfterWrite_writtenAgain_livesOn() {
    Cache<String, Integer> cache =
        builder().expireAfterWrite(Duration.ofSeconds(10)).build();
    cache.put("a", 1);
    pass(Duration.ofSeconds(9));
    cache.put("a", 2);
    pass(Duration.ofSeconds(9));
    assertEquals(2, cache.getIfPresent("a"));
    pass(Duration.ofSeconds(1));
    assertNull(cache.getIfPresent("a"));
  }

  @Test
  void expireAfterAccess_hit_livesOn() {
    Cache<String, Integer> cache =
        builder().expireAfterAccess(Duration.ofSeconds(10)).build();
    cache.put("a", 1);
    cache.put("b", 1);
    for (int i = 0; i < 5; i++) {
      pass(Duration.ofSeconds(9));
      assertEquals(1, cache.getIfPresent("a"));
    }
    assertNull(cache.getIfPresent("b"));
    pass(Duration.ofSeconds(10));
    assertNull(cache.getIfPresent("a"));
  }

  @Test
  void expireAfterAccess_andWrite_theEarlierCounts() {
    Cache<String, Integer> cache = builder()
        .expireAfterAccess(Duration.ofSeconds(10))
        .expireAfterWrite(Duration.ofSeconds(25))
        .build();
    cache.put("a", 1);
    for (int i = 0; i < 2; i++) {
      pass(Duration.ofSeconds(9));
      assertEquals(1, cache.getIfPresent("a"));
    }
    pass(Duration.ofSeconds(7));
    assertNull(cache.getIfPresent("a"));
  }

  @Test
  void expireAfter_eachEntryHasItsOwnLife() {
    Cache<String, Integer> cache =
        builder().expireAfter((key, value) -> Duration.ofSeconds(value)).build();
    cache.put("short", 1);
    cache.put("long", 1000);
    cache.put("never", 0);
    cache.put("negative", -1);
    assertNull(cache.getIfPresent("never"));
    assertNull(cache.getIfPresent("negative"));
    pass(Duration.ofSeconds(1));
    assertNull(cache.getIfPresent("short"));
    assertEquals(1000, cache.getIfPresent("long"));
    cache.put("long", 2);
    pass(Duration.ofSeconds(2));
    assertNull(cache.getIfPresent("long"));
  }

  @Test
  void expireAfter_absentForAWhile_isNegativeCaching() {
    Cache<String, Optional<Integer>> cache = Cache.<String, Optional<Integer>>builder()
        .maximumSize(10)
        .ticker(ticker)
        .expireAfter(
            (key, value) -> value.isPresent() ? Duration.ofHours(1) : Duration.ofSeconds(5))
        .build();
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      cache.get("nobody", key -> {
        asked.add(key);
        return Optional.empty();
      });
    }
    assertEquals(1, asked.size());
    pass(Duration.ofSeconds(5));
    assertEquals(
        Optional.of(7), cache.get("nobody", key -> Optional.of(7)), "it has come to exist");
  }

  @Test
  void purge_dropsAllThatHasExpired() {
    Cache<String, Integer> cache =
        builder().segments(4).expireAfterWrite(Duration.ofSeconds(10)).build();
    for (int i = 0; i < 50; i++) {
      cache.put("k" + i, i);
    }
    pass(Duration.ofSeconds(20));
    assertEquals(50, cache.size());
    cache.purge();
    assertEquals(0, cache.size());
    assertEquals(50, removed.size());
    assertTrue(removed.get(0).endsWith(" EXPIRED"));
  }

  @Test
  void put_expiredEntry_isReplacedAsIfAbsent() {
    Cache<String, Integer> cache =
        builder().expireAfterWrite(Duration.ofSeconds(10)).build();
    cache.put("a", 1);
    pass(Duration.ofSeconds(10));
    assertNull(cache.putIfAbsent("a", 2));
    assertEquals(2, cache.getIfPresent("a"));
    assertEquals(List.of("a EXPIRED"), removed);
    pass(Duration.ofSeconds(10));
    assertNull(cache.put("a", 3));
    pass(Duration.ofSeconds(10));
    assertNull(cache.invalidate("a"));
    assertEquals(0, cache.size());
  }

  @Test
  void ticker_goesBack_nothingIsLost() {
    Cache<String, Integer> cache =
        builder().expireAfterWrite(Duration.ofSeconds(10)).build();
    cache.put("a", 1);
    pass(Duration.ofSeconds(-100));
    assertEquals(1, cache.getIfPresent("a"));
    cache.put("b", 1);
    cache.purge();
    assertEquals(2, cache.size());
  }

  @Test
  void ticker_passesItsLargestReading_timeGoesOn() {
    now = Long.MAX_VALUE - 10;
    Cache<String, Integer> cache =
        builder().expireAfterWrite(Duration.ofSeconds(10)).build();
    cache.put("a", 1);
    pass(Duration.ofSeconds(9));
    assertEquals(1, cache.getIfPresent("a"));
    pass(Duration.ofSeconds(1));
    assertNull(cache.getIfPresent("a"));
  }

  @Test
  void builder_badDuration_isRefused() {
    for (Duration bad : List.of(Duration.ZERO, Duration.ofDays(-1), Duration.ofDays(36_526))) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> builder().expireAfterWrite(bad));
      assertEquals("duration must be > 0 and <= PT876600H, was " + bad, e.getMessage());
    }
  }
}

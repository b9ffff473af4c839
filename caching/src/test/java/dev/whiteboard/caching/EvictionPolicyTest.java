package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvictionPolicyTest {
  private static final List<String> NAMES = List.of(
      "fifo",
      "lru",
      "lfu",
      "lfu-ageing",
      "clock",
      "sieve",
      "s3-fifo",
      "2q",
      "arc",
      "clock-pro",
      "tiny-lfu",
      "adaptive");

  @Test
  void all_hasEveryNameOnce() {
    List<String> names =
        EvictionPolicy.all().stream().map(EvictionPolicy::toString).toList();
    assertEquals(NAMES, names);
    assertEquals(names.size(), new HashSet<>(names).size());
  }

  @Test
  void named_findsEveryPolicy() {
    for (String name : NAMES) {
      assertEquals(name, EvictionPolicy.named(name).toString());
    }
  }

  @Test
  void create_makesTheClassOfThatName() {
    List<Class<?>> classes = List.of(
        Fifo.class,
        Lru.class,
        Lfu.class,
        Lfu.class,
        Clock.class,
        Sieve.class,
        S3Fifo.class,
        TwoQ.class,
        Arc.class,
        ClockPro.class,
        TinyLfu.class,
        Adaptive.class);
    for (int i = 0; i < classes.size(); i++) {
      assertEquals(classes.get(i), EvictionPolicy.all().get(i).create(10).getClass());
    }
  }

  @Test
  void named_unknown_listsTheKnownNames() {
    assertEquals(
        "policy must be one of [fifo, lru, lfu, lfu-ageing, clock, sieve, s3-fifo, 2q, arc, clock-pro, tiny-lfu, adaptive], was LRU",
        assertThrows(IllegalArgumentException.class, () -> EvictionPolicy.named("LRU"))
            .getMessage());
    assertEquals(
        "name",
        assertThrows(NullPointerException.class, () -> EvictionPolicy.named(null))
            .getMessage());
  }
}

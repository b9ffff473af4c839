package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** One thread's view of the cache, held against maps that are obvious and slow. */
class CacheProperties {
  private enum Kind {
    GET,
    PUT,
    PUT_IF_ABSENT,
    INVALIDATE,
    COMPUTE,
    PASS
  }

  private record Step(Kind kind, int key, int value) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Step> step = Combinators.combine(
            Arbitraries.of(Kind.class),
            Arbitraries.integers().between(0, 40),
            Arbitraries.integers().between(0, 9))
        .as(Step::new);
    return step.list().ofMaxSize(300);
  }

  @Property(tries = 300)
  void withoutPressureItIsAMap(@ForAll("steps") List<Step> steps) {
    Cache<Integer, Integer> cache =
        Cache.<Integer, Integer>builder().maximumSize(41).segments(4).build();
    Map<Integer, Integer> model = new HashMap<>();
    for (Step step : steps) {
      assertEquals(apply(model, step), apply(cache, step), step::toString);
    }
    assertEquals(model, cache.asMap());
    assertEquals(model.size(), cache.size());
  }

  @Property(tries = 300)
  void fifoEvictsInTheOrderOfArrival(
      @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 0, max = 12) int maximum) {
    Cache<Integer, Integer> cache = Cache.<Integer, Integer>builder()
        .maximumSize(maximum)
        .policy(EvictionPolicy.fifo())
        .build();
    Map<Integer, Integer> model = new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
        return size() > maximum;
      }
    };
    for (Step step : steps) {
      assertEquals(apply(model, step), apply(cache, step), step::toString);
      assertTrue(cache.size() <= maximum);
    }
    assertEquals(model, cache.asMap());
  }

  @Property(tries = 300)
  void weightsAddUpAndStayBelowTheMaximum(
      @ForAll("steps") List<Step> steps,
      @ForAll @IntRange(min = 0, max = 60) int maximum,
      @ForAll @IntRange(min = 0, max = 2) int segmentBits) {
    Cache<Integer, Integer> cache = Cache.<Integer, Integer>builder()
        .maximumWeight(maximum, (key, value) -> value)
        .segments(1 << segmentBits)
        .build();
    for (Step step : steps) {
      apply(cache, step);
      long sum = cache.asMap().values().stream().mapToLong(value -> value).sum();
      assertEquals(sum, cache.weight());
      assertTrue(sum <= maximum);
    }
  }

  @Property(tries = 300)
  void anExpiredValueIsNeverReturned(@ForAll("steps") List<Step> steps) {
    long[] now = {0};
    Cache<Integer, Integer> cache = Cache.<Integer, Integer>builder()
        .maximumSize(100)
        .ticker(new Ticker() {
          @Override
          public long read() {
            return now[0];
          }
        })
        .expireAfter((key, value) -> Duration.ofMillis(value))
        .build();
    Map<Integer, Integer> model = new HashMap<>();
    Map<Integer, Long> ends = new HashMap<>();
    for (Step step : steps) {
      if (step.kind == Kind.PASS) {
        now[0] += step.key * 500_000L;
        model.keySet().removeIf(key -> ends.getOrDefault(key, 0L) <= now[0]);
        continue;
      }
      Map<Integer, Integer> before = Map.copyOf(model);
      assertEquals(apply(model, step), apply(cache, step), step::toString);
      Integer value = model.get(step.key);
      boolean written = step.kind == Kind.PUT
          || step.kind == Kind.COMPUTE
          || (step.kind == Kind.PUT_IF_ABSENT && !before.containsKey(step.key));
      if (value != null && written) {
        ends.put(step.key, now[0] + value * 1_000_000L);
        if (value == 0) {
          model.remove(step.key);
        }
      }
    }
  }

  private static @Nullable Integer apply(Map<Integer, Integer> model, Step step) {
    return switch (step.kind) {
      case GET, PASS -> model.get(step.key);
      case PUT -> model.put(step.key, step.value);
      case PUT_IF_ABSENT -> model.putIfAbsent(step.key, step.value);
      case INVALIDATE -> model.remove(step.key);
      case COMPUTE -> model.compute(step.key, (key, value) -> computed(value, step));
    };
  }

  private static @Nullable Integer apply(Cache<Integer, Integer> cache, Step step) {
    return switch (step.kind) {
      case GET, PASS -> cache.getIfPresent(step.key);
      case PUT -> cache.put(step.key, step.value);
      case PUT_IF_ABSENT -> cache.putIfAbsent(step.key, step.value);
      case INVALIDATE -> cache.invalidate(step.key);
      case COMPUTE -> cache.compute(step.key, (key, value) -> computed(value, step));
    };
  }

  private static @Nullable Integer computed(@Nullable Integer value, Step step) {
    if (value == null) {
      return step.value;
    }
    return step.value % 3 == 0 ? null : value / 2;
  }
}

package dev.whiteboard.partitioning.balancing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whiteboard.partitioning.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SlowStartProperties {
  private static final long SECOND = 1_000_000_000L;

  private static SlowStart<String> over(
      Balancer<String> delegate, Some.HandClock clock, SplittableRandom random) {
    return SlowStart.builder(delegate)
        .window(Duration.ofSeconds(100))
        .ticker(clock)
        .random(random)
        .build();
  }

  /**
   * Of n picks by round robin, the new one of four backends is offered n / 4 and keeps each with chance p; of n by two
   * choices it is offered and keeps each with chance p / 4. Ten counts within 4 standard deviations: a false alarm
   * in about 1,600 seeds; this one is fixed. The minimum is a tenth.
   */
  @Test
  void newBackendKeepsThePartOfTheWindowThatHasPassed() {
    int picks = 100_000;
    for (int percent : new int[] {0, 10, 25, 50, 90}) {
      double part = Math.max(10, percent) / 100.0;
      double byTurns = Math.sqrt(picks / 4.0 * part * (1 - part));
      assertEquals(picks * part / 4, served(percent, RoundRobin::of, picks), 4 * byTurns);
      double byChoices = Math.sqrt(picks * part / 4 * (1 - part / 4));
      SplittableRandom random = new SplittableRandom(percent);
      assertEquals(
          picks * part / 4,
          served(percent, backends -> TwoChoices.of(backends, random), picks),
          4 * byChoices);
    }
  }

  private static int served(
      int percent, Function<List<Backend<String>>, Balancer<String>> factory, int picks) {
    Some.HandClock clock = new Some.HandClock(0);
    SplittableRandom random = new SplittableRandom(42);
    List<Backend<String>> backends = new ArrayList<>(Some.backends("a", "b", "c"));
    over(factory.apply(backends), clock, random);
    clock.nanos += 3_600 * SECOND;
    Backend<String> added = Backend.of(Node.of("new"));
    backends.add(added);
    SlowStart<String> slow = over(factory.apply(backends), clock, random);
    clock.nanos += percent * SECOND;
    int served = 0;
    for (int i = 0; i < picks; i++) {
      Backend<String> backend = slow.pick();
      served += backend == added ? 1 : 0;
      slow.done(backend, 1);
    }
    return served;
  }

  /** However old the backends are, every pick ends, and counts one request. */
  @Property(tries = 300)
  void picksEndAndAreCountedOnce(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 60) Integer> gaps, @ForAll long seed) {
    Some.HandClock clock = new Some.HandClock(seed);
    SplittableRandom random = new SplittableRandom(seed);
    List<Backend<String>> backends = new ArrayList<>();
    int picks = 0;
    for (int seconds : gaps) {
      clock.nanos += seconds * SECOND;
      backends.add(Backend.of(Node.of("b" + backends.size())));
      SlowStart<String> slow = over(LeastInFlight.of(backends), clock, random);
      for (int i = 0; i < 50; i++, picks++) {
        slow.pick();
      }
    }
    assertEquals(picks, backends.stream().mapToInt(Backend::inFlight).sum());
  }
}

package dev.whiteboard.partitioning.balancing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whiteboard.partitioning.Node;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PeakEwmaTest {
  private static final long MILLI = 1_000_000;

  private final Some.HandClock clock = new Some.HandClock(-5_000 * MILLI);
  private final List<Backend<String>> backends = Some.backends("a", "b");
  private final Backend<String> a = backends.get(0);
  private final Backend<String> b = backends.get(1);
  private final PeakEwma<String> balancer = aThenB(backends);

  /** Both are drawn, a first, with a decay of ten seconds. */
  private PeakEwma<String> aThenB(List<Backend<String>> two) {
    return PeakEwma.builder(two).ticker(clock).random(() -> 0).build();
  }

  private void answers(Backend<String> backend, long millis) {
    balancer.done(backend.acquire(), millis * MILLI);
  }

  @Test
  void pick_slowerOne_isNotPicked() {
    answers(a, 11);
    answers(b, 10);
    assertEquals("bbbb", Some.idlePicks(balancer, 4));
    answers(b, 12);
    assertEquals("aaaa", Some.idlePicks(balancer, 4));
  }

  /** 10, 20, 30 ms against 35 ms; then 40 against 35 and against 70. */
  @Test
  void pick_requestsInFlight_multiplyTheLatency() {
    answers(a, 10);
    answers(b, 35);
    assertEquals("aaaba", Some.picks(balancer, 5));
  }

  /** (1 + requests / 2) against (1 + requests): 1 and 1, 1.5 and 1, 1.5 and 2, 2 and 2, 2.5 and 2. */
  @Test
  void pick_weights_divideTheRequests() {
    List<Backend<String>> weighted = Some.weighted(2, 1);
    PeakEwma<String> aThenB = aThenB(weighted);
    weighted.forEach(backend -> aThenB.done(backend.acquire(), 10));
    assertEquals("abaab", Some.picks(aThenB, 5));
  }

  /** The slow answer was 100 ms, the others are 10: it has faded to them after ln 10 = 2.302585 decays. */
  @Test
  void pick_tenTimesSlower_losesRequestsAtOnceAndRegainsThemAsThePeakFades() {
    answers(a, 100);
    answers(b, 10);
    for (int second = 1; second <= 23; second++) {
      assertEquals("bbb", Some.idlePicks(balancer, 3));
      clock.nanos += 1_000 * MILLI;
      answers(b, 10);
    }
    clock.nanos += 25 * MILLI;
    answers(b, 10);
    assertEquals("b", Some.idlePicks(balancer, 1));
    clock.nanos += MILLI;
    answers(b, 10);
    assertEquals("a", Some.idlePicks(balancer, 1));
    answers(a, 10);
    assertEquals(10.0 * MILLI, balancer.latencyNanos(a).orElseThrow(), 1e-3);
  }

  @Test
  void pick_nothingIsKnown_theIdleAndThenTheLessBusyIsPicked() {
    assertEquals("ababab", Some.picks(balancer, 6));
  }

  @Test
  void pick_newBackend_isProbedByOneRequestAtATime() {
    answers(a, 1);
    assertEquals("baaaaaa", Some.picks(balancer, 7));
    balancer.cancel(b);
    assertEquals("baa", Some.picks(balancer, 3));
    balancer.done(b, 2 * MILLI);
    assertEquals("bbb", Some.picks(balancer, 3));
  }

  @Test
  void done_severalAnswers_theLargestCountsAndFades() {
    answers(a, 30);
    answers(a, 20);
    assertEquals(30.0 * MILLI, balancer.latencyNanos(a).orElseThrow(), 1e-2);
    clock.nanos += 10_000 * MILLI;
    assertEquals(30.0 * MILLI / Math.E, balancer.latencyNanos(a).orElseThrow(), 1e-2);
    answers(a, 12);
    assertEquals(12.0 * MILLI, balancer.latencyNanos(a).orElseThrow(), 1e-2);
  }

  @Test
  void done_noTimeOrAllTime_isWithinRange() {
    balancer.done(a.acquire(), 0);
    assertEquals(OptionalDouble.of(1), balancer.latencyNanos(a));
    PeakEwma<String> slowest =
        PeakEwma.builder(backends).ticker(clock).decay(Duration.ofDays(365)).build();
    slowest.done(b.acquire(), Long.MAX_VALUE);
    assertEquals(0x1p63, slowest.latencyNanos(b).orElseThrow(), 0x1p63 * 1e-12);
  }

  @Test
  void done_clockThatStepsBack_makesAnswersOlder() {
    answers(a, 50);
    clock.nanos -= 10_000 * MILLI;
    answers(b, 50);
    assertEquals(50.0 * MILLI * Math.E, balancer.latencyNanos(a).orElseThrow(), 1e-1);
    answers(a, 100);
    clock.nanos += 10_000 * MILLI;
    assertEquals(50.0 * MILLI, balancer.latencyNanos(a).orElseThrow(), 1e-2);
    assertEquals(50.0 * MILLI / Math.E, balancer.latencyNanos(b).orElseThrow(), 1e-2);
  }

  @Test
  void done_clockThatWraps_goesOn() {
    clock.nanos = Long.MAX_VALUE - 1;
    answers(a, 10);
    clock.nanos += 10_000 * MILLI;
    answers(b, 5);
    assertEquals(10.0 * MILLI / Math.E, balancer.latencyNanos(a).orElseThrow(), 1e-2);
    assertEquals("a", balancer.pick().id());
  }

  @Test
  void done_refused_leavesNoSample() {
    assertThrows(IllegalStateException.class, () -> balancer.done(a, 1));
    assertThrows(IllegalArgumentException.class, () -> balancer.done(a.acquire(), -1));
    balancer.cancel(a);
    assertEquals(OptionalDouble.empty(), balancer.latencyNanos(a));
    assertEquals("backend", missing(() -> balancer.latencyNanos(null)));
  }

  @Test
  void changeOfMembership_keepsTheLatency() {
    answers(a, 10);
    answers(b, 9);
    Backend<String> c = Backend.of(Node.of("c"));
    PeakEwma<String> next = aThenB(List.of(a, c));
    assertEquals(10.0 * MILLI, next.latencyNanos(a).orElseThrow(), 1e-2);
    next.done(c.acquire(), 11 * MILLI);
    assertEquals("a", next.pick().id());
    next.done(b.acquire(), 12 * MILLI);
    assertEquals(12.0 * MILLI, balancer.latencyNanos(b).orElseThrow(), 1e-2);
  }

  @Test
  void builder_badSetting_isRefused() {
    PeakEwma.Builder<String> builder = PeakEwma.builder(backends);
    String range = "decay must be in [PT0.000001S, PT8760H], was ";
    assertEquals(range + "PT0S", refused(() -> builder.decay(Duration.ZERO)));
    assertEquals(range + "PT0.000000999S", refused(() -> builder.decay(Duration.ofNanos(999))));
    assertEquals(range + "PT-1S", refused(() -> builder.decay(Duration.ofSeconds(-1))));
    assertEquals(
        range + "PT8760H0.000000001S",
        refused(() -> builder.decay(Duration.ofDays(365).plusNanos(1))));
    assertEquals("decay", missing(() -> builder.decay(null)));
    assertEquals("ticker", missing(() -> builder.ticker(null)));
    assertEquals("random", missing(() -> builder.random(null)));
  }

  private static String refused(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  private static String missing(Executable call) {
    return assertThrows(NullPointerException.class, call).getMessage();
  }
}

package dev.whiteboard.partitioning.balancing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.partitioning.Node;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SlowStartTest {
  private static final long SECOND = 1_000_000_000L;

  private final Some.HandClock clock = new Some.HandClock(-7 * SECOND);
  private final Backend<String> a = Backend.of(Node.of("a"));
  private final Backend<String> b = Backend.of(Node.of("b"));
  private final Backend<String> c = Backend.of(Node.of("c"));

  /** Draws the same number in [0, 1) each time: turns down all that keep no more. */
  private SlowStart<String> over(Balancer<String> delegate, double drawn) {
    return SlowStart.builder(delegate)
        .window(Duration.ofSeconds(30))
        .ticker(clock)
        .random(() -> (long) (drawn * 0x1p53) << 11)
        .build();
  }

  /** a and b have been there for an hour, c is new. */
  private SlowStart<String> withNewC(double drawn) {
    over(RoundRobin.of(List.of(a, b)), drawn);
    clock.nanos += 3_600 * SECOND;
    return over(RoundRobin.of(List.of(a, b, c)), drawn);
  }

  @Test
  void pick_newBackend_keepsThePartOfTheWindowThatHasPassed() {
    SlowStart<String> half = withNewC(0.5);
    clock.nanos += 15 * SECOND;
    assertEquals(0, count("c", Some.idlePicks(half, 30)));
    clock.nanos += 1;
    assertEquals(10, count("c", Some.idlePicks(half, 30)));
  }

  @Test
  void pick_newBackend_keepsTheMinimumAtFirst() {
    assertEquals("abcabc", Some.idlePicks(withNewC(0.0999), 6));
    SlowStart<String> tenth = withNewC(0.1);
    assertEquals("ab", Some.idlePicks(tenth, 2));
    clock.nanos += 3 * SECOND + 1;
    assertEquals("c", Some.idlePicks(tenth, 1));
  }

  @Test
  void pick_turnedDown_goesToTheOthersInRotation() {
    assertEquals("abaabbabaabb", Some.idlePicks(withNewC(0.9), 12));
  }

  @Test
  void pick_turnedDown_isNotInFlight() {
    SlowStart<String> slow = withNewC(0.9);
    Some.picks(slow, 9);
    assertEquals(0, c.inFlight());
    assertEquals(9, a.inFlight() + b.inFlight());
  }

  @Test
  void pick_afterTheWindow_needsNeitherClockNorRandomness() {
    AtomicInteger draws = new AtomicInteger();
    SlowStart<String> slow = SlowStart.builder(RoundRobin.of(List.of(a, b)))
        .window(Duration.ofSeconds(30))
        .ticker(clock)
        .random(draws::incrementAndGet)
        .build();
    clock.nanos += 30 * SECOND - 1;
    assertEquals("a", slow.pick().id());
    assertEquals(1, draws.get());
    clock.nanos += 1;
    assertEquals("b", slow.pick().id());
    clock.nanos = Long.MIN_VALUE;
    assertEquals("abab", Some.picks(slow, 4));
    assertEquals(1, draws.get());
  }

  @Test
  void pick_allNew_nothingIsTurnedDown() {
    SlowStart<String> slow = over(RoundRobin.of(List.of(a, b, c)), 1 - 0x1p-53);
    assertEquals("abcabc", Some.idlePicks(slow, 6));
    clock.nanos += 15 * SECOND;
    assertEquals("abcabc", Some.idlePicks(slow, 6));
  }

  /** After 15 of 30 seconds the oldest would keep a half; a new one has a tenth, a fifth of that. */
  @Test
  void pick_oldestIsNewToo_theOthersAreComparedWithIt() {
    over(RoundRobin.of(List.of(a)), 0);
    clock.nanos += 15 * SECOND;
    assertEquals("abab", Some.idlePicks(over(RoundRobin.of(List.of(a, b)), 0.1999), 4));
    assertEquals("aaaa", Some.idlePicks(over(RoundRobin.of(List.of(a, b)), 0.2001), 4));
  }

  @Test
  void pick_delegateInsists_newBackendStillKeepsItsPartOnly() {
    a.inFlight = 1_000;
    b.inFlight = 1_000;
    over(RoundRobin.of(List.of(a, b)), 0);
    clock.nanos += 3_600 * SECOND;
    SlowStart<String> slow = over(LeastInFlight.of(List.of(a, b, c)), 0.5);
    assertEquals("ababab", Some.idlePicks(slow, 6));
  }

  @Test
  void pick_clockStepsBack_newBackendKeepsTheMinimum() {
    SlowStart<String> slow = withNewC(0.15);
    clock.nanos += 5 * SECOND;
    assertEquals(3, count("c", Some.idlePicks(slow, 9)));
    clock.nanos -= 20 * SECOND;
    assertEquals(0, count("c", Some.idlePicks(slow, 9)));
    clock.nanos += 20 * SECOND;
    assertEquals(3, count("c", Some.idlePicks(slow, 9)));
  }

  @Test
  void changeOfMembership_keepsTheTime() {
    withNewC(0.6);
    clock.nanos += 20 * SECOND;
    assertEquals("acac", Some.idlePicks(over(RoundRobin.of(List.of(a, c)), 0.6), 4));
    Backend<String> again = Backend.of(Node.of("c"));
    assertEquals("aaaa", Some.idlePicks(over(RoundRobin.of(List.of(a, again)), 0.6), 4));
  }

  @Test
  void done_tellsTheDelegate() {
    PeakEwma<String> delegate = PeakEwma.builder(List.of(a)).ticker(clock).build();
    SlowStart<String> slow = over(delegate, 0);
    slow.done(slow.pick(), 1_000);
    assertEquals(1_000, delegate.latencyNanos(a).orElseThrow(), 1e-6);
    assertTrue(slow.backends().equals(delegate.backends()), "backends differ");
  }

  @Test
  void builder_badSetting_isRefused() {
    SlowStart.Builder<String> builder = SlowStart.builder(RoundRobin.of(List.of(a)));
    String range = "window must be in [PT0.000000001S, PT8760H], was ";
    assertEquals(range + "PT0S", refused(() -> builder.window(Duration.ZERO)));
    assertEquals(range + "PT-1S", refused(() -> builder.window(Duration.ofSeconds(-1))));
    assertEquals(
        range + "PT8760H0.000000001S",
        refused(() -> builder.window(Duration.ofDays(365).plusNanos(1))));
    String share = "minimumShare must be in (0, 1], was ";
    assertEquals(share + "0.0", refused(() -> builder.minimumShare(0)));
    assertEquals(share + "-0.1", refused(() -> builder.minimumShare(-0.1)));
    assertEquals(share + "1.1", refused(() -> builder.minimumShare(1.1)));
    assertEquals(share + "NaN", refused(() -> builder.minimumShare(Double.NaN)));
    assertEquals("delegate", missing(() -> SlowStart.builder(null)));
    assertEquals("window", missing(() -> builder.window(null)));
    assertEquals("ticker", missing(() -> builder.ticker(null)));
    assertEquals("random", missing(() -> builder.random(null)));
  }

  private static long count(String id, String picks) {
    return picks.chars().filter(picked -> picked == id.charAt(0)).count();
  }

  private static String refused(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  private static String missing(Executable call) {
    return assertThrows(NullPointerException.class, call).getMessage();
  }
}

package dev.whiteboard.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.base.Suppliers;
import dev.whiteboard.benchmarks.peers.LawSuite.Row;
import dev.whiteboard.benchmarks.peers.LawSuite.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RateLimitLawsTest {
  private static final LawSuite<Limiter.Kind> SUITE =
      new LawSuite<>("ratelimit", RateLimitLaws.all(), RateLimitSubjects.all());

  /** The laws tried on all blocks, once for all tests. */
  private static final Supplier<List<Row>> ROWS = Suppliers.memoize(() -> SUITE.run(step -> {}));

  @TestFactory
  Stream<DynamicTest> ours_keepWhatTheyPromise() {
    return SuitePromises.areKept(ours());
  }

  /** Those without reservations, refunds and changes are the limiters of many keys. */
  @Test
  void ours_lackFewOperations() {
    assertEquals(
        Map.of(
            "KeyedRateLimiter", "refund joint change carry order",
            "FlatRateLimiter", "refund joint change carry order"),
        SuitePromises.lawsBySubject(ours().filter(row -> row.verdict() == Verdict.NOT_APPLICABLE)));
  }

  /** What the peers break, by design or not, so that a change of theirs or of a law is noticed. */
  @Test
  void peers_breakWhatTheyBroke() {
    assertEquals(
        Map.ofEntries(
            Map.entry("Guava RateLimiter", "bound burst still carry"),
            Map.entry("Bucket4j greedy", "hint"),
            Map.entry("Resilience4j (2n)", "permits carry"),
            Map.entry("Failsafe smooth", "bound rates"),
            Map.entry("textbook: whole seconds", "late refusal back permits"),
            Map.entry("textbook: whole permits", "late refusal leap permits"),
            Map.entry("textbook: lump refill", "bound late permits"),
            Map.entry("textbook: captured limit", "change carry"),
            Map.entry("textbook: check, then act (n)", "permits threads")),
        SuitePromises.lawsBySubject(
            ROWS.get().stream().filter(row -> !row.ours() && row.verdict() == Verdict.BREAKS)));
  }

  @Test
  void run_polledEveryTenMillis_wholeSecondsNeverArrive() {
    assertEquals(
        "10 per 1s, burst 5: asked for 1 every 0.01s, it first refuses at 0.11s what is due; 5 pass in 5s, not 55",
        row("textbook: whole seconds", "late").detail());
  }

  @Test
  void run_oddRatio_hintIsANanosecondShort() {
    assertEquals(
        "7 per 3s, burst 7: 1 are told to wait 428,571,428 ns, and are refused then",
        row("Bucket4j greedy", "hint").detail());
  }

  @Test
  void run_idleForThreeHours_productOverflows() {
    assertEquals(
        "1000000 per 1s, burst 1000000: after 3h 500000 are refused",
        row("textbook: whole permits", "leap").detail());
  }

  @Test
  void libraries_areThoseOfTheBuild() throws IOException {
    SuitePromises.assertVersionsAreThoseOfTheBuild(SUITE, 6);
  }

  private static Stream<Row> ours() {
    return ROWS.get().stream().filter(Row::ours);
  }

  private static Row row(String subject, String law) {
    return SuitePromises.row(ROWS.get(), subject, law);
  }
}

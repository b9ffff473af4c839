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

class IdLawsTest {
  private static final LawSuite<IdSource.Kind> SUITE =
      new LawSuite<>("ids", IdLaws.all(), IdSubjects.all());

  /** The laws tried on all generators, once for all tests. */
  private static final Supplier<List<Row>> ROWS = Suppliers.memoize(() -> SUITE.run(step -> {}));

  @TestFactory
  Stream<DynamicTest> ours_keepWhatTheyPromise() {
    return SuitePromises.areKept(ours());
  }

  @Test
  void ours_lackFewOperations() {
    assertEquals(
        Map.of(
            "Snowflake", "strangers guess bits",
            "Snowflake (53 bits)", "strangers guess bits",
            "Snowflake (Sonyflake's)", "strangers guess bits",
            "Snowflake (1 ms, throws)", "strangers guess bits",
            "Snowflake.Lease", "strangers guess bits",
            "RelaxedSnowflake", "strangers guess bits",
            "UuidV7", "nodes width refusal"),
        SuitePromises.lawsBySubject(ours().filter(row -> row.verdict() == Verdict.NOT_APPLICABLE)));
  }

  /**
   * What the peers break, by design or not, so that a change of theirs or of a law is noticed. JUG's race is left to
   * chance.
   */
  @Test
  void peers_breakWhatTheyBroke() {
    assertEquals(
        Map.ofEntries(
            Map.entry("tsid-creator", "restart strangers width refusal"),
            Map.entry("tsid-creator (20 node bits)", "restart time width refusal"),
            Map.entry("hypersistence TSID", "restart strangers width refusal"),
            Map.entry("hypersistence TSID (20 node bits)", "restart time shards width refusal"),
            Map.entry("uuid-creator", "backorder"),
            Map.entry("uuid-creator (plus 1)", "backorder guess"),
            Map.entry("uuid-creator (plus n)", "backorder guess"),
            Map.entry("JUG epoch", "backorder guess"),
            Map.entry("ulid-creator, monotonic", "backorder guess"),
            Map.entry("hutool Snowflake", "patient shards width refusal"),
            Map.entry("hutool Snowflake (random sequence)", "patient width refusal"),
            Map.entry("textbook: now == last", "back backorder shards width"),
            Map.entry("textbook: now < last throws", "shards width"),
            Map.entry("textbook: random node", "strangers shards width")),
        SuitePromises.lawsBySubject(ROWS.get().stream()
            .filter(row -> !row.ours() && row.verdict() == Verdict.BREAKS)
            .filter(row -> !(row.subject().equals("JUG epoch") && row.law().equals("threads")))));
  }

  @Test
  void run_rollbackThatIsTolerated_endsWithTheSequence() {
    assertEquals(
        "back by 0.001s: 4,095 ids, and then it throws IllegalStateException: Clock moved backwards. Refusing to"
            + " generate id for 1ms",
        row("hutool Snowflake", "patient").detail());
  }

  @Test
  void run_workerOutOfRange_isNotNamed() {
    assertEquals(
        "worker -1 is refused without a word of it: throws IllegalArgumentException: The value must be between 0 and 31.",
        row("hutool Snowflake", "refusal").detail());
  }

  @Test
  void run_embeddedTimeRunsAhead_restartRepeatsIt() {
    assertEquals(
        "20,000 of 50,000 ids are repeats",
        row("tsid-creator", "restart").detail().replaceFirst(",[^,]*$", ""));
  }

  @Test
  void run_otherTimeIsNewTime_idsAreRepeated() {
    assertEquals(
        "forward and back by 0.001s: 6,000 of 18,000 ids are repeats, for instance 2061236281152634880",
        row("textbook: now == last", "back").detail());
  }

  @Test
  void run_incrementByOne_isGuessed() {
    assertEquals(
        "of 100 ids, 100 are at most 1 more than the one before",
        row("ulid-creator, monotonic", "guess").detail());
  }

  @Test
  void libraries_areThoseOfTheBuild() throws IOException {
    SuitePromises.assertVersionsAreThoseOfTheBuild(SUITE, 13);
  }

  private static Stream<Row> ours() {
    return ROWS.get().stream().filter(Row::ours);
  }

  private static Row row(String subject, String law) {
    return SuitePromises.row(ROWS.get(), subject, law);
  }
}

package dev.whiteboard.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.common.base.Suppliers;
import dev.whiteboard.benchmarks.peers.LawSuite.Row;
import dev.whiteboard.benchmarks.peers.LawSuite.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitioningLawsTest {
  private static final LawSuite<Owners.Factory> SUITE =
      new LawSuite<>("partitioning", PartitioningLaws.all(), PartitioningSubjects.all());

  /** The laws tried on our blocks, once for all tests. */
  private static final Supplier<List<Row>> OURS = Suppliers.memoize(() -> new LawSuite<>(
          SUITE.module(),
          SUITE.laws(),
          SUITE.subjects().stream().filter(Subject::isOurs).toList())
      .run(step -> {}));

  @TestFactory
  Stream<DynamicTest> ours_keepWhatTheyPromise() {
    return SuitePromises.areKept(OURS.get().stream());
  }

  /** Ours can do everything but what their Javadoc excludes. */
  @Test
  void ours_lackFewOperations() {
    List<String> lacking = OURS.get().stream()
        .filter(row -> row.verdict() == Verdict.NOT_APPLICABLE)
        .map(row -> row.subject() + " " + row.law())
        .toList();
    assertEquals(
        List.of(
            "AnchorHash weights",
            "JumpHash past",
            "JumpHash any",
            "JumpHash labels",
            "JumpHash weights",
            "JumpHash absent"),
        lacking);
  }

  /** Defects that are known: a suite that misses one looks in the wrong place. */
  @ParameterizedTest
  @CsvSource({
    "hutool ConsistentHash, labels",
    "key % n, owner",
    "key % n, empty",
    "hash % n, join",
    "hash % n, moved",
    "hash % n, leave",
    "hash % n, any",
    "ring on hashCode, names"
  })
  void run_knownDefect_isFound(String subject, String law) {
    Row row = row(subject, law);
    assertEquals(Verdict.BREAKS, row.verdict());
    assertFalse(row.detail().isEmpty());
  }

  @Test
  void run_negativeKey_isTheCounterExample() {
    assertEquals(
        "with 2 nodes \"-1\" belongs to nobody", row("key % n", "owner").detail());
  }

  @Test
  void libraries_areThoseOfTheBuild() throws IOException {
    SuitePromises.assertVersionsAreThoseOfTheBuild(SUITE, 5);
  }

  private Row row(String subject, String law) {
    return SUITE.run(
        SUITE.laws().stream().filter(each -> each.id().equals(law)).findFirst().orElseThrow(),
        SUITE.subjects().stream()
            .filter(each -> each.name().equals(subject))
            .findFirst()
            .orElseThrow());
  }
}

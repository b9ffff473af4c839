package dev.whiteboard.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Suppliers;
import dev.whiteboard.benchmarks.peers.LawSuite.Row;
import dev.whiteboard.benchmarks.peers.LawSuite.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** Each law that applies to a block of ours is kept; each that the block admits to break is broken. */
  @TestFactory
  Stream<DynamicTest> ours_keepWhatTheyPromise() {
    return OURS.get().stream()
        .map(row -> DynamicTest.dynamicTest(
            row.subject() + ", " + row.law() + ": " + row.sentence(), () -> assertAsPromised(row)));
  }

  private static void assertAsPromised(Row row) {
    if (row.admitted().isEmpty()) {
      assertNotEquals(Verdict.BREAKS, row.verdict(), row.detail());
    } else {
      assertEquals(Verdict.BREAKS, row.verdict(), "it does not break what it admits to break");
    }
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

  /** What a subject's row says of its version is what the build fetches. */
  @Test
  void libraries_areThoseOfTheBuild() throws IOException {
    String poms = Files.readString(Path.of("pom.xml")) + Files.readString(Path.of("../pom.xml"));
    List<String> versions = SUITE.subjects().stream()
        .map(Subject::library)
        .filter(library -> library.matches(".* \\d[\\d.]+"))
        .map(library -> library.substring(library.lastIndexOf(' ') + 1))
        .toList();
    assertEquals(5, versions.size());
    for (String version : versions) {
      assertTrue(poms.contains(">" + version), version);
    }
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

package dev.whiteboard.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.benchmarks.peers.LawSuite.Row;
import dev.whiteboard.benchmarks.peers.LawSuite.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What every suite's rows and subjects are held to. */
final class SuitePromises {
  private SuitePromises() {}

  /** Each law that applies to a block of ours is kept; each that the block admits to break is broken. */
  static Stream<DynamicTest> areKept(Stream<Row> ours) {
    return ours.map(row -> DynamicTest.dynamicTest(
        row.subject() + ", " + row.law() + ": " + row.sentence(), () -> assertAsPromised(row)));
  }

  private static void assertAsPromised(Row row) {
    if (row.admitted().isEmpty()) {
      assertNotEquals(Verdict.BREAKS, row.verdict(), row.detail());
    } else {
      assertEquals(Verdict.BREAKS, row.verdict(), "it does not break what it admits to break");
    }
  }

  /** The laws of these rows, by subject, in the order of the suite. */
  static Map<String, String> lawsBySubject(Stream<Row> rows) {
    return rows.collect(
        Collectors.groupingBy(Row::subject, Collectors.mapping(Row::law, Collectors.joining(" "))));
  }

  /** What came of a law tried on a subject. */
  static Row row(List<Row> rows, String subject, String law) {
    return rows.stream()
        .filter(row -> row.subject().equals(subject) && row.law().equals(law))
        .findFirst()
        .orElseThrow();
  }

  /** What a subject's row says of its version is what the build fetches. */
  static void assertVersionsAreThoseOfTheBuild(LawSuite<?> suite, int count) throws IOException {
    String poms = Files.readString(Path.of("pom.xml")) + Files.readString(Path.of("../pom.xml"));
    List<String> versions = suite.subjects().stream()
        .map(Subject::library)
        .filter(library -> library.matches(".* \\d[\\d.]+"))
        .map(library -> library.substring(library.lastIndexOf(' ') + 1))
        .toList();
    assertEquals(count, versions.size());
    for (String version : versions) {
      assertTrue(poms.contains(">" + version), version);
    }
  }
}

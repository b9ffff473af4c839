package dev.whiteboard.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

class IdTextLawsTest {
  private static final LawSuite<IdText> SUITE =
      new LawSuite<>("encoders", IdTextLaws.all(), IdTextSubjects.all());

  private static final Supplier<List<Row>> ROWS = Suppliers.memoize(() -> SUITE.run(step -> {}));

  @TestFactory
  Stream<DynamicTest> ours_keepWhatTheyPromise() {
    return SuitePromises.areKept(ROWS.get().stream().filter(Row::ours));
  }

  /** A law that applies to none of ours would be kept by all. */
  @Test
  void ours_haveEveryLaw() {
    assertEquals(
        SUITE.laws().stream().map(Law::id).toList(),
        SUITE.laws().stream()
            .map(Law::id)
            .filter(law -> ROWS.get().stream()
                .anyMatch(
                    row -> row.ours() && row.law().equals(law) && row.verdict() == Verdict.KEEPS))
            .toList());
  }

  @Test
  void peers_breakWhatTheyBroke() {
    assertEquals(
        List.of(
            "hypersistence TSID's text foreign: throws ArrayIndexOutOfBoundsException: Index 233 out of bounds for"
                + " length 128",
            "UUID's text length: \"0000000-0000-0000-0000-000000000000\" is read as 0",
            "UUID's text foreign: \"\u06610000000-0000-0000-0000-000000000000\" is read as"
                + " 10000000-0000-0000-0000-000000000000",
            "textbook: base 62 unpadded sort: 61 is written z and sorts behind 10, which is 62",
            "textbook: base 62 unpadded foreign: \"!\" is read as -1",
            "textbook: base 62 unpadded overflow: \"AzL8n0Y58m8\" is read as -9223372036854775808",
            "textbook: times a prime foreign: \"!\" is read as 0",
            "textbook: times a prime onecode: 1,024 codes have 4 lengths",
            "textbook: times a prime hidden: of 1,000 codes, 997 sort behind the one before and 923 begin like it: 0,"
                + " 4C95, 8OIA",
            "textbook: XOR a mask foreign: \"!fHEc\" is read as -93697904",
            "textbook: XOR a mask hidden: of 1,000 codes, 596 sort behind the one before and 999 begin like it: 6fHEc,"
                + " 6fHEd, 6fHEa"),
        ROWS.get().stream()
            .filter(row -> row.verdict() == Verdict.BREAKS)
            .map(row -> row.subject() + " " + row.law() + ": " + row.detail())
            .toList());
  }

  @Test
  void libraries_areThoseOfTheBuild() throws IOException {
    SuitePromises.assertVersionsAreThoseOfTheBuild(SUITE, 4);
  }
}

package dev.whiteboard.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whiteboard.benchmarks.peers.LawSuite.Row;
import dev.whiteboard.benchmarks.peers.LawSuite.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class TablesTest {
  private final List<Row> rows = List.of(
      row("Two", "Whiteboard", "even", Verdict.KEEPS, "", ""),
      row("Two", "Whiteboard", "great", Verdict.BREAKS, "2 is small", "it is one digit"),
      row("Pi", "maths 3.14", "even", Verdict.NOT_APPLICABLE, "it is no whole number", ""),
      row("Pi", "maths 3.14", "great", Verdict.BREAKS, "3.14 is small", ""));

  private static Row row(
      String subject, String library, String law, Verdict verdict, String detail, String admitted) {
    boolean ours = library.equals("Whiteboard");
    return new Row(
        "numbers",
        subject,
        library,
        ours,
        law,
        "Numbers are " + law + ".",
        "not " + law,
        verdict,
        detail,
        admitted);
  }

  @Test
  void keeping_hasARowPerBlockAndAColumnPerLaw() {
    assertEquals("""
        block  even  great
        -----  ----  -----
        Two    yes   no
        Pi     -     NO
        """, Tables.keeping(rows).toText());
  }

  @Test
  void peers_areTheBlocksOfOthers() {
    assertEquals("""
        block  from
        -----  ----------
        Pi     maths 3.14
        """, Tables.peers(rows).toText());
  }

  @Test
  void laws_areListedOnce() {
    assertEquals("""
        law    sentence            broken by
        -----  ------------------  ---------
        even   Numbers are even.   not even
        great  Numbers are great.  not great
        """, Tables.laws(rows).toText());
  }

  @Test
  void counterExamples_sayWhatIsByDesign() {
    assertEquals("""
        block  law    keeps  counter-example
        -----  -----  -----  ---------------------------
        Two    great  no     2 is small; it is one digit
        Pi     great  NO     3.14 is small
        """, Tables.counterExamples(rows).toText());
  }

  @Test
  void notApplicable_saysWhy() {
    assertEquals("""
        law   does not apply because  to
        ----  ----------------------  --
        even  it is no whole number   Pi
        """, Tables.notApplicable(rows).toText());
  }
}

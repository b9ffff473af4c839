package dev.whiteboard.benchmarks.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TableTest {
  private final Table table =
      Table.of("name", "size").row("a|b", "1,000").row("<c>", "7").build();

  @Test
  void toText_alignsNumbersToTheRight() {
    assertEquals("""
        name   size
        ----  -----
        a|b   1,000
        <c>       7
        """, table.toText());
  }

  @Test
  void toMarkdown_escapesBars() {
    assertEquals("""
        | name | size |
        | --- | ---: |
        | a\\|b | 1,000 |
        | <c> | 7 |
        """, table.toMarkdown());
  }

  @Test
  void toHtml_escapesMarkup() {
    assertTrue(
        table.toHtml().contains("<td>&lt;c&gt;</td><td class=\"num\">7</td>"), table.toHtml());
  }

  @Test
  void row_wrongNumberOfCells_isRefused() {
    assertEquals(
        "row must have 2 cells, had 1: [x]",
        assertThrows(
                IllegalArgumentException.class,
                () -> Table.of("name", "size").row("x").build())
            .getMessage());
  }

  @Test
  void numbers_haveFourDigits() {
    assertEquals("0", Numbers.format(0));
    assertEquals("0.1235", Numbers.format(0.123456));
    assertEquals("12.35", Numbers.format(12.3456));
    assertEquals("12,346", Numbers.format(12345.6));
    assertEquals("1.235e+12", Numbers.format(1.23456e12));
    assertEquals("1.235e-05", Numbers.format(1.23456e-5));
    assertEquals("12.35 %", Numbers.percent(0.123456));
    assertEquals("2000", Numbers.plain(2000));
  }
}

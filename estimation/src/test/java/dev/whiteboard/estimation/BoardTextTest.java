package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class BoardTextTest {
  private final BoardText.Font font = new BoardText.Font(10, false, 50);

  @Test
  void wrap_moreThanALineHolds_breaksAtSpaces() {
    assertEquals(List.of("aaa bbb", "ccc"), font.wrap("aaa bbb ccc"));
  }

  @Test
  void wrap_longWord_staysWhole() {
    assertEquals(List.of("a", "bbbbbbbbbbbbbbbb", "c"), font.wrap("a bbbbbbbbbbbbbbbb c"));
  }

  @Test
  void wrap_spacesAndLineBreaks_areOneSpace() {
    assertEquals(List.of("a b"), font.wrap(" a \n\t b "));
  }

  @Test
  void wrap_blank_isNoLine() {
    assertEquals(List.of(), font.wrap(" "));
  }

  @Test
  void width_ofLetters_dependsOnThem() {
    assertEquals(24, font.width("acne"), 1e-9);
    assertTrue(font.width("illi") < font.width("acne"));
    assertTrue(font.width("acne") < font.width("WWMM"));
    assertTrue(font.width("WWMM") < font.width("図書館員"));
    assertEquals(26.4, new BoardText.Font(10, true, 50).width("acne"), 1e-9);
  }

  @Test
  void of_box_isAsWideAsItsWidestLine() {
    BoardText text = BoardText.of(Boards.box("id", ComponentKind.STORE, "a wide line", "line"));
    assertEquals(text.linesFont().width("a wide line"), text.width());
    assertEquals(18.2, text.titleHeight(), 1e-9);
    assertEquals(31.2, text.linesHeight(), 1e-9);
  }
}

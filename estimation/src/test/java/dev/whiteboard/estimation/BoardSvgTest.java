package dev.whiteboard.estimation;

import static dev.whiteboard.estimation.Boards.arrow;
import static dev.whiteboard.estimation.Boards.box;
import static dev.whiteboard.estimation.ComponentKind.CLIENT;
import static dev.whiteboard.estimation.ComponentKind.SERVICE;
import static dev.whiteboard.estimation.ComponentKind.STORE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BoardSvgTest {
  private static final String LINK_SHORTENER = BoardSvg.of(
      "A link shortener",
      List.of(box("client", CLIENT), box("service", SERVICE, "1 server"), box("links", STORE)),
      List.of(arrow("client", "service"), arrow("service", "client"), arrow("service", "links")));

  /** By reflection: the module under test does not read {@code java.xml}, and has no need to. */
  private static void assertWellFormed(String svg) {
    assertDoesNotThrow(() -> {
      Class<?> factory = Class.forName("javax.xml.parsers.DocumentBuilderFactory");
      Class<?> builder = Class.forName("javax.xml.parsers.DocumentBuilder");
      Object parser = factory
          .getMethod("newDocumentBuilder")
          .invoke(factory.getMethod("newInstance").invoke(null));
      builder
          .getMethod("parse", InputStream.class)
          .invoke(parser, new ByteArrayInputStream(svg.getBytes(UTF_8)));
    });
  }

  private static int count(String part, String svg) {
    return svg.split(part, -1).length - 1;
  }

  private static BoardBox titled(String title) {
    return new BoardBox("id", SERVICE, title, List.of(), false);
  }

  @Test
  void of_board_hasATitleAndARole() {
    assertWellFormed(LINK_SHORTENER);
    assertTrue(LINK_SHORTENER.contains("role=\"img\""), LINK_SHORTENER);
    assertTrue(LINK_SHORTENER.contains("<title>A link shortener</title>"), LINK_SHORTENER);
  }

  @Test
  void of_board_showsAllText() {
    Stream.of("client", "service", "1 server", "links", "client to service", "service to links")
        .forEach(part -> assertEquals(1, count(">" + part + "</text>", LINK_SHORTENER), part));
    assertEquals(3, count(">1/s</text>", LINK_SHORTENER));
  }

  @Test
  void of_sameBoard_isTheSameText() {
    List<BoardBox> boxes = List.of(box("a", CLIENT), box("b", SERVICE), box("c", STORE));
    List<BoardArrow> arrows = List.of(arrow("a", "b"), arrow("b", "c"), arrow("c", "a"));
    assertEquals(
        BoardSvg.of("x", boxes, arrows), BoardSvg.of("x", List.copyOf(boxes), List.copyOf(arrows)));
  }

  @Test
  void of_markup_isEscaped() {
    String text = "<b>&\"'\u0001\uffff";
    BoardBox one = new BoardBox("<&>", SERVICE, text, List.of(text), false);
    BoardBox two = new BoardBox("\"", SERVICE, text, List.of(), true);
    BoardArrow arrow = new BoardArrow("<&>", "\"", text, List.of(text));
    String svg = BoardSvg.of(text, List.of(one, two), List.of(arrow));
    assertWellFormed(svg);
    assertEquals(0, count("<b>", svg));
    assertEquals(7, count("&lt;b&gt;&amp;", svg));
  }

  @Test
  void of_halfACharacter_becomesAQuestionMark() {
    String svg = BoardSvg.of("half", List.of(titled("a\ud83d")), List.of());
    assertWellFormed(svg);
    assertTrue(svg.contains(">a?</text>"), svg);
  }

  @Test
  void of_bottleneck_hasAThickOutlineAndAWord() {
    BoardBox slow = new BoardBox("slow", STORE, "slow", List.of(), true);
    String marked = BoardSvg.of("x", List.of(slow, box("fast", STORE)), List.of());
    assertEquals(1, count(">bottleneck</text>", marked));
    assertEquals(1, count("stroke=\"#d23b30\" stroke-width=\"2.6\"", marked));
    assertEquals(0, count("bottleneck", LINK_SHORTENER));
    assertEquals(0, count("#d23b30", LINK_SHORTENER));
  }

  @Test
  void of_severalPictures_getAlongInOnePage() {
    assertFalse(LINK_SHORTENER.contains(" id="));
    assertFalse(LINK_SHORTENER.contains("class="));
    assertFalse(LINK_SHORTENER.contains("url("));
    assertEquals(count("\\{ background", LINK_SHORTENER), count("svg:root \\{", LINK_SHORTENER));
  }

  @Test
  void of_arrow_goesFromSideToSideAndHasAHead() {
    List<BoardBox> boxes = List.of(box("a", SERVICE), box("b", SERVICE));
    List<BoardArrow> arrows = List.of(arrow("a", "b"));
    String svg = BoardSvg.of("", boxes, arrows);
    String tip = BoardSvg.path(
        "%s", new BoardLayout(boxes, arrows, 20, 20).boxes.get(1).area().x());
    assertEquals(1, count("<path d=\"M124 ", svg));
    assertEquals(
        1, count("<path d=\"M" + tip + " [0-9.]+L[0-9.]+ [0-9.]+V[0-9.]+Z\" opacity", svg));
  }

  @Test
  void of_noTitle_hasNoHeading() {
    assertEquals(1, count("<text ", BoardSvg.of("", List.of(titled("a")), List.of())));
  }

  @Test
  void of_oneBox_isAPicture() {
    String svg = BoardSvg.of("", List.of(titled("a")), List.of());
    assertTrue(svg.contains("viewBox=\"0 0 144 84\" width=\"144\" height=\"84\""), svg);
  }

  @Test
  void of_nothing_isAPictureOfNothing() {
    assertWellFormed(BoardSvg.of("nothing yet", List.of(), List.of()));
  }

  @ParameterizedTest
  @EnumSource(ComponentKind.class)
  void of_everyKind_isWellFormed(ComponentKind kind) {
    String svg = BoardSvg.of("", List.of(box("a", kind, "b")), List.of());
    assertWellFormed(svg);
    assertEquals(2, count("<text ", svg));
    assertFalse(svg.contains("NaN"), svg);
    assertFalse(svg.contains("d=\"\""), svg);
  }

  @Test
  void of_everyKind_hasItsOwnShape() {
    assertEquals(
        7,
        Stream.of(ComponentKind.values())
            .map(kind -> BoardSvg.of("", List.of(box("a", kind)), List.of()))
            .distinct()
            .count());
  }
}

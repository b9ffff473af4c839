package dev.whiteboard.estimation;

import static dev.whiteboard.estimation.Boards.arrow;
import static dev.whiteboard.estimation.Boards.box;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BoardColumnsTest {
  private static List<BoardBox> boxes(String... ids) {
    return Stream.of(ids).map(id -> box(id, ComponentKind.SERVICE)).toList();
  }

  @Test
  void order_twoPairsTheWrongWayRound_isUncrossed() {
    BoardColumns board =
        new BoardColumns(boxes("a", "b", "c", "d"), List.of(arrow("a", "d"), arrow("b", "c")));
    assertEquals(0, board.crossings());
  }

  @Test
  void order_allToAll_crossesWhereItMust() {
    BoardColumns board = new BoardColumns(
        boxes("a", "b", "c", "d"),
        List.of(arrow("a", "d"), arrow("b", "c"), arrow("a", "c"), arrow("b", "d")));
    assertEquals(1, board.crossings());
  }

  @Test
  void route_long_hasAPlaceInEachColumnAndItsLabelNextToItsBeginning() {
    BoardColumns board = new BoardColumns(
        boxes("a", "b", "c"), List.of(arrow("a", "b"), arrow("b", "c"), arrow("a", "c")));
    List<BoardItem> items = board.routes.get(2).items();
    assertEquals(List.of(0, 1, 2, 3, 4), items.stream().map(item -> item.column).toList());
    assertEquals(
        List.of(1),
        items.stream()
            .filter(item -> item.label.isPresent())
            .map(item -> item.column)
            .toList());
  }

  @Test
  void route_back_runsFromLeftToRightAndPointsLeft() {
    BoardColumns board = new BoardColumns(
        boxes("a", "b", "c"), List.of(arrow("a", "b"), arrow("b", "c"), arrow("c", "a")));
    BoardColumns.Way back = board.routes.get(2);
    assertTrue(back.leftwards());
    assertEquals(0, back.items().get(0).column);
    assertTrue(back.items().get(3).label.isPresent());
  }

  @Test
  void new_unknownEnd_isRefused() {
    assertEquals(
        "an arrow's end must be a box, was b",
        assertThrows(
                IllegalArgumentException.class,
                () -> new BoardColumns(boxes("a"), List.of(arrow("a", "b"))))
            .getMessage());
  }
}

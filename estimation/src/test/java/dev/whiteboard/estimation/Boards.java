package dev.whiteboard.estimation;

import java.util.List;

/** Boxes and arrows in a few letters. */
final class Boards {
  private Boards() {}

  static BoardBox box(String id, ComponentKind kind, String... lines) {
    return new BoardBox(id, kind, id, List.of(lines), false);
  }

  static BoardArrow arrow(String from, String to) {
    return new BoardArrow(from, to, from + " to " + to, List.of("1/s"));
  }
}

package dev.whiteboard.estimation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands in a column of a board: a box, or the place where one arrow passes, with or without its label. Columns
 * with boxes have even numbers, those with labels odd ones. A place has one neighbour on either side; a box has one
 * for each arrow, and they are always places.
 */
final class BoardItem {
  final int column;
  final Optional<BoardBox> box;
  final Optional<BoardArrow> label;
  final List<BoardItem> left = new ArrayList<>();
  final List<BoardItem> right = new ArrayList<>();

  /** Its number in its column, from the top. */
  int rank;

  /** Lengths in pixels; those above and below are counted from {@code y}, the middle of a box or an arrow's line. */
  double width;

  double above;
  double below;
  double y;

  /** How far below its middle the box to the left, and that to the right, has this item's arrow. */
  double leftPort;

  double rightPort;

  private BoardItem(int column, Optional<BoardBox> box, Optional<BoardArrow> label) {
    this.column = column;
    this.box = box;
    this.label = label;
  }

  static BoardItem box(int column, BoardBox box) {
    return new BoardItem(column, Optional.of(box), Optional.empty());
  }

  static BoardItem label(int column, BoardArrow arrow) {
    return new BoardItem(column, Optional.empty(), Optional.of(arrow));
  }

  static BoardItem passage(int column) {
    return new BoardItem(column, Optional.empty(), Optional.empty());
  }

  boolean isBox() {
    return box.isPresent();
  }

  /** How far below this item's {@code y} its arrow to or from a neighbour is. */
  double port(BoardItem neighbour) {
    if (!isBox()) {
      return 0;
    }
    return neighbour.column > column ? neighbour.leftPort : neighbour.rightPort;
  }

  static void join(BoardItem left, BoardItem right) {
    left.right.add(right);
    right.left.add(left);
  }
}

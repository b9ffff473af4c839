package dev.whiteboard.estimation;

import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The columns of a board and the order within each, so that few arrows cross.
 *
 * <p><b>Idea.</b> Between two layers of boxes stands a column of labels. An arrow that passes a column, of labels or of
 * boxes, has a place of its own there, so nothing can come to lie upon anything else. Each column in turn is sorted by
 * the mean place of its neighbours on one side (the barycentre), then neighbours change places as long as that saves a
 * crossing; the best order seen is kept.
 */
final class BoardColumns {
  private static final int ROUNDS = 8;

  /** An arrow's items from its left box to its right one, and whether it points to the left. */
  record Way(BoardArrow arrow, boolean leftwards, List<BoardItem> items) {}

  final List<List<BoardItem>> columns = new ArrayList<>();
  final List<Way> routes = new ArrayList<>();
  private final Map<String, BoardItem> boxes = new LinkedHashMap<>();

  BoardColumns(List<BoardBox> boxes, List<BoardArrow> arrows) {
    Map<String, Integer> layers = BoardLayers.of(boxes, arrows);
    int last = layers.isEmpty() ? 0 : Collections.max(layers.values());
    for (int column = 0; column <= 2 * last; column++) {
      columns.add(new ArrayList<>());
    }
    for (BoardBox box : boxes) {
      this.boxes.put(box.id(), add(BoardItem.box(2 * layers.getOrDefault(box.id(), 0), box)));
    }
    arrows.forEach(this::route);
    columns.forEach(BoardColumns::number);
    order();
  }

  private BoardItem add(BoardItem item) {
    columns.get(item.column).add(item);
    return item;
  }

  /** The label stands next to the box that the arrow comes from. */
  private void route(BoardArrow arrow) {
    BoardItem from = box(arrow.from());
    BoardItem to = box(arrow.to());
    boolean leftwards = from.column > to.column;
    BoardItem left = leftwards ? to : from;
    BoardItem right = leftwards ? from : to;
    int labelled = leftwards ? from.column - 1 : from.column + 1;
    List<BoardItem> items = new ArrayList<>(List.of(left));
    for (int column = left.column + 1; column < right.column; column++) {
      items.add(
          add(column == labelled ? BoardItem.label(column, arrow) : BoardItem.passage(column)));
    }
    items.add(right);
    for (int i = 1; i < items.size(); i++) {
      BoardItem.join(items.get(i - 1), items.get(i));
    }
    routes.add(new Way(arrow, leftwards, items));
  }

  private BoardItem box(String id) {
    BoardItem item = boxes.get(id);
    if (item == null) {
      throw new IllegalArgumentException("an arrow's end must be a box, was " + id);
    }
    return item;
  }

  private void order() {
    int fewest = Integer.MAX_VALUE;
    List<List<BoardItem>> best = List.of();
    for (int round = 0; round < ROUNDS && fewest > 0; round++) {
      sweep();
      swap();
      int crossings = crossings();
      if (crossings < fewest) {
        fewest = crossings;
        best = columns.stream().map(List::copyOf).toList();
      }
    }
    for (int column = 0; column < columns.size(); column++) {
      columns.get(column).clear();
      columns.get(column).addAll(best.get(column));
      number(columns.get(column));
    }
    for (BoardItem box : boxes.values()) {
      box.left.sort(comparingInt(item -> item.rank));
      box.right.sort(comparingInt(item -> item.rank));
    }
  }

  private void sweep() {
    for (int column = 1; column < columns.size(); column++) {
      sort(columns.get(column), item -> item.left);
    }
    for (int column = columns.size() - 2; column >= 0; column--) {
      sort(columns.get(column), item -> item.right);
    }
  }

  private void sort(List<BoardItem> column, Function<BoardItem, List<BoardItem>> neighbours) {
    Map<BoardItem, Double> means = new LinkedHashMap<>();
    for (BoardItem item : column) {
      List<BoardItem> side = neighbours.apply(item);
      means.put(
          item, side.stream().mapToDouble(this::height).average().orElseGet(() -> height(item)));
    }
    column.sort(comparingDouble(item -> means.getOrDefault(item, 0.0)));
    number(column);
  }

  /** How far down its column an item stands, from 0 to 1: columns of different length compare. */
  private double height(BoardItem item) {
    return (item.rank + 0.5) / columns.get(item.column).size();
  }

  private void swap() {
    for (boolean better = true; better; ) {
      better = false;
      for (List<BoardItem> column : columns) {
        for (int i = 1; i < column.size(); i++) {
          better |= swapIfBetter(column, i);
        }
      }
    }
  }

  private static boolean swapIfBetter(List<BoardItem> column, int i) {
    BoardItem upper = column.get(i - 1);
    BoardItem lower = column.get(i);
    int now = crossings(upper.left, lower.left) + crossings(upper.right, lower.right);
    int then = crossings(lower.left, upper.left) + crossings(lower.right, upper.right);
    if (then >= now) {
      return false;
    }
    Collections.swap(column, i - 1, i);
    number(column);
    return true;
  }

  private static void number(List<BoardItem> column) {
    for (int rank = 0; rank < column.size(); rank++) {
      column.get(rank).rank = rank;
    }
  }

  /** Crossings between the arrows of an upper item and those of a lower one, on the side of these neighbours. */
  private static int crossings(List<BoardItem> ofUpper, List<BoardItem> ofLower) {
    int crossings = 0;
    for (BoardItem one : ofUpper) {
      for (BoardItem other : ofLower) {
        crossings += one.rank > other.rank ? 1 : 0;
      }
    }
    return crossings;
  }

  /** How often arrows cross in this order. */
  int crossings() {
    int crossings = 0;
    for (List<BoardItem> column : columns) {
      for (int i = 0; i < column.size(); i++) {
        for (int j = i + 1; j < column.size(); j++) {
          crossings += crossings(column.get(i).right, column.get(j).right);
        }
      }
    }
    return crossings;
  }
}

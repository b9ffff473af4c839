package dev.whiteboard.estimation;

import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import dev.whiteboard.estimation.BoardColumns.Way;
import dev.whiteboard.estimation.BoardShape.Area;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where everything on a board stands. Lengths are in pixels, and {@code y} grows downwards.
 *
 * <p><b>Idea.</b> The items of a column are stacked in their order, with a space between them, and then each moves as
 * near as it can to where its arrows would run straight. That is a least-squares problem with an order to keep, solved
 * for one column at a time by pooling adjacent violators (Ayer and others, 1955). Arrows run straight across columns
 * and change their height only between two columns, where nothing stands.
 */
final class BoardLayout {
  static final double MARGIN = 20;

  /** Between an arrow's line and the text above and below it. */
  static final double LINE_GAP = 4;

  /** What a bottleneck's mark adds below its box. */
  static final double MARK = 11;

  private static final double BOX_GAP = 26;
  private static final double LABEL_GAP = 14;
  private static final double NARROWEST_BOX = 104;
  private static final double LEAST_PORT_GAP = 14;
  private static final double PORT_GAP = 52;
  private static final int ROUNDS = 60;

  /** Half of what is kept free for an arrow without a label. */
  private static final double PASSAGE = 7;

  private static final double LONG_WEIGHT = 20;

  /** Between two columns, by how far the arrows between them climb: room for a head at least. */
  private static final double LEAST_GAP = 9;

  private static final double LEAD = 11;

  private static final double MOST_GAP = 56;

  /** A box with its place. */
  record PlacedBox(BoardBox box, BoardText text, Area area) {}

  /** Text with the place that is kept for it, around {@code lineY}, where the arrow runs. */
  record Label(BoardText text, Area area, double lineY) {}

  record Point(double x, double y) {}

  /**
   * An arrow with its way from left to right: level from the first point to the second, bent to the third, level to
   * the fourth, and so on.
   */
  record PlacedArrow(BoardArrow arrow, boolean leftwards, List<Point> points, Label label) {}

  final List<PlacedBox> boxes = new ArrayList<>();
  final List<PlacedArrow> arrows = new ArrayList<>();
  final double width;
  final double height;
  private final List<List<BoardItem>> columns;

  /** The left and right edges of each column. */
  private final double[] lefts;

  private final double[] rights;

  /** Lays out a board beneath {@code top}, at least {@code least} wide. */
  BoardLayout(List<BoardBox> boxes, List<BoardArrow> arrows, double top, double least) {
    BoardColumns order = new BoardColumns(boxes, arrows);
    columns = order.columns;
    lefts = new double[columns.size()];
    rights = new double[columns.size()];
    items().forEach(BoardLayout::measure);
    settle();
    double highest = items().mapToDouble(it -> it.y - it.above).min().orElse(0);
    items().forEach(it -> it.y = Math.rint(it.y - highest + top));
    boxItems().forEach(it -> setPorts(it, true));
    spread();
    width = Math.max(least, rights[columns.size() - 1]) + MARGIN;
    height = items().mapToDouble(it -> it.y + it.below).max().orElse(top) + MARGIN;
    items().forEach(it -> it.box.ifPresent(box -> this.boxes.add(place(it, box))));
    order.routes.forEach(route -> this.arrows.add(place(route)));
  }

  private Stream<BoardItem> items() {
    return columns.stream().flatMap(List::stream);
  }

  private Stream<BoardItem> boxItems() {
    return items().filter(BoardItem::isBox);
  }

  private static void measure(BoardItem item) {
    item.above = PASSAGE;
    item.below = PASSAGE;
    item.label.map(BoardText::of).ifPresent(text -> {
      item.width = text.width();
      item.above = Math.max(PASSAGE, text.titleHeight() + LINE_GAP);
      item.below = Math.max(PASSAGE, text.linesHeight() + LINE_GAP);
    });
    item.box.ifPresent(box -> {
      BoardText text = BoardText.of(box);
      BoardShape shape = BoardShape.of(box.kind());
      int ports = Math.max(item.left.size(), item.right.size());
      double height = Math.max(
          shape.top + text.titleHeight() + text.linesHeight() + shape.bottom,
          2 * shape.corner() + (ports - 1) * PORT_GAP);
      item.width = Math.max(NARROWEST_BOX, Math.ceil(shape.left + text.width() + shape.right));
      item.above = Math.ceil(height / 2);
      item.below = item.above + (box.bottleneck() ? MARK : 0);
    });
  }

  /** Heights first: how far apart two columns stand depends on how steep the arrows between them are. */
  private void settle() {
    for (List<BoardItem> column : columns) {
      double y = 0;
      for (int i = 0; i < column.size(); i++) {
        y += i == 0 ? 0 : distance(column.get(i - 1), column.get(i));
        column.get(i).y = y;
      }
      double half = y / 2;
      column.forEach(item -> item.y -= half);
    }
    for (int round = 0; round < ROUNDS; round++) {
      boolean sliding = round >= ROUNDS / 2;
      boxItems().forEach(it -> setPorts(it, sliding));
      columns.forEach(BoardLayout::straighten);
      Lists.reverse(columns).forEach(BoardLayout::straighten);
    }
  }

  private static double distance(BoardItem upper, BoardItem lower) {
    return upper.below + (upper.isBox() && lower.isBox() ? BOX_GAP : LABEL_GAP) + lower.above;
  }

  /** Arrows meet a box around the middle of its sides at first; later they slide to where they run straight. */
  private static void setPorts(BoardItem box, boolean sliding) {
    List<Double> left = ports(box, box.left, sliding);
    List<Double> right = ports(box, box.right, sliding);
    for (int i = 0; i < left.size(); i++) {
      box.left.get(i).rightPort = left.get(i);
    }
    for (int i = 0; i < right.size(); i++) {
      box.right.get(i).leftPort = right.get(i);
    }
  }

  private static List<Double> ports(BoardItem box, List<BoardItem> side, boolean sliding) {
    double room =
        box.above - box.box.map(it -> BoardShape.of(it.kind()).corner()).orElse(0.0);
    double gap = Math.min(PORT_GAP, 2 * room / Math.max(1, side.size() - 1));
    double least = Math.min(LEAST_PORT_GAP, gap);
    Spacing spacing = new Spacing();
    side.forEach(item -> spacing.add(sliding ? least : gap, sliding ? item.y - box.y : 0, 1));
    List<Double> ports = new ArrayList<>(spacing.places());
    double last = (side.size() - 1) * least;
    for (int i = 0; i < ports.size(); i++) {
      double above = i * least - room;
      ports.set(i, Math.max(above, Math.min(ports.get(i), above + 2 * room - last)));
    }
    return ports;
  }

  /** An item belongs where its arrows run straight; long ones matter most. */
  private static void straighten(List<BoardItem> column) {
    Spacing spacing = new Spacing();
    for (BoardItem item : column) {
      double sum = 0;
      double weight = 0;
      for (BoardItem other : Iterables.concat(item.left, item.right)) {
        double strength = item.isBox() || other.isBox() ? 1 : LONG_WEIGHT;
        sum += strength * (other.y + other.port(item) - item.port(other));
        weight += strength;
      }
      double distance = item.rank == 0 ? 0 : distance(column.get(item.rank - 1), item);
      spacing.add(distance, weight == 0 ? item.y : sum / weight, Math.max(weight, 1));
    }
    List<Double> places = spacing.places();
    column.forEach(item -> item.y = places.get(item.rank));
  }

  private void spread() {
    double x = MARGIN;
    for (int i = 0; i < columns.size(); i++) {
      lefts[i] = x;
      rights[i] = x
          + Math.ceil(columns.get(i).stream().mapToDouble(it -> it.width).max().orElse(0));
      double steepest = columns.get(i).stream()
          .flatMapToDouble(it -> it.right.stream()
              .mapToDouble(to -> Math.abs(it.y + it.port(to) - to.y - to.port(it))))
          .max()
          .orElse(0);
      x = rights[i] + LEAD + Math.rint(Math.min(LEAST_GAP + steepest / 3, MOST_GAP));
    }
  }

  private PlacedBox place(BoardItem item, BoardBox box) {
    double x = lefts[item.column];
    Area area = new Area(x, item.y - item.above, rights[item.column] - x, 2 * item.above);
    return new PlacedBox(box, BoardText.of(box), area);
  }

  private PlacedArrow place(Way route) {
    List<Point> points = new ArrayList<>();
    List<BoardItem> items = route.items();
    for (int i = 0; i < items.size(); i++) {
      BoardItem item = items.get(i);
      if (i > 0) {
        double dy = item.port(items.get(i - 1));
        points.add(new Point(lefts[item.column] - lead(item.column), item.y + dy));
        if (item.isBox()) {
          points.add(new Point(lefts[item.column] + inset(item, dy), item.y + dy));
        }
      }
      if (i < items.size() - 1) {
        double dy = item.port(items.get(i + 1));
        if (item.isBox()) {
          points.add(new Point(rights[item.column] - inset(item, dy), item.y + dy));
        }
        points.add(new Point(rights[item.column] + lead(item.column), item.y + dy));
      }
    }
    return new PlacedArrow(route.arrow(), route.leftwards(), points, label(route));
  }

  /** Next to a column of boxes, arrows run level for the length of a head. */
  private static double lead(int column) {
    return column % 2 == 0 ? LEAD : 0;
  }

  private static double inset(BoardItem item, double dy) {
    return item.box
        .map(box -> BoardShape.of(box.kind()).inset(dy, 2 * item.above))
        .orElse(0.0);
  }

  private Label label(Way route) {
    List<BoardItem> items = route.items();
    BoardItem item = items.get(route.leftwards() ? items.size() - 2 : 1);
    double x = (lefts[item.column] + rights[item.column] - item.width) / 2;
    Area area = new Area(x, item.y - item.above, item.width, item.above + item.below);
    return new Label(BoardText.of(route.arrow()), area, item.y);
  }
}

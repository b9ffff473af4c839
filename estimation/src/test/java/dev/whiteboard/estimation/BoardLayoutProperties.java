package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.estimation.BoardLayout.Label;
import dev.whiteboard.estimation.BoardLayout.PlacedArrow;
import dev.whiteboard.estimation.BoardLayout.PlacedBox;
import dev.whiteboard.estimation.BoardLayout.Point;
import dev.whiteboard.estimation.BoardShape.Area;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of the picture, for every graph: up to 16 boxes and 30 arrows, with circles, doubles and boxes alone. */
class BoardLayoutProperties {
  private static final List<ComponentKind> KINDS = List.of(ComponentKind.values());

  record Graph(List<BoardBox> boxes, List<BoardArrow> arrows) {
    BoardLayout layout() {
      return new BoardLayout(boxes, arrows, 50, 200);
    }
  }

  @Provide
  Arbitrary<Graph> graphs() {
    return Arbitraries.longs().map(seed -> graph(new Random(seed), false));
  }

  @Provide
  Arbitrary<Graph> circlesFree() {
    return Arbitraries.longs().map(seed -> graph(new Random(seed), true));
  }

  private static Graph graph(Random random, boolean onwardsOnly) {
    int size = 1 + random.nextInt(16);
    List<BoardBox> boxes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      ComponentKind kind = KINDS.get(random.nextInt(KINDS.size()));
      boxes.add(
          new BoardBox("box" + i, kind, words(random, 4), lines(random), random.nextInt(4) == 0));
    }
    List<BoardArrow> arrows = new ArrayList<>();
    for (int i = size == 1 ? 0 : random.nextInt(31); i > 0; i--) {
      int one = random.nextInt(size);
      int other = (one + 1 + random.nextInt(size - 1)) % size;
      int from = onwardsOnly ? Math.min(one, other) : one;
      int to = onwardsOnly ? Math.max(one, other) : other;
      arrows.add(new BoardArrow("box" + from, "box" + to, words(random, 5), lines(random)));
    }
    return new Graph(boxes, arrows);
  }

  private static String words(Random random, int most) {
    return "some words".repeat(random.nextInt(most)).replace("ss", "s s");
  }

  private static List<String> lines(Random random) {
    return random.ints(random.nextInt(4), 0, 10_000).mapToObj(i -> i + " MB/s").toList();
  }

  @Property(tries = 20)
  void neitherBoxesNorLabelsOverlap(@ForAll @From("graphs") Graph graph) {
    BoardLayout layout = graph.layout();
    List<Area> areas = new ArrayList<>();
    layout.boxes.forEach(box -> areas.add(withMark(box)));
    layout.arrows.forEach(arrow -> areas.add(arrow.label().area()));
    for (int i = 0; i < areas.size(); i++) {
      for (int j = i + 1; j < areas.size(); j++) {
        assertFalse(overlap(areas.get(i), areas.get(j)), areas.get(i) + " " + areas.get(j));
      }
    }
  }

  private static Area withMark(PlacedBox box) {
    Area area = box.area();
    double mark = box.box().bottleneck() ? 9 : 0;
    return new Area(area.x(), area.y(), area.width(), area.height() + mark);
  }

  private static boolean overlap(Area a, Area b) {
    return a.x() < b.right() && b.x() < a.right() && a.y() < b.bottom() && b.y() < a.bottom();
  }

  @Property(tries = 20)
  void arrowsRunAroundBoxesAndOtherArrowsLabels(@ForAll @From("graphs") Graph graph) {
    BoardLayout layout = graph.layout();
    for (int i = 0; i < layout.arrows.size(); i++) {
      PlacedArrow arrow = layout.arrows.get(i);
      List<Area> others = new ArrayList<>();
      layout.boxes.stream()
          .filter(box -> !isEnd(arrow, box))
          .forEach(box -> others.add(withMark(box)));
      for (int j = 0; j < layout.arrows.size(); j++) {
        if (j != i) {
          others.add(layout.arrows.get(j).label().area());
        }
      }
      for (Point point : sampled(arrow.points())) {
        assertTrue(others.stream().noneMatch(other -> within(other, point)), arrow + " " + point);
      }
    }
  }

  private static boolean isEnd(PlacedArrow arrow, PlacedBox box) {
    String id = box.box().id();
    return arrow.arrow().from().equals(id) || arrow.arrow().to().equals(id);
  }

  private static boolean within(Area area, Point point) {
    return area.x() < point.x()
        && point.x() < area.right()
        && area.y() < point.y()
        && point.y() < area.bottom();
  }

  /** The way in small steps; a bend is a cubic curve that begins and ends level. */
  private static List<Point> sampled(List<Point> points) {
    List<Point> way = new ArrayList<>();
    for (int i = 1; i < points.size(); i++) {
      Point from = points.get(i - 1);
      Point to = points.get(i);
      for (int step = 0; step <= 20; step++) {
        double t = step / 20.0;
        double middle = 1.5 * t * (1 - t);
        way.add(new Point(
            from.x() * Math.pow(1 - t, 3) + (from.x() + to.x()) * middle + to.x() * t * t * t,
            from.y() + (to.y() - from.y()) * t * t * (3 - 2 * t)));
      }
    }
    return way;
  }

  @Property(tries = 20)
  void arrowsGoFromOutlineToOutline(@ForAll @From("graphs") Graph graph) {
    BoardLayout layout = graph.layout();
    for (PlacedArrow arrow : layout.arrows) {
      Point left = arrow.points().get(0);
      Point right = arrow.points().get(arrow.points().size() - 1);
      assertTrue(left.x() < right.x());
      assertOnOutline(box(layout, arrow.arrow().from()), arrow.leftwards() ? right : left);
      assertOnOutline(box(layout, arrow.arrow().to()), arrow.leftwards() ? left : right);
    }
  }

  private static PlacedBox box(BoardLayout layout, String id) {
    return layout.boxes.stream()
        .filter(it -> it.box().id().equals(id))
        .findAny()
        .orElseThrow();
  }

  /** By each outline's equation, with the origin in the middle of the box. */
  private static void assertOnOutline(PlacedBox box, Point point) {
    Area area = box.area();
    double x = Math.abs(point.x() - area.x() - area.width() / 2);
    double y = Math.abs(point.y() - area.middle());
    double half = area.width() / 2;
    switch (box.box().kind()) {
      case CLIENT, SERVICE, CACHE, STORE -> {
        assertEquals(half, x, 1e-6);
        assertTrue(y <= area.height() / 2 - (box.box().kind() == ComponentKind.STORE ? 7 : 10));
      }
      case BALANCER -> assertEquals(1, (x - half + 16) / 16 + y / (area.height() / 2), 1e-6);
      case QUEUE ->
        assertEquals(1, Math.hypot((x - half + 12) / 12, y / (area.height() / 2)), 1e-6);
      case CDN ->
        assertEquals(1, Math.hypot((x - half + 18) / 18, y / (area.height() / 2 - 9)), 1e-6);
    }
  }

  @Property(tries = 20)
  void everythingIsInThePicture(@ForAll @From("graphs") Graph graph) {
    BoardLayout layout = graph.layout();
    Area picture = new Area(19, 49, layout.width - 38, layout.height - 68);
    for (PlacedBox box : layout.boxes) {
      assertTrue(holds(picture, withMark(box)), box.toString());
    }
    for (PlacedArrow arrow : layout.arrows) {
      assertTrue(holds(picture, arrow.label().area()), arrow.toString());
      assertTrue(
          sampled(arrow.points()).stream().allMatch(point -> within(picture, point)),
          arrow.toString());
    }
  }

  private static boolean holds(Area outer, Area inner) {
    return outer.x() <= inner.x()
        && inner.right() <= outer.right()
        && outer.y() <= inner.y()
        && inner.bottom() <= outer.bottom();
  }

  @Property(tries = 20)
  void textFitsIntoItsBoxAndBesideItsArrow(@ForAll @From("graphs") Graph graph) {
    BoardLayout layout = graph.layout();
    for (PlacedBox box : layout.boxes) {
      BoardText text = box.text();
      assertTrue(text.width() <= box.area().width() - 28, box.toString());
      assertTrue(text.titleHeight() + text.linesHeight() <= box.area().height() - 24);
    }
    for (PlacedArrow arrow : layout.arrows) {
      Label label = arrow.label();
      assertTrue(label.text().width() <= label.area().width());
      assertTrue(label.text().titleHeight() <= label.lineY() - label.area().y());
      assertTrue(label.text().linesHeight() <= label.area().bottom() - label.lineY());
      assertTrue(arrow.points().stream().anyMatch(point -> point.y() == label.lineY()));
    }
  }

  @Property(tries = 20)
  void withoutCirclesEveryArrowPointsRight(@ForAll @From("circlesFree") Graph graph) {
    assertTrue(graph.layout().arrows.stream().noneMatch(PlacedArrow::leftwards));
  }

  @Property(tries = 20)
  void noLayerIsEmpty(@ForAll @From("graphs") Graph graph) {
    assertTrue(
        new BoardColumns(graph.boxes, graph.arrows).columns.stream().noneMatch(List::isEmpty));
  }
}

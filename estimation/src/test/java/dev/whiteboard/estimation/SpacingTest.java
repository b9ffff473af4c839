package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpacingTest {
  private final Spacing spacing = new Spacing();

  @Test
  void places_enoughRoom_areWhereTheyBelong() {
    spacing.add(10, 5, 1);
    spacing.add(10, 15, 1);
    spacing.add(10, 40, 1);
    assertEquals(List.of(5.0, 15.0, 40.0), spacing.places());
  }

  @Test
  void places_twoForOnePlace_standAroundIt() {
    spacing.add(10, 50, 1);
    spacing.add(10, 50, 1);
    assertEquals(List.of(45.0, 55.0), spacing.places());
  }

  @Test
  void places_heavyAndLight_theLightOneGivesWay() {
    spacing.add(10, 50, 1);
    spacing.add(10, 50, 4);
    assertEquals(List.of(42.0, 52.0), spacing.places());
  }

  @Test
  void places_wrongOrder_isKept() {
    spacing.add(1, 10, 1);
    spacing.add(1, 0, 1);
    spacing.add(1, -10, 1);
    assertEquals(List.of(-1.0, 0.0, 1.0), spacing.places());
  }
}

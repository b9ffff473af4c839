package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class NodeTest {
  @Test
  void of_idAlone_hasWeightOneAndNoZone() {
    assertEquals(new Node<>("a", 1, ""), Node.of("a"));
    assertEquals(new Node<>("a", 3, "eu"), Node.of("a", 3).inZone("eu"));
  }

  @Test
  void of_weightBelowOne_isRefused() {
    assertEquals("weight must be >= 1, was 0", refused(() -> Node.of("a", 0)));
    assertEquals(
        "weight must be >= 1, was -2147483648", refused(() -> Node.of("a", Integer.MIN_VALUE)));
  }

  @Test
  void of_null_namesTheArgument() {
    assertEquals("id", missing(() -> Node.of(null)));
    assertEquals("zone", missing(() -> Node.of("a").inZone(null)));
  }

  private static String refused(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }

  private static String missing(Runnable call) {
    return assertThrows(NullPointerException.class, call::run).getMessage();
  }
}

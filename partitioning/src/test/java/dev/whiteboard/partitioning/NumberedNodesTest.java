package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.Iterables;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NumberedNodesTest {
  private static Roster<String> abc() {
    return NumberedNodes.roster(List.of(Node.of("c"), Node.of("a"), Node.of("b")));
  }

  @Test
  void roster_manyNodes_keepsTheirOrder() {
    List<Integer> numbers = IntStream.range(0, 1200).mapToObj(i -> 1200 - i).toList();
    Roster<Integer> roster = NumberedNodes.roster(numbers.stream().map(Node::of).toList());
    assertEquals(numbers, roster.ids().asList());
  }

  @Test
  void roster_iterableThatIsReadOnce_isEnough() {
    Iterable<Node<String>> once =
        Iterables.consumingIterable(new ArrayList<>(List.of(Node.of("a"), Node.of("b"))));
    assertEquals(List.of("a", "b"), NumberedNodes.roster(once).ids().asList());
  }

  @Test
  void order_firstIsTheHashItself_furtherOnesAreOthers() {
    List<Long> hashes = new ArrayList<>();
    Iterator<String> order = NumberedNodes.order(abc(), 42, hash -> {
      hashes.add(hash);
      return "a";
    });
    for (int i = 0; i < 90; i++) {
      order.next();
    }
    assertEquals(42, hashes.get(0));
    assertEquals(90, hashes.stream().distinct().count());
  }

  /** 32 probes for each of three nodes, then every node in its place. */
  @Test
  void order_ownersThatNeverChange_endsWithAllNodes() {
    Iterator<String> order = NumberedNodes.order(abc(), 42, hash -> "b");
    for (int i = 0; i < 96; i++) {
      assertEquals("b", order.next());
    }
    List<String> rest = new ArrayList<>();
    order.forEachRemaining(rest::add);
    assertEquals(List.of("c", "a", "b"), rest);
    assertEquals(
        List.of("b", "c", "a"), abc().spread(NumberedNodes.order(abc(), 42, hash -> "b"), 3));
  }

  @Test
  void scale_isProportionalAndBelowTheSize() {
    assertEquals(0, NumberedNodes.scale(0, 10));
    assertEquals(4, NumberedNodes.scale(Long.MAX_VALUE, 10));
    assertEquals(5, NumberedNodes.scale(Long.MIN_VALUE, 10));
    assertEquals(9, NumberedNodes.scale(-1, 10));
    assertEquals(0, NumberedNodes.scale(-1, 1));
    assertEquals(Integer.MAX_VALUE - 1, NumberedNodes.scale(-1, Integer.MAX_VALUE));
  }
}

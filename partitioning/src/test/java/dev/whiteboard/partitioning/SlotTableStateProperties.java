package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SlotTableStateProperties {
  private static final Function<String, String> TEXT = Function.identity();

  @Provide
  Arbitrary<SlotTable<String>> tables() {
    Arbitrary<Node<String>> node = Combinators.combine(
            Arbitraries.strings().ofMaxLength(6),
            Arbitraries.integers().between(1, 9),
            Arbitraries.of("", "x", "y"))
        .as(Node::new);
    return Combinators.combine(
            Arbitraries.integers().between(10, 60),
            Arbitraries.integers().between(1, 3),
            Arbitraries.of(SlotHashes.class),
            node.list().uniqueElements(Node::id).ofMaxSize(8),
            Arbitraries.of(true, false))
        .as(SlotTableStateProperties::table);
  }

  /** A table with a past, or one that is compiled, so that its lists follow from nothing else. */
  private static SlotTable<String> table(
      int slots, int copies, SlotHash slotHash, List<Node<String>> nodes, boolean compiled) {
    if (compiled) {
      return HashRing.<String>builder().nodes(nodes).build().compile(slots, copies);
    }
    SlotTable<String> table = SlotTable.<String>builder()
        .slots(slots)
        .copies(copies)
        .slotHash(slotHash)
        .build();
    for (Node<String> node : nodes) {
      table = table.with(node);
    }
    return nodes.size() < 3 ? table : table.without(nodes.get(1).id());
  }

  @Property(tries = 200)
  void decodedTableIsTheSameAndChangesInTheSameWay(
      @ForAll("tables") SlotTable<String> table, @ForAll String key) {
    SlotTable<String> decoded = SlotTable.decode(table.encode(TEXT), TEXT);
    assertSame(table, decoded);
    assertEquals(table.slotOf(key), decoded.slotOf(key));
    Node<String> joining = Node.of("a new node", 3).inZone("x");
    assertSame(table.with(joining), decoded.with(joining));
    assertSame(table.rebalanced(), decoded.rebalanced());
    for (String id : table.nodes()) {
      assertSame(table.without(id), decoded.without(id));
      assertSame(table.replace(Node.of(id, 20)), decoded.replace(Node.of(id, 20)));
    }
  }

  private static void assertSame(SlotTable<String> expected, SlotTable<String> actual) {
    assertEquals(expected.members(), actual.members());
    for (int slot = 0; slot < expected.slots(); slot++) {
      for (int count = 1; count <= expected.nodes().size(); count++) {
        assertEquals(expected.holders(slot, count), actual.holders(slot, count));
      }
    }
    assertArrayEquals(expected.encode(TEXT), actual.encode(TEXT));
  }

  /** Each of the 8 bits of each byte, and each length. */
  @Test
  void anyFlippedBitAndAnyTruncationIsRefused() {
    byte[] state = SlotTable.<String>builder()
        .slots(10)
        .nodes(List.of(Node.of("a"), Node.of("b").inZone("x")))
        .build()
        .encode(TEXT);
    for (int i = 0; i < state.length; i++) {
      byte[] shorter = Arrays.copyOf(state, i);
      assertThrows(IllegalArgumentException.class, () -> SlotTable.decode(shorter, TEXT));
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = state.clone();
        flipped[i] ^= (byte) (1 << bit);
        assertThrows(IllegalArgumentException.class, () -> SlotTable.decode(flipped, TEXT));
      }
    }
  }

  @Property(tries = 500)
  void randomBytesAreRefused(@ForAll byte[] bytes) {
    assertThrows(IllegalArgumentException.class, () -> SlotTable.decode(bytes, TEXT));
  }

  /** A body of any bytes under a good frame, and a good body with one byte of it changed. */
  @Property(tries = 300)
  void forgedBodyIsRefusedOrATable(
      @ForAll byte[] noise,
      @ForAll("tables") SlotTable<String> table,
      @ForAll @IntRange(min = 0, max = 10_000) int index,
      @ForAll byte value) {
    assertThrows(
        IllegalArgumentException.class,
        () -> SlotTable.decode(State.write((byte) 'S', 1, body -> body.write(noise)), TEXT));
    byte[] state = table.encode(TEXT);
    byte[] changed = Arrays.copyOfRange(state, 8, state.length - 8);
    changed[index % changed.length] = value;
    byte[] forged = State.write((byte) 'S', 1, body -> body.write(changed));
    try {
      SlotTable<String> decoded = SlotTable.decode(forged, TEXT);
      assertSame(decoded, SlotTable.decode(decoded.encode(TEXT), TEXT));
    } catch (IllegalArgumentException e) {
      assertEquals(IllegalArgumentException.class, e.getClass());
    }
  }
}

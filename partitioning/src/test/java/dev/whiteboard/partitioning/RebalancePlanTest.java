package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.partitioning.RebalancePlan.Move;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RebalancePlanTest {
  private static RebalancePlan<String> plan(String before, String after) {
    return RebalancePlan.between(
        ListedPartitioner.of(before).table(), ListedPartitioner.of(after).table());
  }

  private static RebalancePlan<String> plan(String before, String after, int copies) {
    return RebalancePlan.between(
        ListedPartitioner.of(before).table(), ListedPartitioner.of(after).table(), copies);
  }

  private static Move<String> move(int first, int last, String from, String to) {
    return new Move<>(first, last, Optional.of(from), to);
  }

  @Test
  void between_owners_neighboursOfOneRouteAreOneMove() {
    RebalancePlan<String> plan = plan("a a a b b a", "c c a a c c");
    assertEquals(
        List.of(
            move(0, 1, "a", "c"), move(3, 3, "b", "a"), move(4, 4, "b", "c"), move(5, 5, "a", "c")),
        plan.moves());
    assertEquals(2, plan.moves().get(0).slots());
    assertEquals(5, plan.movedSlots());
    assertEquals(5, plan.movedCopies());
    assertEquals(5 / 6.0, plan.share());
    assertEquals(Map.of("a", 1, "c", 4), plan.gains());
    assertEquals(Map.of("a", 3, "b", 2), plan.losses());
    assertEquals(List.of("a", "c"), List.copyOf(plan.gains().keySet()));
  }

  /** Node a holds 4 and then 2 slots, c 0 and then 4: four moves would do, if a got none. */
  @Test
  void minimum_nodeThatGivesAndGets_isLessThanTheMoves() {
    RebalancePlan<String> plan = plan("a a a b b a", "c c a a c c");
    assertEquals(4, plan.minimum());
    assertFalse(plan.isMinimal());
    assertEquals(4, plan("a a a b b a", "c c a c c a").movedCopies());
    assertTrue(plan("a a a b b a", "c c a c c a").isMinimal());
  }

  @Test
  void between_sameTables_movesNothing() {
    RebalancePlan<String> plan = plan("a b", "a b");
    assertEquals(List.of(), plan.moves());
    assertEquals(0, plan.movedSlots());
    assertEquals(0, plan.share());
    assertEquals(0, plan.minimum());
    assertTrue(plan.isMinimal());
    assertEquals(Map.of("a", 0, "b", 0), plan.gains());
  }

  @Test
  void between_copies_aNodeThatStaysGivesThem() {
    RebalancePlan<String> plan = plan("ab ab ba cd", "bc bc ab ab", 2);
    assertEquals(
        List.of(move(0, 1, "b", "c"), move(3, 3, "c", "a"), move(3, 3, "c", "b")), plan.moves());
    assertEquals(3, plan.movedSlots());
    assertEquals(4, plan.movedCopies());
    assertEquals(0.5, plan.share());
    assertEquals(Map.of("a", 1, "b", 1, "c", 2), plan.gains());
    assertEquals(Map.of("a", 2, "b", 0, "c", 1, "d", 1), plan.losses());
    // Only b grows, by 1, and c, by 1.
    assertEquals(2, plan.minimum());
  }

  @Test
  void between_copies_orderAloneMovesNothing() {
    assertEquals(List.of(), plan("ab ab", "ba ba", 2).moves());
    assertEquals(2, plan("ab ab", "ba ba").movedSlots());
  }

  @Test
  void between_moreCopiesThanLists_looksFurther() {
    SlotTable<String> one = SlotTable.<String>builder()
        .slots(20)
        .nodes(List.of(Node.of("a"), Node.of("b"), Node.of("c")))
        .build();
    RebalancePlan<String> plan = RebalancePlan.between(one, one.with(Node.of("d")), 3);
    // Three nodes hold everything, so only the new one can get copies.
    assertEquals(plan.movedCopies(), (long) plan.gains().get("d"));
    assertTrue(plan.gains().get("d") >= 5);
  }

  @Test
  void between_empty_nobodyGives() {
    SlotTable<String> empty = SlotTable.<String>builder().slots(3).build();
    SlotTable<String> full = empty.with(Node.of("a"));
    RebalancePlan<String> first = RebalancePlan.between(empty, full);
    assertEquals(List.of(new Move<>(0, 2, Optional.empty(), "a")), first.moves());
    assertEquals(1, first.share());
    assertTrue(first.isMinimal());
    RebalancePlan<String> last = RebalancePlan.between(full, empty);
    assertEquals(List.of(), last.moves());
    assertEquals(Map.of("a", 3), last.losses());
    assertEquals(Map.of(), last.gains());
  }

  @Test
  void between_rings_compiled() {
    HashRing<String> ring = HashRing.of("a", "b", "c");
    HashRing<String> more = ring.with(Node.of("d"));
    RebalancePlan<String> plan = RebalancePlan.between(ring.compile(4096), more.compile(4096));
    assertTrue(plan.isMinimal());
    assertEquals(ring.gains(more).get("d"), plan.share(), 0.02);
  }

  @Test
  void between_badArgument_isRefused() {
    SlotTable<String> three = SlotTable.<String>builder().slots(3).build();
    SlotTable<String> four = SlotTable.<String>builder().slots(4).build();
    assertEquals(
        "tables must have the same number of slots, had 3 and 4",
        refused(() -> RebalancePlan.between(three, four)));
    assertEquals(
        "copies must be >= 1, was 0", refused(() -> RebalancePlan.between(three, three, 0)));
    assertEquals("before", missing(() -> RebalancePlan.between(null, four)));
    assertEquals("after", missing(() -> RebalancePlan.between(four, null)));
  }

  @Test
  void move_badArgument_isRefused() {
    assertEquals("firstSlot must be >= 0, was -1", refused(() -> move(-1, 0, "a", "b")));
    assertEquals("lastSlot must be >= 5 (firstSlot), was 4", refused(() -> move(5, 4, "a", "b")));
    assertEquals("from", missing(() -> new Move<>(0, 0, null, "b")));
    assertEquals("to", missing(() -> new Move<>(0, 0, Optional.of("a"), null)));
  }

  @Test
  void results_areUnmodifiable() {
    RebalancePlan<String> plan = plan("a", "b");
    for (Executable change : List.<Executable>of(
        () -> plan.moves().clear(),
        () -> plan.gains().clear(),
        () -> plan.losses().clear())) {
      assertThrows(UnsupportedOperationException.class, change);
    }
  }

  @Test
  void toMarkdown_plan_isThisText() {
    assertEquals("""
        **5 of 6 slots move, 83.33 %.** These loads need 4 moves.

        | from | to | slots | share |
        | --- | --- | ---: | ---: |
        | a | c | 3 | 50.00 % |
        | b | a | 1 | 16.67 % |
        | b | c | 1 | 16.67 % |

        | node | before | gets | gives up | after |
        | --- | ---: | ---: | ---: | ---: |
        | a | 4 | 1 | 3 | 2 |
        | b | 2 | 0 | 2 | 0 |
        | c | 0 | 4 | 0 | 4 |
        | **total** | 6 | 5 | 5 | 6 |
        """, plan("a a a b b a", "c c a a c c").toMarkdown());
  }

  @Test
  void toMarkdown_copies_areCounted() {
    String text = plan("ab ab ba cd", "bc bc ab ab", 2).toMarkdown();
    assertTrue(
        text.startsWith("**4 of 4 × 2 copies move, 50.00 %.** These loads need 2 moves.\n"), text);
    assertTrue(text.contains("\n| b | c | 2 | 25.00 % |\n"), text);
    assertTrue(text.endsWith("\n| **total** | 8 | 4 | 4 | 8 |\n"), text);
  }

  @Test
  void toMarkdown_nothingMoves_saysSo() {
    String text = plan("a", "a").toMarkdown();
    assertTrue(
        text.startsWith(
            "**0 of 1 slots move, 0.00 %.** No plan for these loads moves less.\n\n| node"),
        text);
  }

  @Test
  void toMarkdown_names_areEscaped() {
    SlotTable<String> before = SlotTable.<String>builder().slots(2).build();
    String text =
        RebalancePlan.between(before, before.with(Node.of("a|b\n<i>_*c"))).toMarkdown();
    assertTrue(text.contains("| nobody | a\\|b \\<i\\>\\_\\*c | 2 | 100.00 % |"), text);
  }

  @Test
  void toSvg_fourSlots_areDrawnToScale() {
    String svg = plan("a a b b", "a c c b").toSvg();
    assertWellFormed(svg);
    // Slot 1 goes from a, the blue, to c; slot 2 from b to c. A slot is 200 wide.
    assertTrue(
        svg.contains("<path fill=\"#3b80ce\" d=\"M276.00 64.00h200.00v44.00h-200.00z\"/>"), svg);
    assertTrue(svg.contains("d=\"M476.00 64.00h200.00v44.00h-200.00z\"/>"), svg);
    assertTrue(svg.contains("d=\"M276.00 116.00h400.00v44.00h-400.00z\"/>"), svg);
    assertTrue(svg.contains(">2 of 4 slots move, 50.00 %</text>"), svg);
    assertTrue(svg.contains(">2 → 1</text>"), svg);
    assertTrue(svg.contains(">0 → 2</text>"), svg);
  }

  /** Of 1,600 slots two share a column; one of them moves, so half of each strip's height is in full colour. */
  @Test
  void toSvg_manySlots_columnsShowTheShareThatMoves() {
    StringBuilder after = new StringBuilder();
    IntStream.range(0, 1600).forEach(slot -> after.append(slot % 2 == 0 ? "a " : "b "));
    String svg = plan("a ".repeat(1600).trim(), after.toString().trim()).toSvg();
    assertWellFormed(svg);
    assertTrue(svg.contains("A column stands for 2.0 slots."), svg);
    assertTrue(svg.contains("d=\"M76.00 86.00h800.00v22.00h-800.00z\"/>"), svg);
    assertTrue(svg.contains("d=\"M76.00 116.00h800.00v22.00h-800.00z\"/>"), svg);
  }

  @Test
  void toSvg_names_areEscapedAndShortened() {
    SlotTable<String> empty = SlotTable.<String>builder().slots(2).build();
    String svg = RebalancePlan.between(
            empty, empty.with(Node.of("<a> & \"b\"")).with(Node.of("123456789012345678901")))
        .toSvg();
    assertWellFormed(svg);
    assertTrue(svg.contains(">&lt;a&gt; &amp; &quot;b&quot;</text>"), svg);
    assertTrue(svg.contains(">1234567890123456789…</text>"), svg);
  }

  @Test
  void toSvg_twoHundredNodes_staysSmall() {
    SlotTable.Builder<String> builder = SlotTable.builder();
    IntStream.range(0, 200).forEach(i -> builder.node(Node.of("node " + i)));
    SlotTable<String> table = builder.build();
    String svg = RebalancePlan.between(table, table.without("node 3")).toSvg();
    assertWellFormed(svg);
    assertEquals(200, svg.split("<rect ", -1).length - 1);
    assertTrue(svg.length() < 200_000, "length " + svg.length());
  }

  /** Every element is closed, in turn, and between the tags there is neither an angle bracket nor a bare ampersand. */
  private static void assertWellFormed(String svg) {
    Deque<String> open = new ArrayDeque<>();
    Matcher tag =
        Pattern.compile("<(/?)([a-z]+)(?: [a-zA-Z-]+=\"[^\"<]*\"|\\s)*(/?)>").matcher(svg);
    while (tag.find()) {
      if (!tag.group(1).isEmpty()) {
        assertEquals(open.pop(), tag.group(2));
      } else if (tag.group(3).isEmpty()) {
        open.push(tag.group(2));
      }
    }
    assertEquals(0, open.size());
    String text = tag.replaceAll("").replaceAll("&(amp|lt|gt|quot|apos);", "");
    assertFalse(text.matches("(?s).*[<>&].*"), text);
  }

  private static String refused(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  private static String missing(Executable call) {
    return assertThrows(NullPointerException.class, call).getMessage();
  }
}

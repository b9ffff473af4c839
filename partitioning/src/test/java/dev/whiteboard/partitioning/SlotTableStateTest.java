package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whiteboard.core.hash.Xxh3;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SlotTableStateTest {
  private static final Function<String, String> TEXT = Function.identity();

  private static SlotTable<String> table() {
    return ListedPartitioner.of("ab ba ac").table();
  }

  /** The format, field by field; the last eight bytes are the XXH3 of the others. */
  @Test
  void encode_smallTable_isTheseBytes() {
    byte[] state = table().encode(TEXT);
    String frame = "5742" + "53" + "01" + "0000003c";
    String head = "0004" + "58584833" + "00000003" + "00000002" + "00000003";
    String nodes = node("61") + node("62") + node("63");
    assertEquals(
        frame + head + nodes + "0001" + "0100" + "0002",
        HexFormat.of().formatHex(state, 0, state.length - 8));
    assertEquals(
        Xxh3.hash(state, 0, state.length - 8), ByteBuffer.wrap(state).getLong(state.length - 8));
  }

  private static String node(String letter) {
    return "0001" + letter + "0001" + letter + "00000001" + "0000";
  }

  @Test
  void decode_encoded_isTheSameTable() {
    SlotTable<String> before = SlotTable.<String>builder()
        .slots(50)
        .copies(2)
        .slotHash(SlotHash.kafka())
        .nodes(List.of(new Node<>("a", 3, "x"), new Node<>("b", 2, "y"), Node.of("ü")))
        .build();
    SlotTable<String> after = SlotTable.decode(before.encode(TEXT), TEXT);
    assertEquals(before.members(), after.members());
    assertEquals(before.loads(), after.loads());
    assertEquals(before.slotOf("key"), after.slotOf("key"));
    assertArrayEquals(before.encode(TEXT), after.encode(TEXT));
    assertArrayEquals(before.without("a").encode(TEXT), after.without("a").encode(TEXT));
  }

  @Test
  void decode_empty_isEmpty() {
    SlotTable<String> empty =
        SlotTable.decode(SlotTable.<String>builder().slots(7).build().encode(TEXT), TEXT);
    assertEquals(7, empty.slots());
    assertEquals(List.of(), empty.members());
    assertEquals(7, empty.with(Node.of("a")).loads().get("a"));
  }

  /** Numbers of nodes take one byte up to 256 nodes, two beyond. */
  @Test
  void decode_manyNodes_areTheSame() {
    for (int count : new int[] {256, 257}) {
      SlotTable.Builder<Integer> builder = SlotTable.<Integer>builder().slots(300);
      for (int i = 0; i < count; i++) {
        builder.node(Node.of(i));
      }
      SlotTable<Integer> table = builder.build();
      byte[] state = table.encode(Object::toString);
      assertArrayEquals(state, SlotTable.decode(state, Integer::valueOf).encode(Object::toString));
      assertEquals(table.loads(), SlotTable.decode(state, Integer::valueOf).loads());
    }
  }

  @Test
  void decode_ownLabels_areKept() {
    Function<Integer, String> labeller = id -> "label " + (9 - id);
    SlotTable<Integer> before = SlotTable.<Integer>builder()
        .slots(50)
        .labeller(labeller)
        .nodes(List.of(Node.of(1), Node.of(2)))
        .build();
    byte[] state = before.encode(Object::toString);
    SlotTable<Integer> after = SlotTable.decode(state, Integer::valueOf, labeller, SlotHash.xxh3());
    assertEquals(List.of(2, 1), List.copyOf(after.nodes()));
    assertArrayEquals(
        before.with(Node.of(3)).encode(Object::toString),
        after.with(Node.of(3)).encode(Object::toString));
    SlotTable<Integer> plain = SlotTable.decode(state, Integer::valueOf);
    assertEquals(List.of(2, 1), List.copyOf(plain.nodes()));
    assertEquals(List.of(3, 2, 1), List.copyOf(plain.with(Node.of(3)).nodes()));
  }

  @Test
  void decode_slotHash_mustFit() {
    SlotHash length = (key, slots) -> key.length() % slots;
    byte[] own = SlotTable.<String>builder().slotHash(length).slots(5).build().encode(TEXT);
    assertEquals(
        "state has a slot hash of its own: give it to decode",
        refused(() -> SlotTable.decode(own, TEXT)));
    assertEquals(3, SlotTable.<String>decode(own, TEXT, TEXT, length).slotOf("abc"));
    byte[] redis =
        SlotTable.<String>builder().slotHash(SlotHash.redisCluster()).build().encode(TEXT);
    assertEquals(7186, SlotTable.decode(redis, TEXT).slotOf("51"));
    assertEquals(
        "slotHash must be REDIS_CLUSTER, as in the state, was KAFKA",
        refused(() -> SlotTable.<String>decode(redis, TEXT, TEXT, SlotHash.kafka())));
  }

  @Test
  void encode_longText_isRefused() {
    SlotTable<String> table = SlotTable.of("a");
    assertEquals(
        "text must have <= 65535 bytes of UTF-8: encoded string (xxxxxxxx...xxxxxxxx) too long:"
            + " 65536 bytes",
        refused(() -> table.encode(id -> "x".repeat(65_536))));
    assertEquals("writer", missing(() -> table.encode(null)));
    assertEquals("text of node a", missing(() -> table.encode(id -> null)));
  }

  @Test
  void decode_null_isRefused() {
    byte[] state = table().encode(TEXT);
    assertEquals("state", missing(() -> SlotTable.decode(null, TEXT)));
    assertEquals("reader", missing(() -> SlotTable.decode(state, null)));
    assertEquals("labeller", missing(() -> SlotTable.decode(state, TEXT, null, SlotHash.xxh3())));
    assertEquals("slotHash", missing(() -> SlotTable.decode(state, TEXT, TEXT, null)));
    assertEquals(
        "identity that reader gives", missing(() -> SlotTable.decode(state, text -> null)));
  }

  @Test
  void decode_damagedFrame_saysWhatIsWrong() {
    byte[] state = table().encode(TEXT);
    assertEquals("state is truncated: it has 15 bytes", refused(Arrays.copyOf(state, 15)));
    assertEquals("state is truncated: it has 0 bytes", refused(new byte[0]));
    assertEquals("state is truncated: it has 75 bytes, not 76", refused(Arrays.copyOf(state, 75)));
    assertEquals("state has 2 bytes too many", refused(Arrays.copyOf(state, 78)));
    assertEquals("state must start with \"WB\"", refused(with(state, 1, 'X')));
    assertEquals("state kind must be 83, was 65", refused(with(state, 2, 'A')));
    assertEquals("state version must be 1, was 7", refused(with(state, 3, 7)));
    assertEquals(
        "state is truncated: it has 76 bytes, not 2130706508", refused(with(state, 4, 127)));
    assertEquals("state has 2147483648 bytes too many", refused(with(state, 4, 128)));
    String checksum = "state does not have the checksum that it says";
    assertEquals(checksum, refused(with(state, 20, 9)));
    assertEquals(checksum, refused(with(state, 75, state[75] + 1)));
  }

  private static byte[] with(byte[] state, int index, int value) {
    byte[] changed = state.clone();
    changed[index] = (byte) value;
    return changed;
  }

  /** Bodies that nobody has encoded, with the right checksum. */
  @Test
  void decode_forgedBody_saysWhatIsWrong() {
    assertEquals("state ends too early", refused(forged(body -> body.writeShort(4))));
    assertEquals(
        "state has a text that is not UTF-8",
        refused(forged(body -> body.write(new byte[] {0, 1, (byte) 0xFF}))));
    assertEquals(
        "state has an unknown slot hash: MD5", refused(forged(body -> body.writeUTF("MD5"))));
    assertEquals("slots must be in [1, 16777216], was -1", refused(forged(-1, 1, 0)));
    assertEquals("copies must be in [1, 64], was 65", refused(forged(1, 65, 0)));
    assertEquals(
        "slots * copies must be <= 67108864, was 1073741824", refused(forged(1 << 24, 64, 0)));
    assertEquals("state must have >= 0 nodes, has -1", refused(forged(3, 1, -1)));
    assertEquals("state ends too early", refused(forged(3, 1, Integer.MAX_VALUE)));
    assertEquals("holders must take 0 bytes, take 1", refused(forged(3, 1, 0, 5)));
  }

  @Test
  void decode_forgedNodes_saysWhatIsWrong() {
    assertEquals("weight must be >= 1, was 0", refused(forged("a", "a", 0, "b", "b")));
    assertEquals("node a is there already", refused(forged("a", "a", 1, "a", "b")));
    assertEquals(
        "nodes must have different labels, a and b have \"x\": set a labeller",
        refused(forged("a", "x", 1, "b", "x")));
    assertEquals(
        "state must have nodes in the order of labels", refused(forged("a", "y", 1, "b", "x")));
    assertEquals(
        "nodes must be <= slots (1), were 2", refused(forged("a", "a", 1, "b", "b", 1, 1, 0)));
  }

  @Test
  void decode_forgedHolders_saysWhatIsWrong() {
    assertEquals(
        "holders must take 6 bytes, take 5",
        refused(forged("a", "a", 1, "b", "b", 3, 2, 0, 1, 0, 1, 0)));
    assertEquals(
        "holders of slot 1 must be in [0, 1], one was 2",
        refused(forged("a", "a", 1, "b", "b", 3, 2, 0, 1, 0, 2, 0, 1)));
    assertEquals(
        "holders of slot 2 must differ, two were 1",
        refused(forged("a", "a", 1, "b", "b", 3, 2, 0, 1, 0, 1, 1, 1)));
  }

  private static byte[] forged(State.Writer writer) {
    return State.write((byte) 'S', 1, writer);
  }

  /** Slots, copies, how many nodes there are said to be, and what follows. */
  private static byte[] forged(int slots, int copies, int nodes, int... rest) {
    return forged(body -> {
      head(body, slots, copies, nodes);
      for (int octet : rest) {
        body.write(octet);
      }
    });
  }

  private static byte[] forged(String a, String labelA, int weight, String b, String labelB) {
    return forged(a, labelA, weight, b, labelB, 3, 1, 0, 1, 0);
  }

  /** Two nodes, the first of this weight, slots, copies and holders. */
  private static byte[] forged(
      String a,
      String labelA,
      int weight,
      String b,
      String labelB,
      int slots,
      int copies,
      int... holders) {
    return forged(body -> {
      head(body, slots, copies, 2);
      node(body, a, labelA, weight);
      node(body, b, labelB, 1);
      for (int holder : holders) {
        body.write(holder);
      }
    });
  }

  private static void head(DataOutputStream body, int slots, int copies, int nodes)
      throws IOException {
    body.writeUTF("XXH3");
    body.writeInt(slots);
    body.writeInt(copies);
    body.writeInt(nodes);
  }

  private static void node(DataOutputStream body, String id, String label, int weight)
      throws IOException {
    body.writeUTF(id);
    body.writeUTF(label);
    body.writeInt(weight);
    body.writeUTF("");
  }

  private static String refused(byte[] state) {
    return refused(() -> SlotTable.decode(state, TEXT));
  }

  private static String refused(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  private static String missing(Executable call) {
    return assertThrows(NullPointerException.class, call).getMessage();
  }
}

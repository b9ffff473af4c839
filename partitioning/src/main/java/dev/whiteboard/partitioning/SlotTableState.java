package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Enums;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The body of a {@link SlotTable}'s state: the name of the slot hash, empty for one that is not of this library; slots;
 * copies; nodes; for each slot its holders, as numbers in the order of labels, each in as few bytes as the largest needs.
 *
 * <p>Owners depend on history. Lists are kept too: those of a compiled table follow from nothing else.
 */
final class SlotTableState {
  private static final byte KIND = 'S';
  private static final int VERSION = 1;

  private SlotTableState() {}

  static <N> byte[] encode(
      Assignment<N> assignment, SlotHash slotHash, Function<? super N, String> writer) {
    return State.write(KIND, VERSION, body -> {
      Copies<N> copies = assignment.copies();
      body.writeUTF(slotHash instanceof SlotHashes builtIn ? builtIn.name() : "");
      body.writeInt(copies.slots());
      body.writeInt(copies.wanted());
      State.writeNodes(body, assignment.roster(), writer);
      int width = width(assignment.roster().size());
      for (int slot = 0; slot < copies.slots() && copies.longest() > 0; slot++) {
        for (N holder : copies.get(slot, copies.longest())) {
          writeNumber(body, assignment.roster().indexOf(holder), width);
        }
      }
    });
  }

  static <N> SlotTable<N> decode(
      byte[] state,
      Function<String, ? extends N> reader,
      Function<? super N, String> labeller,
      @Nullable SlotHash given) {
    return State.read(state, KIND, VERSION, body -> {
      SlotHash slotHash = slotHash(body.readUTF(), given);
      int slots = body.readInt();
      int copies = body.readInt();
      SlotTable.checkSize(slots, copies);
      Roster<N> roster = State.readNodes(body, reader, labeller);
      return new SlotTable<>(
          slotHash, Assignment.given(roster, slots, copies, holders(body, roster, slots, copies)));
    });
  }

  private static SlotHash slotHash(String name, @Nullable SlotHash given) {
    if (name.isEmpty()) {
      checkArgument(given != null, "state has a slot hash of its own: give it to decode");
      return given;
    }
    SlotHash named = Enums.getIfPresent(SlotHashes.class, name).orNull();
    checkArgument(named != null, "state has an unknown slot hash: %s", name);
    checkArgument(
        given == null || given == named,
        "slotHash must be %s, as in the state, was %s",
        named,
        given);
    return named;
  }

  /** Compares the length with what is there before anything of that length is made. */
  private static <N> IntFunction<List<N>> holders(
      DataInputStream body, Roster<N> roster, int slots, int copies) throws IOException {
    int longest = Math.min(copies, roster.size());
    int width = width(roster.size());
    long length = (long) slots * longest * width;
    checkArgument(
        body.available() == length,
        "holders must take %s bytes, take %s",
        length,
        body.available());
    byte[] numbers = body.readAllBytes();
    return slot -> {
      Set<N> holders = new HashSet<>();
      List<N> list = new ArrayList<>(longest);
      for (int i = slot * longest; i < (slot + 1) * longest; i++) {
        int node = readNumber(numbers, i * width, width);
        checkArgument(
            node < roster.size(),
            "holders of slot %s must be in [0, %s], one was %s",
            slot,
            roster.size() - 1,
            node);
        checkArgument(
            holders.add(roster.id(node)),
            "holders of slot %s must differ, two were %s",
            slot,
            node);
        list.add(roster.id(node));
      }
      return list;
    };
  }

  /** How many bytes a number less than {@code nodes} takes; no more than three, for nodes are no more than slots. */
  private static int width(int nodes) {
    return nodes <= 1 << 8 ? 1 : nodes <= 1 << 16 ? 2 : 3;
  }

  private static void writeNumber(DataOutputStream body, int number, int width) throws IOException {
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
      body.write(number >> shift);
    }
  }

  private static int readNumber(byte[] bytes, int offset, int width) {
    int number = 0;
    for (int i = 0; i < width; i++) {
      number = (number << 8) | (bytes[offset + i] & 0xFF);
    }
    return number;
  }
}

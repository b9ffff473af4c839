package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.whiteboard.core.hash.Xxh3;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The frame around what a partitioner writes down of itself: two letters, its kind, a version, the length of the body,
 * the body, and the {@link Xxh3} of all that. Numbers are big-endian.
 *
 * <p>A damaged state is refused before its body is read, so the body's checks are for what the frame cannot know.
 */
final class State {
  private static final String START = "WB";
  private static final int HEADER = START.length() + 2 + Integer.BYTES;

  private State() {}

  /** Writes a body; the bytes go to memory, so the only failure is a text that is too long. */
  interface Writer {
    void write(DataOutputStream body) throws IOException;
  }

  /** Reads a body, as far as it goes. */
  interface Reader<T> {
    T read(DataInputStream body) throws IOException;
  }

  static byte[] write(byte kind, int version, Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writer.write(new DataOutputStream(bytes));
    } catch (UTFDataFormatException e) {
      throw new IllegalArgumentException(
          "text must have <= 65535 bytes of UTF-8: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ByteBuffer state = ByteBuffer.allocate(HEADER + bytes.size() + Long.BYTES);
    state.put(START.getBytes(US_ASCII)).put(kind).put((byte) version);
    state.putInt(bytes.size()).put(bytes.toByteArray());
    return state.putLong(Xxh3.hash(state.array(), 0, state.position())).array();
  }

  static <T> T read(byte[] state, byte kind, int version, Reader<T> reader) {
    checkFrame(state, kind, version);
    DataInputStream body = new DataInputStream(
        new ByteArrayInputStream(state, HEADER, state.length - HEADER - Long.BYTES));
    try {
      T read = reader.read(body);
      checkArgument(body.available() == 0, "state has %s bytes too many", body.available());
      return read;
    } catch (EOFException e) {
      throw new IllegalArgumentException("state ends too early", e);
    } catch (UTFDataFormatException e) {
      throw new IllegalArgumentException("state has a text that is not UTF-8", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void checkFrame(byte[] state, byte kind, int version) {
    int size = state.length;
    checkArgument(size >= HEADER + Long.BYTES, "state is truncated: it has %s bytes", size);
    ByteBuffer header = ByteBuffer.wrap(state);
    byte[] start = new byte[START.length()];
    header.get(start);
    checkArgument(new String(start, US_ASCII).equals(START), "state must start with \"%s\"", START);
    byte actualKind = header.get();
    checkArgument(actualKind == kind, "state kind must be %s, was %s", kind, actualKind);
    byte actualVersion = header.get();
    checkArgument(
        actualVersion == version, "state version must be %s, was %s", version, actualVersion);
    long whole = (long) HEADER + header.getInt() + Long.BYTES;
    checkArgument(size >= whole, "state is truncated: it has %s bytes, not %s", size, whole);
    checkArgument(size <= whole, "state has %s bytes too many", size - whole);
    checkArgument(
        header.getLong(size - Long.BYTES) == Xxh3.hash(state, 0, size - Long.BYTES),
        "state does not have the checksum that it says");
  }

  /** Writes nodes in the order of their labels. */
  static <N> void writeNodes(
      DataOutputStream body, Roster<N> roster, Function<? super N, String> writer)
      throws IOException {
    body.writeInt(roster.size());
    for (int i = 0; i < roster.size(); i++) {
      Node<N> node = roster.member(i);
      body.writeUTF(requireNonNull(writer.apply(node.id()), () -> "text of node " + node.id()));
      body.writeUTF(roster.label(i));
      body.writeInt(node.weight());
      body.writeUTF(node.zone());
    }
  }

  /** Reads nodes, which keep their labels; {@code labeller} is for those that join later. */
  static <N> Roster<N> readNodes(
      DataInputStream body,
      Function<String, ? extends N> reader,
      Function<? super N, String> labeller)
      throws IOException {
    int size = body.readInt();
    checkArgument(size >= 0, "state must have >= 0 nodes, has %s", size);
    List<Node<N>> nodes = new ArrayList<>();
    Map<N, String> labels = new HashMap<>();
    for (int i = 0; i < size; i++) {
      N id = requireNonNull(reader.apply(body.readUTF()), "identity that reader gives");
      labels.put(id, body.readUTF());
      nodes.add(new Node<>(id, body.readInt(), body.readUTF()));
    }
    Roster<N> roster = Roster.of(nodes, id -> {
      String label = labels.get(id);
      return label != null ? label : labeller.apply(id);
    });
    checkArgument(roster.members().equals(nodes), "state must have nodes in the order of labels");
    return roster;
  }
}

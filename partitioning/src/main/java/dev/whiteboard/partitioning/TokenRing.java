package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import dev.whiteboard.partitioning.TokenArcs.Holder;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A ring whose points, here called tokens, are placed where they even out the load instead of at random: no node is ever
 * more than 3 % above its fair share, with a tenth of the points that leave a {@link HashRing} 20 % above
 * ({@code claims P15} tries both).
 *
 * <p><b>Idea.</b> A joining node asks the fullest nodes, one after the other, for a piece of their longest arc, until it
 * has its fair share; Cassandra's token allocation (CASSANDRA-7032) is of this kind. A leaving node's arcs do not fall
 * to whoever comes next on the circle, which would undo the balance: neighbours take what they have room for by moving a
 * token, and the emptiest nodes take the rest. Nothing else changes hands, so a change moves what the node gains or gives
 * up and no more.
 *
 * <p><b>Cost.</b> {@code locate} is that of {@link HashRing}, on fewer points. {@code with} and {@code without} take time in
 * proportion to the number of nodes times {@code tokens}; a ring of n nodes is built by n joins.
 * <b>Thread safety.</b> Immutable; hand a changed ring to its readers through a {@code volatile} field.
 *
 * <p><b>Instead.</b> Where a token lies depends on who joined and left before: all machines must see the same history, or
 * share the ring's
 * {@linkplain #encode state}. A {@link HashRing} depends on its nodes alone. a slot table has a
 * history too, balances exactly, and looks up faster.
 *
 * @param <N> what identifies a node, with {@code equals}, {@code hashCode} and a {@code toString} that is the same on
 *     every machine (if it is not, give a labeller)
 */
public final class TokenRing<N> implements Partitioner<N> {
  /** Tokens for a node to aim at, unless told otherwise. */
  public static final int DEFAULT_TOKENS = 16;

  private static final byte STATE_KIND = 'T';
  private static final int STATE_VERSION = 1;

  private final int tokens;
  private final Roster<N> roster;
  private final Points<N> points;

  private TokenRing(int tokens, Roster<N> roster, Points<N> points) {
    this.tokens = tokens;
    this.roster = roster;
    this.points = points;
  }

  /**
   * Creates a ring of equal nodes, which join in the order of their labels.
   *
   * @param <N> what identifies a node
   * @param ids the nodes' identities
   * @return the ring
   * @throws NullPointerException if {@code ids} or an identity is null
   * @throws IllegalArgumentException if two identities are equal, or have equal labels
   */
  @SafeVarargs
  public static <N> TokenRing<N> of(N... ids) {
    List<Node<N>> nodes = new ArrayList<>();
    for (N id : requireNonNull(ids, "ids")) {
      nodes.add(Node.of(id));
    }
    return create(nodes, DEFAULT_TOKENS);
  }

  /**
   * Creates a ring of nodes labelled by {@code toString}, which join in the order of their labels.
   *
   * @param <N> what identifies a node
   * @param nodes the nodes; the order in which they are given makes no difference
   * @param tokens tokens for a node to aim at, in [1, 1024]; the bound on the load comes first, see {@link #tokenCount}
   * @return the ring
   * @throws NullPointerException if {@code nodes} or one of the nodes is null
   * @throws IllegalArgumentException if two nodes have the same identity or label, or {@code tokens} is out of range
   */
  public static <N> TokenRing<N> create(Iterable<Node<N>> nodes, int tokens) {
    return create(nodes, tokens, Object::toString);
  }

  /**
   * Creates a ring of nodes, which join in the order of their labels.
   *
   * @param <N> what identifies a node
   * @param nodes the nodes; the order in which they are given makes no difference
   * @param tokens tokens for a node to aim at, in [1, 1024]; the bound on the load comes first, see {@link #tokenCount}
   * @param labeller gives an identity its label, which is the same on every machine and which no other node has
   * @return the ring
   * @throws NullPointerException if an argument, one of the nodes or a label is null
   * @throws IllegalArgumentException if two nodes have the same identity or label, or {@code tokens} is out of range
   */
  public static <N> TokenRing<N> create(
      Iterable<Node<N>> nodes, int tokens, Function<? super N, String> labeller) {
    checkTokens(tokens);
    Roster<N> roster = Roster.of(nodes, requireNonNull(labeller, "labeller"));
    TokenArcs arcs = new TokenArcs(tokens);
    List<Holder> holders = new ArrayList<>();
    for (Node<N> node : roster.members()) {
      Holder holder = arcs.addHolder(node.weight());
      arcs.join(holder);
      holders.add(holder);
    }
    return new TokenRing<>(tokens, roster, place(roster, holders));
  }

  private static int checkTokens(int tokens) {
    checkArgument(tokens >= 1 && tokens <= 1024, "tokens must be in [1, 1024], was %s", tokens);
    return tokens;
  }

  @Override
  public N locate(long hash) {
    checkState(points.size() > 0, "there is no node");
    return points.ownerAt(points.indexOf(hash));
  }

  /**
   * {@inheritDoc}
   *
   * <p>The nodes follow in the order in which their tokens do, clockwise.
   */
  @Override
  public List<N> replicas(long hash, int count) {
    return roster.spread(points.clockwise(hash), count);
  }

  /**
   * Lists the nodes.
   *
   * @return their identities in the order of their labels, unmodifiable
   */
  @Override
  public Set<N> nodes() {
    return roster.ids();
  }

  @Override
  public List<Node<N>> members() {
    return roster.members();
  }

  /**
   * Adds a node, which takes its fair share from the fullest nodes.
   *
   * @param node the node that joins
   * @return a ring with one node more
   * @throws NullPointerException if {@code node} is null
   * @throws IllegalArgumentException if its identity or label is on the ring already
   */
  public TokenRing<N> with(Node<N> node) {
    Roster<N> more = roster.with(node);
    TokenArcs arcs = new TokenArcs(tokens);
    List<Holder> holders = holders(more, arcs);
    arcs.join(holders.get(more.indexOf(node.id())));
    return new TokenRing<>(tokens, more, place(more, holders));
  }

  /**
   * Removes a node, whose share goes to the emptiest nodes.
   *
   * @param id the identity of the node that leaves
   * @return a ring with one node less, perhaps empty
   * @throws NullPointerException if {@code id} is null
   * @throws IllegalArgumentException if the node is not on the ring
   */
  public TokenRing<N> without(N id) {
    Roster<N> fewer = roster.without(id);
    TokenArcs arcs = new TokenArcs(tokens);
    List<Holder> holders = holders(roster, arcs);
    arcs.leave(holders.remove(roster.indexOf(id)));
    return new TokenRing<>(tokens, fewer, place(fewer, holders));
  }

  /**
   * Measures the balance from the lengths of the arcs, not from a sample of keys.
   *
   * @return for each node the share of all 2<sup>64</sup> hashes that it owns, in [0, 1]
   */
  public Map<N, Double> ownership() {
    return Points.<N>none().gains(points, nodes());
  }

  /**
   * Measures whom a change gives keys, from the lengths of the arcs.
   *
   * @param after the ring that replaces this one
   * @return for each node of {@code after} the share of all 2<sup>64</sup> hashes that it owns there and not here; their
   *     sum is the share that moves
   * @throws NullPointerException if {@code after} is null
   */
  public Map<N, Double> gains(TokenRing<N> after) {
    return points.gains(requireNonNull(after, "after").points, after.nodes());
  }

  /**
   * Counts the tokens of all nodes.
   *
   * @return their number. With 16 tokens it stays near 16 for each node, and is less on a small or new ring; if fewer are
   *     asked for, many changes bring more than that, since the bound on the load takes small pieces to keep
   */
  public int tokenCount() {
    return points.size();
  }

  /**
   * Writes down the ring, so that another process can have the same one: where tokens lie depends on who joined and left.
   *
   * @param writer gives an identity as text, at most 65,535 bytes of UTF-8
   * @return the nodes with labels, weights and zones, the tokens, and a checksum
   * @throws NullPointerException if {@code writer} or a text is null
   * @throws IllegalArgumentException if a text is too long
   */
  public byte[] encode(Function<? super N, String> writer) {
    requireNonNull(writer, "writer");
    return State.write(STATE_KIND, STATE_VERSION, body -> {
      body.writeInt(tokens);
      State.writeNodes(body, roster, writer);
      body.writeInt(points.size());
      for (int i = 0; i < points.size(); i++) {
        body.writeLong(points.positionAt(i));
        body.writeInt(roster.indexOf(points.ownerAt(i)));
      }
    });
  }

  /**
   * Reads a ring whose nodes have their {@code toString} for labels.
   *
   * @param <N> what identifies a node
   * @param state what {@link #encode} has returned
   * @param reader makes an identity of its text
   * @return a ring with the same owners, which changes in the same way
   * @throws NullPointerException if an argument or an identity is null
   * @throws IllegalArgumentException if the state is damaged or of another version; the message says what is wrong with it
   */
  public static <N> TokenRing<N> decode(byte[] state, Function<String, ? extends N> reader) {
    return decode(state, reader, Object::toString);
  }

  /**
   * Reads a ring with a labeller of its own.
   *
   * @param <N> what identifies a node
   * @param state what {@link #encode} has returned
   * @param reader makes an identity of its text
   * @param labeller gives nodes that join later their labels; the others have those of the state
   * @return a ring with the same owners, which changes in the same way
   * @throws NullPointerException if an argument or an identity is null
   * @throws IllegalArgumentException if the state is damaged or of another version; the message says what is wrong with it
   */
  public static <N> TokenRing<N> decode(
      byte[] state, Function<String, ? extends N> reader, Function<? super N, String> labeller) {
    requireNonNull(reader, "reader");
    requireNonNull(labeller, "labeller");
    return State.read(requireNonNull(state, "state"), STATE_KIND, STATE_VERSION, body -> {
      int tokens = checkTokens(body.readInt());
      Roster<N> roster = State.readNodes(body, reader, labeller);
      return new TokenRing<>(tokens, roster, readPoints(body, roster));
    });
  }

  private static <N> Points<N> readPoints(DataInputStream body, Roster<N> roster)
      throws IOException {
    int count = body.readInt();
    checkArgument(
        body.available() == (long) count * (Long.BYTES + Integer.BYTES),
        "state must have %s tokens, has %s bytes of them",
        count,
        body.available());
    List<LongStream.Builder> positions =
        Stream.generate(LongStream::builder).limit(roster.size()).toList();
    long previous = 0;
    for (int i = 0; i < count; i++) {
      long position = body.readLong();
      checkArgument(
          i == 0 || Long.compareUnsigned(position, previous) > 0,
          "tokens must ascend in the state");
      int node = body.readInt();
      checkArgument(
          node >= 0 && node < roster.size(),
          "node of a token must be in [0, %s], was %s",
          roster.size() - 1,
          node);
      positions.get(node).add(position);
      previous = position;
    }
    List<long[]> byNode = positions.stream().map(some -> some.build().toArray()).toList();
    checkArgument(
        byNode.stream().allMatch(some -> some.length > 0),
        "every node in the state must have a token");
    return Points.of(roster.ids().asList(), byNode);
  }

  /** The nodes as holders of the arcs that they have now, in the order of the roster. */
  private List<Holder> holders(Roster<N> nodes, TokenArcs arcs) {
    List<Holder> holders = new ArrayList<>();
    nodes.members().forEach(node -> holders.add(arcs.addHolder(node.weight())));
    for (int i = 0; i < points.size(); i++) {
      arcs.append(points.positionAt(i), holders.get(nodes.indexOf(points.ownerAt(i))));
    }
    return holders;
  }

  private static <N> Points<N> place(Roster<N> nodes, List<Holder> holders) {
    return Points.of(nodes.ids().asList(), holders.stream().map(Holder::tokens).toList());
  }
}

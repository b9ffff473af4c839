package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends each request to the owner of its key, unless that node has more than its share of the requests in flight; then
 * to the next node in the key's order that has room.
 *
 * <p><b>Idea.</b> With m requests in flight, that being placed included, and a factor c &gt; 1, a node of weight w among
 * nodes of weight W in all takes no request beyond its cap of ⌈c·m·w/W⌉. The caps add up to at least c·m, so one node
 * has room. A small c balances better, a large one keeps more keys at their owners. Mirrokni, Thorup and Zadimoghaddam,
 * <i>Consistent Hashing with Bounded Loads</i>, SODA 2018, arXiv:1608.01350.
 *
 * <p>A release lowers m, and with it the caps of all nodes. Requests in flight stay where they are, so a node may then be
 * above its cap; it gets no request until it is below. The same holds after {@link #update}.
 *
 * <p><b>Cost.</b> {@code acquire} costs a {@code locate} and allocates nothing while the owner has room; it asks for
 * {@code replicas}, first 2, then 4 and so on, when it has none. All calls take one lock.
 * <b>Thread safety.</b> Safe; calls have one order, and a cap holds at the moment at which its request is placed.
 *
 * <p><b>Instead.</b> If any node can serve any key, a balancer is simpler and evens out better. If nodes own state that
 * others do not have, a key must not leave its owner: use the partitioner alone.
 *
 * @param <N> what identifies a node, with {@code equals} and {@code hashCode}
 */
public final class BoundedLoad<N> {
  /** The largest factor. A node then takes a thousand times its share. */
  public static final double MAX_FACTOR = 1000;

  /** The largest sum of weights, so that millionths of it fit into a {@code long}. */
  private static final long MAX_WEIGHT = Long.MAX_VALUE / 1_000_000;

  /** The factor in millionths, at most 10^9. */
  private final long factorMillionths;

  // All that follows is guarded by this.
  private Partitioner<N> partitioner;
  private Map<N, Seat<N>> seats = Map.of();

  /** The sum of weights in millionths. */
  private long whole;

  /** The sum of the seats' loads. */
  private long total;

  /** Requests in flight on nodes that have left; no entry is 0. */
  private final Map<N, Long> leaving = new HashMap<>();

  private BoundedLoad(Partitioner<N> partitioner, long factorMillionths) {
    this.factorMillionths = factorMillionths;
    this.partitioner = partitioner;
    update(partitioner);
  }

  /**
   * Bounds the loads of a partitioner's nodes.
   *
   * @param <N> what identifies a node
   * @param partitioner says who owns a key, and who comes next
   * @param factor how many times its share a node may take, in (1, 1000], for instance 1.25. It counts as the decimal
   *     number that it prints as, rounded up to six places: the cap for 10 requests on one node is 11 if {@code factor}
   *     is 1.1, although the nearest double is a little more
   * @return loads that are all 0
   * @throws NullPointerException if {@code partitioner} is null
   * @throws IllegalArgumentException if {@code factor} is out of range or NaN, or the weights add up to more than
   *     9,223,372,036,854
   */
  public static <N> BoundedLoad<N> over(Partitioner<N> partitioner, double factor) {
    requireNonNull(partitioner, "partitioner");
    checkArgument(
        factor > 1 && factor <= MAX_FACTOR,
        "factor must be in (1, %s], was %s",
        MAX_FACTOR,
        factor);
    BigDecimal millionths = BigDecimal.valueOf(factor).movePointRight(6);
    return new BoundedLoad<>(
        partitioner, millionths.setScale(0, RoundingMode.CEILING).longValueExact());
  }

  /**
   * Places a request. Call {@link #release} when it ends, whatever its outcome.
   *
   * @param hash the key's hash; every value is valid
   * @return the first node in the key's order whose load was below its cap; it is at most its cap now
   * @throws IllegalStateException if there is no node
   */
  public synchronized N acquire(long hash) {
    Seat<N> seat = seat(partitioner.locate(hash));
    if (!hasRoom(seat)) {
      seat = firstWithRoom(hash);
    }
    seat.load++;
    total++;
    return seat.node;
  }

  private Seat<N> firstWithRoom(long hash) {
    // A longer list begins with the shorter one, so each round goes on where the last ended.
    int asked = 1;
    while (asked < seats.size()) {
      int count = (int) Math.min(2L * asked, seats.size());
      List<N> order = partitioner.replicas(hash, count);
      for (N node : order.subList(asked, count)) {
        Seat<N> seat = seat(node);
        if (hasRoom(seat)) {
          return seat;
        }
      }
      asked = count;
    }
    throw new AssertionError("the caps add up to more than the loads");
  }

  /** Whether load < factor * (total + 1) * weight / W, which is load < its ceiling: multiplied out, in 128 bits. */
  private boolean hasRoom(Seat<N> seat) {
    long requests = total + 1;
    long load = Math.multiplyHigh(seat.load, whole);
    long limit = Math.multiplyHigh(seat.share, requests);
    return load == limit
        ? Long.compareUnsigned(seat.load * whole, seat.share * requests) < 0
        : load < limit;
  }

  /**
   * Ends a request.
   *
   * @param node the node that {@link #acquire} returned, even if it has left since
   * @throws NullPointerException if {@code node} is null
   * @throws IllegalArgumentException if the node is not there and has no request in flight
   * @throws IllegalStateException if the node has no request in flight; its load stays 0
   */
  public synchronized void release(N node) {
    requireNonNull(node, "node");
    if (leaving.containsKey(node)) {
      leaving.computeIfPresent(node, (id, load) -> load == 1 ? null : load - 1);
      return;
    }
    Seat<N> seat = seat(node);
    if (seat.load == 0) {
      throw new IllegalStateException("node %s has no request in flight".formatted(node));
    }
    seat.load--;
    total--;
  }

  /**
   * Changes the nodes. Loads of nodes that stay are kept. Requests on nodes that leave no longer count, but are still to
   * be released; if the node comes back first, they count again.
   *
   * @param next says from now on who owns a key
   * @throws NullPointerException if {@code next} is null
   * @throws IllegalArgumentException if the weights add up to more than 9,223,372,036,854; nothing changes then
   */
  public synchronized void update(Partitioner<N> next) {
    requireNonNull(next, "next");
    long weight = next.members().stream().mapToLong(Node::weight).sum();
    checkArgument(
        weight <= MAX_WEIGHT, "weights must add up to <= %s, were %s", MAX_WEIGHT, weight);
    seats.values().stream()
        .filter(seat -> seat.load > 0)
        .forEach(seat -> leaving.put(seat.node, seat.load));
    Map<N, Seat<N>> nextSeats = new LinkedHashMap<>();
    long nextTotal = 0;
    for (Node<N> node : next.members()) {
      Seat<N> seat = new Seat<>(node.id(), factorMillionths * node.weight());
      Long load = leaving.remove(node.id());
      seat.load = load == null ? 0 : load;
      nextTotal += seat.load;
      nextSeats.put(node.id(), seat);
    }
    partitioner = next;
    seats = nextSeats;
    whole = weight * 1_000_000;
    total = nextTotal;
  }

  /**
   * Returns how many requests a node has in flight.
   *
   * @param node the node
   * @return the number, at least 0
   * @throws NullPointerException if {@code node} is null
   * @throws IllegalArgumentException if the node is not there
   */
  public synchronized long load(N node) {
    return seat(requireNonNull(node, "node")).load;
  }

  /**
   * Returns how many requests a node may have in flight, given how many there are on all nodes now.
   *
   * @param node the node
   * @return ⌈c·m·w/W⌉, exact; 0 if there is no request
   * @throws NullPointerException if {@code node} is null
   * @throws IllegalArgumentException if the node is not there
   */
  public synchronized long cap(N node) {
    return cap(seat(requireNonNull(node, "node")).share, total, whole);
  }

  /** The quotient share * requests / whole, rounded up; at most the largest {@code long}. */
  static long cap(long share, long requests, long whole) {
    BigInteger[] quotient = BigInteger.valueOf(share)
        .multiply(BigInteger.valueOf(requests))
        .divideAndRemainder(BigInteger.valueOf(whole));
    return quotient[0]
        .add(BigInteger.valueOf(quotient[1].signum()))
        .min(BigInteger.valueOf(Long.MAX_VALUE))
        .longValueExact();
  }

  /**
   * Returns how many requests are in flight on the nodes that are there.
   *
   * @return the sum of their loads
   */
  public synchronized long total() {
    return total;
  }

  /**
   * Lists the loads, all as of one moment.
   *
   * @return how many requests each node has in flight, in the order of {@link Partitioner#nodes}, unmodifiable
   */
  public synchronized Map<N, Long> loads() {
    ImmutableMap.Builder<N, Long> loads = ImmutableMap.builder();
    seats.forEach((node, seat) -> loads.put(node, seat.load));
    return loads.buildOrThrow();
  }

  private Seat<N> seat(N node) {
    Seat<N> seat = seats.get(node);
    checkArgument(seat != null, "node %s is not there", node);
    return seat;
  }

  /** What one node can take. */
  private static final class Seat<N> {
    final N node;

    /** The factor times the weight, in millionths: below 2^61. */
    final long share;

    /** Guarded by the BoundedLoad. */
    long load;

    Seat(N node, long share) {
      this.node = node;
      this.share = share;
    }
  }
}

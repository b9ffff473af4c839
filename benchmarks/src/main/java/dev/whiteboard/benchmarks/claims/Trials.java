package dev.whiteboard.benchmarks.claims;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.render.Numbers;
import dev.whiteboard.core.hash.Xxh3;
import dev.whiteboard.partitioning.Node;
import dev.whiteboard.partitioning.Partitioner;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** What several experiments do: draw keys, count who owns them, and compare with a law of chance. */
final class Trials {
  private Trials() {}

  /** Nodes of weight 1, numbered from 0. */
  static List<Node<Integer>> nodes(int count) {
    return IntStream.range(0, count).mapToObj(i -> Node.of(i)).toList();
  }

  /** How many of the keys 0, 1, ... each of the nodes 0, 1, ... owns. */
  static int[] counts(Partitioner<Integer> partitioner, int nodes, int keys) {
    int[] counts = new int[nodes];
    for (int key = 0; key < keys; key++) {
      counts[partitioner.locate(Xxh3.hash(key))]++;
    }
    return counts;
  }

  /** The root mean square of count / mean - 1. */
  static double deviation(int[] counts) {
    double mean = Arrays.stream(counts).average().orElseThrow();
    return Math.sqrt(Arrays.stream(counts)
        .mapToDouble(count -> Math.pow(count / mean - 1, 2))
        .average()
        .orElseThrow());
  }

  /**
   * What {@link #deviation} is if chance alone decides: m equal nodes, K keys, and so a chi-square variable of m - 1 degrees
   * of freedom over K. Its root has the standard deviation 1 / sqrt(2 K), whatever m is.
   */
  static Check noise(String what, int nodes, double keys, double measured) {
    return new Check(what, Math.sqrt((nodes - 1) / keys), measured, 4 / Math.sqrt(2 * keys));
  }

  /** The share of keys that have another owner afterwards. */
  static double moved(Partitioner<Integer> before, Partitioner<Integer> after, int keys) {
    return share(before, after, keys, (from, to) -> true);
  }

  /** The share of keys that move between two nodes that are there both before and afterwards. */
  static double movedNeedlessly(Partitioner<Integer> before, Partitioner<Integer> after, int keys) {
    Set<Integer> leaving = before.nodes();
    Set<Integer> staying = after.nodes();
    return share(before, after, keys, (from, to) -> staying.contains(from) && leaving.contains(to));
  }

  private static double share(
      Partitioner<Integer> before,
      Partitioner<Integer> after,
      int keys,
      BiPredicate<Integer, Integer> counted) {
    int moved = 0;
    for (int key = 0; key < keys; key++) {
      long hash = Xxh3.hash(key);
      Integer from = before.locate(hash);
      Integer to = after.locate(hash);
      if (!from.equals(to) && counted.test(from, to)) {
        moved++;
      }
    }
    return (double) moved / keys;
  }

  /** A share of independent samples, each in it with the expected probability p: sigma is sqrt(p (1 - p) / samples). */
  static Check share(String what, double expected, double measured, double samples) {
    return new Check(what, expected, measured, 4 * Math.sqrt(expected * (1 - expected) / samples));
  }

  /** A number that is bounded and not predicted: it holds from {@code low} to {@code high}, both included. */
  static Check within(String what, double low, double high, double measured) {
    return within(what, low, high, measured, 0);
  }

  /** The same for a mean of random numbers, which may be outside by {@code noise}. */
  static Check within(String what, double low, double high, double measured, double noise) {
    String range = low == 0
        ? " (at most " + Numbers.format(high) + ")"
        : " (" + Numbers.format(low) + " to " + Numbers.format(high) + ")";
    return new Check(what + range, (low + high) / 2, measured, (high - low) / 2 + noise);
  }

  /** Four standard deviations of the mean of independent samples, estimated from their own spread. */
  static double fourSigma(double[] samples) {
    double mean = Arrays.stream(samples).average().orElseThrow();
    double squares =
        Arrays.stream(samples).map(sample -> (sample - mean) * (sample - mean)).sum();
    return 4 * Math.sqrt(squares / (samples.length - 1) / samples.length);
  }

  static double mean(int times, IntToDoubleFunction measure) {
    return IntStream.range(0, times).mapToDouble(measure).average().orElseThrow();
  }

  static double[] map(double[] xs, DoubleUnaryOperator function) {
    return Arrays.stream(xs).map(function).toArray();
  }
}

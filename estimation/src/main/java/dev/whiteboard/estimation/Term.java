package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * A number in a formula: its median, and how it moves with each uncertain assumption.
 *
 * <p>A computed term is evaluated once more at either end of each assumption that it depends on. The logarithms of the
 * moves add as squares, which for products is the closed form of {@link Estimate#times}. Terms that share an assumption
 * move together.
 */
record Term(double value, ImmutableMap<String, Swing> swings) {
  /** What an assumption that is multiplied by and divided by leaves behind in rounding is at most this, squared. */
  private static final double CANCELLED = 1e-24;

  /** The logarithm of how a term changes when an assumption goes to its low, or to its high. */
  record Swing(double atLow, double atHigh) {
    private static final Swing NONE = new Swing(0, 0);

    private double squared() {
      double mean = (Math.abs(atLow) + Math.abs(atHigh)) / 2;
      return mean * mean;
    }
  }

  static Term constant(double value) {
    return new Term(value, ImmutableMap.of());
  }

  static Term assumption(String name, Estimate value) {
    return new Term(
        value.value(),
        value.isExact()
            ? ImmutableMap.of()
            : ImmutableMap.of(name, new Swing(-value.down(), value.up())));
  }

  /** Applies a function to the inputs' values, and to what they become at either end of each assumption. */
  static Term computed(ToDoubleFunction<double[]> function, List<Term> inputs) {
    double median = function.applyAsDouble(values(inputs, "", 0));
    checkNotNegative(median);
    Set<String> sources = new LinkedHashSet<>();
    inputs.forEach(input -> sources.addAll(input.swings.keySet()));
    ImmutableMap<String, Swing> swings = median == 0
        ? ImmutableMap.of()
        : Maps.toMap(
            sources,
            source -> new Swing(
                swing(function.applyAsDouble(values(inputs, source, -1)), median),
                swing(function.applyAsDouble(values(inputs, source, 1)), median)));
    return of(median, swings);
  }

  private static double swing(double value, double median) {
    checkNotNegative(value);
    checkArgument(value > 0, "must not reach 0 at one end of an interval");
    return Math.log(value / median);
  }

  private static void checkNotNegative(double value) {
    checkArgument(!(value < 0), "must not be below 0");
  }

  /** Adds two terms: if they are independent, the interval is that of {@link Estimate#plus}, shared out by {@link #computed}. */
  static Term sum(Term first, Term second) {
    Term linear = computed(values -> values[0] + values[1], List.of(first, second));
    boolean independent = Collections.disjoint(first.swings.keySet(), second.swings.keySet());
    if (linear.swings.isEmpty() || !independent) {
      return linear;
    }
    Estimate sampled = first.estimate().plus(second.estimate());
    Estimate unscaled = linear.estimate();
    double down = scale(sampled.down(), unscaled.down());
    double up = scale(sampled.up(), unscaled.up());
    return of(
        sampled.value(),
        ImmutableMap.copyOf(Maps.transformValues(
            linear.swings,
            swing -> new Swing(scaled(swing.atLow, down, up), scaled(swing.atHigh, down, up)))));
  }

  /** What raises the result is not always the source's high end: a larger share of a cache means less traffic. */
  private static double scaled(double swing, double down, double up) {
    return swing * (swing < 0 ? down : up);
  }

  private static double scale(double sampled, double linear) {
    return linear == 0 ? 1 : sampled / linear;
  }

  private static Term of(double value, ImmutableMap<String, Swing> swings) {
    if (!Double.isFinite(value)) {
      throw new ArithmeticException("the result is beyond the range of a double: " + value);
    }
    return new Term(value, swings);
  }

  private static double[] values(List<Term> terms, String source, int side) {
    return terms.stream()
        .mapToDouble(term -> {
          Swing swing = term.swings.getOrDefault(source, Swing.NONE);
          return term.value * Math.exp(side < 0 ? swing.atLow : swing.atHigh);
        })
        .toArray();
  }

  Estimate estimate() {
    double down = 0;
    double up = 0;
    for (Swing swing : swings.values()) {
      if (swing.squared() <= CANCELLED) {
        continue;
      }
      down = Math.hypot(down, Math.min(0, Math.min(swing.atLow, swing.atHigh)));
      up = Math.hypot(up, Math.max(0, Math.max(swing.atLow, swing.atHigh)));
    }
    return Estimate.around(value, down, up);
  }

  List<Step.Sensitivity> sensitivities() {
    double total = swings.values().stream().mapToDouble(Swing::squared).sum();
    return swings.entrySet().stream()
        .filter(swing -> swing.getValue().squared() > CANCELLED)
        .map(swing -> new Step.Sensitivity(swing.getKey(), swing.getValue().squared() / total))
        .sorted(Comparator.comparingDouble(Step.Sensitivity::share).reversed())
        .toList();
  }
}

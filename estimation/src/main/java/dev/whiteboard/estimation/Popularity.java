package dev.whiteboard.estimation;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** Items in bins of equal popularity; a bin may hold 10^9 items or one. */
final class Popularity {
  private final double[] items;
  private final double[] probabilities;

  private Popularity(double[] items, double[] probabilities) {
    this.items = items;
    this.probabilities = probabilities;
  }

  /** Adds up a function of an item's probability over all items. */
  double sum(DoubleUnaryOperator function) {
    double sum = 0;
    for (int i = 0; i < items.length; i++) {
      sum += items[i] * function.applyAsDouble(probabilities[i]);
    }
    return sum;
  }

  /** Σ w(p) (1 − e^(−pT)) and its slope in T. */
  record Asked(double sum, double slope) {}

  /** What is asked for within a time: both numbers in one pass, since they share the exponential. */
  Asked asked(DoubleUnaryOperator weight, double time) {
    double sum = 0;
    double slope = 0;
    for (int i = 0; i < items.length; i++) {
      double p = probabilities[i];
      double weighted = items[i] * weight.applyAsDouble(p);
      double missed = Math.expm1(-p * time);
      sum -= weighted * missed;
      slope += weighted * p * (1 + missed);
    }
    return new Asked(sum, slope);
  }

  double items() {
    return DoubleStream.of(items).sum();
  }

  static final class Builder {
    private final DoubleStream.Builder items = DoubleStream.builder();
    private final DoubleStream.Builder probabilities = DoubleStream.builder();

    void add(double count, double probability) {
      items.add(count);
      probabilities.add(probability);
    }

    Popularity build() {
      return new Popularity(items.build().toArray(), probabilities.build().toArray());
    }
  }
}

package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Least squares for {@link UniversalScalability}, by the method of Levenberg and Marquardt within bounds.
 *
 * <p>With the cost c = (1, σ, κ) / λ, throughput is X = n / (c · φ) for φ = (1, n − 1, n (n − 1)). Near a cost with
 * throughput X it is almost 2 X − (X² / n) φ · c, which is linear in c, and the best c ≥ 0 of a linear model is exact: it is
 * found on one of the eight faces where some parts of c are 0. A step to it is damped until it is an improvement.
 */
final class ScalabilityFit {
  private static final int MAX_STEPS = 5000;

  private final double[] workers;

  /** In units of the largest, so that no square is beyond a double. */
  private final double[] throughputs;

  private final double largest;

  ScalabilityFit(double[] workers, double[] throughputs) {
    for (double n : workers) {
      checkArgument(n >= 1 && n <= 1e9, "workers must be in [1, 1e9], was %s", n);
    }
    for (double throughput : throughputs) {
      Checks.positive(throughput, "throughput");
    }
    long different = DoubleStream.of(workers).distinct().count();
    checkArgument(different >= 3, "workers must have >= 3 different values, had %s", different);
    this.workers = workers.clone();
    largest = DoubleStream.of(throughputs).max().orElseThrow();
    this.throughputs = DoubleStream.of(throughputs).map(x -> x / largest).toArray();
  }

  UniversalScalability best() {
    // The sum of squares may have several dips, of which the lowest may lie where σ or κ is 0.
    double[] cost = Stream.of(start(true, true), start(true, false), start(false, true))
        .map(this::descend)
        .min(Comparator.comparingDouble(this::error))
        .orElseThrow();
    double throughputOfOne = largest / cost[0];
    if (throughputOfOne == Double.POSITIVE_INFINITY) {
      throw new ArithmeticException("throughput falls too fast for a best fit");
    }
    return new UniversalScalability(throughputOfOne, cost[1] / cost[0], cost[2] / cost[0]);
  }

  private double[] descend(double[] start) {
    double[] cost = start;
    double damping = 1e-3;
    for (int i = 0; i < MAX_STEPS; i++) {
      double[] next = step(modelled(cost), cost, damping);
      if (error(next) <= error(cost) * (1 + 1e-12)) {
        boolean settled = settled(cost, next);
        cost = next;
        damping /= 3;
        if (settled) {
          break;
        }
      } else {
        damping *= 10;
      }
    }
    return cost;
  }

  /** The best of a coarse grid of σ and κ. */
  private double[] start(boolean withContention, boolean withCoherency) {
    int halvings = Math.getExponent(DoubleStream.of(workers).max().orElseThrow()) + 1;
    double[] best = scaled(0, 0);
    for (int i = -4; i <= halvings; i++) {
      for (int j = -4; j <= halvings; j++) {
        double[] cost = scaled(
            withContention ? Math.scalb(1.0, -i) : 0, withCoherency ? Math.scalb(1.0, -2 * j) : 0);
        best = error(cost) < error(best) ? cost : best;
      }
    }
    return best;
  }

  /** The cost with these coefficients and the best λ for them, which is a ratio of sums. */
  private double[] scaled(double contention, double coherency) {
    double[] shape = modelled(new double[] {1, contention, coherency});
    double cost = dot(shape, shape) / dot(shape, throughputs);
    return new double[] {cost, cost * contention, cost * coherency};
  }

  private double[] modelled(double[] cost) {
    double[] modelled = new double[workers.length];
    Arrays.setAll(modelled, i -> workers[i] / dot(features(workers[i]), cost));
    return modelled;
  }

  private double error(double[] cost) {
    double[] modelled = modelled(cost);
    double error = 0;
    for (int i = 0; i < modelled.length; i++) {
      double difference = throughputs[i] - modelled[i];
      error += difference * difference;
    }
    return error;
  }

  /** The best cost for the model that is linear around {@code around}, held back by {@code damping}. */
  private double[] step(double[] around, double[] cost, double damping) {
    double[][] matrix = new double[3][3];
    double[] right = new double[3];
    for (int i = 0; i < workers.length; i++) {
      double[] slope = features(workers[i]);
      for (int j = 0; j < 3; j++) {
        slope[j] *= around[i] * around[i] / workers[i];
      }
      for (int j = 0; j < 3; j++) {
        right[j] += slope[j] * (2 * around[i] - throughputs[i]);
        for (int k = 0; k < 3; k++) {
          matrix[j][k] += slope[j] * slope[k];
        }
      }
    }
    for (int j = 0; j < 3; j++) {
      right[j] += damping * matrix[j][j] * cost[j];
      matrix[j][j] *= 1 + damping;
    }
    return bestOfFaces(matrix, right, cost);
  }

  private static double[] bestOfFaces(double[][] matrix, double[] right, double[] otherwise) {
    double[] best = otherwise;
    double gain = 0;
    for (int free = 1; free < 8; free++) {
      double[] candidate = solve(matrix, right, free);
      double candidateGain = dot(right, candidate);
      if (candidateGain > gain && DoubleStream.of(candidate).allMatch(part -> part >= 0)) {
        best = candidate;
        gain = candidateGain;
      }
    }
    return best;
  }

  /** Elimination without pivots, which suits a positive definite matrix; the parts whose bit is not free stay 0. */
  private static double[] solve(double[][] matrix, double[] right, int free) {
    double[][] rows = new double[3][];
    for (int i = 0; i < 3; i++) {
      boolean isFree = (free >> i & 1) == 1;
      rows[i] = isFree ? Arrays.copyOf(matrix[i], 4) : new double[4];
      rows[i][3] = isFree ? right[i] : 0;
      rows[i][i] = isFree ? matrix[i][i] : 1;
    }
    for (int pivot = 0; pivot < 3; pivot++) {
      for (int i = pivot + 1; i < 3; i++) {
        double factor = rows[i][pivot] / rows[pivot][pivot];
        for (int j = pivot; j < 4; j++) {
          rows[i][j] -= factor * rows[pivot][j];
        }
      }
    }
    double[] solution = new double[3];
    for (int i = 2; i >= 0; i--) {
      solution[i] = (rows[i][3] - dot(rows[i], solution)) / rows[i][i];
    }
    return solution;
  }

  private static double[] features(double n) {
    return new double[] {1, n - 1, n * (n - 1)};
  }

  /** As far as the second goes; the parts of a solution that are not yet known are 0. */
  private static double dot(double[] left, double[] right) {
    double sum = 0;
    for (int i = 0; i < right.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }

  private static boolean settled(double[] before, double[] after) {
    for (int i = 0; i < 3; i++) {
      if (Math.abs(after[i] - before[i]) > 1e-14 * after[i]) {
        return false;
      }
    }
    return true;
  }
}

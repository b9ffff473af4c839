package dev.whiteboard.estimation;

import java.util.Arrays;
import java.util.List;

/** The functions that a step's formula may call. All take and return plain numbers. */
enum FormulaFunction {
  /** Rounds up to whole servers. */
  CEIL("ceil", 1) {
    @Override
    double apply(double... values) {
      return Math.ceil(values[0] * (1 - ROUNDING));
    }
  },
  /** Distinct items in a number of draws from a Zipf distribution over items with a skew. */
  DISTINCT("distinct", 3) {
    @Override
    double apply(double... values) {
      return values[1] == 0 ? 0 : zipf(values[1], values[2]).distinctKeys(values[0]);
    }
  },
  /** Items that an LRU cache must hold for a hit ratio, under a Zipf distribution over items with a skew. */
  LRU_ITEMS("lru-items", 3) {
    @Override
    double apply(double... values) {
      return values[1] == 0
          ? 0
          : LruHitRatio.itemsForHitRatio(zipf(values[1], values[2]), Math.min(1, values[0]));
    }
  },
  /** The hit ratio of an LRU cache that holds a number of items, under a Zipf distribution over items with a skew. */
  LRU_HITS("lru-hits", 3) {
    @Override
    double apply(double... values) {
      return values[1] == 0
          ? 0
          : LruHitRatio.che(zipf(values[1], values[2]), Math.min(values[0], Math.rint(values[1])));
    }
  };

  /** So that 3 × (1 / 3) servers are not two. */
  private static final double ROUNDING = 1e-12;

  private final String id;
  private final int arity;

  FormulaFunction(String id, int arity) {
    this.id = id;
    this.arity = arity;
  }

  abstract double apply(double... values);

  String id() {
    return id;
  }

  /** How many arguments it takes, all of them plain numbers. */
  int arity() {
    return arity;
  }

  static FormulaFunction named(String id) {
    List<String> ids = Arrays.stream(values()).map(FormulaFunction::id).toList();
    int index = ids.indexOf(id);
    if (index < 0) {
      throw new UnknownNameException("function", id, ids);
    }
    return values()[index];
  }

  private static Zipf zipf(double items, double skew) {
    return new Zipf(Math.max(1, Math.rint(items)), skew);
  }
}

package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An assumption that a capacity plan knows: those of every plan, and those that one plan adds.
 *
 * @param id how it is addressed
 * @param kind what it may be
 * @param byDefault its value if none is given
 * @param meaning what it stands for
 * @param min the least value
 * @param max the largest value
 */
record Input(
    String id, Kind kind, @Nullable String byDefault, String meaning, double min, double max) {
  /**
   * Prices are the list prices of large clouds, collected in March 2026 by github.com/sirupsen/napkin-math: a server of four
   * processors, memory, blob storage, traffic to the internet and from a CDN.
   */
  static final ImmutableMap<String, Input> STANDARD = Maps.uniqueIndex(
      List.of(
          required("writes", Kind.RATE, "new objects in a period"),
          required("reads-per-write", Kind.COUNT, "reads for each write"),
          factor("peak-factor", "2", "busiest second over the average second"),
          required("object", Kind.SIZE, "payload of one object"),
          any("metadata", Kind.SIZE, "0 B", "columns stored beside the payload"),
          required("response", Kind.SIZE, "data returned by one read; the whole record if not set"),
          required("retention", Kind.TIME, "how long an object is kept"),
          factor("replication", "1", "copies of all data"),
          any("index-overhead", Kind.SHARE, "0%", "indexes on top of the data"),
          factor("compression", "1", "raw size over stored size"),
          share("cdn-share", "0%", "reads that a CDN serves"),
          share("hot-share", "20%", "reads of a day that the published cache rule keeps"),
          new Input("skew", Kind.COUNT, "0.9", "Zipf exponent of the reads", 0, 10),
          share("hit-target", "80%", "reads to be served from the cache"),
          any("requests-per-server", Kind.RATE, "1k/s", "what one server answers at most"),
          share("utilisation", "60%", "load that a server is to have at the peak"),
          any("server-price", Kind.COST, "$60/month", "one server"),
          any("memory-price", Kind.RENT, "$2/GB/month", "memory of caches"),
          any("storage-price", Kind.RENT, "$0.02/GB/month", "stored data"),
          any("egress-price", Kind.PRICE, "$0.1/GB", "data sent from the origin"),
          any("cdn-price", Kind.PRICE, "$0.05/GB", "data sent by the CDN"),
          new Input(
              "seconds-per-day",
              Kind.COUNT,
              "86400",
              "seconds taken for a day",
              1,
              Double.MAX_VALUE),
          new Input(
              "seconds-per-month",
              Kind.COUNT,
              "2592000",
              "seconds taken for a month",
              1,
              Double.MAX_VALUE)),
      Input::id);

  private static Input required(String id, Kind kind, String meaning) {
    return new Input(id, kind, null, meaning, 0, Double.MAX_VALUE);
  }

  private static Input any(String id, Kind kind, String byDefault, String meaning) {
    return new Input(id, kind, byDefault, meaning, 0, Double.MAX_VALUE);
  }

  private static Input factor(String id, String byDefault, String meaning) {
    return new Input(id, Kind.COUNT, byDefault, meaning, 1, Double.MAX_VALUE);
  }

  private static Input share(String id, String byDefault, String meaning) {
    return new Input(id, Kind.SHARE, byDefault, meaning, 0, 1);
  }

  /** An assumption of one plan alone; a share is one of a whole. */
  static Input ofPlan(String id, String text, String meaning) {
    Kind kind = Setting.kindOf(text);
    return new Input(id, kind, null, meaning, 0, Double.MAX_VALUE);
  }

  void checkRange(Estimate value) {
    if (max == Double.MAX_VALUE) {
      checkArgument(
          value.low() >= min, "%s must be >= %s, was %s", id, show(min), show(value.low()));
    } else {
      double outside = value.low() < min ? value.low() : value.high();
      checkArgument(
          outside >= min && outside <= max,
          "%s must be in [%s, %s], was %s",
          id,
          show(min),
          show(max),
          show(outside));
    }
    // What the CDN leaves must not reach 0 within an interval, because it is a factor.
    checkArgument(
        !id.equals("cdn-share") || value.isExact() || value.high() < 1,
        "cdn-share must end below 100% when it is an interval");
    // Load over what a server takes.
    checkArgument(
        !(id.equals("utilisation") || id.equals("requests-per-server")) || value.low() > 0,
        "%s must be > 0, was 0",
        id);
  }

  /** Only numbers without a unit have a range other than "not negative". */
  private String show(double number) {
    return kind == Kind.SHARE
        ? kind.format(number, Unit.ITEMS, false)
        : Decimals.plain(Decimals.shortest(number));
  }
}

package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The assumptions that a capacity plan knows. */
enum Input {
  WRITES("writes", Kind.RATE, null, "new objects in a period"),
  READS_PER_WRITE("reads-per-write", Kind.COUNT, null, "reads for each write"),
  PEAK_FACTOR(
      "peak-factor",
      Kind.COUNT,
      "2",
      "busiest second over the average second",
      1,
      Double.MAX_VALUE),
  OBJECT("object", Kind.SIZE, null, "payload of one object"),
  METADATA("metadata", Kind.SIZE, "0 B", "columns stored beside the payload"),
  RESPONSE("response", Kind.SIZE, null, "data returned by one read; the whole record if not set"),
  RETENTION("retention", Kind.TIME, null, "how long an object is kept"),
  REPLICATION("replication", Kind.COUNT, "1", "copies of all data", 1, Double.MAX_VALUE),
  INDEX_OVERHEAD("index-overhead", Kind.SHARE, "0%", "indexes on top of the data"),
  COMPRESSION("compression", Kind.COUNT, "1", "raw size over stored size", 1, Double.MAX_VALUE),
  CDN_SHARE("cdn-share", Kind.SHARE, "0%", "reads that a CDN serves", 0, 1),
  HOT_SHARE(
      "hot-share", Kind.SHARE, "20%", "reads of a day that the published cache rule keeps", 0, 1),
  SKEW("skew", Kind.COUNT, "0.9", "Zipf exponent of the reads", 0, 10),
  HIT_TARGET("hit-target", Kind.SHARE, "80%", "reads to be served from the cache", 0, 1),
  SECONDS_PER_DAY(
      "seconds-per-day", Kind.COUNT, "86400", "seconds taken for a day", 1, Double.MAX_VALUE),
  SECONDS_PER_MONTH(
      "seconds-per-month", Kind.COUNT, "2592000", "seconds taken for a month", 1, Double.MAX_VALUE);

  final String id;
  final Kind kind;
  final @Nullable String byDefault;
  final String meaning;
  private final double min;
  private final double max;

  Input(String id, Kind kind, @Nullable String byDefault, String meaning) {
    this(id, kind, byDefault, meaning, 0, Double.MAX_VALUE);
  }

  Input(String id, Kind kind, @Nullable String byDefault, String meaning, double min, double max) {
    this.id = id;
    this.kind = kind;
    this.byDefault = byDefault;
    this.meaning = meaning;
    this.min = min;
    this.max = max;
  }

  static Input named(String id) {
    List<String> ids = Arrays.stream(values()).map(input -> input.id).toList();
    int index = ids.indexOf(id);
    checkArgument(index >= 0, "%s", Names.unknown("assumption", id, ids));
    return values()[index];
  }

  boolean required() {
    return byDefault == null && this != RESPONSE;
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
        this != CDN_SHARE || value.isExact() || value.high() < 1,
        "cdn-share must end below 100% when it is an interval");
  }

  /** Only numbers without a calendar unit have a range. */
  private String show(double number) {
    return kind == Kind.SHARE
        ? kind.format(number, null, false)
        : Decimals.plain(Decimals.shortest(number));
  }
}

package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import org.jspecify.annotations.Nullable;

/** What a step computes, and the unit that the result is to have; its own if none is named. */
record StepFormula(Expression expression, @Nullable Unit unit) {
  /** The steps of every plan. "response" stands for the record if a plan does not set it. */
  static final ImmutableMap<String, StepFormula> STANDARD =
      ImmutableMap.<String, StepFormula>builder()
          .put("record", of("object + metadata"))
          .put("response", of("record"))
          .put("write-rate", of("writes", "/s"))
          .put("peak-write-rate", of("write-rate × peak-factor"))
          .put("read-rate", of("write-rate × reads-per-write"))
          .put("peak-read-rate", of("read-rate × peak-factor"))
          .put("reads-per-day", of("writes × reads-per-write", "/day"))
          .put("new-data-per-month", of("writes × record", "B/month"))
          .put("objects", of("writes × retention"))
          .put("raw-storage", of("objects × record"))
          .put("storage", of("raw-storage × replication × (1 + index-overhead) ÷ compression"))
          .put("ingress", of("write-rate × record"))
          .put("egress", of("read-rate × response"))
          .put("cdn-egress", of("egress × cdn-share"))
          .put("origin-egress", of("egress × (1 - cdn-share)"))
          .put("distinct-reads-per-day", of("distinct(reads-per-day × 1 day, objects, skew)"))
          .put("cache-objects", of("lru-items(hit-target, objects, skew)"))
          .put("cache-memory", of("cache-objects × response"))
          .put("cache-memory-by-rule", of("hot-share × reads-per-day × 1 day × response"))
          .put("peak-request-rate", of("peak-write-rate + peak-read-rate × (1 - cdn-share)"))
          .put("servers", of("ceil(peak-request-rate ÷ (requests-per-server × utilisation))"))
          .put("server-cost", of("servers × server-price", "/month"))
          .put("memory-cost", of("cache-memory × memory-price", "/month"))
          .put("storage-cost", of("storage × storage-price", "/month"))
          .put(
              "traffic-cost", of("origin-egress × egress-price + cdn-egress × cdn-price", "/month"))
          .put("cost", of("server-cost + memory-cost + storage-cost + traffic-cost"))
          .buildOrThrow();

  static StepFormula of(String formula) {
    return new StepFormula(FormulaReader.read(formula), null);
  }

  static StepFormula of(String formula, String unit) {
    return new StepFormula(FormulaReader.read(formula), Unit.parse(unit));
  }

  /** Gives a result the unit that was asked for. */
  Worked inItsUnit(Worked result, Calendars calendars) {
    if (unit == null) {
      return result;
    }
    Worked converted = unit.calendar() == null ? result : calendars.in(result, unit.calendar());
    // Money a month is asked for as "/month": what is counted there is any.
    checkArgument(
        unit.time() == converted.unit().time()
            && (unit.bytes() == 0 || unit.isLike(converted.unit())),
        "must be in %s, but is in %s",
        unit.symbol(),
        result.unit().symbol());
    return converted;
  }
}

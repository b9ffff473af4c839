package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A back-of-the-envelope calculation: named assumptions, the traffic, storage, cache memory and bandwidth that follow from
 * them, and the working in between.
 *
 * <pre>{@code
 * CapacityPlan plan = CapacityPlan.builder("photos")
 *     .assume("writes", "800k/day..1.2M/day")
 *     .assume("reads-per-write", "50")
 *     .assume("object", "200 KB")
 *     .assume("retention", "5 years")
 *     .build();
 * plan.step("storage").value();
 * plan.with("replication", "3").toMarkdown();
 * }</pre>
 *
 * <p><b>Idea.</b> An assumption is a number or an interval "low..high" that holds it nine times in ten. Steps are products,
 * so their intervals and what each assumption adds to them have a closed form (see {@link Estimate}). The cache is sized
 * from how often objects are read again ({@link Zipf}, {@link LruHitRatio}), and by the published rule of 20 % of a day's
 * reads for comparison.
 *
 * <p><b>Assumptions.</b> Without a default: {@code writes}, {@code reads-per-write}, {@code object}, {@code retention}. With
 * one: {@code peak-factor} 2, {@code metadata} 0 B, {@code response} the record, {@code replication} 1,
 * {@code index-overhead} 0%, {@code compression} 1, {@code cdn-share} 0%, {@code hot-share} 20%, {@code skew} 0.9,
 * {@code hit-target} 80%, {@code seconds-per-day} 86400, {@code seconds-per-month} 2592000.
 *
 * <p><b>Steps.</b> {@code record}, {@code write-rate}, {@code peak-write-rate}, {@code read-rate}, {@code peak-read-rate},
 * {@code reads-per-day}, {@code new-data-per-month}, {@code objects}, {@code raw-storage}, {@code storage},
 * {@code ingress}, {@code egress}, {@code origin-egress}, {@code distinct-reads-per-day}, {@code cache-objects},
 * {@code cache-memory}, {@code cache-memory-by-rule}.
 *
 * <p><b>Cost.</b> Some milliseconds for each uncertain assumption, when the plan is made. <b>Thread safety.</b> Immutable.
 */
public final class CapacityPlan {
  private final String name;
  private final Map<Input, Setting> settings;
  private final Map<String, Step> steps;
  private final List<String> warnings;

  private CapacityPlan(String name, Map<Input, Setting> settings) {
    this.name = name;
    this.settings = settings;
    Worksheet worksheet = new Worksheet(settings);
    steps = Collections.unmodifiableMap(worksheet.steps());
    warnings = List.copyOf(worksheet.warnings());
  }

  /**
   * Starts to describe a plan.
   *
   * @param name what the plan is for, used as a heading
   * @return a builder with the default assumptions
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /**
   * Changes one assumption.
   *
   * @param assumption the name of an assumption
   * @param text its new value, or an interval "low..high"; every quantity's {@code toString} is such a text
   * @return a new plan; this one stays as it is
   * @throws IllegalArgumentException if there is no such assumption, or the value does not suit it
   * @throws ArithmeticException if a result is beyond a double
   */
  public CapacityPlan with(String assumption, String text) {
    Map<Input, Setting> changed = new EnumMap<>(settings);
    set(changed, assumption, text);
    return new CapacityPlan(name, changed);
  }

  /**
   * Returns what the plan is for.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Returns what the plan rests on.
   *
   * @return every assumption in use, defaults included
   */
  public List<Assumption> assumptions() {
    return settings.values().stream().map(Setting::toAssumption).toList();
  }

  /**
   * Returns the working.
   *
   * @return the steps, each after those that it uses
   */
  public List<Step> steps() {
    return List.copyOf(steps.values());
  }

  /**
   * Returns one step.
   *
   * @param step its name
   * @return the step
   * @throws IllegalArgumentException if there is no such step
   */
  public Step step(String step) {
    requireNonNull(step, "step");
    Step found = steps.get(step);
    if (found == null) {
      throw new IllegalArgumentException(Names.unknown("step", step, steps.keySet()));
    }
    return found;
  }

  /**
   * Returns what a reader should doubt: repeat requests counted by the cache rule, rounded days and months, an average used
   * as a peak, sizes stated in bits.
   *
   * @return one sentence for each, empty if nothing applies
   */
  public List<String> warnings() {
    return warnings;
  }

  /**
   * Writes the plan down.
   *
   * @return Markdown with the assumptions, the working and the warnings
   */
  public String toMarkdown() {
    return PlanMarkdown.of(this);
  }

  private static void set(Map<Input, Setting> settings, String assumption, String text) {
    Input input = Input.named(requireNonNull(assumption, "assumption"));
    settings.put(input, Setting.read(input, text));
  }

  /** Describes a plan. */
  public static final class Builder {
    private final String name;
    private final Map<Input, Setting> settings = new EnumMap<>(Input.class);

    private Builder(String name) {
      this.name = requireNonNull(name, "name");
      for (Input input : Input.values()) {
        if (input.byDefault != null) {
          settings.put(input, Setting.read(input, input.byDefault));
        }
      }
    }

    /**
     * Sets an assumption.
     *
     * @param assumption the name of an assumption
     * @param text its value, or an interval "low..high"; every quantity's {@code toString} is such a text
     * @return this builder
     * @throws IllegalArgumentException if there is no such assumption, or the value does not suit it
     */
    public Builder assume(String assumption, String text) {
      set(settings, assumption, text);
      return this;
    }

    /**
     * Computes the plan.
     *
     * @return the plan
     * @throws IllegalStateException if an assumption without default is not set
     * @throws ArithmeticException if a result is beyond a double
     */
    public CapacityPlan build() {
      List<String> missing = Arrays.stream(Input.values())
          .filter(input -> input.required() && !settings.containsKey(input))
          .map(input -> input.id)
          .toList();
      checkState(missing.isEmpty(), "assumptions missing: %s", String.join(", ", missing));
      return new CapacityPlan(name, new EnumMap<>(settings));
    }
  }
}

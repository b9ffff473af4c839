package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A back-of-the-envelope calculation: named assumptions, the traffic, storage, cache memory, bandwidth, servers and cost that
 * follow from them, and the working in between.
 *
 * <pre>{@code
 * CapacityPlan plan = CapacityPlan.builder("chat")
 *     .assume("users", "50M", "who write on a day")
 *     .assume("messages", "20/day..60/day", "of one user")
 *     .step("writes", "users × messages")
 *     .assume("reads-per-write", "1")
 *     .assume("object", "100 B")
 *     .assume("retention", "10 years")
 *     .step("messages-per-user-kept", "objects ÷ users")
 *     .build();
 * plan.step("storage").value();
 * plan.with("replication", "3").toMarkdown();
 * }</pre>
 *
 * <p><b>Idea.</b> An assumption is a number or an interval "low..high" that holds it nine times in ten. Products have
 * intervals in closed form, and so has what each assumption adds to them (see {@link Estimate}). Units are part of every
 * number: bytes and requests cannot be added, and a rate a month meets a span of years with "× 12 months/year" in between.
 * The cache is sized from how often objects are read again ({@link Zipf}, {@link LruHitRatio}), and by the published rule of
 * 20 % of a day's reads for comparison.
 *
 * <p><b>Assumptions.</b> Without a default: {@code writes}, {@code reads-per-write}, {@code object}, {@code retention}. With
 * one: {@code peak-factor} 2, {@code metadata} 0 B, {@code response} the record, {@code replication} 1,
 * {@code index-overhead} 0%, {@code compression} 1, {@code cdn-share} 0%, {@code hot-share} 20%, {@code skew} 0.9,
 * {@code hit-target} 80%, {@code requests-per-server} 1k/s, {@code utilisation} 60%, {@code server-price} $60/month,
 * {@code memory-price} $2/GB/month, {@code storage-price} $0.02/GB/month, {@code egress-price} $0.1/GB, {@code cdn-price}
 * $0.05/GB, {@code seconds-per-day} 86400, {@code seconds-per-month} 2592000.
 *
 * <p><b>Steps.</b> {@code record}, {@code write-rate}, {@code peak-write-rate}, {@code read-rate}, {@code peak-read-rate},
 * {@code reads-per-day}, {@code new-data-per-month}, {@code objects}, {@code raw-storage}, {@code storage},
 * {@code ingress}, {@code egress}, {@code cdn-egress}, {@code origin-egress}, {@code distinct-reads-per-day},
 * {@code cache-objects}, {@code cache-memory}, {@code cache-memory-by-rule}, {@code peak-request-rate}, {@code servers},
 * {@code server-cost}, {@code memory-cost}, {@code storage-cost}, {@code traffic-cost}, {@code cost}.
 *
 * <p><b>Formulas</b> of further steps have names, numbers ("12", "20%", "1 day"), +, -, × or *, ÷ or /, parentheses, and
 * {@code ceil(x)}, {@code distinct(draws, items, skew)}, {@code lru-items(hit-ratio, items, skew)} and
 * {@code lru-hits(cached, items, skew)}. A minus has a blank before it, since names have hyphens.
 *
 * <p><b>Cost.</b> Some milliseconds for each uncertain assumption, when the plan is made. <b>Thread safety.</b> Immutable.
 */
public final class CapacityPlan {
  private final String name;
  private final Map<String, Setting> settings;
  private final Map<String, StepFormula> formulas;
  private final Worksheet worksheet;
  private final List<String> warnings;

  private CapacityPlan(
      String name, Map<String, Setting> settings, Map<String, StepFormula> formulas) {
    this.name = name;
    this.settings = settings;
    this.formulas = formulas;
    worksheet = new Worksheet(settings, formulas);
    warnings = List.copyOf(new PlanWarnings(settings, worksheet.steps()).all());
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
    return builder().assume(assumption, text).build();
  }

  /**
   * Changes several assumptions at once, for those that only go together, such as prices in another currency.
   *
   * @param texts new values by the names of assumptions
   * @return a new plan; this one stays as it is
   * @throws IllegalArgumentException if there is no such assumption, or a value does not suit it
   * @throws ArithmeticException if a result is beyond a double
   */
  public CapacityPlan with(Map<String, String> texts) {
    Builder changed = builder();
    texts.forEach(changed::assume);
    return changed.build();
  }

  private Builder builder() {
    return new Builder(name, settings, formulas);
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
    return List.copyOf(worksheet.steps().values());
  }

  /**
   * Returns one step.
   *
   * @param step its name
   * @return the step
   * @throws IllegalArgumentException if there is no such step
   */
  public Step step(String step) {
    Step found = worksheet.steps().get(requireNonNull(step, "step"));
    if (found == null) {
      throw new UnknownNameException("step", step, worksheet.steps().keySet());
    }
    return found;
  }

  /**
   * Computes something that is not a step of this plan.
   *
   * @param result what to call it
   * @param formula a formula as in {@link Builder#step(String, String)}
   * @return the result
   * @throws IllegalArgumentException if the formula cannot be read, has a name that the plan does not know, adds unlike units,
   *     or is below 0
   * @throws ArithmeticException if the result is beyond a double
   */
  public Step compute(String result, String formula) {
    return worksheet.step(requireNonNull(result, "result"), StepFormula.of(formula));
  }

  /**
   * Computes something that is not a step of this plan, in a unit of time of its own.
   *
   * @param result what to call it
   * @param formula a formula as in {@link Builder#step(String, String)}
   * @param unit "/s", "B/day" and the like
   * @return the result
   * @throws IllegalArgumentException as for {@link #compute(String, String)}, and if the result is of another kind
   * @throws ArithmeticException if the result is beyond a double
   */
  public Step compute(String result, String formula, String unit) {
    requireNonNull(result, "result");
    return worksheet.step(result, StepFormula.of(formula, requireNonNull(unit, "unit")));
  }

  /**
   * Compares a step with what somebody else says it is, and looks for the slip between the two: bits for bytes, 1,000 for
   * 1,024, the peak for the average, servers rounded down, an assumption counted twice or left out, units of time confused.
   *
   * @param step the name of a step
   * @param claim the other figure in a unit of the same kind, such as "572 GB" or "4000/s"
   * @return the verdict
   * @throws IllegalArgumentException if there is no such step, or the claim is not of its kind
   */
  public Audit audit(String step, String claim) {
    Step own = step(step);
    Set<String> sources = new LinkedHashSet<>();
    collectSources(step, sources);
    return Auditor.audit(this, own, requireNonNull(claim, "claim"), unrounded(step), sources);
  }

  /** The names that a step rests on, over however many steps. */
  private void collectSources(String name, Set<String> sources) {
    StepFormula formula = formulas.get(name);
    if (sources.add(name) && formula != null) {
      formula.expression().names().forEach(it -> collectSources(it, sources));
    }
  }

  /** What is rounded up to whole servers. */
  private double unrounded(String step) {
    Expression formula = requireNonNull(formulas.get(step)).expression();
    boolean rounded =
        formula instanceof Expression.Call call && call.function() == FormulaFunction.CEIL;
    Expression inner = rounded ? ((Expression.Call) formula).arguments().get(0) : formula;
    return worksheet.step(step, new StepFormula(inner, null)).value().value();
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

  /** Describes a plan. */
  public static final class Builder {
    private final String name;
    private final Map<String, Setting> settings;
    private final Map<String, StepFormula> formulas;

    private Builder(String name) {
      this(name, Map.of(), StepFormula.STANDARD);
      Input.STANDARD.values().forEach(input -> {
        if (input.byDefault() != null) {
          settings.put(input.id(), Setting.read(input, input.byDefault()));
        }
      });
    }

    private Builder(String name, Map<String, Setting> settings, Map<String, StepFormula> formulas) {
      this.name = requireNonNull(name, "name");
      this.settings = new LinkedHashMap<>(settings);
      this.formulas = new LinkedHashMap<>(formulas);
    }

    /**
     * Sets an assumption. One that a step computes is then no longer computed.
     *
     * @param assumption the name of an assumption
     * @param text its value, or an interval "low..high"; every quantity's {@code toString} is such a text
     * @return this builder
     * @throws IllegalArgumentException if there is no such assumption, or the value does not suit it
     */
    public Builder assume(String assumption, String text) {
      Setting known = settings.get(requireNonNull(assumption, "assumption"));
      Input input = known == null ? Input.STANDARD.get(assumption) : known.input();
      if (input == null) {
        Set<String> valid = new LinkedHashSet<>(Input.STANDARD.keySet());
        valid.addAll(settings.keySet());
        throw new UnknownNameException("assumption", assumption, valid);
      }
      settings.put(assumption, Setting.read(input, text));
      formulas.remove(assumption);
      return this;
    }

    /**
     * Adds an assumption of this plan's own. What kind it is of, a number or a size and so on, is told by its value.
     *
     * @param assumption its name: letters, digits and hyphens, a letter first
     * @param text its value, or an interval "low..high": "50M", "20%", "40/day", "100 B", "5 years", "20 ms", "10 Gbit/s",
     *     "$5", "$60/month", "$0.1/GB", "$0.02/GB/month"
     * @param meaning what it stands for, for a reader
     * @return this builder
     * @throws IllegalArgumentException if the name is taken or not a name, or the value cannot be read
     */
    public Builder assume(String assumption, String text, String meaning) {
      checkNew(requireNonNull(assumption, "assumption"));
      requireNonNull(text, "text");
      Input input = Input.ofPlan(assumption, text, requireNonNull(meaning, "meaning"));
      settings.put(assumption, Setting.read(input, text));
      return this;
    }

    /**
     * Adds a step. One with the name of an assumption that has no default computes that assumption:
     * {@code step("writes", "users × messages")}.
     *
     * @param step its name: letters, digits and hyphens, a letter first
     * @param formula how it follows from assumptions and other steps, in any order
     * @return this builder
     * @throws IllegalArgumentException if the name is taken or not a name, or the formula cannot be read
     */
    public Builder step(String step, String formula) {
      return add(step, StepFormula.of(formula));
    }

    /**
     * Adds a step whose result is stated in a unit of time of its own.
     *
     * @param step its name
     * @param formula how it follows from assumptions and other steps
     * @param unit "/s", "/day", "B/s" and the like; what is counted may be anything in the first two
     * @return this builder
     * @throws IllegalArgumentException if the name is taken or not a name, or the formula or the unit cannot be read
     */
    public Builder step(String step, String formula, String unit) {
      return add(step, StepFormula.of(formula, requireNonNull(unit, "unit")));
    }

    private Builder add(String step, StepFormula formula) {
      Input input = Input.STANDARD.get(requireNonNull(step, "step"));
      if (input == null || input.byDefault() != null || settings.containsKey(step)) {
        checkNew(step);
      }
      formulas.put(step, formula);
      return this;
    }

    private void checkNew(String id) {
      checkArgument(
          FormulaReader.isName(id),
          "a name must be letters, digits and hyphens with a letter first, was \"%s\"",
          id);
      checkArgument(
          !settings.containsKey(id) && !formulas.containsKey(id) && !Input.STANDARD.containsKey(id),
          "the plan has \"%s\" already",
          id);
    }

    /**
     * Computes the plan.
     *
     * @return the plan
     * @throws IllegalStateException if an assumption without default is not set
     * @throws IllegalArgumentException if a formula has a name that the plan does not know, adds unlike units, is below 0 or
     *     needs itself
     * @throws ArithmeticException if a result is beyond a double
     */
    public CapacityPlan build() {
      List<String> missing = Input.STANDARD.keySet().stream()
          .filter(id -> !settings.containsKey(id) && !formulas.containsKey(id))
          .toList();
      checkState(missing.isEmpty(), "assumptions missing: %s", String.join(", ", missing));
      return new CapacityPlan(
          name, inOrder(settings), Collections.unmodifiableMap(new LinkedHashMap<>(formulas)));
    }

    /** Assumptions of every plan first, in their order, whatever order they were set in. */
    private static Map<String, Setting> inOrder(Map<String, Setting> settings) {
      Map<String, Setting> ordered = new LinkedHashMap<>();
      Input.STANDARD.keySet().forEach(id -> {
        Setting setting = settings.get(id);
        if (setting != null) {
          ordered.put(id, setting);
        }
      });
      settings.forEach(ordered::putIfAbsent);
      return Collections.unmodifiableMap(ordered);
    }
  }
}

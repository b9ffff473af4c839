package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A system on a whiteboard: what it is to do, the {@link CapacityPlan}, boxes and arrows with the traffic on them, and what
 * that means for each box.
 *
 * <pre>{@code
 * Design design = Design.builder(plan)
 *     .description("People upload photos and look at them.")
 *     .component(Component.of("client", ComponentKind.CLIENT, "Client"))
 *     .component(Component.of("api", ComponentKind.SERVICE, "API").serviceTime("5 ms").workers("16"))
 *     .arrow("client", "api", "look at a photo", "peak-read-rate", "response")
 *     .route("look at a photo", "client", "api")
 *     .build();
 * design.load("api").servers();
 * design.compare(design.with("reads-per-write", "500")).toMarkdown();
 * }</pre>
 *
 * <p><b>Idea.</b> The traffic of an arrow is a formula over the plan, so it follows every assumption. A component gets the
 * requests of the arrows that point to it; servers, utilisation and waiting follow by M/M/c ({@link Queueing#mmc}),
 * availability as k of n or by copies ({@link Availability}).
 *
 * <p><b>Cost.</b> Some milliseconds when it is made; a component with a million workers, a few more.
 * <b>Thread safety.</b> Immutable.
 *
 * <p><b>Instead.</b> Bursts, retries and failures that depend on each other are not in it: run the design, and compare.
 */
public final class Design {
  private final CapacityPlan plan;
  private final DesignNotes notes;
  private final ImmutableMap<String, Component> components;
  private final List<Arrow> arrows;
  private final ImmutableMap<String, List<String>> ways;

  private final List<Flow> flows;
  private final ImmutableMap<String, ComponentLoad> loads;
  private final List<Route> routes;

  /** An arrow before its formulas are computed. */
  private record Arrow(String from, String to, String label, String requests, String size) {}

  private Design(
      CapacityPlan plan,
      DesignNotes notes,
      ImmutableMap<String, Component> components,
      List<Arrow> arrows,
      ImmutableMap<String, List<String>> ways) {
    this.plan = plan;
    this.notes = notes;
    this.components = components;
    this.arrows = arrows;
    this.ways = ways;
    flows = arrows.stream().map(this::flow).toList();
    loads = components.values().stream()
        .collect(ImmutableMap.toImmutableMap(
            Component::id,
            component -> LoadWorksheet.load(plan, component, requestsTo(component.id()))));
    routes = ways.entrySet().stream()
        .map(way ->
            Route.of(way.getKey(), way.getValue().stream().map(this::load).toList()))
        .toList();
  }

  /**
   * Starts a design.
   *
   * @param plan its numbers; its name is the design's
   * @return a builder without components
   */
  public static Builder builder(CapacityPlan plan) {
    return new Builder(requireNonNull(plan, "plan"));
  }

  /**
   * Changes one assumption, and with it all that follows.
   *
   * @param assumption the name of an assumption of the plan
   * @param text its new value, or an interval
   * @return a new design; this one stays as it is
   * @throws IllegalArgumentException if there is no such assumption, or the value does not suit it
   * @throws ArithmeticException if a result is beyond a double
   */
  public Design with(String assumption, String text) {
    return new Design(plan.with(assumption, text), notes, components, arrows, ways);
  }

  /**
   * Changes several assumptions at once, and with them all that follows.
   *
   * @param texts new values by the names of assumptions of the plan
   * @return a new design; this one stays as it is
   * @throws IllegalArgumentException if there is no such assumption, or a value does not suit it
   * @throws ArithmeticException if a result is beyond a double
   */
  public Design with(Map<String, String> texts) {
    return new Design(plan.with(texts), notes, components, arrows, ways);
  }

  /**
   * Exchanges a component for another of the same id: "what if the store were faster?"
   *
   * @param component the new one
   * @return a new design; this one stays as it is
   * @throws IllegalArgumentException if there is no component of that id, or a formula of the new one has no value
   */
  public Design with(Component component) {
    load(component.id());
    Map<String, Component> changed = new LinkedHashMap<>(components);
    changed.put(component.id(), component);
    return new Design(plan, notes, ImmutableMap.copyOf(changed), arrows, ways);
  }

  /**
   * Says what changes from this design to another.
   *
   * @param other another design, of the same plan or not
   * @return every number that differs
   */
  public DesignComparison compare(Design other) {
    return DesignComparison.of(this, requireNonNull(other, "other"));
  }

  /**
   * Returns what the design is called.
   *
   * @return the plan's name
   */
  public String name() {
    return plan.name();
  }

  /**
   * Returns the numbers that everything follows from.
   *
   * @return the plan
   */
  public CapacityPlan plan() {
    return plan;
  }

  /**
   * Returns what is said in words.
   *
   * @return the notes
   */
  public DesignNotes notes() {
    return notes;
  }

  /**
   * Returns the arrows.
   *
   * @return each with its traffic
   */
  public List<Flow> flows() {
    return flows;
  }

  /**
   * Returns the boxes.
   *
   * @return each with what the busiest second asks of it
   */
  public List<ComponentLoad> loads() {
    return loads.values().asList();
  }

  /**
   * Returns one box.
   *
   * @param id the component's id
   * @return what the busiest second asks of it
   * @throws IllegalArgumentException if there is no such component
   */
  public ComponentLoad load(String id) {
    ComponentLoad load = loads.get(requireNonNull(id, "id"));
    if (load == null) {
      throw new UnknownNameException("component", id, loads.keySet());
    }
    return load;
  }

  /**
   * Returns the ways of requests.
   *
   * @return each with its latency and availability
   */
  public List<Route> routes() {
    return routes;
  }

  /**
   * Returns what fails first when everything grows.
   *
   * @return the component with the largest {@link ComponentLoad#pressure}; empty if nothing is asked of any
   */
  public Optional<ComponentLoad> bottleneck() {
    return loads.values().stream()
        .filter(load -> load.pressure() > 0)
        .max(Comparator.comparingDouble(ComponentLoad::pressure));
  }

  /**
   * Returns the servers of all components.
   *
   * @return their number, spares included
   */
  public long servers() {
    return loads.values().stream().mapToLong(ComponentLoad::servers).sum();
  }

  /**
   * Returns what the servers of all components cost. It is not what the plan's step {@code servers} says, which knows no
   * components but takes every request for one of equal work.
   *
   * @return money a month, at the plan's {@code server-price}
   */
  public Step serverCost() {
    return plan.compute("server-cost", servers() + " × server-price", "/month");
  }

  /**
   * Writes the design down, in the order in which a system is talked through.
   *
   * @return Markdown: description, requirements, capacity, API, schema, the board as a Mermaid diagram with tables of
   *     components, arrows and routes, algorithm, trade-offs and what else to consider
   */
  public String toMarkdown() {
    return new DesignMarkdown(this).page();
  }

  /**
   * Draws the board.
   *
   * @return a flowchart for Mermaid, which GitHub and others render
   */
  public String toMermaid() {
    return DesignBoard.mermaid(this);
  }

  /**
   * Draws the board.
   *
   * @return an SVG document for a light or dark page
   */
  public String toSvg() {
    return DesignBoard.svg(this);
  }

  private Flow flow(Arrow arrow) {
    String name = arrow.from + " → " + arrow.to;
    Step requests = plan.compute(name, arrow.requests, "/s");
    checkArgument(
        requests.unit().equals(Unit.per(CalendarUnit.SECOND)),
        "the requests of %s must be in 1/s, but are in %s",
        name,
        requests.unit().symbol());
    String bytes = "(" + arrow.requests + ") × (" + arrow.size + ")";
    return new Flow(arrow.from, arrow.to, arrow.label, requests, plan.compute(name, bytes, "B/s"));
  }

  private @Nullable String requestsTo(String id) {
    String sum = arrows.stream()
        .filter(arrow -> arrow.to.equals(id))
        .map(arrow -> "(" + arrow.requests + ")")
        .collect(Collectors.joining(" + "));
    return sum.isEmpty() ? null : sum;
  }

  /** Describes a design. */
  public static final class Builder {
    private final CapacityPlan plan;
    private String description = "";
    private final List<DesignNotes.Topic> requirements = new ArrayList<>();
    private final List<DesignNotes.Call> calls = new ArrayList<>();
    private final List<DesignNotes.Table> tables = new ArrayList<>();
    private final List<String> algorithm = new ArrayList<>();
    private final List<DesignNotes.TradeOff> tradeOffs = new ArrayList<>();
    private final List<DesignNotes.Topic> considerations = new ArrayList<>();
    private final Map<String, Component> components = new LinkedHashMap<>();
    private final List<Arrow> arrows = new ArrayList<>();
    private final Map<String, List<String>> ways = new LinkedHashMap<>();

    private Builder(CapacityPlan plan) {
      this.plan = plan;
    }

    /**
     * Says what is built, for whom.
     *
     * @param text a sentence or two
     * @return this builder
     */
    public Builder description(String text) {
      description = requireNonNull(text, "text");
      return this;
    }

    /**
     * Adds what it must do.
     *
     * @param topic "Creation and accounts", "Retrieval", "Analytics", "Capacity" and the like
     * @param text a sentence or two
     * @return this builder
     */
    public Builder requirement(String topic, String text) {
      requirements.add(
          new DesignNotes.Topic(requireNonNull(topic, "topic"), requireNonNull(text, "text")));
      return this;
    }

    /**
     * Adds a function of the API.
     *
     * @param function such as "create(token, image)"
     * @param returns such as "201 with id and link; 413, 429"
     * @return this builder
     */
    public Builder call(String function, String returns) {
      calls.add(new DesignNotes.Call(
          requireNonNull(function, "function"), requireNonNull(returns, "returns")));
      return this;
    }

    /**
     * Adds a table of the schema.
     *
     * @param table its name
     * @param columns its columns with keys
     * @param use what is looked up or joined by
     * @return this builder
     */
    public Builder table(String table, String columns, String use) {
      tables.add(new DesignNotes.Table(
          requireNonNull(table, "table"),
          requireNonNull(columns, "columns"),
          requireNonNull(use, "use")));
      return this;
    }

    /**
     * Adds a paragraph on how it works.
     *
     * @param text a few sentences
     * @return this builder
     */
    public Builder algorithm(String text) {
      algorithm.add(requireNonNull(text, "text"));
      return this;
    }

    /**
     * Adds a decision.
     *
     * @param choice what was chosen
     * @param gain what it brings
     * @param price what it costs
     * @return this builder
     */
    public Builder tradeOff(String choice, String gain, String price) {
      tradeOffs.add(new DesignNotes.TradeOff(
          requireNonNull(choice, "choice"),
          requireNonNull(gain, "gain"),
          requireNonNull(price, "price")));
      return this;
    }

    /**
     * Adds something else to consider.
     *
     * @param topic "Partitioning", "Purging", "Security" and the like
     * @param text a sentence or two
     * @return this builder
     */
    public Builder consider(String topic, String text) {
      considerations.add(
          new DesignNotes.Topic(requireNonNull(topic, "topic"), requireNonNull(text, "text")));
      return this;
    }

    /**
     * Adds a box.
     *
     * @param component the component
     * @return this builder
     * @throws IllegalArgumentException if there is a component with that id
     */
    public Builder component(Component component) {
      String id = requireNonNull(component, "component").id();
      checkArgument(!components.containsKey(id), "the design has a component \"%s\" already", id);
      components.put(id, component);
      return this;
    }

    /**
     * Adds an arrow between two components that are there.
     *
     * @param from the id of the component that asks
     * @param to the id of the component that is asked
     * @param label what it asks
     * @param requests how often, a formula over the plan, such as "peak-read-rate × (1 - hit-target)"
     * @param size bytes for each, whichever way they go, a formula over the plan, such as "response"
     * @return this builder
     * @throws IllegalArgumentException if a component is not there, both are the same, or a formula cannot be read
     */
    public Builder arrow(String from, String to, String label, String requests, String size) {
      checkKnown(requireNonNull(from, "from"));
      checkKnown(requireNonNull(to, "to"));
      checkArgument(!from.equals(to), "an arrow must have two ends, was \"%s\" twice", from);
      FormulaReader.read(requireNonNull(requests, "requests"));
      FormulaReader.read(requireNonNull(size, "size"));
      arrows.add(new Arrow(from, to, requireNonNull(label, "label"), requests, size));
      return this;
    }

    /**
     * Adds the way of a kind of request, along arrows that are there.
     *
     * @param route what is asked
     * @param ids the components on the way
     * @return this builder
     * @throws IllegalArgumentException if there is a route of that name, or no arrow from one component to the next
     */
    public Builder route(String route, String... ids) {
      checkArgument(
          !ways.containsKey(requireNonNull(route, "route")),
          "the design has a route \"%s\" already",
          route);
      Stream.of(ids).forEach(this::checkKnown);
      for (int i = 1; i < ids.length; i++) {
        String from = ids[i - 1];
        String to = ids[i];
        checkArgument(
            arrows.stream().anyMatch(arrow -> arrow.from.equals(from) && arrow.to.equals(to)),
            "route \"%s\" goes from %s to %s, but no arrow does",
            route,
            from,
            to);
      }
      ways.put(route, List.of(ids));
      return this;
    }

    private void checkKnown(String id) {
      checkArgument(!components.isEmpty(), "the design has no components yet");
      if (!components.containsKey(id)) {
        throw new UnknownNameException("component", id, components.keySet());
      }
    }

    /**
     * Computes the design.
     *
     * @return the design
     * @throws IllegalArgumentException if a formula has a name that the plan does not know, or a value of the wrong kind
     * @throws ArithmeticException if a result is beyond a double
     */
    public Design build() {
      DesignNotes notes = new DesignNotes(
          description, requirements, calls, tables, algorithm, tradeOffs, considerations);
      return new Design(
          plan,
          notes,
          ImmutableMap.copyOf(components),
          List.copyOf(arrows),
          ImmutableMap.copyOf(ways));
    }
  }
}

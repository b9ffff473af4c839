package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;

/**
 * A box of a {@link Design}: what it is, and what is assumed of its servers.
 *
 * <pre>{@code
 * Component.of("retrieval", ComponentKind.SERVICE, "Image retrieval service")
 *     .serviceTime("5 ms").workers("16").availability("99.9%");
 * Component.of("files", ComponentKind.STORE, "Image file storage")
 *     .serviceTime("8 ms").workers("32").stores("storage").capacity("20 TB").copies("replication");
 * }</pre>
 *
 * <p>Values are formulas of the design's {@link CapacityPlan}: a literal, the name of an assumption, or more. A component
 * without a service time, such as a client, has traffic but no servers; a CDN has a service time, and servers enough.
 *
 * <p><b>Thread safety.</b> Immutable: each method returns a changed copy.
 */
public final class Component {
  /** What is assumed, each a formula. */
  enum Attribute {
    SERVICE_TIME("service-time"),
    WORKERS("workers"),
    SERVERS("servers"),
    SPARES("spares"),
    AVAILABILITY("availability"),
    STORES("stores"),
    CAPACITY("capacity"),
    COPIES("copies");

    final String id;

    Attribute(String id) {
      this.id = id;
    }
  }

  private static final ImmutableMap<Attribute, String> DEFAULTS = ImmutableMap.of(
      Attribute.WORKERS, "1",
      Attribute.SPARES, "1",
      Attribute.AVAILABILITY, "99.9%",
      Attribute.COPIES, "1");

  private final String id;
  private final ComponentKind kind;
  private final String title;
  private final ImmutableMap<Attribute, String> formulas;

  private Component(
      String id, ComponentKind kind, String title, ImmutableMap<Attribute, String> formulas) {
    this.id = id;
    this.kind = kind;
    this.title = title;
    this.formulas = formulas;
  }

  /**
   * Returns a component without servers.
   *
   * @param id how arrows and routes name it: letters, digits and hyphens, a letter first
   * @param kind what it is, which decides how it is drawn
   * @param title what is written in the box
   * @return the component
   * @throws IllegalArgumentException if {@code id} is no such name
   */
  public static Component of(String id, ComponentKind kind, String title) {
    checkArgument(
        FormulaReader.isName(requireNonNull(id, "id")),
        "id must be letters, digits and hyphens with a letter first, was \"%s\"",
        id);
    return new Component(
        id, requireNonNull(kind, "kind"), requireNonNull(title, "title"), DEFAULTS);
  }

  /**
   * Gives it servers that take a time for each request.
   *
   * @param formula the mean time that one worker is busy with a request, such as "5 ms"
   * @return the changed component
   * @throws IllegalArgumentException if the formula cannot be read
   */
  public Component serviceTime(String formula) {
    return with(Attribute.SERVICE_TIME, formula);
  }

  /**
   * Sets how many requests a server works at in parallel.
   *
   * @param formula threads, cores or disks of a server; 1 if not set
   * @return the changed component
   * @throws IllegalArgumentException if the formula cannot be read
   */
  public Component workers(String formula) {
    return with(Attribute.WORKERS, formula);
  }

  /**
   * Sets how many servers there are, instead of as many as the load needs.
   *
   * @param formula the servers
   * @return the changed component
   * @throws IllegalArgumentException if the formula cannot be read
   */
  public Component servers(String formula) {
    return with(Attribute.SERVERS, formula);
  }

  /**
   * Sets how many servers there are beyond those that the load needs.
   *
   * @param formula the servers that may fail; 1 if not set
   * @return the changed component
   * @throws IllegalArgumentException if the formula cannot be read
   */
  public Component spares(String formula) {
    return with(Attribute.SPARES, formula);
  }

  /**
   * Sets how much of the time one server works.
   *
   * @param formula a share; 99.9% if not set
   * @return the changed component
   * @throws IllegalArgumentException if the formula cannot be read
   */
  public Component availability(String formula) {
    return with(Attribute.AVAILABILITY, formula);
  }

  /**
   * Sets what it keeps, all copies together.
   *
   * @param formula a size, such as "storage"
   * @return the changed component
   * @throws IllegalArgumentException if the formula cannot be read
   */
  public Component stores(String formula) {
    return with(Attribute.STORES, formula);
  }

  /**
   * Sets what one server can keep.
   *
   * @param formula a size, such as "20 TB"
   * @return the changed component
   * @throws IllegalArgumentException if the formula cannot be read
   */
  public Component capacity(String formula) {
    return with(Attribute.CAPACITY, formula);
  }

  /**
   * Sets on how many servers each item is. What stores something answers while one of the servers that have the item works;
   * what stores nothing, while as many servers work as the load needs.
   *
   * @param formula the copies; 1 if not set
   * @return the changed component
   * @throws IllegalArgumentException if the formula cannot be read
   */
  public Component copies(String formula) {
    return with(Attribute.COPIES, formula);
  }

  private Component with(Attribute attribute, String formula) {
    FormulaReader.read(formula);
    return new Component(
        id,
        kind,
        title,
        ImmutableMap.<Attribute, String>builder()
            .putAll(formulas)
            .put(attribute, formula)
            .buildKeepingLast());
  }

  /**
   * Returns how arrows and routes name it.
   *
   * @return the id
   */
  public String id() {
    return id;
  }

  /**
   * Returns what it is.
   *
   * @return the kind
   */
  public ComponentKind kind() {
    return kind;
  }

  /**
   * Returns what is written in the box.
   *
   * @return the title
   */
  public String title() {
    return title;
  }

  /** The formulas of what is assumed, defaults included. */
  ImmutableMap<Attribute, String> formulas() {
    return formulas;
  }
}

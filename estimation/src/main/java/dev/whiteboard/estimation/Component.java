package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

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
  private final String id;
  private final ComponentKind kind;
  private final String title;
  private @Nullable String serviceTime;
  private String workers = "1";
  private @Nullable String servers;
  private String spares = "1";
  private String availability = "99.9%";
  private @Nullable String stores;
  private @Nullable String capacity;
  private String copies = "1";

  private Component(String id, ComponentKind kind, String title) {
    this.id = id;
    this.kind = kind;
    this.title = title;
  }

  private Component(Component other) {
    this(other.id, other.kind, other.title);
    serviceTime = other.serviceTime;
    workers = other.workers;
    servers = other.servers;
    spares = other.spares;
    availability = other.availability;
    stores = other.stores;
    capacity = other.capacity;
    copies = other.copies;
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
    return new Component(id, requireNonNull(kind, "kind"), requireNonNull(title, "title"));
  }

  /**
   * Gives it servers that take a time for each request.
   *
   * @param formula the mean time that one worker is busy with a request, such as "5 ms"
   * @return the changed component
   * @throws IllegalArgumentException if the formula cannot be read
   */
  public Component serviceTime(String formula) {
    Component changed = new Component(this);
    changed.serviceTime = readable(formula);
    return changed;
  }

  /**
   * Sets how many requests a server works at in parallel.
   *
   * @param formula threads, cores or disks of a server; 1 if not set
   * @return the changed component
   * @throws IllegalArgumentException if the formula cannot be read
   */
  public Component workers(String formula) {
    Component changed = new Component(this);
    changed.workers = readable(formula);
    return changed;
  }

  /**
   * Sets how many servers there are, instead of as many as the load needs.
   *
   * @param formula the servers
   * @return the changed component
   * @throws IllegalArgumentException if the formula cannot be read
   */
  public Component servers(String formula) {
    Component changed = new Component(this);
    changed.servers = readable(formula);
    return changed;
  }

  /**
   * Sets how many servers there are beyond those that the load needs.
   *
   * @param formula the servers that may fail; 1 if not set
   * @return the changed component
   * @throws IllegalArgumentException if the formula cannot be read
   */
  public Component spares(String formula) {
    Component changed = new Component(this);
    changed.spares = readable(formula);
    return changed;
  }

  /**
   * Sets how much of the time one server works.
   *
   * @param formula a share; 99.9% if not set
   * @return the changed component
   * @throws IllegalArgumentException if the formula cannot be read
   */
  public Component availability(String formula) {
    Component changed = new Component(this);
    changed.availability = readable(formula);
    return changed;
  }

  /**
   * Sets what it keeps, all copies together.
   *
   * @param formula a size, such as "storage"
   * @return the changed component
   * @throws IllegalArgumentException if the formula cannot be read
   */
  public Component stores(String formula) {
    Component changed = new Component(this);
    changed.stores = readable(formula);
    return changed;
  }

  /**
   * Sets what one server can keep.
   *
   * @param formula a size, such as "20 TB"
   * @return the changed component
   * @throws IllegalArgumentException if the formula cannot be read
   */
  public Component capacity(String formula) {
    Component changed = new Component(this);
    changed.capacity = readable(formula);
    return changed;
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
    Component changed = new Component(this);
    changed.copies = readable(formula);
    return changed;
  }

  private static String readable(String formula) {
    FormulaReader.read(formula);
    return formula;
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

  /** Computes what requests do to it. */
  ComponentLoad load(CapacityPlan plan, @Nullable String requestsPerSecond) {
    return new LoadWorksheet(plan, this, requestsPerSecond).load();
  }

  @Nullable
  String serviceTime() {
    return serviceTime;
  }

  String workers() {
    return workers;
  }

  @Nullable
  String servers() {
    return servers;
  }

  String spares() {
    return spares;
  }

  String availability() {
    return availability;
  }

  @Nullable
  String stores() {
    return stores;
  }

  @Nullable
  String capacity() {
    return capacity;
  }

  String copies() {
    return copies;
  }
}

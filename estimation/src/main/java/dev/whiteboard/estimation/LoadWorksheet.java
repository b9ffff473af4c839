package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.whiteboard.estimation.Component.Attribute;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From what is assumed of a component and what arrives to servers, utilisation, latency and availability. */
final class LoadWorksheet {
  private final CapacityPlan plan;
  private final Component component;
  private final @Nullable String requests;

  private LoadWorksheet(CapacityPlan plan, Component component, @Nullable String requests) {
    this.plan = plan;
    this.component = component;
    this.requests = requests;
  }

  /** Computes what a formula's requests a second do to a component; null if no arrow leads to it. */
  static ComponentLoad load(CapacityPlan plan, Component component, @Nullable String requests) {
    return new LoadWorksheet(plan, component, requests).load();
  }

  private ComponentLoad load() {
    Optional<Step> load =
        Optional.ofNullable(requests).map(formula -> plan.compute(name("requests"), formula, "/s"));
    Optional<Step> stored =
        has(Attribute.STORES) ? Optional.of(step(Attribute.STORES, Unit.BYTES)) : Optional.empty();
    double service = has(Attribute.SERVICE_TIME) ? serviceSeconds() : 0;
    if (service == 0 || component.kind() == ComponentKind.CDN) {
      double up = component.kind() == ComponentKind.CLIENT ? 1 : availabilityOfEach();
      return new ComponentLoad(
          component, load, Optional.empty(), 0, 0, 0, service, service, stored, 0, up);
    }
    double workers = atLeastOne(Attribute.WORKERS);
    Step needed = needed();
    long servers = has(Attribute.SERVERS)
        ? (long) Math.ceil(atLeastOne(Attribute.SERVERS))
        : servers(needed) + (long) number(Attribute.SPARES);
    double perSecond = load.map(step -> step.value().value()).orElse(0.0);
    double utilisation = perSecond * service / (servers * workers);
    return new ComponentLoad(
        component,
        load,
        Optional.of(needed),
        servers,
        workers,
        utilisation,
        service,
        ComponentLoad.meanSeconds(servers, workers, utilisation, service),
        stored,
        stored.isPresent() && has(Attribute.CAPACITY)
            ? stored.get().value().value() / (servers * capacityOfEach())
            : 0,
        availability(Math.min(servers(needed), servers), servers));
  }

  /** What the load needs, or what is stored if that takes more. */
  private Step needed() {
    String busy = "ceil((" + requests + ") × (" + formula(Attribute.SERVICE_TIME) + ") ÷ (("
        + formula(Attribute.WORKERS) + ") × utilisation))";
    Step forLoad = plan.compute(name(Attribute.SERVERS.id), requests == null ? "1" : busy);
    if (!has(Attribute.STORES) || !has(Attribute.CAPACITY)) {
      return forLoad;
    }
    checkArgument(capacityOfEach() > 0, "%s must be > 0, was 0", name(Attribute.CAPACITY.id));
    Step forData = plan.compute(
        name(Attribute.SERVERS.id),
        "ceil((" + formula(Attribute.STORES) + ") ÷ (" + formula(Attribute.CAPACITY) + "))");
    return servers(forData) > servers(forLoad) ? forData : forLoad;
  }

  private static long servers(Step needed) {
    return Math.max(1, (long) needed.value().value());
  }

  private double capacityOfEach() {
    return step(Attribute.CAPACITY, Unit.BYTES).value().value();
  }

  private double availability(long needed, long servers) {
    double each = availabilityOfEach();
    if (has(Attribute.STORES)) {
      return 1 - Math.pow(1 - each, Math.min(atLeastOne(Attribute.COPIES), (double) servers));
    }
    return Availability.kOfN(Math.toIntExact(needed), Math.toIntExact(servers), each);
  }

  private double availabilityOfEach() {
    return Checks.share(number(Attribute.AVAILABILITY), name(Attribute.AVAILABILITY.id));
  }

  private double serviceSeconds() {
    String name = name(Attribute.SERVICE_TIME.id);
    Step step = plan.compute(name, formula(Attribute.SERVICE_TIME));
    CalendarUnit calendar = step.unit().calendar();
    checkArgument(
        calendar != null && step.unit().isLike(Unit.of(CalendarUnit.SECOND)),
        "%s must be a time, but is in %s",
        name,
        step.unit().symbol());
    return calendar.convert(step.value().value(), CalendarUnit.SECOND);
  }

  private double atLeastOne(Attribute attribute) {
    double value = number(attribute);
    checkArgument(value >= 1, "%s must be >= 1, was %s", name(attribute.id), value);
    return value;
  }

  private double number(Attribute attribute) {
    return step(attribute, Unit.ITEMS).value().value();
  }

  private Step step(Attribute attribute, Unit unit) {
    Step step = plan.compute(name(attribute.id), formula(attribute));
    checkArgument(
        step.unit().equals(unit),
        "%s must be in %s, but is in %s",
        name(attribute.id),
        unit.symbol(),
        step.unit().symbol());
    return step;
  }

  private boolean has(Attribute attribute) {
    return component.formulas().containsKey(attribute);
  }

  private String formula(Attribute attribute) {
    return requireNonNull(component.formulas().get(attribute));
  }

  private String name(String what) {
    return component.id() + "/" + what;
  }
}

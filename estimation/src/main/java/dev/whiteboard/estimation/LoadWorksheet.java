package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From what is assumed of a component and what arrives to servers, utilisation, latency and availability. */
final class LoadWorksheet {
  private final CapacityPlan plan;
  private final Component component;
  private final @Nullable String requests;

  LoadWorksheet(CapacityPlan plan, Component component, @Nullable String requests) {
    this.plan = plan;
    this.component = component;
    this.requests = requests;
  }

  ComponentLoad load() {
    Optional<Step> load =
        Optional.ofNullable(requests).map(formula -> plan.compute(name("requests"), formula, "/s"));
    Optional<Step> stored = Optional.ofNullable(component.stores())
        .map(formula -> ofKind("stores", formula, Unit.BYTES));
    double service =
        component.serviceTime() == null ? 0 : inSeconds("service-time", component.serviceTime());
    if (service == 0 || component.kind() == ComponentKind.CDN) {
      double up = component.kind() == ComponentKind.CLIENT ? 1 : share();
      return new ComponentLoad(
          component, load, Optional.empty(), 0, 0, 0, service, service, stored, 0, up);
    }
    double workers = atLeastOne("workers", component.workers());
    Step needed = needed(load.isPresent());
    long servers = component.servers() == null
        ? servers(needed) + (long) number("spares", component.spares())
        : (long) Math.ceil(atLeastOne("servers", component.servers()));
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
        full(stored, servers),
        availability(Math.min(servers(needed), servers), servers));
  }

  /** What the load needs, or what is stored if that takes more. */
  private Step needed(boolean busy) {
    Step forLoad = plan.compute(
        name("servers"),
        busy
            ? "ceil((" + requests + ") × (" + component.serviceTime() + ") ÷ (("
                + component.workers() + ") × utilisation))"
            : "1");
    if (component.stores() == null || component.capacity() == null) {
      return forLoad;
    }
    ofKind("capacity", component.capacity(), Unit.BYTES);
    Step forData = plan.compute(
        name("servers"), "ceil((" + component.stores() + ") ÷ (" + component.capacity() + "))");
    return servers(forData) > servers(forLoad) ? forData : forLoad;
  }

  private static long servers(Step needed) {
    return Math.max(1, (long) needed.value().value());
  }

  private double full(Optional<Step> stored, long servers) {
    if (stored.isEmpty() || component.capacity() == null) {
      return 0;
    }
    double each = ofKind("capacity", component.capacity(), Unit.BYTES).value().value();
    return stored.get().value().value() / (servers * each);
  }

  private double availability(long needed, long servers) {
    double each = share();
    return component.stores() != null
        ? 1
            - Math.pow(
                1 - each, Math.min(atLeastOne("copies", component.copies()), (double) servers))
        : Availability.kOfN(Math.toIntExact(needed), Math.toIntExact(servers), each);
  }

  private double share() {
    return Checks.share(number("availability", component.availability()), name("availability"));
  }

  private double inSeconds(String what, String formula) {
    Step step = plan.compute(name(what), formula);
    CalendarUnit calendar = step.unit().calendar();
    checkArgument(
        calendar != null && step.unit().isLike(Unit.of(CalendarUnit.SECOND)),
        "%s must be a time, but is in %s",
        name(what),
        step.unit().symbol());
    return calendar.convert(step.value().value(), CalendarUnit.SECOND);
  }

  private double atLeastOne(String what, String formula) {
    double value = number(what, formula);
    checkArgument(value >= 1, "%s must be >= 1, was %s", name(what), value);
    return value;
  }

  private double number(String what, String formula) {
    return ofKind(what, formula, Unit.ITEMS).value().value();
  }

  private Step ofKind(String what, String formula, Unit unit) {
    Step step = plan.compute(name(what), formula);
    checkArgument(
        step.unit().equals(unit),
        "%s must be in %s, but is in %s",
        name(what),
        unit.symbol(),
        step.unit().symbol());
    return step;
  }

  private String name(String what) {
    return component.id() + "/" + what;
  }
}

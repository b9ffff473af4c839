package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class DesignProperties {
  private static final Component API = Component.of("api", ComponentKind.SERVICE, "API");

  /** 60 % of the workers of the servers that the load needs are enough for it, and one server fewer is not. */
  @Property(tries = 100)
  void neededServersAreEnoughAndNoMore(
      @ForAll @DoubleRange(min = 0.01, max = 10_000) double rate,
      @ForAll @IntRange(min = 1, max = 5_000) int milliseconds,
      @ForAll @IntRange(min = 1, max = 64) int workers) {
    ComponentLoad load = design(rate, API.serviceTime(milliseconds + " ms").workers(workers + ""))
        .load("api");
    double busy = load.requests().orElseThrow().value().value() * milliseconds / 1000;
    double needed = load.needed().orElseThrow().value().value();
    assertTrue(busy <= needed * workers * 0.6 * (1 + 1e-9));
    assertTrue(busy > (needed - 1) * workers * 0.6 * (1 - 1e-9));
    assertEquals((long) needed + 1, load.servers());
  }

  /** Little's law, over all servers: what is in the service is what arrives times how long it stays. */
  @Property(tries = 50)
  void requestsInServiceObeyLittle(
      @ForAll @DoubleRange(min = 0.1, max = 2_000) double rate,
      @ForAll @IntRange(min = 1, max = 500) int milliseconds) {
    ComponentLoad load =
        design(rate, API.serviceTime(milliseconds + " ms").workers("4")).load("api");
    int all = (int) load.servers() * 4;
    SteadyState queue = Queueing.mmc(rate * 2, 1000.0 / milliseconds, all);
    assertEquals(
        queue.itemsInSystem(), rate * 2 * load.meanSeconds(), 1e-9 * queue.itemsInSystem());
  }

  @Property(tries = 50)
  void moreServersNeverTakeLongerAndPercentilesGrow(
      @ForAll @DoubleRange(min = 1, max = 1_000) double rate,
      @ForAll @IntRange(min = 1, max = 20) int servers) {
    Component fixed = API.serviceTime("10 ms").workers("2");
    ComponentLoad few = design(rate, fixed.servers(servers + "")).load("api");
    ComponentLoad more = design(rate, fixed.servers(servers + 1 + "")).load("api");
    assertTrue(more.meanSeconds() <= few.meanSeconds() * (1 + 1e-12));
    assertTrue(more.utilisation() < few.utilisation());
    assertTrue(few.percentileSeconds(0.5) <= few.percentileSeconds(0.99));
    assertTrue(few.percentileSeconds(0.99) <= few.percentileSeconds(0.999));
  }

  /** What flows in is what the arrows say, whatever the plan. */
  @Property(tries = 50)
  void doubleTheWritesIsDoubleTheFlows(@ForAll @DoubleRange(min = 0.01, max = 1e6) double rate) {
    Design once = design(rate, API.serviceTime("1 ms"));
    Design twice = once.with("writes", Rate.of(2 * rate, CalendarUnit.SECOND).toString());
    double flow = once.flows().get(0).traffic().value().value();
    assertEquals(2 * flow, twice.flows().get(0).traffic().value().value(), 1e-9 * flow);
  }

  private static Design design(double writesPerSecond, Component api) {
    CapacityPlan plan = CapacityPlan.builder("any")
        .assume("writes", Rate.of(writesPerSecond, CalendarUnit.SECOND).toString())
        .assume("reads-per-write", "0")
        .assume("object", "1 KB")
        .assume("retention", "1 day")
        .build();
    return Design.builder(plan)
        .component(Component.of("client", ComponentKind.CLIENT, "Client"))
        .component(api)
        .arrow("client", "api", "write", "peak-write-rate", "object")
        .build();
  }
}

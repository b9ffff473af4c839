package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DesignTest {
  /** Peak: 2 writes and 200 reads a second, of 1 KB each. */
  private static final CapacityPlan PLAN = CapacityPlan.builder("notes")
      .assume("writes", "1/s")
      .assume("reads-per-write", "100")
      .assume("object", "1 KB")
      .assume("retention", "10 days")
      .assume("replication", "2")
      .build();

  private static final Component API =
      Component.of("api", ComponentKind.SERVICE, "API").serviceTime("50 ms").workers("2");

  private static final Design DESIGN = Design.builder(PLAN)
      .description("Notes to read.")
      .requirement("Retrieval", "A note is shown in 100 ms.")
      .call("get(id)", "200 or 404")
      .table("notes", "id PK, user_id FK users, text", "by user")
      .algorithm("Look it up.")
      .tradeOff("No cache", "simple", "the store takes all reads")
      .consider("Purging", "after ten days")
      .component(Component.of("client", ComponentKind.CLIENT, "Client"))
      .component(API)
      .component(Component.of("store", ComponentKind.STORE, "Notes | text")
          .serviceTime("10 ms")
          .workers("4")
          .stores("storage")
          .capacity("500 MB")
          .copies("replication"))
      .arrow("client", "api", "read", "peak-read-rate", "response")
      .arrow("client", "api", "write", "peak-write-rate", "record")
      .arrow("api", "store", "look up", "peak-read-rate", "response")
      .route("read", "client", "api", "store")
      .build();

  @Test
  void flows_areTheFormulasOverThePlan() {
    Flow read = DESIGN.flows().get(0);
    assertEquals(200, read.requests().value().value());
    assertEquals("200/s", read.requests().format());
    assertEquals(200_000, read.traffic().value().value());
    assertEquals("peak-read-rate × response", read.traffic().formula());
  }

  /** 202 requests of 50 ms are 10.1 busy workers: at 60 % of two a server, 8.42 servers; 9 and a spare. */
  @Test
  void load_service_isByHand() {
    ComponentLoad api = DESIGN.load("api");
    assertEquals(202, api.requests().orElseThrow().value().value());
    assertEquals(9, api.needed().orElseThrow().value().value());
    assertEquals(10, api.servers());
    assertEquals(10.1 / 20, api.utilisation(), 1e-12);
    assertEquals(
        "ceil((peak-read-rate + peak-write-rate) × 50 ms ÷ (2 × utilisation))",
        api.needed().orElseThrow().formula());
    SteadyState queue = Queueing.mmc(202, 20, 20);
    assertEquals(queue.timeInSystem(), api.meanSeconds(), 1e-12);
    assertEquals(Queueing.mmcTimeInSystem(202, 20, 20, 0.99), api.percentileSeconds(0.99), 1e-9);
    assertEquals(Availability.kOfN(9, 10, 0.999), api.availability(), 1e-15);
    assertEquals(Optional.empty(), api.stored());
    assertEquals(0, api.full());
  }

  /** 864,000 notes of 1 KB in two copies are 1.728 GB: 4 servers of 500 MB, and a spare; the load alone takes one. */
  @Test
  void load_store_needsServersForItsDataAndAnswersByCopies() {
    ComponentLoad store = DESIGN.load("store");
    assertEquals(4, store.needed().orElseThrow().value().value());
    assertEquals(5, store.servers());
    assertEquals(1.728 / 2.5, store.full(), 1e-12);
    assertEquals(200 * 0.01 / 20, store.utilisation(), 1e-12);
    assertEquals(1 - 1e-6, store.availability(), 1e-12);
    assertEquals(store.full(), store.pressure());
  }

  @Test
  void load_moreCopiesThanServers_areNotCounted() {
    Design single = DESIGN.with(Component.of("store", ComponentKind.STORE, "Notes")
        .serviceTime("1 ms")
        .servers("1")
        .stores("storage")
        .copies("3"));
    assertEquals(0.999, single.load("store").availability(), 1e-12);
  }

  @Test
  void load_client_hasNoServers() {
    ComponentLoad client = DESIGN.load("client");
    assertEquals(0, client.servers());
    assertEquals(1, client.availability());
    assertEquals(0, client.meanSeconds());
    assertEquals(0, client.percentileSeconds(0.99));
    assertEquals(Optional.empty(), client.requests());
  }

  @Test
  void load_cdn_takesItsTimeWithServersThatAreNotOurs() {
    ComponentLoad cdn = DESIGN
        .with(
            Component.of("api", ComponentKind.CDN, "CDN").serviceTime("20 ms").availability("99%"))
        .load("api");
    assertEquals(0, cdn.servers());
    assertEquals(0.02, cdn.meanSeconds());
    assertEquals(0.99, cdn.availability());
    assertEquals(Math.log(100) * 0.02, cdn.percentileSeconds(0.99), 1e-9);
  }

  @Test
  void routes_addTimesAndMultiplyAvailability() {
    Route read = DESIGN.routes().get(0);
    ComponentLoad api = DESIGN.load("api");
    ComponentLoad store = DESIGN.load("store");
    assertEquals(api.meanSeconds() + store.meanSeconds(), read.meanSeconds(), 1e-12);
    assertEquals(
        api.percentileSeconds(0.995) + store.percentileSeconds(0.995), read.slowSeconds(), 1e-12);
    assertEquals(api.availability() * store.availability(), read.availability(), 1e-15);
    assertEquals(List.of("client", "api", "store"), read.ids());
  }

  @Test
  void servers_andTheirCost_areSums() {
    assertEquals(15, DESIGN.servers());
    assertEquals(900, DESIGN.serverCost().value().value());
    assertEquals("15 × server-price", DESIGN.serverCost().formula());
    assertTrue(DESIGN
        .toMarkdown()
        .contains("All components together have 15 servers, which cost $900/month.\n"));
  }

  @Test
  void bottleneck_isWhatFailsFirst() {
    assertEquals("store", DESIGN.bottleneck().orElseThrow().component().id());
    Design busier = DESIGN.with(API.spares("0"));
    assertEquals(10.1 / 18, busier.load("api").utilisation(), 1e-12);
    assertEquals("store", busier.bottleneck().orElseThrow().component().id());
    Design larger = busier.with("retention", "4 days");
    assertEquals("api", larger.bottleneck().orElseThrow().component().id());
    Design idle = Design.builder(PLAN).component(API).build();
    assertEquals(Optional.empty(), idle.bottleneck());
    assertEquals(2, idle.load("api").servers());
  }

  @Test
  void servers_fixedAndTooFew_areOverloaded() {
    Design small = DESIGN.with(API.servers("5"));
    ComponentLoad api = small.load("api");
    assertEquals(1.01, api.utilisation(), 1e-12);
    assertEquals(Double.POSITIVE_INFINITY, api.meanSeconds());
    assertEquals(Double.POSITIVE_INFINITY, small.routes().get(0).slowSeconds());
    assertEquals("api", small.bottleneck().orElseThrow().component().id());
    assertTrue(small.toMarkdown().contains("without end"));
  }

  @Test
  void load_ofAMillionWorkers_isComputed() {
    Design vast = DESIGN.with("writes", "1M/s");
    ComponentLoad api = vast.load("api");
    assertEquals(8_416_667 + 1, api.servers());
    assertEquals(0.05, api.meanSeconds(), 1e-6);
    assertTrue(api.availability() < 1);
  }

  @Test
  void with_assumption_leavesTheFirstAlone() {
    Design doubled = DESIGN.with("writes", "2/s");
    assertEquals(404, doubled.load("api").requests().orElseThrow().value().value());
    assertEquals(202, DESIGN.load("api").requests().orElseThrow().value().value());
    assertEquals(
        808,
        DESIGN
            .with(Map.of("writes", "2/s", "peak-factor", "4"))
            .load("api")
            .requests()
            .orElseThrow()
            .value()
            .value());
  }

  @Test
  void compare_tellsWhatDiffersAndNothingElse() {
    DesignComparison none = DESIGN.compare(DESIGN.with("writes", "1/s"));
    assertEquals(List.of(), none.rows());
    DesignComparison faster = DESIGN.compare(DESIGN.with(API.serviceTime("25 ms")));
    assertEquals(
        List.of(
            "api: servers",
            "api: mean time",
            "cost of all components\' servers",
            "read: mean time",
            "read: 99 % within",
            "read: availability"),
        faster.rows().stream()
            .map(DesignComparison.Row::what)
            .filter(what -> !what.endsWith("busy"))
            .toList());
    DesignComparison.Row servers = faster.rows().get(0);
    assertEquals("10", servers.before());
    assertEquals("6", servers.after());
    assertEquals(0.6, servers.ratio());
    assertTrue(faster
        .toMarkdown()
        .startsWith("| what | notes | changed | ratio |\n| --- | ---: | ---: | ---: |\n"));
    assertTrue(faster.toMarkdown().contains("| api: servers | 10 | 6 | 0.6 |\n"));
  }

  @Test
  void compare_withoutAPart_showsItsAbsence() {
    Design bare = Design.builder(PLAN).component(API).build();
    DesignComparison.Row row = DESIGN.compare(bare).rows().stream()
        .filter(it -> it.what().equals("store: servers"))
        .findAny()
        .orElseThrow();
    assertEquals("–", row.after());
    assertTrue(Double.isNaN(row.ratio()));
  }

  @Test
  void toMarkdown_hasTheStepsInTheirOrder() {
    String page = DESIGN.toMarkdown();
    int last = -1;
    for (String heading : List.of(
        "# notes\n\nNotes to read.",
        "## Requirements",
        "## Capacity",
        "### Working",
        "## API",
        "## Database",
        "## Board",
        "### Components at the peak",
        "### Arrows at the peak",
        "### Routes",
        "## Algorithm",
        "## Trade-offs",
        "## Other things to consider")) {
      int at = page.indexOf(heading, last + 1);
      assertTrue(at > last, heading);
      last = at;
    }
    assertTrue(page.contains("| `get(id)` | 200 or 404 |"), page);
    assertTrue(page.contains("| API | 202/s | 10 | 51 % |  | 50 ms |"), page);
    assertTrue(page.contains("| Notes \\| text | 200/s | 5 | 10 % | 69 % | 10 ms |"), page);
    assertTrue(
        page.contains(
            "The bottleneck is Notes | text: as everything grows, it is the first at its limit, at 1.45 × this load."),
        page);
    assertTrue(page.contains("- **Purging.** after ten days\n"), page);
  }

  @Test
  void toMarkdown_withoutWords_hasNoEmptyHeadings() {
    String page = Design.builder(PLAN).component(API).build().toMarkdown();
    for (String heading :
        List.of("Requirements", "API\n\n|", "Database", "Routes", "Algorithm", "Trade-offs")) {
      assertFalse(page.contains("## " + heading), heading);
    }
  }

  @Test
  void toMermaid_isAFlowchart() {
    assertEquals("""
        flowchart LR
          client(["Client"])
          api("API<br>10 servers, 51 % busy")
          store[("Notes | text<br>5 servers, 10 % busy<br>1.73 GB, 69 % full")]
          client -->|"read<br>200/s, 200 KB/s"| api
          client -->|"write<br>2/s, 2 KB/s"| api
          api -->|"look up<br>200/s, 200 KB/s"| store
          style store stroke:#d9480f,stroke-width:3px
        """, DESIGN.toMermaid());
    assertTrue(Design.builder(PLAN)
        .component(Component.of("a", ComponentKind.QUEUE, "\"quoted\""))
        .build()
        .toMermaid()
        .contains("a[/\"#quot;quoted#quot;\"/]"));
  }

  @ParameterizedTest
  @CsvSource({
    "0.999, 99.9 %",
    "0.9999998, 99.99998 %",
    "0.94224, 94.22 %",
    "0.5, 50 %",
    "1, 100 %",
    "0, 0 %",
    "0.999999999999999, > 99.999999999 %"
  })
  void availability_isWrittenWithItsNines(double availability, String text) {
    assertEquals(text, DesignMarkdown.availability(availability));
  }

  @ParameterizedTest
  @CsvSource({
    "0, ''",
    "0.00025, 250 us",
    "0.02, 20 ms",
    "45, 45 seconds",
    "2080, 34.7 minutes",
    "9000, 2.5 hours",
    "Infinity, without end"
  })
  void seconds_areWrittenInTheUnitThatSuitsThem(double seconds, String text) {
    assertEquals(text, DesignMarkdown.seconds(seconds));
  }

  @Nested
  class WhenInputIsBad {
    private final Design.Builder builder = Design.builder(PLAN)
        .component(API)
        .component(Component.of("db", ComponentKind.STORE, "DB"));

    @Test
    void unknownComponents_areSuggested() {
      assertEquals(
          "unknown component \"apy\": did you mean \"api\"? Valid: api, db",
          messageOf(() -> builder.arrow("apy", "db", "", "1", "1")));
      assertTrue(messageOf(() -> DESIGN.load("apis"))
          .startsWith("unknown component \"apis\": did you mean \"api\"?"));
      assertTrue(messageOf(() -> DESIGN.with(Component.of("x", ComponentKind.STORE, "X")))
          .startsWith("unknown component \"x\""));
      assertEquals(
          "the design has no components yet",
          messageOf(() -> Design.builder(PLAN).arrow("a", "b", "", "1", "1")));
    }

    @Test
    void doublesAndLoops_areRefused() {
      assertEquals(
          "the design has a component \"api\" already", messageOf(() -> builder.component(API)));
      assertEquals(
          "an arrow must have two ends, was \"api\" twice",
          messageOf(() -> builder.arrow("api", "api", "", "writes", "object")));
      builder.route("r", "api");
      assertEquals(
          "the design has a route \"r\" already", messageOf(() -> builder.route("r", "api")));
      assertEquals(
          "route \"s\" goes from api to db, but no arrow does",
          messageOf(() -> builder.route("s", "api", "db")));
    }

    @Test
    void formulas_areReadOnEntryAndComputedAtTheEnd() {
      assertEquals(
          "cannot read \"writes ×\" as a formula: expected a number, a name or ( at index 8",
          messageOf(() -> builder.arrow("api", "db", "", "writes ×", "object")));
      builder.arrow("api", "db", "", "object", "object");
      assertEquals("step \"api → db\": must be in 1/s, but is in B", messageOf(builder::build));
      Design.Builder bytes = Design.builder(PLAN)
          .component(API)
          .component(Component.of("db", ComponentKind.STORE, "DB"))
          .arrow("api", "db", "", "ingress", "object");
      assertEquals(
          "the requests of api → db must be in 1/s, but are in B/s", messageOf(bytes::build));
    }

    @Test
    void componentsOfTheWrongKind_areNamed() {
      assertEquals(
          "api/service-time must be a time, but is in B", failing(API.serviceTime("object")));
      assertEquals("api/workers must be >= 1, was 0.5", failing(API.workers("1 ÷ 2")));
      assertEquals("api/servers must be >= 1, was 0.0", failing(API.servers("0")));
      assertEquals("api/availability must be in [0, 1], was 2.0", failing(API.availability("2")));
      assertEquals(
          "api/capacity must be > 0, was 0", failing(API.stores("storage").capacity("0 B")));
      assertEquals("api/stores must be in B, but is in items", failing(API.stores("objects")));
      assertEquals(
          "api/capacity must be in B, but is in 1/s",
          failing(API.stores("storage").capacity("writes").servers("1")));
      assertEquals(
          "id must be letters, digits and hyphens with a letter first, was \"a b\"",
          messageOf(() -> Component.of("a b", ComponentKind.CACHE, "A")));
    }

    @Test
    void nulls_areNamed() {
      assertEquals("plan", nullOf(() -> Design.builder(null)));
      assertEquals("component", nullOf(() -> builder.component(null)));
      assertEquals("formula", nullOf(() -> API.workers(null)));
      assertEquals("requests", nullOf(() -> builder.arrow("api", "db", "", null, "object")));
      assertEquals("other", nullOf(() -> DESIGN.compare(null)));
      assertEquals("id", nullOf(() -> DESIGN.load(null)));
    }

    private String failing(Component component) {
      return messageOf(() -> DESIGN.with(component));
    }

    private String messageOf(Runnable call) {
      return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }

    private String nullOf(Runnable call) {
      return assertThrows(NullPointerException.class, call::run).getMessage();
    }
  }
}

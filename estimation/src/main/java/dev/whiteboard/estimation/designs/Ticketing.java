package dev.whiteboard.estimation.designs;

import dev.whiteboard.estimation.CapacityPlan;
import dev.whiteboard.estimation.Component;
import dev.whiteboard.estimation.ComponentKind;
import dev.whiteboard.estimation.Design;

/**
 * Seats of shows are looked at, held and sold, each once. Cities, cinemas, seats, shows, the bytes of a seat and the retention
 * are those of <i>Grokking the System Design Interview</i>, as noted in gitgik/distributed-system-design,
 * designing_ticketmaster.md; views, sales and the rush for one large event are added here.
 *
 * <p>In the plan a write is a seat put on sale, and a read is a page that is looked at. What breaks such a system is neither,
 * but the first minute of a sale.
 */
final class Ticketing {
  private Ticketing() {}

  static Design design() {
    return Design.builder(plan())
        .description(
            "People choose a show, hold seats for some minutes, pay, and get tickets; no seat is sold twice.")
        .requirement(
            "Creation and accounts",
            "An organiser puts a show and its seats on sale; a user holds up to ten seats, pays or lets go.")
        .requirement(
            "Retrieval",
            "Shows and seat maps within 200 ms for 99 of 100; a map may be seconds old, a hold may not.")
        .requirement(
            "Analytics", "Seats sold, held and let go by show and hour; revenue by organiser.")
        .requirement(
            "Capacity", "The rush for one event neither oversells it nor slows other sales.")
        .call(
            "create(token, show, seats)",
            "201 with hold and its expiry; 401, 409 seat taken, 403 not admitted, 429")
        .call("delete(token, hold)", "204: the seats are free at once; 401, 403, 404")
        .call(
            "pay(token, hold, card, key)",
            "200 with tickets, the same for the same key; 402, 410 hold expired")
        .call("shows(city, day, cursor)", "200 with shows and the next cursor")
        .call("seats(show)", "200 with the seat map and its age; 404")
        .table("users", "id PK, email unique, password_hash, created_at", "sign in by email")
        .table("shows", "id PK, hall_id, starts_at, on_sale_at", "by (city, day)")
        .table(
            "seats",
            "show_id FK shows, seat, state, hold_id null, held_until, PK (show_id, seat)",
            "all seats of a show on one shard; hold and sale are conditional updates of these rows")
        .table(
            "bookings",
            "id PK, user_id FK users, show_id FK shows, hold_id unique, amount, payment_id unique, created_at",
            "a user's tickets by (user_id, created_at); joined to users for sales by customer")
        .component(Component.of("client", ComponentKind.CLIENT, "Client"))
        .component(Component.of("cdn", ComponentKind.CDN, "CDN").serviceTime("cdn-time"))
        .component(Component.of("waiting", ComponentKind.QUEUE, "Waiting room")
            .serviceTime("poll-time")
            .workers("cores")
            .availability("server-availability"))
        .component(Component.of("catalogue", ComponentKind.SERVICE, "Shows and seat maps")
            .serviceTime("page-time")
            .workers("cores")
            .availability("server-availability"))
        .component(Component.of("cache", ComponentKind.CACHE, "Seat map cache")
            .serviceTime("cache-time")
            .workers("cores")
            .stores("map-memory")
            .capacity("cache-server")
            .availability("server-availability"))
        .component(Component.of("booking", ComponentKind.SERVICE, "Booking service")
            .serviceTime("hold-time")
            .workers("cores")
            .availability("server-availability"))
        .component(Component.of("seats", ComponentKind.STORE, "Users, seats, bookings")
            .serviceTime("transaction-time")
            .workers("row-writers")
            .stores("storage")
            .capacity("database-server")
            .copies("replication")
            .spares("replication - 1")
            .availability("server-availability"))
        .component(Component.of("payments", ComponentKind.SERVICE, "Payments")
            .serviceTime("payment-time")
            .workers("payment-workers")
            .availability("server-availability"))
        .arrow("client", "cdn", "pages and seat maps", "peak-read-rate", "response")
        .arrow("client", "waiting", "is it my turn?", "poll-rate", "poll")
        .arrow("cdn", "catalogue", "misses", "origin-views", "response")
        .arrow("catalogue", "cache", "show or seat map", "origin-views", "response")
        .arrow("catalogue", "seats", "misses", "origin-views × (1 - map-hits)", "seat-map")
        .arrow("client", "booking", "hold seats", "hold-rate", "hold")
        .arrow("booking", "seats", "hold, or find them taken", "hold-rate", "hold")
        .arrow("booking", "payments", "pay", "sale-rate", "hold")
        .arrow("payments", "seats", "sell, on each copy", "sale-rate × replication", "hold")
        .route("look at a show", "client", "cdn", "catalogue", "cache")
        .route("wait for a turn", "client", "waiting")
        .route("hold seats", "client", "booking", "seats")
        .route("pay", "client", "booking", "payments", "seats")
        .algorithm(
            "Hold: one transaction on the show's shard updates the chosen rows where state is free or held_until has passed,"
                + " in seat order so that no two deadlock; if fewer rows change than seats were asked for, roll back and"
                + " answer 409. An expired hold needs no timer: the condition sees it.")
        .algorithm(
            "Pay: check that the hold outlives the payment, charge with the hold's id as idempotency key, then set the rows"
                + " to sold where hold_id is still ours. If the answer was lost, ask the provider by the key; if the hold was"
                + " lost, refund. A saga, not a transaction across two systems.")
        .algorithm(
            "Waiting room: before the sale everybody gets a random place, after it the next one, in a signed token. The"
                + " number now served grows as seats and booking service permit, and everybody compares it with their token:"
                + " a poll reads one cached number. It closes when the seats are gone.")
        .tradeOff(
            "Hold in the seat's row, not in a lock service",
            "one truth: a held or sold seat cannot be held twice, whatever crashes",
            "each attempt, also one in vain, is a transaction on one shard")
        .tradeOff(
            "All seats of a show on one shard",
            "seats next to each other are held in one local transaction",
            "a large event heats one shard; the waiting room bounds how much")
        .tradeOff(
            "Waiting room",
            "without it the rush is several times the shard-limit; with it load follows what can be sold, and the order is fair",
            "people wait and poll; a token must be bound to a user or it is traded")
        .tradeOff(
            "Seat maps that are seconds old",
            "maps come from cache and CDN",
            "some click a seat that is gone: attempts for each hold is the price")
        .consider(
            "Data partitioning",
            "shows, seats and bookings by show; a user's bookings in an index by user")
        .consider(
            "Caching",
            "every map that is open for sale fits into map-memory, so it is not sized by a hit ratio and the hit target is 0;"
                + " the warned rule of 20 % would count one map for each look")
        .consider(
            "Load balancing",
            "least requests in flight; a large event's booking servers stand apart")
        .consider(
            "Purging and clean-up",
            "expired holds are freed by the next hold's condition, and swept for the map; past shows move to cold storage")
        .consider(
            "Telemetry",
            "holds, conflicts, holds let go, sold out in, place served, lock waits by shard")
        .consider(
            "Security and permissions",
            "limits by account and card, proof of a browser at the waiting room; tickets are signed codes that the door checks"
                + " offline; card data stays with the provider")
        .consider(
            "Microservices and job queues",
            "payments, tickets by mail and refunds are jobs with retry and dead letters")
        .consider(
            "Stream and batch processing, search",
            "sales by window for organisers; shows are found by an inverted index over title, place and day")
        .consider(
            "Networking, front end, back end",
            "static pages on the CDN; the map is repainted from changes on a stream; the hold's clock is the server's")
        .build();
  }

  private static CapacityPlan plan() {
    return CapacityPlan.builder("ticketing")
        .assume("cities", "500", "cities")
        .assume("cinemas", "10", "halls of a city")
        .assume("hall", "300", "seats of a hall")
        .assume("shows", "3/day", "shows of a hall")
        .step("writes", "cities × cinemas × hall × shows")
        .assume("views", "2bn/month..4.5bn/month", "pages that people look at")
        .step("reads-per-write", "views ÷ writes")
        .assume("object", "100 B")
        .assume("response", "20 KB")
        .assume("retention", "5 years")
        .assume("peak-factor", "5")
        .assume("replication", "3")
        .assume("cdn-share", "40%..70%")
        .assume("hit-target", "0%")
        .assume("index-overhead", "30%")
        .assume("occupancy", "15%..35%", "seats that are sold")
        .assume("party", "2.5", "seats of a hold")
        .assume("days-ahead", "14 days", "how early shows go on sale")
        .assume("map-hits", "95%", "looks at a map that the cache answers")
        .assume("seat-map", "10 KB", "a show with the state of its seats")
        .assume("hold", "1 KB", "a hold or a payment with its answer")
        .assume("event-buyers", "500k..2M", "who come for one large event")
        .assume("event-seats", "20k", "seats of that event")
        .assume("event-sale", "10 min..40 min", "time in which it is to be sold")
        .assume("event-start", "1 min", "time in which all of them press the button")
        .assume("attempts", "5..20", "tries for a hold, others being faster")
        .assume("poll-every", "10 s", "time between two looks of one who waits")
        .assume("poll", "300 B", "a look at the number now served")
        .assume("cores", "16", "threads of a server")
        .assume("row-writers", "32", "transactions of a database server at a time")
        .assume("payment-workers", "64", "payments that a server waits for at a time")
        .assume("cdn-time", "20 ms", "the CDN's time for a request")
        .assume("poll-time", "0.1 ms", "a worker's time for a look")
        .assume("page-time", "10 ms", "a worker's time for a page")
        .assume("cache-time", "0.5 ms", "a worker's time for a map")
        .assume("hold-time", "20 ms", "a worker's time for a hold")
        .assume("transaction-time", "10 ms", "a transaction's time, waits for rows included")
        .assume("payment-time", "2 s", "the payment provider's time")
        .assume("cache-server", "32 GB", "what a cache server holds")
        .assume("database-server", "2 TB", "what a database server holds")
        .assume("server-availability", "99.9%", "share of time that one server works")
        .step("data-per-day", "writes × record", "B/day")
        .step("origin-views", "peak-read-rate × (1 - cdn-share)")
        .step("map-memory", "cities × cinemas × shows × days-ahead × seat-map")
        .step("poll-rate", "event-buyers ÷ poll-every")
        .step("rush", "event-buyers ÷ event-start", "/s")
        .step("shard-limit", "row-writers ÷ transaction-time")
        .step("rush-over-limit", "rush ÷ shard-limit")
        .step(
            "sale-rate",
            "peak-write-rate × occupancy ÷ party + event-seats ÷ party ÷ event-sale",
            "/s")
        .step("hold-rate", "sale-rate × attempts")
        .build();
  }
}

package dev.whiteboard.estimation.designs;

import dev.whiteboard.estimation.CapacityPlan;
import dev.whiteboard.estimation.Component;
import dev.whiteboard.estimation.ComponentKind;
import dev.whiteboard.estimation.Design;

/**
 * Riders find a driver nearby and watch them come. Drivers, the bytes of a location and how often it is sent are those of
 * <i>Grokking the System Design Interview</i>, as noted in gitgik/distributed-system-design, designing_uber_backend.md; actions
 * of a rider, their size and retention those of karanpratapsingh/system-design, whose published values follow with 100
 * million riders.
 *
 * <p>In the plan a write is an action that is recorded (price asked, ride booked, paid, rated), and a read is a look at the
 * map. Locations and pushes are neither: the board has them, the plan's servers and cost do not. Five watchers for each of
 * half a million drivers are 2.5 million people at once, so this design takes twice as many riders a day.
 */
final class RideHailing {
  private RideHailing() {}

  static Design design() {
    return Design.builder(plan())
        .description(
            "Riders see the cars around them, book the best one and follow it on the map; drivers report where they are.")
        .requirement(
            "Creation and accounts",
            "Riders and drivers sign up; a ride is asked for, offered, accepted, started, ended, paid, or called off.")
        .requirement(
            "Retrieval",
            "Cars nearby within 200 ms for 99 of 100; a car on the map is never older than two reports.")
        .requirement(
            "Analytics", "Demand and supply by cell and minute, time to pick-up, rides by city.")
        .requirement(
            "Capacity", "A driver has at most one ride; no accepted ride is lost with a server.")
        .call(
            "create(token, from, to)",
            "201 with ride, price and its expiry; 401, 402, 409 has a ride, 429")
        .call("delete(token, ride)", "204 called off; 401, 403, 404, 409 already started")
        .call("nearby(token, position)", "200 with cars and minutes; 401, 429")
        .call(
            "report(token, position, sequence)",
            "no answer on the open connection; an old sequence is ignored")
        .call("accept(token, ride, offer)", "200; 409 offer taken or expired, 410 called off")
        .table("users", "id PK, role, phone unique, rating, created_at", "riders and drivers")
        .table(
            "rides",
            "id PK, rider_id FK users, driver_id FK users null, state, version, price, cell, created_at",
            "a user's rides by (rider_id, created_at), joined to users for rides by city; state changes by compare and set on"
                + " version")
        .table(
            "events",
            "ride_id FK rides, sequence, at, what, PK (ride_id, sequence)",
            "what happened to a ride")
        .table(
            "locations (memory)",
            "driver_id PK, cell, old and new position, at, free",
            "free drivers by cell")
        .component(Component.of("rider", ComponentKind.CLIENT, "Rider"))
        .component(Component.of("driver", ComponentKind.CLIENT, "Driver"))
        .component(Component.of("gateway", ComponentKind.SERVICE, "Connection gateway")
            .serviceTime("message-time")
            .workers("cores")
            .availability("server-availability"))
        .component(Component.of("locations", ComponentKind.CACHE, "Locations by cell")
            .serviceTime("location-time")
            .workers("cores")
            .stores("(location-table + subscriptions) × copies")
            .capacity("location-server")
            .copies("copies")
            .availability("server-availability"))
        .component(Component.of("dispatch", ComponentKind.SERVICE, "Dispatch")
            .serviceTime("match-time")
            .workers("cores")
            .availability("server-availability"))
        .component(Component.of("rides", ComponentKind.STORE, "Users and rides")
            .serviceTime("row-time")
            .workers("cores")
            .stores("recent-storage")
            .capacity("database-server")
            .copies("replication")
            .spares("replication - 1")
            .availability("server-availability"))
        .component(Component.of("archive", ComponentKind.STORE, "Past rides")
            .serviceTime("disk-time")
            .workers("disks")
            .stores("storage")
            .capacity("archive-server")
            .copies("replication")
            .spares("replication - 1")
            .availability("server-availability"))
        .component(Component.of("events", ComponentKind.QUEUE, "Ride events")
            .serviceTime("append-time")
            .workers("cores")
            .availability("server-availability"))
        .component(Component.of("billing", ComponentKind.SERVICE, "Billing and receipts")
            .serviceTime("payment-time")
            .workers("payment-workers")
            .availability("server-availability"))
        .arrow("driver", "gateway", "where I am", "location-rate", "location-update")
        .arrow("gateway", "locations", "where drivers are", "location-rate", "location-update")
        .arrow("locations", "gateway", "where your car is", "push-rate", "location-update")
        .arrow("gateway", "rider", "where your car is", "push-rate", "location-update")
        .arrow("rider", "gateway", "look at the map", "peak-read-rate", "response")
        .arrow("gateway", "locations", "cars nearby", "peak-read-rate × cells", "response ÷ cells")
        .arrow("rider", "dispatch", "ask, book, pay, rate", "peak-write-rate", "record")
        .arrow("dispatch", "locations", "candidates", "peak-ride-rate × cells", "response ÷ cells")
        .arrow("dispatch", "rides", "write each copy", "peak-write-rate × replication", "record")
        .arrow("dispatch", "events", "what happened", "peak-write-rate", "record")
        .arrow(
            "rides",
            "archive",
            "a day's rides",
            "write-rate × replication ÷ archive-batch",
            "record × archive-batch")
        .arrow("events", "billing", "rides that ended", "peak-ride-rate", "record")
        .route("a driver reports", "driver", "gateway", "locations")
        .route("look at the map", "rider", "gateway", "locations")
        .route("book a ride", "rider", "dispatch", "rides")
        .route("pay for a ride", "dispatch", "events", "billing")
        .algorithm(
            "Where: the map is cut into cells (Geohash, S2 or H3). A report moves the driver in a hash table, and between the"
                + " lists of two cells only if the cell changed. Cars nearby are those of the cell and its neighbours,"
                + " filtered by distance; an empty ring is widened. Nothing is written to disk: a lost server is refilled by"
                + " the next reports.")
        .algorithm(
            "Dispatch: candidates by time on the road, not by distance; asks of some seconds in one region are matched"
                + " together, as an assignment of least total time. A driver is reserved by compare and set of free to"
                + " offered with an expiry; one who does not accept is passed over.")
        .algorithm(
            "A ride is a state machine: each step compares the version and appends an event in the same transaction. Events"
                + " carry an idempotency key, so that a repeated one pays once.")
        .tradeOff(
            "Locations in memory only",
            "a report costs microseconds and no disk",
            "after a crash a cell is blind until its drivers report again; the track for disputes is sampled elsewhere")
        .tradeOff(
            "Push of each position on an open connection",
            "riders see the car move; nobody polls",
            "most messages of the system; the exercise pushes more often than drivers report, and with push-every at report-every the"
                + " repeats go")
        .tradeOff(
            "Cells of a fixed size",
            "a look-up without a tree, and shards by cell",
            "a stadium fills one cell; it must be split or its list sampled")
        .tradeOff(
            "Matching in batches",
            "less waiting in total than giving each the nearest car",
            "every rider waits for the batch to close")
        .consider(
            "Data partitioning",
            "locations by cell within a region, rides by rider and city; a ride never spans regions")
        .consider(
            "Caching",
            "locations are memory already and a map of seconds ago is wrong, so the hit target is 0; the warned rule of 20 %"
                + " would keep stale maps. Prices and road times by pair of cells are cached for a minute")
        .consider(
            "Load balancing",
            "gateways by least connections, since they last for hours; cells by consistent hashing")
        .consider(
            "Purging and clean-up",
            "a driver who is silent for some reports leaves the map; rides move to the archive when they are no longer recent,"
                + " and are anonymised at the retention's end")
        .consider(
            "Telemetry",
            "age of positions, offers declined, time to match and to pick-up, messages by gateway")
        .consider(
            "Security and permissions",
            "a rider sees one car's exact position, and only during the ride; phones are masked; positions that jump are"
                + " refused")
        .consider(
            "Microservices and job queues",
            "dispatch, locations and billing fail apart: without billing rides go on and are charged later")
        .consider(
            "Stream and batch processing, search",
            "demand by cell in sliding windows makes prices; arrival times are learnt by night; places are found by prefix")
        .consider(
            "Networking, front end, back end",
            "one WebSocket for each phone, binary messages; the app moves the car smoothly between reports and queues them in"
                + " a tunnel")
        .build();
  }

  private static CapacityPlan plan() {
    return CapacityPlan.builder("ride-hailing")
        .assume("riders", "4M..6.25M", "who open the app on a day")
        .assume("actions", "10/day", "recorded actions of a rider")
        .step("writes", "riders × actions")
        .assume("reads-per-write", "2..8")
        .assume("object", "400 B")
        .assume("response", "1 KB")
        .assume("retention", "10 years")
        .assume("peak-factor", "4")
        .assume("replication", "3")
        .assume("hit-target", "0%")
        .assume("recent", "1 year", "how long a ride stays in the database")
        .assume("archive-batch", "10k", "records that are archived together")
        .assume("rides-per-action", "10%", "actions that book a ride")
        .assume("drivers", "1M", "drivers in all")
        .assume("active-drivers", "500k", "drivers on the road")
        .assume("location-record", "35 B", "driver 3, old and new position 16 each")
        .assume("location-update", "19 B", "driver 3, position 16")
        .assume("report-every", "3 s", "time between two reports of a driver")
        .assume("push-every", "1 s", "time between two positions that a rider gets")
        .assume("subscribers", "5", "riders who watch a driver")
        .assume("driver-id", "3 B", "a driver's number")
        .assume("rider-id", "8 B", "a rider's number")
        .assume("cells", "9", "a cell and its neighbours")
        .assume("copies", "2", "servers that have a cell")
        .assume("cores", "16", "threads of a server")
        .assume("payment-workers", "100", "payments that a server waits for at a time")
        .assume("message-time", "30 us", "a gateway's time for a message")
        .assume("location-time", "20 us", "a worker's time for a cell")
        .assume("match-time", "30 ms", "a worker's time for an action, road times included")
        .assume("row-time", "1 ms", "a worker's time for a row")
        .assume("disk-time", "10 ms", "a disk's time for a batch")
        .assume("disks", "12", "disks of a server of the archive")
        .assume("append-time", "0.5 ms", "the time to append an event")
        .assume("payment-time", "800 ms", "the payment provider's time")
        .assume("location-server", "64 GB", "memory of a server")
        .assume("database-server", "10 TB", "what a database server holds")
        .assume("archive-server", "100 TB", "what a server of the archive holds")
        .assume("server-availability", "99.9%", "share of time that one server works")
        .step("data-per-day", "writes × object", "B/day")
        .step("recent-storage", "writes × recent × record × replication")
        .step("peak-ride-rate", "peak-write-rate × rides-per-action")
        .step("location-table", "drivers × location-record")
        .step("location-rate", "active-drivers ÷ report-every")
        .step("location-ingress", "location-rate × location-update")
        .step("location-burst", "active-drivers × location-update")
        .step("subscriptions", "active-drivers × (driver-id + subscribers × rider-id)")
        .step("push-rate", "active-drivers × subscribers ÷ push-every")
        .step("broadcast", "push-rate × location-update")
        .build();
  }
}

package dev.whiteboard.estimation.designs;

import dev.whiteboard.estimation.CapacityPlan;
import dev.whiteboard.estimation.Component;
import dev.whiteboard.estimation.ComponentKind;
import dev.whiteboard.estimation.Design;

/**
 * An API limits each user's requests across all its gateways. Users, limit and the bytes of an entry are those of
 * <i>Grokking the System Design Interview</i>, as noted in gitgik/distributed-system-design,
 * designing_api_rate_limiter.md: a sliding log of 12 KB and a window of counters of 1.6 KB for each user. The notes publish a
 * saving of 92 %, where their numbers make 86.8 %. A token bucket, which they do not size, is what this design keeps.
 *
 * <p>In the plan a read is a request that is checked, and a write is a refusal that is recorded for analysis.
 */
final class RateLimiter {
  private RateLimiter() {}

  static Design design() {
    return Design.builder(plan())
        .description(
            "Every request to an API is checked against its user's limit, whichever gateway it comes in by.")
        .requirement(
            "Creation and accounts",
            "An operator sets limits by plan, user and function; a change is in force within the refresh time.")
        .requirement(
            "Retrieval", "A check adds no more than a few milliseconds to 99 of 100 requests.")
        .requirement("Analytics", "Refusals by user, function and hour; who is close to a limit.")
        .requirement(
            "Capacity",
            "If the counters cannot be reached, requests pass under a local limit: the limiter never takes the API down.")
        .call(
            "tryAcquire(user, function, permits)",
            "allowed, remaining, retry after; at the API's edge 429 with Retry-After and RateLimit fields")
        .call("create(admin, rule)", "201 with id; 400 rate or burst not positive, 401, 403, 409")
        .call("delete(admin, rule)", "204; 401, 403, 404")
        .call("usage(token, function)", "200 with limit, remaining, reset; 401")
        .table("users", "id PK, plan_id FK plans, api_key_hash unique", "who a key belongs to")
        .table(
            "rules",
            "id PK, plan_id FK plans, function, permits, period, burst",
            "limits of a plan")
        .table(
            "refusals",
            "user_id FK users, at, rule_id FK rules, address, PK (user_id, at, rule_id)",
            "joined to users for refusals by plan; partitioned by day")
        .component(Component.of("client", ComponentKind.CLIENT, "Client"))
        .component(Component.of("balancer", ComponentKind.BALANCER, "Balancer")
            .serviceTime("forward-time")
            .workers("cores")
            .availability("server-availability"))
        .component(Component.of("gateway", ComponentKind.SERVICE, "Gateway with limiter")
            .serviceTime("gateway-time")
            .workers("gateway-workers")
            .servers("gateways")
            .availability("server-availability"))
        .component(Component.of("buckets", ComponentKind.CACHE, "Token buckets")
            .serviceTime("script-time")
            .stores("bucket-memory × rules-per-user × copies")
            .capacity("cache-server")
            .copies("copies")
            .availability("server-availability"))
        .component(Component.of("rules", ComponentKind.STORE, "Users and rules")
            .serviceTime("row-time")
            .workers("cores")
            .stores("users × rule-record × copies")
            .capacity("database-server")
            .copies("copies")
            .availability("server-availability"))
        .component(Component.of("api", ComponentKind.SERVICE, "API behind")
            .availability("server-availability"))
        .component(Component.of("log", ComponentKind.QUEUE, "Refusal log")
            .serviceTime("append-time")
            .workers("cores")
            .availability("server-availability"))
        .component(Component.of("analysis", ComponentKind.STORE, "Refusals")
            .serviceTime("row-time")
            .workers("cores")
            .stores("storage")
            .capacity("database-server")
            .copies("replication")
            .spares("replication - 1")
            .availability("server-availability"))
        .arrow("client", "balancer", "request", "peak-read-rate", "request")
        .arrow("balancer", "gateway", "request", "peak-read-rate", "request")
        .arrow("gateway", "buckets", "take or lease permits", "bucket-calls", "script-call")
        .arrow("gateway", "rules", "changed rules", "gateways ÷ refresh", "changes")
        .arrow("gateway", "api", "allowed", "peak-read-rate × (1 - refused)", "request")
        .arrow("gateway", "log", "refused", "peak-write-rate", "record")
        .arrow(
            "log",
            "analysis",
            "insert in batches",
            "peak-write-rate ÷ log-batch",
            "record × log-batch")
        .route("allowed by a leased permit", "client", "balancer", "gateway", "api")
        .route("refused by the bucket", "client", "balancer", "gateway", "buckets")
        .route("record a refusal", "gateway", "log", "analysis")
        .algorithm(
            "Check: a token bucket is one number, the time at which it will be full again (GCRA, the generic cell rate"
                + " algorithm). A permit moves that time later by period ÷ permits; if it would lie further ahead than an"
                + " empty bucket takes to fill, the request is refused, and the difference is Retry-After. A refusal writes"
                + " nothing.")
        .algorithm(
            "Across gateways: the number lies in the shard that owns hash(user, rule); one script reads, compares and writes"
                + " in one round trip, with the shard's clock. Busy users' gateways lease permits in blocks and spend them"
                + " without asking, and return what is left.")
        .algorithm(
            "Instead of a bucket: a sliding log is exact in every window, and keeps a time for each permit of the limit;"
                + " counters for each minute are smaller and err by one bucket of the window; a fixed window lets twice the"
                + " limit pass around its edge. The working has the memory of each, for one rule.")
        .tradeOff(
            "Token bucket instead of a sliding log",
            "one number for a user, whatever the limit",
            "a burst and then a period's worth can pass within one period")
        .tradeOff(
            "Leased permits",
            "most requests are decided in the gateway's memory",
            "permits idle in one gateway while another refuses: the smaller the limit, the smaller the block must be")
        .tradeOff(
            "Fail open",
            "a dead shard does not close the API",
            "until it is back, a user may have the local limit once for each gateway")
        .tradeOff(
            "State in memory with an asynchronous copy",
            "microseconds for a check",
            "a failover forgets the last moments of counting, and some requests pass twice")
        .consider(
            "Data partitioning",
            "buckets by hash of user and rule over slots; one user's rules may lie apart")
        .consider(
            "Caching",
            "rules are cached in each gateway and buckets are memory already, so the hit target is 0 and no cache stands in"
                + " front; the warned rule of 20 % does not apply")
        .consider(
            "Load balancing",
            "least requests in flight; a limiter in the balancer itself stops floods by address")
        .consider(
            "Purging and clean-up",
            "a bucket that is full again is the same as none: its key expires then. Refusals are dropped by day's partition")
        .consider(
            "Telemetry",
            "allowed, refused, failed open, time of a check, share of leased permits, hottest keys")
        .consider(
            "Security and permissions",
            "limit by key after authentication and by address before it; a table of fixed size for unknown addresses, which an"
                + " attacker can invent")
        .consider(
            "Microservices and job queues",
            "the limiter is a library in the gateway, not a hop of its own")
        .consider(
            "Stream and batch processing, search",
            "top-k of refused users in a sliding window; refusals are searched by user and day")
        .consider(
            "Networking, front end, back end",
            "one round trip on a kept connection; clients honour Retry-After and back off with jitter")
        .build();
  }

  private static CapacityPlan plan() {
    return CapacityPlan.builder("rate-limiter")
        .assume("users", "10M", "users with a limit of their own")
        .assume("calls", "200/day..800/day", "requests of a user")
        .assume("refused", "0.5%..2%", "requests over a limit")
        .step("writes", "users × calls × refused")
        .step("reads-per-write", "1 ÷ refused")
        .assume("object", "100 B")
        .assume("response", "500 B")
        .assume("retention", "30 days")
        .assume("peak-factor", "3")
        .assume("replication", "2")
        .assume("hit-target", "0%")
        .assume("requests-per-server", "20k/s")
        .assume("limit", "500", "requests an hour that a user may send")
        .assume("user-id", "8 B", "a user's number")
        .assume("epoch", "4 B", "a time in seconds")
        .assume("set-entry", "20 B", "what a sorted set or hash adds to an entry")
        .assume("hash-entry", "20 B", "what the table of users adds to a user")
        .assume("windows", "60", "counters that make an hour")
        .assume("counter", "2 B", "a counter of a minute")
        .assume("arrival-time", "8 B", "a time in nanoseconds: a token bucket's state")
        .assume("rules-per-user", "3..10", "functions with a limit that a user calls")
        .assume("leased", "50%..80%", "requests decided by a leased permit")
        .assume("refresh", "30 s", "time between two looks at changed rules")
        .assume("changes", "10 KB", "rules that changed meanwhile")
        .assume("rule-record", "200 B", "a user's row with plan and key")
        .assume("request", "2 KB", "a request with its headers")
        .assume("script-call", "200 B", "a call of the script and its answer")
        .assume("log-batch", "500", "refusals inserted together")
        .assume("copies", "2", "servers that have a bucket or a rule")
        .assume("cores", "16", "threads of a server")
        .assume("gateway-workers", "64", "requests that a gateway works at")
        .assume("spare-gateways", "1", "gateways beyond those that the load needs")
        .assume("forward-time", "0.2 ms", "a balancer's time for a request")
        .assume("gateway-time", "3 ms", "a gateway's time for a request, check included")
        .assume("script-time", "20 us", "the one thread's time for a script")
        .assume("row-time", "1 ms", "a worker's time for a row or a batch")
        .assume("append-time", "0.1 ms", "the time to append a refusal")
        .assume("cache-server", "16 GB", "what a server for buckets holds")
        .assume("database-server", "1 TB", "what a database server holds")
        .assume("server-availability", "99.9%", "share of time that one server works")
        .step("log-per-user", "user-id + (epoch + set-entry) × limit + hash-entry")
        .step("log-memory", "users × log-per-user")
        .step("counters-per-user", "user-id + (epoch + counter + set-entry) × windows + hash-entry")
        .step("counters-memory", "users × counters-per-user")
        .step("counters-saving", "1 - counters-per-user ÷ log-per-user")
        .step("bucket-per-user", "user-id + arrival-time + hash-entry")
        .step("bucket-memory", "users × bucket-per-user")
        .step(
            "gateways",
            "ceil(peak-read-rate × gateway-time ÷ (gateway-workers × utilisation)) + spare-gateways")
        .step("bucket-calls", "peak-read-rate × (1 - leased)")
        .build();
  }
}

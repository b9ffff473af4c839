package dev.whiteboard.estimation.designs;

import dev.whiteboard.estimation.CapacityPlan;
import dev.whiteboard.estimation.Component;
import dev.whiteboard.estimation.ComponentKind;
import dev.whiteboard.estimation.Design;

/**
 * Codes are handed out in ranges, links are looked up in memory, and clicks are counted beside the way of the redirect.
 *
 * <p>Links a month, reads, the size of a record and the time kept are those of <i>Grokking the System Design Interview</i>:
 * 30 billion links, 15 TB, 19,290 redirects a second (published as about 19K), 167 GB of memory by the rule of 20 % (published
 * as 170 GB). Other numbers are guesses.
 */
final class LinkShortener {
  private LinkShortener() {}

  static Design design() {
    return Design.builder(plan())
        .description(
            "People turn a long link into a short one and send it around; whoever opens it is redirected.")
        .requirement(
            "Creation and accounts",
            "A user signs up, shortens a link, chooses an expiry or a name for it, and deletes it again.")
        .requirement(
            "Retrieval", "A redirect takes 50 ms for 99 of 100 requests, without an account.")
        .requirement(
            "Analytics",
            "Clicks by link, day and country, a minute old, joined to the link's owner.")
        .requirement("Capacity", "A code never changes its target and is never given twice.")
        .call(
            "create(token, url, alias, expires_at, idempotency_key)",
            "201 with code; 400, 401, 409 alias taken, 429")
        .call("get(code)", "302 with the target; 404, 410 expired, 429")
        .call("delete(token, code)", "204; 401, 403 not the owner, 404")
        .call("clicks(token, code, from, to)", "200 with counts by day; 401, 403, 404")
        .table("users", "id PK, name unique, api_key_hash, created_at", "sign in by name or key")
        .table(
            "links",
            "code PK, user_id FK users, url, created_at, expires_at",
            "redirect by code; a user's links by (user_id, created_at); joined to users for links a day")
        .table(
            "clicks",
            "code FK links, day, country, count, PK (code, day, country)",
            "counts of a link; joined over links to users")
        .component(Component.of("client", ComponentKind.CLIENT, "Browser"))
        .component(Component.of("balancer", ComponentKind.BALANCER, "Balancer")
            .serviceTime("balancer-time")
            .workers("cores")
            .availability("server-availability"))
        .component(Component.of("create", ComponentKind.SERVICE, "Link service")
            .serviceTime("create-time")
            .workers("threads")
            .availability("server-availability"))
        .component(Component.of("redirect", ComponentKind.SERVICE, "Redirect service")
            .serviceTime("redirect-time")
            .workers("threads")
            .availability("server-availability"))
        .component(Component.of("codes", ComponentKind.SERVICE, "Code ranges")
            .serviceTime("row-time")
            .workers("threads")
            .spares("2")
            .availability("server-availability"))
        .component(Component.of("cache", ComponentKind.CACHE, "Link cache")
            .serviceTime("memory-time")
            .workers("cores")
            .stores("cache-memory")
            .capacity("cache-server")
            .spares("1 + spare-share × cache-memory ÷ cache-server")
            .availability("server-availability"))
        .component(Component.of("links", ComponentKind.STORE, "Users and links")
            .serviceTime("row-time")
            .workers("threads")
            .stores("storage")
            .capacity("database-server")
            .spares("spare-share × storage ÷ database-server")
            .copies("replication")
            .availability("server-availability"))
        .component(Component.of("queue", ComponentKind.QUEUE, "Clicks")
            .serviceTime("log-time")
            .workers("threads")
            .spares("2")
            .availability("server-availability"))
        .component(Component.of("counter", ComponentKind.SERVICE, "Click counter")
            .serviceTime("count-time")
            .workers("cores")
            .availability("server-availability"))
        .component(Component.of("counts", ComponentKind.STORE, "Click counts")
            .serviceTime("row-time")
            .workers("threads")
            .copies("replication")
            .spares("2")
            .availability("server-availability"))
        .arrow("client", "balancer", "shorten", "peak-write-rate", "record")
        .arrow("client", "balancer", "open", "peak-read-rate", "response")
        .arrow("balancer", "create", "shorten", "peak-write-rate", "record")
        .arrow("create", "codes", "next range", "peak-write-rate ÷ range", "code-length × 2 B")
        .arrow("create", "links", "insert each copy", "peak-write-rate × replication", "record")
        .arrow("balancer", "redirect", "open", "peak-read-rate", "response")
        .arrow("redirect", "cache", "look up", "peak-read-rate", "response")
        .arrow("redirect", "links", "misses", "peak-read-rate × (1 - hit-target)", "record")
        .arrow("redirect", "queue", "clicks in batches", "peak-read-rate ÷ batch", "click × batch")
        .arrow("queue", "counter", "clicks", "peak-read-rate", "click")
        .arrow(
            "counter",
            "counts",
            "add up, each copy",
            "peak-read-rate × replication ÷ clicks-per-count",
            "click")
        .route("shorten", "client", "balancer", "create", "links")
        .route("open a popular link", "client", "balancer", "redirect", "cache")
        .route("open a rare link", "client", "balancer", "redirect", "links")
        .algorithm(
            "Codes: a server takes a range of numbers and uses them up without asking again; numbers left when it stops are lost, and there are enough. A keyed permutation of the number (a Feistel network with cycle walking) in base 62 is the code: no collision to check for, and the next code cannot be told from the last.")
        .algorithm(
            "Create: check the target against a list of bad hosts, take a number, insert the row if the code is absent, answer. A chosen name is inserted the same way, and a conflict is a 409.")
        .algorithm(
            "Redirect: look into the cache, on a miss load the row once however many ask, check the expiry, answer 302. A code that does not exist is kept for a minute too, or a scan of codes would reach the store each time.")
        .algorithm(
            "Clicks: an event goes to the log in batches; the counter folds a minute's events by link, day and country, and adds each sum with the log's offset, so that a repeated batch is counted once.")
        .tradeOff(
            "Permuted numbers instead of hashes or random codes",
            "no look-up for collisions, seven characters",
            "a secret key that can never change, and ranges that must be handed out once")
        .tradeOff(
            "302, not 301",
            "every click is seen, a target can be taken down",
            "a browser asks each time; with 301 it would remember and the load would fall")
        .tradeOff(
            "Clicks are counted later",
            "a redirect waits for memory alone",
            "counts are a minute old, and a crash may lose a server's last batch")
        .tradeOff(
            "A cache of links beside the store",
            "most redirects take no disk",
            "a link deleted is served until its entry is dropped or a minute has passed")
        .consider(
            "Data partitioning",
            "Links and cache by consistent hashing of the code: no range is hot, since codes are permuted. Counts by code, too.")
        .consider(
            "Caching",
            "The cache is LRU-like with links in memory, sized by hit-target from the skew of reads; the published 20 % of a day counts repeats of a link again.")
        .consider(
            "Load balancing",
            "Two choices by requests in flight; the few hottest links are also kept in each redirect server.")
        .consider(
            "Purging and clean-up",
            "Expired links are answered 410 on reading and swept by night in ranges of the code; their codes are not used again.")
        .consider(
            "Telemetry",
            "Redirects by status, hit ratio, percentiles, numbers left in each range, lag of the click log.")
        .consider(
            "Security and permissions",
            "Targets are checked on creation and again when reported; limits by user and by address; a private link is longer, since a guess among all codes meets one with the share codes-taken.")
        .consider(
            "Microservices and job queues",
            "Creation, redirects and counting fail alone: a redirect works with the log down, and drops its clicks after a limit.")
        .consider(
            "Stream and batch processing, search",
            "Counting is a stream in windows of a minute; a batch by night corrects late events; an owner's links are searched by target host.")
        .consider(
            "Networking, front end, back end",
            "Anycast and TLS 1.3 keep the first visit short; the answer has no body; the page of an owner shows a chart of clicks.")
        .build();
  }

  private static CapacityPlan plan() {
    return CapacityPlan.builder("link-shortener")
        .assume("writes", "500M/month")
        .assume("reads-per-write", "100")
        .assume("object", "500 B")
        .assume("retention", "5 years")
        .assume("replication", "3")
        .assume("skew", "0.8..1.0")
        .assume("hit-target", "50%")
        .assume("alphabet", "62", "letters and digits of a code")
        .assume("code-length", "7", "characters of a code")
        .step(
            "codes-there-are",
            "alphabet × alphabet × alphabet × alphabet × alphabet × alphabet × alphabet")
        .step("codes-taken", "objects ÷ codes-there-are")
        .assume("range", "1000", "numbers that a server takes at once")
        .assume("click", "100 B", "code, time, country and referrer")
        .assume("batch", "100", "clicks sent together")
        .assume("clicks-per-count", "3..30", "clicks of a minute that are one sum")
        .assume("balancer-time", "0.2 ms", "a core's time to pass a request on")
        .assume("create-time", "20 ms", "a thread's time to shorten a link, checks included")
        .assume("redirect-time", "2 ms", "a thread's time for a redirect")
        .assume("memory-time", "0.05 ms", "a core's time for an entry in memory")
        .assume("row-time", "1 ms", "a thread's time for a row on SSD")
        .assume(
            "log-time", "1 ms", "a thread's time to append a batch to or read it from the queue")
        .assume("count-time", "0.02 ms", "a core's time for a click")
        .assume("cores", "8", "cores of a server")
        .assume(
            "threads",
            "32",
            "requests that a server works at in parallel while they wait for others")
        .assume("cache-server", "64 GB", "what a cache server holds")
        .assume("database-server", "4 TB", "what a database server holds")
        .assume("spare-share", "25%", "servers beyond those that the data fills")
        .assume("server-availability", "99.9%", "share of time that one server works")
        .build();
  }
}

package dev.whiteboard.estimation.designs;

import dev.whiteboard.estimation.CapacityPlan;
import dev.whiteboard.estimation.Component;
import dev.whiteboard.estimation.ComponentKind;
import dev.whiteboard.estimation.Design;

/**
 * Text is pasted and read through a short link. The numbers are those of <i>The System Design Primer</i>
 * (github.com/donnemartin/system-design-primer, solutions/system_design/pastebin), months of 2.5 million seconds included;
 * what the exercise leaves open, such as copies, service times and the share of the CDN, is added here.
 */
final class Pastebin {
  private Pastebin() {}

  static Design design() {
    return Design.builder(plan())
        .description(
            "People paste a text, get a short link, and whoever has the link reads the text.")
        .requirement(
            "Creation and accounts",
            "Anybody pastes a text and gets a link; with an account the text can be listed, deleted and made private. A paste"
                + " expires when its writer says so, or with the retention.")
        .requirement(
            "Retrieval", "A link shows its text at once, from anywhere, and never another's text.")
        .requirement("Analytics", "Views of each paste by day, to within a few minutes.")
        .requirement(
            "Capacity",
            "A paste that was acknowledged outlives the loss of a server. A month is taken for 2.5 million seconds, as in the"
                + " exercise, hence the warning.")
        .call(
            "create(token?, text, expiry?, visibility)",
            "201 with the link; 400 empty, 413 too large, 429 too many")
        .call("delete(token, link)", "204; 401, 403 not the owner, 404")
        .call("get(link)", "200 with text and ETag, 304; 403 private, 404, 410 expired")
        .call("list(token, cursor)", "200 with links and the next cursor; 401")
        .table("users", "id PK, email unique, password_hash, created_at", "sign in by email")
        .table(
            "pastes",
            "link CHAR(7) PK, user_id FK users null, created_at, expires_at, path, visibility",
            "one row by link; a user's by (user_id, created_at); what to purge by expires_at; joined to users for pastes a"
                + " day")
        .table("views", "link FK pastes, day, count, PK (link, day)", "views of a paste by day")
        .component(Component.of("client", ComponentKind.CLIENT, "Client"))
        .component(Component.of("cdn", ComponentKind.CDN, "CDN").serviceTime("cdn-time"))
        .component(Component.of("write", ComponentKind.SERVICE, "Write API")
            .serviceTime("write-time")
            .workers("workers")
            .availability("server-availability"))
        .component(Component.of("read", ComponentKind.SERVICE, "Read API")
            .serviceTime("read-time")
            .workers("workers")
            .availability("server-availability"))
        .component(Component.of("cache", ComponentKind.CACHE, "Paste cache")
            .serviceTime("cache-time")
            .workers("workers")
            .stores("cache-memory")
            .capacity("cache-server")
            .availability("server-availability"))
        .component(Component.of("database", ComponentKind.STORE, "Users and pastes")
            .serviceTime("row-time")
            .workers("workers")
            .stores("row-storage")
            .capacity("database-server")
            .copies("replication")
            .spares("replication - 1")
            .availability("server-availability"))
        .component(Component.of("texts", ComponentKind.STORE, "Text store")
            .serviceTime("disk-time")
            .workers("disks")
            .stores("text-storage")
            .capacity("storage-server")
            .copies("replication")
            .spares("replication - 1")
            .availability("server-availability"))
        .component(Component.of("views", ComponentKind.QUEUE, "View log")
            .serviceTime("append-time")
            .availability("server-availability"))
        .arrow("client", "write", "paste a text", "peak-write-rate", "record")
        .arrow("write", "texts", "write each copy", "peak-write-rate × replication", "object")
        .arrow("write", "database", "insert a row", "peak-write-rate × replication", "metadata")
        .arrow("client", "cdn", "open a link", "peak-read-rate", "response")
        .arrow("cdn", "read", "misses", "origin-reads", "response")
        .arrow("cdn", "views", "batches of views", "peak-read-rate ÷ views-per-batch", "batch")
        .arrow("read", "cache", "look up a link", "origin-reads", "response")
        .arrow("read", "database", "misses", "origin-reads × (1 - hit-target)", "metadata")
        .arrow("read", "texts", "misses", "origin-reads × (1 - hit-target)", "object")
        .route("paste a text", "client", "write", "texts")
        .route("open a popular link", "client", "cdn")
        .route("open a cached link", "client", "cdn", "read", "cache")
        .route("open a rare link", "client", "cdn", "read", "texts")
        .algorithm(
            "Link: draw a number from a counter, permute it with a key so that links cannot be guessed from each other, and"
                + " write it in base 62 as seven characters. A permutation has no collisions, so nothing is looked up first; a"
                + " hash such as MD5 cut to seven characters needs a unique key and a retry.")
        .algorithm(
            "Create: check size and limit, write the text under its link, insert the row, answer. The row comes last: a text"
                + " without a row is invisible and gets swept.")
        .algorithm(
            "Read: look into the cache, then row and text, one load for each link however many ask. A text never changes, so"
                + " whatever is cached stays right until it expires or is deleted; the age that the CDN is told ends at the"
                + " expiry.")
        .tradeOff(
            "Texts in an object store, rows in a database",
            "the database stays small, and the text store grows by adding disks",
            "a read that misses asks both, and the sweep must bring them together")
        .tradeOff(
            "One primary with a standby instead of shards",
            "transactions, unique links and joins without a thought",
            "writes stop for the time of a failover; shards by link come when the disk is full, not when the load is high")
        .tradeOff(
            "A permuted counter instead of random links",
            "seven characters, no collision, no look-up before the insert",
            "the counter must be leased in blocks to each server, and the key kept secret")
        .tradeOff(
            "Views from the CDN's log",
            "opening a link writes nothing",
            "counts come late, and a lost batch is lost views")
        .consider(
            "Data partitioning",
            "not yet; then by hash of the link, with a user's list as an index of its own")
        .consider(
            "Caching",
            "CDN, then cache-memory for the hit target. The rule of 20 % counts a paste once for each of its reads, as the warning"
                + " says, and knows nothing of yesterday's readers")
        .consider(
            "Load balancing",
            "round robin over the APIs, which keep no state; health checks take one out")
        .consider(
            "Purging and clean-up",
            "a job walks expires_at in small batches, deletes rows, then texts; reads treat an expired row as gone at once")
        .consider(
            "Telemetry",
            "pastes, opens, 404s by address, hit ratio of CDN and cache, age of the purge")
        .consider(
            "Security and permissions",
            "private pastes need the owner's token; texts are served as plain text with no sniffing; limits by address;"
                + " scanners for secrets and malware read new pastes")
        .consider(
            "Microservices and job queues",
            "the load would fit on one server and a spare; read and write API are apart so that a flood of opens cannot stop pastes;"
                + " purge, scan and counts are jobs")
        .consider(
            "Stream and batch processing, search",
            "views are counted in windows from the log; public pastes alone go into a search index")
        .consider(
            "Networking, front end, back end",
            "one origin region and a CDN; gzip, ETag; the page highlights syntax in the browser")
        .build();
  }

  private static CapacityPlan plan() {
    return CapacityPlan.builder("pastebin")
        .assume("writes", "10M/month")
        .assume("reads-per-write", "10")
        .assume("object", "1 KB")
        .assume("metadata", "271 B") // short link 7, expiry 4, creation time 5, path 255
        .assume("retention", "3 years")
        .assume("seconds-per-month", "2.5M")
        .assume("peak-factor", "5")
        .assume("replication", "2")
        .assume("cdn-share", "30%..60%")
        .assume("skew", "0.8..1.0")
        .assume("hit-target", "40%")
        .assume("row-index", "50%", "indexes on top of the rows")
        .assume("possible-links", "3.52tn", "62 characters to the power of 7")
        .assume("views-per-batch", "1k", "views that the CDN reports together")
        .assume("view", "100 B", "a line of the CDN's log")
        .assume("workers", "8", "threads of a server")
        .assume("disks", "4", "disks of a storage server")
        .assume("cdn-time", "20 ms", "the CDN's time for a request")
        .assume("write-time", "20 ms", "a worker's time for a paste")
        .assume("read-time", "5 ms", "a worker's time for an open")
        .assume("cache-time", "0.5 ms", "a worker's time for a look-up")
        .assume("row-time", "1 ms", "a worker's time for a row")
        .assume("disk-time", "8 ms", "a disk's time for a text")
        .assume("append-time", "5 ms", "the time to append a batch")
        .assume("cache-server", "32 GB", "what a cache server holds")
        .assume("database-server", "500 GB", "what a database server holds")
        .assume("storage-server", "2 TB", "what a storage server holds")
        .assume("server-availability", "99.9%", "share of time that one server works")
        .step("origin-reads", "peak-read-rate × (1 - cdn-share)")
        .step("text-storage", "objects × object × replication")
        .step("row-storage", "objects × metadata × replication × (1 + row-index)")
        .step("links-taken", "objects ÷ possible-links")
        .step("batch", "views-per-batch × view")
        .build();
  }
}

package dev.whiteboard.estimation.designs;

import dev.whiteboard.estimation.CapacityPlan;
import dev.whiteboard.estimation.Component;
import dev.whiteboard.estimation.ComponentKind;
import dev.whiteboard.estimation.Design;

/**
 * A search box completes what is typed. Users, searches, characters and the share of new queries are those of A. Xu,
 * <i>System Design Interview</i>, chapter 14, as noted in preslavmihaylov/booknotes; the size of the index
 * follows from its entries.
 *
 * <p>In the plan a write is a search that is made, and a read is a keystroke that asks for completions.
 */
final class Typeahead {
  private Typeahead() {}

  static Design design() {
    return Design.builder(plan())
        .description("At each keystroke a search box shows the most popular queries that begin so.")
        .requirement(
            "Creation and accounts",
            "Nothing is entered by hand: searches that people make become completions. A user can see and delete their own.")
        .requirement(
            "Retrieval",
            "Completions arrive within 100 ms for 99 of 100 keystrokes, faster than a person types the next letter.")
        .requirement("Analytics", "How often a completion is taken, and after how many letters.")
        .requirement(
            "Capacity",
            "A new query shows up within hours; if counting stops, completions grow old but keep coming.")
        .call(
            "complete(prefix, language)",
            "200 with up to the top completions and a max-age; 400 too long, 429")
        .call("create(token?, query)", "202: the search made is logged; 429")
        .call("delete(token, query)", "204: gone from the user's history at once; 401, 404")
        .call("block(admin, pattern)", "204: no completion matches it within a minute; 401, 403")
        .table("users", "id PK, history_on, created_at", "whether a user's searches may be kept")
        .table(
            "searches",
            "user_id FK users null, at, query, taken_after, PK (at, user_id)",
            "partitioned by day; joined to users for their history, and counted by query")
        .table("phrases", "id PK, text unique, score, updated_at", "input of the next index")
        .table("blocked", "pattern PK, user_id FK users, reason", "filter of index and answers")
        .component(Component.of("client", ComponentKind.CLIENT, "Search box"))
        .component(Component.of("cdn", ComponentKind.CDN, "CDN").serviceTime("cdn-time"))
        .component(Component.of("suggest", ComponentKind.SERVICE, "Suggestion service")
            .serviceTime("suggest-time")
            .workers("cores")
            .availability("server-availability"))
        .component(Component.of("index", ComponentKind.CACHE, "Prefix index in memory")
            .serviceTime("look-up-time")
            .workers("cores")
            .stores("index × replication")
            .capacity("index-server")
            .copies("replication")
            .spares("replication - 1")
            .availability("server-availability"))
        .component(Component.of("log", ComponentKind.QUEUE, "Search log")
            .serviceTime("append-time")
            .workers("cores")
            .availability("server-availability"))
        .component(Component.of("counter", ComponentKind.SERVICE, "Window counter")
            .serviceTime("count-time")
            .workers("cores")
            .availability("server-availability"))
        .component(Component.of("counts", ComponentKind.STORE, "Searches and phrases")
            .serviceTime("row-time")
            .workers("cores")
            .stores("storage")
            .capacity("storage-server")
            .copies("replication")
            .spares("replication - 1")
            .availability("server-availability"))
        .component(Component.of("builder", ComponentKind.SERVICE, "Index builder")
            .availability("server-availability"))
        .arrow("client", "cdn", "prefix", "peak-read-rate", "response")
        .arrow("cdn", "suggest", "misses", "origin-prefixes", "response")
        .arrow("suggest", "index", "look up a prefix", "origin-prefixes", "top × object")
        .arrow("client", "log", "searches made", "peak-write-rate", "record")
        .arrow("log", "counter", "searches", "peak-write-rate", "record")
        .arrow("counter", "counts", "count of a window", "window-updates", "record")
        .arrow("counts", "builder", "phrases", "rebuilds", "phrases × object")
        .arrow("builder", "index", "new index", "rebuilds × replication", "index")
        .route("complete a common prefix", "client", "cdn")
        .route("complete a rare prefix", "client", "cdn", "suggest", "index")
        .route("a search is counted", "client", "log", "counter", "counts")
        .algorithm(
            "Index: a trie of the phrases, cut where a single one is left. Each node keeps the ids of its top completions, so a"
                + " keystroke costs the length of its prefix and no walk below it. A node without a list would save most of"
                + " the memory, and read thousands of phrases for a prefix of one letter.")
        .algorithm(
            "Count: searches go through a log into tumbling windows by event time; each window adds one number for each"
                + " distinct query. Score = old score × decay + count, so that last year's news sink. A Count-min sketch and a"
                + " top-k list keep rare queries out of memory.")
        .algorithm(
            "Publish: the builder takes the phrases above a least score, drops the blocked ones, writes an immutable index"
                + " and hands it to the servers one copy at a time; each maps it and swaps one reference. Nothing is"
                + " locked, and going back is a swap too.")
        .tradeOff(
            "Top lists precomputed in each node",
            "a look-up of microseconds",
            "memory of nodes × top, and a new score becomes visible with the next index only")
        .tradeOff(
            "Whole index on each server instead of shards by prefix",
            "no hot shard, where a few first letters have most of the traffic",
            "each copy needs the memory of all phrases; with more of them, shard by ranges of equal load")
        .tradeOff(
            "Answers cached by browser and CDN for minutes",
            "common prefixes never arrive",
            "no personal completions there, and a block takes as long as the max-age unless purged")
        .tradeOff(
            "Counts of windows instead of each search",
            "far fewer writes at the store",
            "a window is lost if the counter dies before its flush, unless the log is read again")
        .consider(
            "Data partitioning",
            "one index for each language; when one outgrows a server, ranges of prefixes of equal load")
        .consider(
            "Caching",
            "the index is memory, so no cache is put in front and the hit target is 0; browser and CDN cache short prefixes."
                + " The warned rule of 20 % of a day's answers would buy one answer again and again")
        .consider("Load balancing", "two choices by requests in flight; keystrokes keep no session")
        .consider(
            "Purging and clean-up",
            "searches are dropped by day's partition; decayed phrases below the least score leave")
        .consider(
            "Telemetry",
            "completions taken, letters saved, empty answers, age of the index, hit ratio of the CDN")
        .consider(
            "Security and permissions",
            "a query enters the index only if enough different users made it, so that no private one shows; block list;"
                + " limits by address")
        .consider(
            "Microservices and job queues",
            "answering, counting and building fail apart; builds are jobs with a lease")
        .consider(
            "Stream and batch processing, search",
            "windows for trends within minutes, a daily batch over the log corrects them; completion within an edit"
                + " distance is a second index")
        .consider(
            "Networking, front end, back end",
            "HTTP/2 on one connection; the box waits some milliseconds for the next key, cancels what is overtaken, and"
                + " narrows what it has if the answer was complete")
        .build();
  }

  private static CapacityPlan plan() {
    return CapacityPlan.builder("typeahead")
        .assume("users", "10M", "who search on a day")
        .assume("searches", "10/day", "of one user")
        .assume("characters", "20", "keystrokes of a search, each of which asks")
        .assume("character", "1 B", "a character stored")
        .assume("new", "20%", "searches that nobody made before")
        .step("writes", "users × searches")
        .step("reads-per-write", "characters")
        .step("object", "characters × character")
        .assume("metadata", "30 B") // user, time, letters typed, language
        .assume("response", "1 KB")
        .assume("retention", "90 days")
        .assume("replication", "3")
        .assume("cdn-share", "30%..60%")
        .assume("hit-target", "0%")
        .assume("requests-per-server", "8k/s")
        .assume("phrases", "50M..200M", "queries that are frequent enough to be completed")
        .assume("nodes", "4..8", "nodes that a phrase adds to the trie")
        .assume("node", "16 B", "a node without its list")
        .assume("top", "10", "completions of a prefix")
        .assume("reference", "5 B", "id of a phrase in a list")
        .assume("window", "10 min", "searches counted together")
        .assume("rebuilds", "24/day", "new indexes")
        .assume("cores", "16", "threads of a server")
        .assume("cdn-time", "20 ms", "the CDN's time for a request")
        .assume("suggest-time", "2 ms", "a worker's time for an answer")
        .assume("look-up-time", "0.1 ms", "a worker's time in the index")
        .assume("append-time", "0.5 ms", "the time to append a search")
        .assume("count-time", "0.1 ms", "a worker's time to count a search")
        .assume("row-time", "1 ms", "a worker's time to add a count")
        .assume("index-server", "128 GB", "memory of an index server")
        .assume("storage-server", "4 TB", "what a storage server holds")
        .assume("server-availability", "99.9%", "share of time that one server works")
        .step("new-data-per-day", "writes × new × object", "B/day")
        .step("origin-prefixes", "peak-read-rate × (1 - cdn-share)")
        .step("index", "phrases × (object + nodes × (node + top × reference))")
        .step(
            "window-updates",
            "peak-write-rate × new + distinct(peak-write-rate × (1 - new) × window, phrases, skew) ÷ window")
        .build();
  }
}

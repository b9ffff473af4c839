package dev.whiteboard.estimation.designs;

import dev.whiteboard.estimation.CapacityPlan;
import dev.whiteboard.estimation.Component;
import dev.whiteboard.estimation.ComponentKind;
import dev.whiteboard.estimation.Design;

/**
 * Pages of the web are fetched again and again, kept, indexed and searched. Pages, their size, searches and the month of 2.5
 * million seconds are those of <i>The System Design Primer</i> (github.com/donnemartin/system-design-primer,
 * solutions/system_design/web_crawler). With the numbers of gitgik/distributed-system-design, designing_webcrawler.ipynb (15
 * billion pages of 100 KB and 500 B in four weeks, one copy, disks 70 % full) the same steps give the values published there.
 *
 * <p>In the plan a write is a page that is fetched, and a read is a search. A crawler has no rush hour: it runs at its average
 * and a reserve, while searches have their peak.
 */
final class Crawler {
  private Crawler() {}

  static Design design() {
    return Design.builder(plan())
        .description(
            "A crawler visits the pages of the web, politely, and people search what it found.")
        .requirement(
            "Creation and accounts",
            "An operator adds seeds and rules; a site's owner steers the crawler by robots.txt and asks for removal.")
        .requirement(
            "Retrieval",
            "A search answers within 200 ms for 99 of 100, with title, link and snippet.")
        .requirement(
            "Analytics",
            "Pages by site and status, freshness, duplicates, what is searched and clicked.")
        .requirement(
            "Capacity",
            "No site gets more than one connection at a time; no page is fetched twice because a crawler died. A"
                + " month is taken for 2.5 million seconds, as in the exercise, hence the warning.")
        .call("create(admin, seed, priority)", "202; 400 not a link, 401, 403")
        .call(
            "delete(owner, site)",
            "202: off the index at once, off the store within a day; 401, 403")
        .call("search(words, cursor)", "200 with results and the next cursor; 400, 429")
        .table("users", "id PK, role, created_at", "operators and proven owners of sites")
        .table(
            "seeds",
            "link PK, user_id FK users, priority, created_at",
            "joined to users: who added what")
        .table(
            "urls",
            "fingerprint PK, link, host, next_visit, etag, checksum, failures",
            "due by (host, next_visit); seen by fingerprint")
        .table(
            "pages",
            "fingerprint, fetched_at, body, PK (fingerprint, fetched_at)",
            "versions of a page")
        .table(
            "postings",
            "term, document, positions, PK (term, document)",
            "inverted index, sharded by document")
        .component(Component.of("client", ComponentKind.CLIENT, "Who searches"))
        .component(Component.of("web", ComponentKind.CLIENT, "Sites of the web"))
        .component(Component.of("frontier", ComponentKind.QUEUE, "URL frontier")
            .serviceTime("queue-time")
            .workers("cores")
            .stores("urls × url-record × index-copies")
            .capacity("frontier-server")
            .copies("index-copies")
            .availability("server-availability"))
        .component(Component.of("fetcher", ComponentKind.SERVICE, "Fetcher")
            .serviceTime("fetch-time")
            .workers("connections")
            .availability("server-availability"))
        .component(Component.of("parser", ComponentKind.SERVICE, "Parser")
            .serviceTime("parse-time")
            .workers("cores")
            .availability("server-availability"))
        .component(Component.of("seen", ComponentKind.CACHE, "URLs seen")
            .serviceTime("look-up-time")
            .workers("cores")
            .stores("urls × fingerprint × index-copies")
            .capacity("index-server")
            .copies("index-copies")
            .availability("server-availability"))
        .component(Component.of("pages", ComponentKind.STORE, "Page store")
            .serviceTime("disk-time")
            .workers("disks")
            .stores("storage")
            .capacity("storage-server")
            .servers("page-servers")
            .copies("replication")
            .availability("server-availability"))
        .component(Component.of("index", ComponentKind.STORE, "Index shards")
            .serviceTime("shard-time")
            .workers("cores")
            .stores("index × index-copies")
            .capacity("index-server")
            .copies("index-copies")
            .availability("server-availability"))
        .component(Component.of("search", ComponentKind.SERVICE, "Search service")
            .serviceTime("search-time")
            .workers("cores")
            .availability("server-availability"))
        .component(Component.of("results", ComponentKind.CACHE, "Result cache")
            .serviceTime("look-up-time")
            .workers("cores")
            .stores("result-memory")
            .capacity("index-server")
            .availability("server-availability"))
        .arrow("frontier", "fetcher", "pages that are due", "crawl-rate", "url-record")
        .arrow("fetcher", "web", "GET", "crawl-rate", "record")
        .arrow("fetcher", "parser", "page", "crawl-rate", "record")
        .arrow(
            "parser",
            "pages",
            "write each copy",
            "crawl-rate × replication",
            "record ÷ compression")
        .arrow("parser", "seen", "links found", "link-rate", "fingerprint")
        .arrow(
            "parser",
            "frontier",
            "new links and next visit",
            "crawl-rate × (1 + new-links)",
            "url-record")
        .arrow("parser", "index", "postings", "crawl-rate × index-copies", "terms × posting")
        .arrow("client", "search", "search", "peak-read-rate", "response")
        .arrow("search", "results", "look up the words", "peak-read-rate", "response")
        .arrow("search", "index", "ask every shard", "shard-queries", "response ÷ shards")
        .route("visit a page", "frontier", "fetcher", "parser", "pages")
        .route("search, cached", "client", "search", "results")
        .route("search", "client", "search", "index")
        .algorithm(
            "Frontier: front queues by priority (rank, rate of change), back queues one for each host. A heap of hosts by"
                + " the time of their next permitted visit hands out one link at a time; the link is leased, so a dead"
                + " fetcher's work comes back. robots.txt and DNS answers are cached for each host.")
        .algorithm(
            "Visit: GET with the ETag of last time. A checksum finds the exact copy, a SimHash within three bits the near"
                + " copy: both end here. The next visit comes sooner if the page had changed, later if not.")
        .algorithm(
            "Links: normalise (scheme, case, order of parameters), take a 64-bit fingerprint, ask URLs seen, append the new"
                + " ones to the frontier. Depth and links for each host are bounded against traps without end.")
        .algorithm(
            "Search: ask every shard of the inverted index for its best documents by BM25 and rank, merge the lists, read"
                + " snippets. The slowest shard makes the answer's time, so a late one is asked again elsewhere or left out.")
        .tradeOff(
            "Index sharded by document, not by term",
            "a page is indexed on one server; a search finds all its words in one place",
            "every search asks every shard: requests are multiplied by the shards")
        .tradeOff(
            "Fingerprints in memory instead of a Bloom filter",
            "no page is missed for a false positive, and links can be forgotten",
            "64 bits for a link where a filter takes about 10")
        .tradeOff(
            "Every version is kept",
            "what changed, and when, can be asked later",
            "most of the storage is old versions; keeping the last alone takes objects ÷ pages times less")
        .tradeOff(
            "Host decides the fetcher",
            "politeness, DNS and robots.txt need no shared state",
            "a large site fills one fetcher's queue while others idle")
        .consider(
            "Data partitioning",
            "frontier and URLs seen by hash of the host; pages by fingerprint; index by document")
        .consider(
            "Caching",
            "results by normalised words, for minutes. Pages are read once, by the parser, so the hit target for them is 0;"
                + " the warned rule of 20 % would keep repeats of the same searches")
        .consider(
            "Load balancing",
            "consistent hashing of hosts over fetchers; two choices among copies of a shard")
        .consider(
            "Purging and clean-up",
            "versions past the retention, hosts that failed for weeks, pages to be removed")
        .consider(
            "Telemetry",
            "pages a second, status codes, bytes, age of pages by rank, length of queues, time of each shard")
        .consider(
            "Security and permissions",
            "fetchers reach no inner address; parsers run in a sandbox with limits on size and time; the agent names itself")
        .consider(
            "Microservices and job queues",
            "the frontier is a job queue with priority, delay and lease")
        .consider(
            "Stream and batch processing, search",
            "pages are a stream to parser and index; link rank is a batch over the whole graph")
        .consider(
            "Networking, front end, back end",
            "fetchers stand in several regions near the sites; HTTP/2, gzip, kept connections; results come by page cursor")
        .build();
  }

  private static CapacityPlan plan() {
    return CapacityPlan.builder("crawler")
        .assume("writes", "4bn/month")
        .assume("searches", "100bn/month", "searches that people make")
        .step("reads-per-write", "searches ÷ writes")
        .assume("object", "500 KB")
        .assume("response", "20 KB")
        .assume("retention", "3 years")
        .assume("seconds-per-month", "2.5M")
        .assume("replication", "3")
        .assume("compression", "4..6")
        .assume("hit-target", "0%")
        .assume("fill", "70%", "share of a disk that is filled")
        .assume("pages", "1bn", "pages that are visited again and again")
        .assume("urls", "5bn..20bn", "links known, most of them never visited")
        .assume("links", "40..100", "links on a page")
        .assume("new-links", "0.5..5", "links on a page that are not known yet")
        .assume("url-record", "200 B", "a link with its state")
        .assume("fingerprint", "16 B", "64 bits of a link's hash and a slot's overhead")
        .assume("terms", "300..1000", "different words of a page")
        .assume("posting", "4 B..8 B", "a compressed posting with positions")
        .assume("queries", "500M..2bn", "different searches")
        .assume("result-hits", "40%", "searches answered by the result cache")
        .assume("reserve", "1.2", "crawl rate over the average, to make up for stops")
        .assume("index-copies", "2", "copies of index, frontier and fingerprints")
        .assume("cores", "32", "threads of a server")
        .assume("connections", "1000", "pages that a fetcher loads at a time")
        .assume("disks", "36", "disks of a storage server")
        .assume("queue-time", "0.5 ms", "a worker's time for a link")
        .assume("fetch-time", "500 ms..2 s", "time to load a page")
        .assume("parse-time", "20 ms", "a worker's time for a page")
        .assume("look-up-time", "0.1 ms", "a worker's time for a look into memory")
        .assume("disk-time", "10 ms", "a disk's time for a page")
        .assume("shard-time", "2 ms", "a worker's time for a search of one shard")
        .assume("search-time", "2 ms", "a worker's time to ask and merge")
        .assume("frontier-server", "2 TB", "what a frontier server holds")
        .assume("index-server", "512 GB", "memory of a server")
        .assume("storage-server", "600 TB", "disks of a storage server together")
        .assume("server-availability", "99.9%", "share of time that one server works")
        .step("disk-space", "storage ÷ fill")
        .step("page-servers", "ceil(disk-space ÷ storage-server)")
        .step("crawl-rate", "write-rate × reserve")
        .step("link-rate", "crawl-rate × links")
        .step("index", "pages × terms × posting")
        .step("shards", "ceil(index ÷ index-server)")
        .step("shard-queries", "peak-read-rate × (1 - result-hits) × shards")
        .step("result-memory", "lru-items(result-hits, queries, skew) × response")
        .build();
  }
}

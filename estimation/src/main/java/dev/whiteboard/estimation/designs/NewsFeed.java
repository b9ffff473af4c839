package dev.whiteboard.estimation.designs;

import dev.whiteboard.estimation.CapacityPlan;
import dev.whiteboard.estimation.Component;
import dev.whiteboard.estimation.ComponentKind;
import dev.whiteboard.estimation.Design;

/**
 * Posts are pushed into the feeds of those who follow, except the posts of authors whom very many follow: those are pulled.
 *
 * <p>Users, checks, the length of a feed, the size of a photo and the memory of a server are those of the exercise in
 * github.com/gitgik/distributed-system-design (designing_instagram_feed.ipynb), which keeps the photos of each feed in
 * memory: 20 PB on 200,000 servers by its numbers, where it publishes 2 PB and 20,000. Here a feed keeps entries of 16 B.
 * Other numbers are guesses.
 */
final class NewsFeed {
  private NewsFeed() {}

  static Design design() {
    return Design.builder(plan())
        .description(
            "People post photos and see what those whom they follow have posted, the newest first.")
        .requirement(
            "Creation and accounts",
            "A user signs up, follows others, posts a photo with a text, and deletes it again.")
        .requirement(
            "Retrieval",
            "A page of the feed is there within 200 ms for 99 of 100 requests; a post is in its feeds within five seconds.")
        .requirement(
            "Analytics",
            "Posts, views and follows for each user and day; how long a post takes to reach its last feed.")
        .requirement(
            "Capacity",
            "A post is never lost; a feed may be, since it can be computed again from follows and posts.")
        .call("create(token, text, photo, idempotency_key)", "201 with id; 401, 413, 429")
        .call("delete(token, post_id)", "204; 401, 403 not the author, 404")
        .call("feed(token, cursor)", "200 with a page of posts and the next cursor; 401, 429")
        .call("follow(token, user_id)", "204; 401, 404, 409 blocked")
        .table(
            "users",
            "id PK, name unique, followers, pulled, created_at",
            "sign in by name; whether posts are pushed or pulled")
        .table(
            "follows",
            "followee_id FK users, follower_id FK users, since, PK (followee_id, follower_id)",
            "whom to push to; a second index by follower_id for whom to pull from")
        .table(
            "posts",
            "id PK, user_id FK users, text, photo, created_at, deleted_at",
            "an author's newest by (user_id, id); joined to users for posts a day")
        .component(Component.of("client", ComponentKind.CLIENT, "Client"))
        .component(Component.of("cdn", ComponentKind.CDN, "CDN").serviceTime("cdn-time"))
        .component(Component.of("posting", ComponentKind.SERVICE, "Post service")
            .serviceTime("post-time")
            .workers("threads")
            .availability("server-availability"))
        .component(Component.of("feed", ComponentKind.SERVICE, "Feed service")
            .serviceTime("feed-time")
            .workers("threads")
            .availability("server-availability"))
        .component(Component.of("queue", ComponentKind.QUEUE, "New posts")
            .serviceTime("log-time")
            .workers("threads")
            .spares("2")
            .availability("server-availability"))
        .component(Component.of("fanout", ComponentKind.SERVICE, "Fan-out workers")
            .serviceTime("fanout-time")
            .workers("threads")
            .availability("server-availability"))
        .component(Component.of("feeds", ComponentKind.CACHE, "Feeds")
            .serviceTime("memory-time")
            .workers("memory-threads")
            .stores("feed-memory")
            .capacity("memory-server")
            .spares("spare-share × feed-memory ÷ memory-server")
            .availability("server-availability"))
        .component(Component.of("recent", ComponentKind.CACHE, "Recent posts")
            .serviceTime("memory-time")
            .workers("memory-threads")
            .stores("recent-posts")
            .capacity("memory-server")
            .availability("server-availability"))
        .component(Component.of("database", ComponentKind.STORE, "Users, follows, posts")
            .serviceTime("row-time")
            .workers("threads")
            .stores("row-storage")
            .capacity("database-server")
            .spares("spare-share × row-storage ÷ database-server")
            .copies("replication")
            .availability("server-availability"))
        .component(Component.of("photos", ComponentKind.STORE, "Photos")
            .serviceTime("disk-time")
            .workers("disks")
            .stores("storage - row-storage")
            .capacity("storage-server")
            .spares("spare-share × storage ÷ storage-server")
            .copies("replication")
            .availability("server-availability"))
        .arrow("client", "posting", "post", "peak-write-rate", "record")
        .arrow("posting", "photos", "write each copy", "peak-write-rate × replication", "object")
        .arrow(
            "posting", "database", "insert each copy", "peak-write-rate × replication", "metadata")
        .arrow("posting", "recent", "put the row", "peak-write-rate", "metadata")
        .arrow("posting", "queue", "id and author", "peak-write-rate", "feed-entry")
        .arrow("queue", "fanout", "id and author", "peak-write-rate", "feed-entry")
        .arrow("fanout", "database", "followers", "peak-write-rate", "followers × user-id")
        .arrow("fanout", "feeds", "push", "push-rate", "feed-entry")
        .arrow("client", "feed", "see a page", "peak-check-rate", "page × metadata")
        .arrow("feed", "feeds", "entries of a page", "peak-check-rate", "page × feed-entry")
        .arrow(
            "feed",
            "recent",
            "newest of pulled authors",
            "peak-check-rate × pulled-authors",
            "page × feed-entry")
        .arrow("feed", "recent", "rows", "peak-read-rate", "metadata")
        .arrow("feed", "database", "older rows", "peak-read-rate × (1 - recent-share)", "metadata")
        .arrow("client", "cdn", "photos", "peak-read-rate", "object")
        .arrow("cdn", "photos", "misses", "peak-read-rate × (1 - cdn-share)", "object")
        .route("post", "client", "posting", "photos")
        .route("reach a feed", "client", "posting", "queue", "fanout", "feeds")
        .route("see a page", "client", "feed", "feeds")
        .route("see a rare photo", "client", "cdn", "photos")
        .algorithm(
            "Fan-out on write: a worker takes a post from the queue, reads the followers in batches, and pushes an entry (post id, author id) onto each feed, a list that is trimmed to its length. The post id sorts by time and a feed keeps an id once, so a repeated delivery does no harm.")
        .algorithm(
            "Fan-out on read: posts of authors above a limit of followers are not pushed. A reader's page merges the feed with the newest ids of the pulled authors whom the reader follows, a k-way merge by id, and fetches the rows in one multi-get.")
        .algorithm(
            "Idle and new feeds: a feed without a reader for a month is dropped and no longer pushed to. On return it is computed as if all its authors were pulled, and kept.")
        .algorithm(
            "Pages have a cursor, the last id seen, and not an offset, so that new posts do not shift the next page. A deleted post stays in feeds as an id; its row is gone, and the page leaves it out.")
        .tradeOff(
            "Push to most, pull from a few",
            "a read takes one list; a celebrity's post does not become millions of writes",
            "two ways to the same page, and a limit to tune; pushes to readers who never look")
        .tradeOff(
            "Feeds hold ids, not posts",
            "16 B an entry instead of a photo's 200 KB: a rack's memory instead of 200,000 servers; an edit is seen at once",
            "a second look-up for each post of a page")
        .tradeOff(
            "Feeds have one copy, in memory",
            "no write to a disk for each push",
            "a server that fails takes its feeds along: readers wait for a new computation")
        .tradeOff(
            "By time, not by rank",
            "a page is explained and cached easily",
            "what a reader would like most may lie below the fold; ranking adds a model's time to each read")
        .consider(
            "Data partitioning",
            "Feeds by reader, posts and their author's index by author, follows by followee; photos by consistent hashing of the id. An author with millions of followers is split by ranges of follower id.")
        .consider(
            "Caching",
            "The CDN has the photos: hit-target is 0 %, no photo cache of our own stands behind it. Rows of recent-days fit in memory, and most of a feed is that young.")
        .consider(
            "Load balancing",
            "Feed and post services by least requests in flight; workers pull, so the queue balances them.")
        .consider(
            "Purging and clean-up",
            "A sweep deletes posts past retention and photos without a row; feeds are trimmed on each push.")
        .consider(
            "Telemetry",
            "Time from post to last feed, queue length, pushes a second, share of pages with a row from the database.")
        .consider(
            "Security and permissions",
            "Private accounts and blocks are checked when a page is read, not only when pushed: a follow may have ended since. Photos have signed links with an expiry.")
        .consider(
            "Microservices and job queues",
            "Posting answers once the row and the queue have it; fan-out fails, retries and grows alone.")
        .consider(
            "Stream and batch processing, search",
            "View events are counted in windows; a nightly batch finds idle feeds; tags go to an inverted index.")
        .consider(
            "Networking, front end, back end",
            "HTTP/2 with one connection a client; the page asks for the next before the last is seen, and loads photos in the screen's size.")
        .build();
  }

  private static CapacityPlan plan() {
    return CapacityPlan.builder("news-feed")
        .assume("users", "200M", "who look on a day")
        .assume("checks", "5/day", "pages that a user asks for")
        .assume("page", "20", "posts of a page")
        .assume("posts", "0.05/day..0.2/day", "of one user")
        .step("writes", "users × posts")
        .step("reads-per-write", "checks × page ÷ posts")
        .assume("object", "200 KB")
        .assume("metadata", "1 KB")
        .assume("retention", "5 years")
        .assume("replication", "2")
        .assume("cdn-share", "90%..97%")
        .assume("hit-target", "0%")
        .assume("followers", "100..400", "of one user, on average over posts")
        .assume("pushed", "60%..90%", "share of deliveries that are pushed, not pulled")
        .assume("pulled-authors", "5", "authors followed whose posts are pulled")
        .assume("feed-length", "500", "entries kept of a feed")
        .assume("feed-entry", "16 B", "post id and author id")
        .assume("user-id", "8 B", "a follower in a list")
        .assume("recent-days", "3 days", "age up to which rows are kept in memory")
        .assume("recent-share", "95%", "posts of a page that are that young")
        .step("checks-per-day", "users × checks")
        .step("check-rate", "checks-per-day", "/s")
        .step("peak-check-rate", "check-rate × peak-factor")
        .step("push-rate", "peak-write-rate × followers × pushed")
        .step("feed-memory", "users × feed-length × feed-entry")
        .step("recent-posts", "writes × recent-days × metadata")
        .step("row-storage", "objects × metadata × replication")
        .assume("cdn-time", "20 ms", "a CDN's time for a photo")
        .assume("post-time", "30 ms", "a thread's time for a post")
        .assume("feed-time", "15 ms", "a thread's time for a page")
        .assume("fanout-time", "10 ms", "a thread's time to push a post in batches")
        .assume("log-time", "1 ms", "a thread's time to append to or read from the queue")
        .assume("memory-time", "0.05 ms", "a thread's time for an entry in memory")
        .assume("row-time", "1 ms", "a thread's time for a row on SSD")
        .assume("disk-time", "8 ms", "a disk's time for a photo")
        .assume("threads", "32", "requests that a server works at in parallel")
        .assume("memory-threads", "8", "threads of a memory server")
        .assume("disks", "24", "disks of a storage server")
        .assume("memory-server", "100 GB", "what a memory server holds")
        .assume("database-server", "10 TB", "what a database server holds")
        .assume("storage-server", "400 TB", "what a storage server holds")
        .assume("spare-share", "25%", "servers beyond those that the data fills")
        .assume("server-availability", "99.9%", "share of time that one server works")
        .build();
  }
}

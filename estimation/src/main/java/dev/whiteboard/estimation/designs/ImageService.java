package dev.whiteboard.estimation.designs;

import dev.whiteboard.estimation.CapacityPlan;
import dev.whiteboard.estimation.Component;
import dev.whiteboard.estimation.ComponentKind;
import dev.whiteboard.estimation.Design;

/** Images are written through one service and read through another; between them stands the file storage. */
final class ImageService {
  private ImageService() {}

  static Design design() {
    return Design.builder(plan())
        .description("People upload images and look at their own and at those that others share.")
        .requirement(
            "Creation and accounts",
            "A user signs up, uploads an image of up to 10 MB and deletes it again. An image is private, public, or shared by"
                + " a link that expires.")
        .requirement(
            "Retrieval",
            "An image is shown within 200 ms for 99 of 100 requests; a link can be opened without an account.")
        .requirement(
            "Analytics", "Uploads and bytes for each user and day, and what is looked at most.")
        .requirement("Capacity", "No image is lost when a storage node or a zone fails.")
        .call(
            "create(token, image, visibility)",
            "201 with id and link; 401, 413 too large, 415 not an image, 429 too many")
        .call("delete(token, id)", "204; 401, 403 not the owner, 404")
        .call("get(id, signature)", "200 with ETag, 206 a range, 304; 403, 404, 410 link expired")
        .call("list(token, cursor)", "200 with ids and the next cursor")
        .table("users", "id PK, name unique, password_hash, created_at", "sign in by name")
        .table(
            "images",
            "id PK, user_id FK users, bytes, type, checksum, visibility, created_at",
            "a user's images by (user_id, id); joined to users for uploads and bytes a day")
        .table("views", "image_id FK images, day, count, PK (image_id, day)", "most viewed")
        .component(Component.of("client", ComponentKind.CLIENT, "Client"))
        .component(Component.of("cdn", ComponentKind.CDN, "CDN").serviceTime("20 ms"))
        .component(Component.of("write", ComponentKind.SERVICE, "Image write service")
            .serviceTime("write-time")
            .workers("32")
            .availability("server-availability"))
        .component(Component.of("retrieval", ComponentKind.SERVICE, "Image retrieval service")
            .serviceTime("read-time")
            .workers("32")
            .availability("server-availability"))
        .component(Component.of("cache", ComponentKind.CACHE, "Image cache")
            .serviceTime("1 ms")
            .workers("64")
            .stores("cache-memory")
            .capacity("cache-server")
            .availability("server-availability"))
        .component(Component.of("files", ComponentKind.STORE, "Image file storage")
            .serviceTime("disk-time")
            .workers("disks")
            .stores("storage")
            .capacity("storage-server")
            .copies("replication")
            .availability("server-availability"))
        .component(Component.of("database", ComponentKind.STORE, "Users and images")
            .serviceTime("1 ms")
            .workers("16")
            .servers("1")
            .stores("metadata × objects")
            .availability("server-availability"))
        .arrow("client", "write", "upload an image", "peak-write-rate", "record")
        .arrow("write", "files", "write each copy", "peak-write-rate × replication", "object")
        .arrow("write", "database", "insert a row", "peak-write-rate", "metadata")
        .arrow("client", "cdn", "look at an image", "peak-read-rate", "response")
        .arrow("cdn", "retrieval", "misses", "peak-read-rate × (1 - cdn-share)", "response")
        .arrow(
            "retrieval", "cache", "row and image", "peak-read-rate × (1 - cdn-share)", "response")
        .arrow(
            "retrieval",
            "files",
            "misses",
            "peak-read-rate × (1 - cdn-share) × (1 - hit-target)",
            "object")
        .arrow(
            "retrieval",
            "database",
            "misses",
            "peak-read-rate × (1 - cdn-share) × (1 - hit-target)",
            "metadata")
        .route("upload an image", "client", "write", "files")
        .route("look at a popular image", "client", "cdn")
        .route("look at a cached image", "client", "cdn", "retrieval", "cache")
        .route("look at a rare image", "client", "cdn", "retrieval", "files")
        .algorithm(
            "Create: check account, limit, size and type; draw an id that sorts by time; write the file to the nodes that own"
                + " the id, each in another zone; insert the row; answer. A file without a row is swept, so the row comes last.")
        .algorithm(
            "Read: check signature or owner; look into the cache; one load for each id, however many ask, from the nearest node"
                + " that has it; compare the checksum, repair from another copy if it is off.")
        .algorithm("Delete: remove the row, drop the cache entry, let the sweep remove the files.")
        .tradeOff(
            "Writing and reading are separate services",
            "each grows by its own load, an upload cannot slow a page down",
            "two deployments, and the id is all that they share")
        .tradeOff(
            "Whole copies, not an erasure code",
            "reads take one node, repair is a copy",
            "2 to 3 times the bytes where a code takes 1.4")
        .tradeOff(
            "Consistent hashing places files",
            "no directory to ask or to lose",
            "a new node moves its share of the files")
        .consider(
            "Data partitioning", "files by consistent hashing of the id over zones; rows by user")
        .consider(
            "Caching",
            "the CDN for public images, an LRU-like cache of images behind it, one load an id")
        .consider("Load balancing", "two choices by requests in flight, zone first")
        .consider(
            "Purging and clean-up",
            "a daily sweep removes rows past their retention, then files without a row that are older than an hour")
        .consider("Telemetry", "requests, errors, latency percentiles, hit ratio, bytes by node")
        .consider(
            "Security and permissions",
            "owner, public, or an HMAC-signed link with an expiry; limits by user and by address")
        .consider(
            "Microservices and job queues",
            "write, retrieval and storage start and stop alone; thumbnails are made by a queue's workers")
        .consider(
            "Stream and batch processing, search",
            "views are counted in windows; an inverted index over tags finds images")
        .consider(
            "Networking, front end, back end",
            "HTTP/2 to the CDN, ranges and ETags; the page shows thumbnails first")
        .build();
  }

  private static CapacityPlan plan() {
    return CapacityPlan.builder("image-service")
        .assume("writes", "800k/day..1.25M/day")
        .assume("reads-per-write", "25..100")
        .assume("object", "100 KB..400 KB")
        .assume("metadata", "500 B")
        .assume("retention", "5 years")
        .assume("replication", "2")
        .assume("cdn-share", "60%..90%")
        .assume("skew", "0.8..1.0")
        .assume("hit-target", "20%")
        .assume("write-time", "40 ms", "a worker's time for an upload")
        .assume("read-time", "10 ms", "a worker's time for a look at an image")
        .assume("disk-time", "8 ms", "a disk's time for a file")
        .assume("disks", "24", "disks of a storage server")
        .assume("storage-server", "200 TB", "what a storage server holds")
        .assume("cache-server", "512 GB", "what a cache server holds")
        .assume("server-availability", "99.9%", "share of time that one server works")
        .build();
  }
}

package dev.whiteboard.estimation.designs;

import dev.whiteboard.estimation.CapacityPlan;
import dev.whiteboard.estimation.Component;
import dev.whiteboard.estimation.ComponentKind;
import dev.whiteboard.estimation.Design;

/**
 * Videos are uploaded in parts, transcoded by workers behind a queue, and watched in segments from a CDN.
 *
 * <p>Users, views, uploads, the size of a video and the CDN's price are those of A. Xu, <i>System Design Interview</i>, as
 * noted in preslavmihaylov/booknotes (chapter 15): 150 TB uploaded and $150,000 of CDN traffic a day. Other numbers are guesses.
 */
final class Video {
  private Video() {}

  static Design design() {
    return Design.builder(plan())
        .description(
            "People upload videos and watch those of others, on any device and over any network.")
        .requirement(
            "Creation and accounts",
            "A user signs up, uploads a video of up to 1 GB, resumes an upload that broke, and deletes it again.")
        .requirement(
            "Retrieval",
            "The first picture is there within two seconds; a slower network gets fewer pixels, not a pause.")
        .requirement(
            "Analytics",
            "Views, minutes watched and stalls for each video and day, joined to its owner.")
        .requirement("Capacity", "An original is never lost; renditions can be made again from it.")
        .call(
            "start(token, title, bytes, checksum)",
            "201 with id and signed links for the parts; 401, 413, 429")
        .call(
            "finish(token, id, part_checksums)",
            "202, it is being transcoded; 401, 403, 409 parts missing")
        .call(
            "watch(id)",
            "200 with a signed manifest; 403, 404, 410 deleted, 425 not transcoded yet")
        .call("delete(token, id)", "204; 401, 403 not the owner, 404")
        .table("users", "id PK, name unique, created_at", "sign in by name")
        .table(
            "videos",
            "id PK, user_id FK users, title, state, seconds, checksum, created_at",
            "a user's videos by (user_id, id); joined to users for uploads a day")
        .table(
            "renditions",
            "video_id FK videos, height, codec, bytes, PK (video_id, height, codec)",
            "what the manifest lists")
        .table(
            "views",
            "video_id FK videos, day, count, seconds, PK (video_id, day)",
            "most watched; joined over videos to users")
        .component(Component.of("client", ComponentKind.CLIENT, "Player"))
        .component(Component.of("cdn", ComponentKind.CDN, "CDN").serviceTime("cdn-time"))
        .component(Component.of("upload", ComponentKind.SERVICE, "Upload service")
            .serviceTime("part-time")
            .workers("threads")
            .availability("server-availability"))
        .component(Component.of("queue", ComponentKind.QUEUE, "Videos to transcode")
            .serviceTime("log-time")
            .workers("threads")
            .spares("2")
            .availability("server-availability"))
        .component(Component.of("transcode", ComponentKind.SERVICE, "Transcoders")
            .serviceTime("transcode-time")
            .workers("cores")
            .spares("10")
            .availability("server-availability"))
        .component(Component.of("watch", ComponentKind.SERVICE, "Watch service")
            .serviceTime("watch-time")
            .workers("threads")
            .availability("server-availability"))
        .component(Component.of("shield", ComponentKind.CACHE, "Origin shield")
            .serviceTime("ssd-time")
            .workers("threads")
            .stores("cache-memory")
            .capacity("shield-server")
            .availability("server-availability"))
        .component(Component.of("database", ComponentKind.STORE, "Users and videos")
            .serviceTime("row-time")
            .workers("threads")
            .stores("objects × row × replication")
            .capacity("database-server")
            .copies("replication")
            .availability("server-availability"))
        .component(Component.of("files", ComponentKind.STORE, "Originals and renditions")
            .serviceTime("disk-time")
            .workers("disks")
            .stores("storage")
            .capacity("storage-server")
            .spares("spare-share × storage ÷ storage-server")
            .copies("replication")
            .availability("server-availability"))
        .arrow("client", "upload", "parts", "peak-write-rate × parts", "video ÷ parts")
        .arrow(
            "upload",
            "files",
            "write each copy",
            "peak-write-rate × parts × replication",
            "video ÷ parts")
        .arrow("upload", "database", "insert each copy", "peak-write-rate × replication", "row")
        .arrow("upload", "queue", "video is complete", "peak-write-rate", "row")
        .arrow("queue", "transcode", "jobs, spread over the day", "write-rate", "row")
        .arrow("transcode", "files", "read parts", "write-rate × parts", "video ÷ parts")
        .arrow(
            "transcode",
            "files",
            "write segments, each copy",
            "write-rate × segments × renditions × replication",
            "rendition-share × video ÷ (segments × renditions)")
        .arrow("client", "watch", "ask for a manifest", "peak-read-rate", "row")
        .arrow("watch", "database", "look up", "peak-read-rate", "row")
        .arrow("client", "cdn", "segments", "segment-rate", "video ÷ segments")
        .arrow("cdn", "shield", "misses", "segment-rate × (1 - cdn-share)", "video ÷ segments")
        .arrow(
            "shield",
            "files",
            "misses",
            "segment-rate × (1 - cdn-share) × (1 - hit-target)",
            "video ÷ segments")
        .route("upload a part", "client", "upload", "files")
        .route("start to watch", "client", "watch", "database")
        .route("a popular segment", "client", "cdn")
        .route("a rare segment", "client", "cdn", "shield", "files")
        .algorithm(
            "Upload: the service answers with signed links for parts; parts go up in parallel and are tried again alone. When the checksums agree the video is a job in the queue.")
        .algorithm(
            "Transcode: a job splits the original at key frames, encodes the pieces into a ladder of heights and codecs, and joins them into segments of some seconds with a manifest (HLS, DASH). Workers lease a job and renew the lease; segment names follow from video, rendition and index, so a job that ran twice leaves the same files.")
        .algorithm(
            "Watch: the manifest comes from the watch service, everything else from the CDN. The player measures throughput and buffer, and chooses the rendition for each segment: adaptive bitrate.")
        .algorithm(
            "A new video of an author with a large audience is sent to the CDN ahead of the first view; the shield lets one request for a segment through, however many edges ask.")
        .tradeOff(
            "Transcode everything at upload",
            "the first viewer does not wait",
            "most videos are hardly watched: their renditions cost processors and disks for nothing; rare heights could be made on demand")
        .tradeOff(
            "A queue sized for the average",
            "half the transcoders that the peak would take",
            "at the peak videos appear later, after the queue's wait")
        .tradeOff(
            "Whole copies in two regions",
            "either region can serve and lose the other",
            "twice the disks, the largest part of the cost; an erasure code takes 1.5 times the bytes and more seeks")
        .tradeOff(
            "A CDN for all segments",
            "near the viewer, and the origin sees a few percent",
            "cdn-cost-per-day; the catalogue's tail could come from servers of our own")
        .consider(
            "Data partitioning",
            "Segments by consistent hashing of video and rendition over storage nodes of a region; rows by video, with an index by user.")
        .consider(
            "Caching",
            "CDN edges hold what is popular nearby; an SSD shield between them and the disks joins the misses of all edges, and hit-target is what it adds; memory-price is that of its SSD.")
        .consider(
            "Load balancing",
            "DNS or anycast chooses the edge; the watch service by least requests in flight; transcoders pull jobs when they have a free core.")
        .consider(
            "Purging and clean-up",
            "A deleted video's segments are purged from the CDN at once and from the disks by a sweep; parts of uploads that nobody finished go after a day; cold renditions of unwatched videos are dropped.")
        .consider(
            "Telemetry",
            "Time to first picture, stalls an hour watched, bitrate, CDN hit ratio, age of the oldest job, failed jobs by codec.")
        .consider(
            "Security and permissions",
            "Signed manifests and segments with an expiry, private and listed videos, encryption with a licence server where owners ask; uploads are scanned before they are listed.")
        .consider(
            "Microservices and job queues",
            "Upload, transcoding and watching fail alone; a job that failed some times goes to a dead-letter queue with its log.")
        .consider(
            "Stream and batch processing, search",
            "Players' beacons are counted in windows for views; a batch ranks and recommends by night; titles and captions are in an inverted index.")
        .consider(
            "Networking, front end, back end",
            "HTTP/2 or 3 to the edge, segments cacheable for ever under their own name; the player keeps a buffer of some segments.")
        .build();
  }

  private static CapacityPlan plan() {
    return CapacityPlan.builder("video")
        .assume("users", "5M", "who watch on a day")
        .assume("views", "5/day", "of one user")
        .assume("uploads", "0.1/day", "of one user")
        .assume("video", "300 MB", "an original, and what one view sends")
        .assume("rendition-share", "50%..150%", "bytes of all renditions over the original")
        .step("writes", "users × uploads")
        .step("reads-per-write", "views ÷ uploads")
        .step("object", "video + rendition-share × video")
        .step("response", "video")
        .assume("retention", "5 years")
        .assume("replication", "2")
        .assume("cdn-share", "93%..98%")
        .assume("cdn-price", "$0.02/GB")
        .assume("memory-price", "$0.1/GB/month")
        .assume("hit-target", "25%")
        .assume("renditions", "6", "heights and codecs made of a video")
        .assume("segments", "150", "of a view: ten minutes in pieces of four seconds")
        .assume("parts", "30", "that a video is uploaded in")
        .assume("row", "1 KB", "metadata of a video")
        .step("uploaded-per-day", "writes × video")
        .step("watched-per-day", "users × views × video")
        .step("cdn-cost-per-day", "users × views × video × cdn-price")
        .step("segment-rate", "peak-read-rate × segments")
        .assume("cdn-time", "20 ms", "a CDN's time for a segment")
        .assume("part-time", "200 ms", "a thread's time for a part")
        .assume(
            "transcode-time",
            "20 min..60 min",
            "cores' time together for all renditions of a video")
        .assume("watch-time", "10 ms", "a thread's time for a manifest")
        .assume("log-time", "1 ms", "a thread's time to append to or read from the queue")
        .assume("ssd-time", "5 ms", "a thread's time for a segment on SSD")
        .assume("row-time", "1 ms", "a thread's time for a row on SSD")
        .assume("disk-time", "15 ms", "a disk's time for a segment or part")
        .assume("threads", "32", "requests that a server works at in parallel")
        .assume("cores", "32", "cores of a transcoder")
        .assume("disks", "60", "disks of a storage server")
        .assume("shield-server", "60 TB", "SSD of a shield server")
        .assume("database-server", "4 TB", "what a database server holds")
        .assume("storage-server", "1 PB", "what a storage server holds")
        .assume("spare-share", "25%", "servers beyond those that the data fills")
        .assume("server-availability", "99.9%", "share of time that one server works")
        .build();
  }
}

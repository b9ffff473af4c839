package dev.whiteboard.estimation.designs;

import dev.whiteboard.estimation.CapacityPlan;
import dev.whiteboard.estimation.Component;
import dev.whiteboard.estimation.ComponentKind;
import dev.whiteboard.estimation.Design;

/**
 * Files are cut into blocks that are named by their contents; a device sends the blocks that are not there yet, and the
 * others are told.
 *
 * <p>Users, uploads and the quota are those of A. Xu, <i>System Design Interview</i>, as noted in preslavmihaylov/booknotes
 * (chapter 16): 500 PB promised, 231 uploads a second (published as 240). Other numbers are guesses.
 */
final class FileDrive {
  private FileDrive() {}

  static Design design() {
    return Design.builder(plan())
        .description(
            "People keep files in a folder that is the same on all their devices, and share parts of it.")
        .requirement(
            "Creation and accounts",
            "A user signs up, gets a quota, puts a file of up to 10 GB into the folder, deletes it, and brings an old version back.")
        .requirement(
            "Retrieval",
            "A change is on other connected devices within ten seconds; a device that was away catches up.")
        .requirement(
            "Analytics",
            "Files, bytes and quota used for each user and day; bytes that deduplication saved.")
        .requirement(
            "Capacity",
            "No file is lost when three disks fail at once; what is promised is far more than what is bought.")
        .call("missing(token, block_hashes)", "200 with those to send; 401, 413 over quota, 429")
        .call("put(token, block_hash, bytes)", "201; 400 the hash is another, 401, 429")
        .call(
            "commit(token, path, base_version, block_hashes)",
            "201 with version; 409 changed since, 412 blocks missing")
        .call(
            "changes(token, cursor)", "200 with changes and the next cursor, or 204 after a minute")
        .call("delete(token, path, base_version)", "204; 401, 403, 404, 409")
        .table(
            "users",
            "id PK, name unique, quota, used, created_at",
            "sign in by name; quota before each commit")
        .table(
            "files",
            "id PK, user_id FK users, path, version, deleted_at",
            "a user's folder by (user_id, path); joined to users for bytes a day")
        .table(
            "versions",
            "file_id FK files, version, block_hashes, bytes, created_at, PK (file_id, version)",
            "a file's blocks in order, and its history")
        .table(
            "changes",
            "user_id FK users, sequence, file_id FK files, version, PK (user_id, sequence)",
            "what a device has missed: a range after its cursor")
        .component(Component.of("client", ComponentKind.CLIENT, "Devices"))
        .component(Component.of("balancer", ComponentKind.BALANCER, "Balancer")
            .serviceTime("balancer-time")
            .workers("cores")
            .availability("server-availability"))
        .component(Component.of("metadata", ComponentKind.SERVICE, "Metadata service")
            .serviceTime("metadata-time")
            .workers("threads")
            .availability("server-availability"))
        .component(Component.of("blocks", ComponentKind.SERVICE, "Block service")
            .serviceTime("block-time")
            .workers("threads")
            .availability("server-availability"))
        .component(Component.of("notify", ComponentKind.SERVICE, "Change notifier")
            .serviceTime("poll-work")
            .workers("cores")
            .stores("connections × connection-memory")
            .capacity("notifier-memory")
            .spares("2")
            .availability("server-availability"))
        .component(Component.of("queue", ComponentKind.QUEUE, "Changes")
            .serviceTime("log-time")
            .workers("threads")
            .spares("2")
            .availability("server-availability"))
        .component(Component.of("database", ComponentKind.STORE, "Users, files, versions")
            .serviceTime("row-time")
            .workers("threads")
            .stores("row-storage")
            .capacity("database-server")
            .spares("spare-share × row-storage ÷ database-server")
            .copies("row-copies")
            .availability("server-availability"))
        .component(Component.of("store", ComponentKind.STORE, "Block storage")
            .serviceTime("disk-time")
            .workers("disks")
            .stores("storage - objects × metadata × replication ÷ compression")
            .capacity("storage-server")
            .spares("spare-share × storage ÷ storage-server")
            .copies("data-fragments × (replication - 1)")
            .availability("server-availability"))
        .arrow(
            "client",
            "balancer",
            "all but polls",
            "2 × peak-write-rate + 2 × peak-read-rate",
            "(object ÷ compression + metadata) ÷ 2")
        .arrow("balancer", "blocks", "put blocks", "peak-write-rate", "object ÷ compression")
        .arrow("balancer", "blocks", "get blocks", "peak-read-rate", "object ÷ compression")
        .arrow(
            "blocks",
            "store",
            "write fragments",
            "peak-write-rate × data-fragments × replication",
            "object ÷ (compression × data-fragments)")
        .arrow(
            "blocks",
            "store",
            "read fragments",
            "peak-read-rate × data-fragments",
            "object ÷ (compression × data-fragments)")
        .arrow("balancer", "metadata", "missing and commit", "peak-write-rate", "metadata")
        .arrow("balancer", "metadata", "what has changed", "peak-read-rate", "metadata")
        .arrow(
            "metadata", "database", "write each copy", "peak-write-rate × row-copies", "metadata")
        .arrow("metadata", "database", "read", "peak-read-rate", "metadata")
        .arrow("metadata", "queue", "user and sequence", "peak-write-rate", "poll")
        .arrow("queue", "notify", "user and sequence", "peak-write-rate", "poll")
        .arrow("client", "notify", "long polls", "poll-rate", "poll")
        .route("move a block, up or down", "client", "balancer", "blocks", "store")
        .route("commit a version", "client", "balancer", "metadata", "database")
        .route("tell other devices", "metadata", "queue", "notify")
        .algorithm(
            "Upload: the device cuts the file where a rolling hash has a pattern (content-defined chunking), names each block by its SHA-256, asks which are missing, and sends those compressed. Commit then writes the version in one transaction: blocks before the row, so that no version lacks a block.")
        .algorithm(
            "Delta sync: a change in the middle of a file changes the blocks around it alone, since cuts follow contents and not offsets.")
        .algorithm(
            "Conflicts: a commit names the version that it was made from (compare and set). The first wins; the second gets 409, and the device keeps both, the later one as a conflicted copy.")
        .algorithm(
            "Other devices: each holds a long poll with its cursor; the notifier answers when the user's sequence passes it, and the device reads the changes after the cursor. A lost notice does no harm: the next poll finds the sequence.")
        .tradeOff(
            "Blocks are named by content",
            "duplicates are kept and sent once, an upload resumes by itself, damage is found on reading",
            "a reference count or a mark-and-sweep for each block; across users it tells whether somebody has a file, so blocks are shared within an account")
        .tradeOff(
            "An erasure code of 6 + 3",
            "half as many bytes again survive the loss of any three disks, where copies would take four times the bytes",
            "a small file takes six seeks to read and nine to write; a lost disk is repaired by reading six")
        .tradeOff(
            "Long polls instead of WebSockets",
            "plain HTTP that passes any proxy; changes are rare, so hardly anything is sent",
            "each device asks once a minute, most requests of the whole system")
        .tradeOff(
            "Strong consistency for metadata",
            "a device never sees a version that goes back",
            "a commit waits for a majority of the copies; a cut-off zone can read, not write")
        .tradeOff(
            "Disks for what is kept, not for what is promised",
            "a few percent of the quotas is bought",
            "growth must be seen months ahead, since a quota cannot be taken back")
        .consider(
            "Data partitioning",
            "Rows by user, so that a commit is one shard's transaction; blocks by consistent hashing of their hash, the nine fragments in different racks over three zones.")
        .consider(
            "Caching",
            "hit-target is 0 %: private files are read by their owner's few devices, so the device's disk is the cache. Rows of connected users are in the database's memory.")
        .consider(
            "Load balancing",
            "The balancer chooses by least requests in flight; polls go to the notifier that owns the user, so that a change is looked up in one place.")
        .consider(
            "Purging and clean-up",
            "Old versions thin out after a month and go when the retention ends; a sweep removes blocks that no version names and that are older than a day.")
        .consider(
            "Telemetry",
            "Time from commit to the other device, conflicts, bytes saved by deduplication, quota used, blocks repaired.")
        .consider(
            "Security and permissions",
            "Blocks are encrypted at rest with a key for each account; folders are shared by role (view, edit) or by a signed link with expiry; limits by user and device.")
        .consider(
            "Microservices and job queues",
            "Blocks, metadata and notices fail alone: without notices devices still poll changes. Virus scan and previews are jobs after the commit.")
        .consider(
            "Stream and batch processing, search",
            "The log of changes feeds usage counts in windows; a batch compares rows with blocks each week; names and texts go into an inverted index for each user.")
        .consider(
            "Networking, front end, back end",
            "Parallel blocks over one HTTP/2 connection, with a limit that leaves the user's line free; the front end shows pending, synced and conflicted.")
        .build();
  }

  private static CapacityPlan plan() {
    return CapacityPlan.builder("file-drive")
        .assume("users", "50M", "with an account")
        .assume("active", "10M", "users on a day")
        .assume("uploads", "2/day", "files that an active user adds or changes")
        .assume("quota", "10 GB", "promised to each user")
        .assume("devices", "1..4", "that fetch a change")
        .step("writes", "active × uploads")
        .step("reads-per-write", "devices")
        .assume("object", "200 KB..1.25 MB")
        .assume("metadata", "1 KB")
        .assume("retention", "5 years")
        .assume("replication", "1.5")
        .assume("compression", "1.2..2")
        .assume("skew", "0")
        .assume("hit-target", "0%")
        .assume("data-fragments", "6", "of a block; replication - 1 times as many are added")
        .assume("row-copies", "3", "of users, files and versions")
        .assume("online", "20%..40%", "devices of active users connected in the busiest second")
        .assume("poll-wait", "60 s", "that a long poll is held")
        .assume("poll", "200 B", "a poll, or a notice")
        .assume("connection-memory", "20 KB", "buffers and keys of one connection")
        .step("allocated", "users × quota")
        .step("kept-per-user", "raw-storage ÷ users")
        .step("connections", "active × devices × online")
        .step("poll-rate", "connections ÷ poll-wait", "/s")
        .step("row-storage", "objects × metadata × row-copies")
        .assume("balancer-time", "0.2 ms", "a core's time to pass a request on")
        .assume("metadata-time", "10 ms", "a thread's time for a commit or a list of changes")
        .assume("block-time", "30 ms", "a thread's time to hash, code and move a block")
        .assume("poll-work", "0.5 ms", "a core's time for a poll or a notice")
        .assume("log-time", "1 ms", "a thread's time to append to or read from the queue")
        .assume("row-time", "2 ms", "a thread's time for a row on SSD")
        .assume("disk-time", "8 ms", "a disk's time for a fragment")
        .assume("cores", "16", "cores of a balancer or notifier")
        .assume("threads", "32", "requests that another server works at in parallel")
        .assume("disks", "60", "disks of a storage server")
        .assume("notifier-memory", "32 GB", "memory of a notifier for connections")
        .assume("database-server", "10 TB", "what a database server holds")
        .assume("storage-server", "1 PB", "what a storage server holds")
        .assume("spare-share", "25%", "servers beyond those that the data fills")
        .assume("server-availability", "99.9%", "share of time that one server works")
        .build();
  }
}

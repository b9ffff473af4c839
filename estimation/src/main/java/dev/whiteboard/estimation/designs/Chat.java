package dev.whiteboard.estimation.designs;

import dev.whiteboard.estimation.CapacityPlan;
import dev.whiteboard.estimation.Component;
import dev.whiteboard.estimation.ComponentKind;
import dev.whiteboard.estimation.Design;

/**
 * Connections end at gateways; a message is stored before it is delivered, and waits where nobody is connected.
 *
 * <p>Users, messages, sizes and the time kept are those of the WhatsApp exercise in github.com/karanpratapsingh/system-design:
 * 2 billion messages and 10.2 TB a day, 37.2 PB in ten years (published as about 38). Other numbers are guesses.
 */
final class Chat {
  private Chat() {}

  static Design design() {
    return Design.builder(plan())
        .description(
            "People write to each other, alone and in groups; who is away gets the messages later, in order, once.")
        .requirement(
            "Creation and accounts",
            "A user signs up with a phone number, adds devices, opens and leaves groups, sends texts and files.")
        .requirement(
            "Retrieval",
            "A message is with a connected recipient within a second; a device that returns gets what it missed in order.")
        .requirement(
            "Analytics",
            "Messages and bytes for each user and day, and delivery times; contents are encrypted and not looked at.")
        .requirement("Capacity", "A message that was acknowledged is not lost, and is shown once.")
        .call(
            "send(conversation_id, client_id, ciphertext)",
            "ack with sequence number; 401, 403 not a member, 429")
        .call("receive(last_sequence)", "a stream of messages after it; each is acknowledged")
        .call("upload(token, ciphertext)", "201 with a link; 401, 413, 429")
        .call("delete(conversation_id, sequence)", "204, and a tombstone to the others; 403, 404")
        .table(
            "users",
            "id PK, phone unique, device_keys, created_at",
            "sign in by phone; keys for a first message")
        .table(
            "members",
            "conversation_id, user_id FK users, joined_at, read_up_to, PK (conversation_id, user_id)",
            "whom to deliver to; a second index by user_id for the list of conversations")
        .table(
            "messages",
            "conversation_id, sequence, user_id FK users, client_id, body, sent_at, PK (conversation_id, sequence)",
            "a range after a sequence; (conversation_id, client_id) unique; joined to users for messages a day")
        .component(Component.of("client", ComponentKind.CLIENT, "Phone"))
        .component(Component.of("gateway", ComponentKind.SERVICE, "Connection gateway")
            .serviceTime("gateway-time")
            .workers("cores")
            .stores("connections × connection-memory")
            .capacity("gateway-memory")
            .spares("zone-share × connections × connection-memory ÷ gateway-memory")
            .availability("server-availability"))
        .component(Component.of("chat", ComponentKind.SERVICE, "Chat service")
            .serviceTime("chat-time")
            .workers("threads")
            .availability("server-availability"))
        .component(Component.of("sessions", ComponentKind.CACHE, "Who is where")
            .serviceTime("memory-time")
            .workers("cores")
            .stores("connections × session-entry")
            .capacity("cache-server")
            .copies("2")
            .availability("server-availability"))
        .component(Component.of("messages", ComponentKind.STORE, "Messages")
            .serviceTime("row-time")
            .workers("threads")
            .stores("text-storage")
            .capacity("database-server")
            .spares("spare-share × text-storage ÷ database-server")
            .copies("replication")
            .availability("server-availability"))
        .component(Component.of("notify", ComponentKind.SERVICE, "Push notifier")
            .serviceTime("notify-time")
            .workers("threads")
            .availability("server-availability"))
        .component(Component.of("media", ComponentKind.SERVICE, "Media service")
            .serviceTime("media-time")
            .workers("threads")
            .availability("server-availability"))
        .component(Component.of("files", ComponentKind.STORE, "Media files")
            .serviceTime("disk-time")
            .workers("disks")
            .stores("media-storage")
            .capacity("storage-server")
            .spares("spare-share × media-storage ÷ storage-server")
            .copies("replication")
            .availability("server-availability"))
        .arrow("client", "gateway", "send", "peak-write-rate", "text")
        .arrow("gateway", "chat", "send", "peak-write-rate", "text")
        .arrow("chat", "messages", "append each copy", "peak-write-rate × replication", "text")
        .arrow("chat", "sessions", "where is each recipient", "peak-read-rate", "session-entry")
        .arrow("chat", "gateway", "deliver", "peak-read-rate × online", "text")
        .arrow("gateway", "client", "deliver, at once or later", "peak-read-rate", "text")
        .arrow("chat", "notify", "wake the phone", "peak-read-rate × (1 - online)", "session-entry")
        .arrow("gateway", "chat", "what was missed", "peak-read-rate × (1 - online)", "text")
        .arrow("chat", "messages", "what was missed", "peak-read-rate × (1 - online)", "text")
        .arrow("client", "media", "upload a file", "peak-write-rate × media-share", "media-file")
        .arrow("client", "media", "fetch a file", "peak-read-rate × media-share", "media-file")
        .arrow(
            "media",
            "files",
            "write each copy",
            "peak-write-rate × media-share × replication",
            "media-file")
        .arrow("media", "files", "read", "peak-read-rate × media-share", "media-file")
        .route("send", "client", "gateway", "chat", "messages")
        .route("be told at once", "chat", "gateway", "client")
        .route("catch up", "gateway", "chat", "messages")
        .route("fetch a file", "client", "media", "files")
        .algorithm(
            "Send: the gateway hands the message to the shard that owns the conversation; that shard gives it the next sequence number, appends it with its copies, and only then acknowledges. A client that hears nothing sends again with the same client_id, and the unique key makes the repetition harmless: at least once on the wire, once on the screen.")
        .algorithm(
            "Deliver: look up the recipients' sessions, send to the gateway of each that is connected, wake the others by their phone's push service. A delivery that is lost is found by the receiver, since sequence numbers have a gap; it asks for the range.")
        .algorithm(
            "Presence: a connection renews its session entry by heartbeat, and the entry expires after three missed ones. A client connects to any gateway; a new one after a failure waits with full jitter, so that a gateway's clients do not arrive together.")
        .algorithm(
            "Groups fan out on delivery, not on writing: a message is one row, and each member has a mark up to which it was read. Files are encrypted by the sender, uploaded once, and sent as a link with the key.")
        .tradeOff(
            "Long-lived connections",
            "a message needs no polling, and is there in tens of milliseconds",
            "gateways are stateful: a deployment drains hundreds of thousands of connections from each server")
        .tradeOff(
            "Store before delivery",
            "an acknowledged message survives any one server",
            "a write to three copies stands before every acknowledgement")
        .tradeOff(
            "Order within a conversation only",
            "one shard numbers it, no agreement between shards",
            "two conversations may be seen in different orders; a busy group is bound to one shard")
        .tradeOff(
            "End-to-end encryption",
            "a stolen store shows nothing",
            "no search, spam filter or thumbnails on the server; a new device gets its history from the old one")
        .consider(
            "Data partitioning",
            "Messages by conversation, so that a range is on one shard; sessions by user; files by consistent hashing of their id.")
        .consider(
            "Caching",
            "None for messages: each is read about once a device, so hit-target is 0 %. The phone keeps the history; session entries live in memory, since they can be rebuilt by reconnecting.")
        .consider(
            "Load balancing",
            "New connections go to the gateway that has fewest; old ones stay, so a new gateway fills slowly. Gateways are half as many again as needed, so that one zone of three may fail.")
        .consider(
            "Purging and clean-up",
            "Messages past retention by dropping time-ranged segments; files without a message by a sweep; tombstones after all devices have them.")
        .consider(
            "Telemetry",
            "Connections and reconnects by gateway, time from send to delivery, gaps found, age of the oldest message not delivered.")
        .consider(
            "Security and permissions",
            "TLS to the gateway, keys that change with each message end to end; membership is checked on each send; limits by user and by new contacts a day.")
        .consider(
            "Microservices and job queues",
            "Gateways do nothing but hold connections, so they are rarely deployed; waking phones is a queue with retries and an expiry.")
        .consider(
            "Stream and batch processing, search",
            "Counts for each user and day are summed from the append log; search is on the phone, over decrypted messages.")
        .consider(
            "Networking, front end, back end",
            "One WebSocket with heartbeats below the idle timeout of mobile networks; the front end shows sent, delivered and read from acknowledgements.")
        .build();
  }

  private static CapacityPlan plan() {
    return CapacityPlan.builder("chat")
        .assume("users", "50M", "who write on a day")
        .assume("messages", "40/day", "of one user")
        .assume("text", "100 B", "one message")
        .assume("media-share", "5%", "messages with a file")
        .assume("media-file", "100 KB", "one file")
        .assume("recipients", "1..4", "of a message, groups included")
        .step("writes", "users × messages")
        .step("reads-per-write", "recipients")
        .step("object", "text + media-share × media-file")
        .assume("retention", "10 years")
        .assume("replication", "3")
        .assume("skew", "0")
        .assume("hit-target", "0%")
        .assume("online", "30%..50%", "users connected in the busiest second")
        .assume("connection-memory", "20 KB", "buffers, keys and session of one connection")
        .assume("session-entry", "64 B", "user, device and gateway")
        .step("text-per-day", "writes × text")
        .step("media-per-day", "writes × media-share × media-file")
        .step("connections", "users × online")
        .step("text-storage", "objects × text × replication")
        .step("media-storage", "objects × media-share × media-file × replication")
        .assume("gateway-memory", "16 GB", "memory of a gateway for connections")
        .assume("cache-server", "64 GB", "what a memory server holds")
        .assume("database-server", "20 TB", "what a database server holds")
        .assume("storage-server", "1 PB", "what a storage server holds")
        .assume("gateway-time", "0.1 ms", "a core's time to pass a message on")
        .assume("chat-time", "2 ms", "a thread's time for a message")
        .assume("memory-time", "0.05 ms", "a core's time for an entry in memory")
        .assume("row-time", "1 ms", "a thread's time for a row on SSD")
        .assume("notify-time", "5 ms", "a thread's time to call the phone's push service")
        .assume("media-time", "20 ms", "a thread's time for a file")
        .assume("disk-time", "8 ms", "a disk's time for a file")
        .assume("cores", "8", "cores of a gateway or memory server")
        .assume("threads", "32", "requests that another server works at in parallel")
        .assume("disks", "60", "disks of a storage server")
        .assume("zone-share", "50%", "gateways beyond those needed, for one zone of three")
        .assume("spare-share", "25%", "servers beyond those that the data fills")
        .assume("server-availability", "99.9%", "share of time that one server works")
        .build();
  }
}

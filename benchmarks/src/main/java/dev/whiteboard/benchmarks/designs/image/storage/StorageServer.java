package dev.whiteboard.benchmarks.designs.image.storage;

import com.google.common.hash.Hashing;
import dev.whiteboard.benchmarks.designs.http.Call;
import dev.whiteboard.benchmarks.designs.http.Problem;
import dev.whiteboard.benchmarks.designs.http.Server;
import dev.whiteboard.benchmarks.designs.http.ServerBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A storage node: a {@link FileStore} over HTTP.
 *
 * <pre>
 *   PUT    /files/{id}   writes a file; Content-Digest (RFC 9530) must match
 *   GET    /files/{id}   reads it; 404 if it is not there, 500 if it is damaged
 *   DELETE /files/{id}   removes it
 *   GET    /files        lists the ids, one a line
 *   GET    /usage        files and bytes
 * </pre>
 *
 * <p>All of it is for the other servers alone: they show the cluster's key.
 */
public final class StorageServer implements AutoCloseable {
  /** The longest file. */
  public static final int MAX_BYTES = 64 << 20;

  /** What a node keeps. */
  public record Usage(long files, long bytes) {}

  private final byte[] authorization;
  private final FileStore store;
  private final Server server;

  private StorageServer(FileStore store, String clusterKey, ServerBuilder server) {
    this.store = store;
    authorization = authorization(clusterKey).getBytes(StandardCharsets.UTF_8);
    this.server = server
        .route("PUT", "/files/{id}", this::put)
        .route("GET", "/files/{id}", this::get)
        .route("DELETE", "/files/{id}", this::delete)
        .route("GET", "/files", this::list)
        .route("GET", "/usage", this::usage)
        .start();
  }

  /**
   * Starts a node.
   *
   * @param folder where its files are
   * @param forced whether a write waits until the disk has it
   * @param clusterKey what the other servers show
   * @param server its name, port and limits
   * @throws IOException if the folder cannot be used
   */
  public static StorageServer start(
      Path folder, boolean forced, String clusterKey, ServerBuilder server) throws IOException {
    return new StorageServer(new FileStore(folder, forced), clusterKey, server);
  }

  /** The address that it listens on. */
  public URI uri() {
    return server.uri();
  }

  @Override
  public void close() {
    server.close();
  }

  private void put(Call call) throws IOException {
    long id = id(call);
    byte[] content = call.body(MAX_BYTES);
    if (!call.header("Content-Digest").equals(Optional.of(digest(content)))) {
      throw Problem.of(400, "Content-Digest must be that of the body");
    }
    store.put(id, content);
    call.reply(204);
  }

  private void get(Call call) throws IOException {
    long id = id(call);
    try {
      byte[] content = store.get(id).orElseThrow(() -> Problem.of(404, "there is no file " + id));
      call.set("Content-Digest", digest(content)).bytes(200, ByteBuffer.wrap(content));
    } catch (DamagedFileException e) {
      throw Problem.of(500, "file " + id + " is damaged");
    }
  }

  private void delete(Call call) throws IOException {
    if (!store.delete(id(call))) {
      throw Problem.of(404, "there is no such file");
    }
    call.reply(204);
  }

  private void list(Call call) throws IOException {
    checkKey(call);
    call.text(
        200,
        "text/plain",
        Arrays.stream(store.ids()).mapToObj(Long::toString).collect(Collectors.joining("\n")));
  }

  private void usage(Call call) {
    checkKey(call);
    call.reply(200, new Usage(store.files(), store.bytes()));
  }

  private long id(Call call) {
    checkKey(call);
    String text = call.part("id");
    if (!text.matches("[0-9]{1,18}")) {
      throw Problem.of(400, "a file's name must be a number");
    }
    return Long.parseLong(text);
  }

  private void checkKey(Call call) {
    byte[] shown = call.header("Authorization").orElse("").getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(shown, authorization)) {
      throw Problem.of(401, "only the cluster's servers may come here");
    }
  }

  /** The header field that shows the cluster's key. */
  static String authorization(String clusterKey) {
    return "Bearer " + clusterKey;
  }

  /** The header field that tells a body's checksum. */
  static String digest(byte[] content) {
    byte[] sha256 = Hashing.sha256().hashBytes(content).asBytes();
    return "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":";
  }
}

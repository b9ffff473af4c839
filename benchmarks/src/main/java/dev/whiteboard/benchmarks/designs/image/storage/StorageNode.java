package dev.whiteboard.benchmarks.designs.image.storage;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import dev.whiteboard.benchmarks.designs.http.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/**
 * A storage node as the other servers see it: its name, the zone that fails together with it, and its address.
 *
 * <p><b>Thread safety.</b> Safe.
 */
public final class StorageNode {
  private final String name;
  private final String zone;
  private final URI uri;
  private final HttpClient client;
  private final String authorization;

  /** Creates a client of the node that listens on {@code uri}. */
  public StorageNode(String name, String zone, URI uri, HttpClient client, String clusterKey) {
    this.name = requireNonNull(name, "name");
    this.zone = requireNonNull(zone, "zone");
    this.uri = requireNonNull(uri, "uri");
    this.client = requireNonNull(client, "client");
    authorization = StorageServer.authorization(clusterKey);
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** What fails together with it. */
  public String zone() {
    return zone;
  }

  void put(long id, byte[] content) throws IOException {
    Reply reply = send(ClassicRequestBuilder.put(file(id))
        .setHeader("Content-Digest", StorageServer.digest(content))
        .setEntity(content, ContentType.APPLICATION_OCTET_STREAM));
    check(reply, 204);
  }

  /** The file, or nothing if the node does not have it. */
  Optional<byte[]> get(long id) throws IOException {
    Reply reply = send(ClassicRequestBuilder.get(file(id)));
    if (reply.status() == 404) {
      return Optional.empty();
    }
    check(reply, 200);
    if (!reply.field("Content-Digest").equals(Optional.of(StorageServer.digest(reply.body())))) {
      throw new IOException(name + " sent file " + id + " damaged");
    }
    return Optional.of(reply.body());
  }

  boolean delete(long id) throws IOException {
    Reply reply = send(ClassicRequestBuilder.delete(file(id)));
    if (reply.status() == 404) {
      return false;
    }
    check(reply, 204);
    return true;
  }

  long[] ids() throws IOException {
    Reply reply = send(ClassicRequestBuilder.get(uri.resolve("/files")));
    check(reply, 200);
    return reply.text().lines().mapToLong(Long::parseLong).toArray();
  }

  /** What it keeps. */
  public StorageServer.Usage usage() throws IOException {
    Reply reply = send(ClassicRequestBuilder.get(uri.resolve("/usage")));
    check(reply, 200);
    return new Gson().fromJson(reply.text(), StorageServer.Usage.class);
  }

  private URI file(long id) {
    return uri.resolve("/files/" + id);
  }

  private Reply send(ClassicRequestBuilder request) throws IOException {
    return Reply.to(request.setHeader("Authorization", authorization).build(), client);
  }

  private void check(Reply reply, int expected) throws IOException {
    if (reply.status() != expected) {
      throw new IOException(name + " answered " + reply.status() + ": " + reply.text());
    }
  }

  @Override
  public String toString() {
    return name;
  }
}

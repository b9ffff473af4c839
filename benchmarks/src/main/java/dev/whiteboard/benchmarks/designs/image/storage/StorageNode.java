package dev.whiteboard.benchmarks.designs.image.storage;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A storage node as the other servers see it: its name, the zone that fails together with it, and its address.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class StorageNode {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Gson GSON = new Gson();

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
    HttpResponse<byte[]> response = send(request("/files/" + id)
        .header("Content-Digest", StorageServer.digest(content))
        .PUT(BodyPublishers.ofByteArray(content)));
    check(response, 204);
  }

  /** The file, or nothing if the node does not have it. */
  Optional<byte[]> get(long id) throws IOException {
    HttpResponse<byte[]> response = send(request("/files/" + id).GET());
    if (response.statusCode() == 404) {
      return Optional.empty();
    }
    check(response, 200);
    byte[] content = response.body();
    String digest = response.headers().firstValue("Content-Digest").orElse("");
    if (!digest.equals(StorageServer.digest(content))) {
      throw new IOException(name + " sent file " + id + " damaged");
    }
    return Optional.of(content);
  }

  boolean delete(long id) throws IOException {
    HttpResponse<byte[]> response = send(request("/files/" + id).DELETE());
    if (response.statusCode() == 404) {
      return false;
    }
    check(response, 204);
    return true;
  }

  long[] ids() throws IOException {
    HttpResponse<byte[]> response = send(request("/files").GET());
    check(response, 200);
    return text(response).lines().mapToLong(Long::parseLong).toArray();
  }

  /** What it keeps. */
  public StorageServer.Usage usage() throws IOException {
    HttpResponse<byte[]> response = send(request("/usage").GET());
    check(response, 200);
    return GSON.fromJson(text(response), StorageServer.Usage.class);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri.resolve(path))
        .timeout(TIMEOUT)
        .header("Authorization", authorization);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + name, e);
    }
  }

  private void check(HttpResponse<byte[]> response, int expected) throws IOException {
    if (response.statusCode() != expected) {
      throw new IOException(name + " answered " + response.statusCode() + ": " + text(response));
    }
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return name;
  }
}

package dev.whiteboard.benchmarks.designs.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Somebody with a browser, signed in or not. */
final class Client {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final URI write;
  private final URI retrieval;
  private final String token;

  private Client(URI write, URI retrieval, String token) {
    this.write = write;
    this.retrieval = retrieval;
    this.token = token;
  }

  static Client of(ImageSystem system) {
    return of(system.writeUri(), system.retrievalUri());
  }

  static Client of(URI write, URI retrieval) {
    return new Client(write, retrieval, "");
  }

  Client signUp(String name) {
    HttpResponse<byte[]> response =
        post("/users", "{\"name\": \"%s\", \"password\": \"correct horse\"}".formatted(name));
    assertEquals(201, response.statusCode(), () -> text(response));
    return new Client(write, retrieval, json(response).get("token").getAsString());
  }

  HttpResponse<byte[]> upload(String title, boolean isPublic, byte[] image) {
    return upload(title, isPublic, BodyPublishers.ofByteArray(image));
  }

  HttpResponse<byte[]> upload(String title, boolean isPublic, BodyPublisher image) {
    String query = "title=" + URLEncoder.encode(title, StandardCharsets.UTF_8).replace("+", "%20")
        + "&public=" + isPublic;
    return send(request(write, "/images?" + query).POST(image));
  }

  HttpResponse<byte[]> uploadTagged(String title, boolean isPublic, String tags, byte[] image) {
    String encoded = URLEncoder.encode(tags, StandardCharsets.UTF_8);
    return send(
        request(write, "/images?title=" + title + "&public=" + isPublic + "&tags=" + encoded)
            .POST(BodyPublishers.ofByteArray(image)));
  }

  /** Uploads an image, which must be accepted, and returns its code. */
  String add(String title, boolean isPublic, byte[] image) {
    HttpResponse<byte[]> response = upload(title, isPublic, image);
    assertEquals(201, response.statusCode(), () -> text(response));
    return json(response).get("code").getAsString();
  }

  HttpResponse<byte[]> get(String target, String... fields) {
    HttpRequest.Builder request = request(retrieval, target).GET();
    return send(fields.length == 0 ? request : request.headers(fields));
  }

  HttpResponse<byte[]> getFromWrite(String target) {
    return send(request(write, target).GET());
  }

  HttpResponse<byte[]> post(String target, String json) {
    return send(request(write, target).POST(BodyPublishers.ofString(json)));
  }

  HttpResponse<byte[]> put(String target, String json) {
    return send(request(write, target).PUT(BodyPublishers.ofString(json)));
  }

  HttpResponse<byte[]> delete(String target) {
    return send(request(write, target).DELETE());
  }

  private HttpRequest.Builder request(URI server, String target) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(target)).timeout(Duration.ofSeconds(20));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonObject json(HttpResponse<byte[]> response) {
    return JsonParser.parseString(text(response)).getAsJsonObject();
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  static String field(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}

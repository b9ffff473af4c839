package dev.whiteboard.benchmarks.designs.http;

import com.google.common.io.ByteStreams;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request and its answer. */
public final class Call {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
  private static final int MAX_JSON = 10_000;

  private final HttpServerExchange exchange;
  private final Server server;

  Call(HttpServerExchange exchange, Server server) {
    this.exchange = exchange;
    this.server = server;
  }

  /** The method, in capitals. */
  public String method() {
    return exchange.getRequestMethod().toString();
  }

  /** The path as it came, without the query. */
  public String path() {
    return exchange.getRequestURI();
  }

  /** The path and the query as they came. */
  public String target() {
    String query = exchange.getQueryString();
    return query.isEmpty() ? path() : path() + "?" + query;
  }

  /** A parameter of the query or, by the name in the route's braces, a part of the path. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(exchange.getQueryParameters().get(name)).map(Deque::peekFirst);
  }

  /** All parameters of the query by that name, in order. */
  public List<String> parameters(String name) {
    return Optional.ofNullable(exchange.getQueryParameters().get(name))
        .map(List::copyOf)
        .orElse(List.of());
  }

  /** A part of the path, which every request of the route has. */
  public String part(String name) {
    return parameter(name).orElseThrow(() -> new IllegalStateException("no " + name + " in route"));
  }

  /** A header field of the request. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /** A cookie of the request. */
  public Optional<String> cookie(String name) {
    return Optional.ofNullable(exchange.getRequestCookie(name)).map(cookie -> cookie.getValue());
  }

  /** The client's address; if the server stands behind a proxy that is trusted, the address that the proxy names. */
  public String address() {
    String peer = exchange.getSourceAddress().getAddress().getHostAddress();
    return server.behindProxy() ? header("X-Forwarded-For").orElse(peer) : peer;
  }

  /**
   * Reads the whole body.
   *
   * @throws Problem 413 if it is longer than {@code maxBytes}; at most one byte more than that has been kept
   * @throws IOException if the client went away, or took too long
   */
  public byte[] body(int maxBytes) throws IOException {
    if (exchange.getRequestContentLength() > maxBytes) {
      throw tooLarge(maxBytes);
    }
    if (!exchange.isBlocking()) {
      exchange.startBlocking();
    }
    InputStream body = exchange.getInputStream();
    byte[] bytes = ByteStreams.limit(body, maxBytes + 1L).readAllBytes();
    if (bytes.length > maxBytes) {
      throw tooLarge(maxBytes);
    }
    return bytes;
  }

  private Problem tooLarge(int maxBytes) {
    exchange.setPersistent(false);
    return Problem.of(413, "the body must have at most " + maxBytes + " bytes");
  }

  /**
   * Reads the body as JSON.
   *
   * @param type a record
   *
   * @throws Problem 400 if it is no JSON or lacks a member; 413 if it is longer than 10,000 bytes
   */
  public <T> T json(Class<T> type) throws IOException {
    String text = new String(body(MAX_JSON), StandardCharsets.UTF_8);
    try {
      JsonObject members = GSON.fromJson(text, JsonObject.class);
      for (var component : type.getRecordComponents()) {
        if (members == null
            || !members.has(component.getName())
            || members.get(component.getName()).isJsonNull()) {
          throw Problem.of(400, "the body must be JSON with the member " + component.getName());
        }
      }
      return GSON.fromJson(members, type);
    } catch (JsonParseException e) {
      throw Problem.of(400, "the body must be a JSON object with members of the right types");
    }
  }

  /** Sets a header field of the answer. */
  public Call set(String field, String value) {
    exchange.getResponseHeaders().put(HttpString.tryFromString(field), value);
    return this;
  }

  /** Sets header fields of the answer. */
  public Call set(Map<String, String> fields) {
    fields.forEach(this::set);
    return this;
  }

  /** Answers without a body. */
  public void reply(int status) {
    exchange.setStatusCode(status);
    exchange.endExchange();
  }

  /** Answers with a record, map or list as JSON. */
  public void reply(int status, Object value) {
    text(status, "application/json", GSON.toJson(value));
  }

  /** Answers with a text. */
  public void text(int status, String contentType, String text) {
    set("Content-Type", contentType);
    exchange.setStatusCode(status);
    exchange.getResponseSender().send(text, StandardCharsets.UTF_8);
  }

  /** Answers with bytes, which the caller must not change any more. */
  public void bytes(int status, ByteBuffer bytes) {
    exchange.setStatusCode(status);
    exchange.setResponseContentLength(bytes.remaining());
    Sender sender = exchange.getResponseSender();
    sender.send(bytes);
  }

  /** Has another endpoint answer on a thread that may wait. */
  public void later(Endpoint endpoint) {
    server.dispatch(exchange, endpoint);
  }

  void fail(Problem problem) {
    if (exchange.isResponseStarted()) {
      exchange.setPersistent(false);
      exchange.endExchange();
      return;
    }
    exchange.getResponseHeaders().remove(Headers.ETAG);
    set(problem.fields()).text(problem.status(), "application/problem+json", json(problem));
  }

  private static String json(Problem problem) {
    return GSON.toJson(problem.members());
  }
}

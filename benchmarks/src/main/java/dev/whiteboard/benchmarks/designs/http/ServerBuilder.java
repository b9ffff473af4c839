package dev.whiteboard.benchmarks.designs.http;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.undertow.server.HttpHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Describes a {@link Server}. */
public final class ServerBuilder {
  /** A page: which requests it takes, and whether its endpoint may wait for a disk, a database or another server. */
  record Route(String method, String template, boolean waits, Endpoint endpoint) {}

  final String name;
  final List<Route> routes = new ArrayList<>();
  Optional<IoThreads> io = Optional.empty();
  int port;
  boolean behindProxy;
  Duration timeout = Duration.ofSeconds(30);
  MeterRegistry meters = new SimpleMeterRegistry();
  Ticker ticker = Ticker.systemTicker();
  Optional<HttpHandler> fallback = Optional.empty();

  ServerBuilder(String name) {
    this.name = name;
  }

  /**
   * Adds a route whose endpoint may wait.
   *
   * @param method for instance {@code GET}
   * @param template a path with names in braces for parts that differ, for instance <code>/files/{id}</code>
   * @param endpoint what answers
   */
  public ServerBuilder route(String method, String template, Endpoint endpoint) {
    routes.add(new Route(method, template, true, endpoint));
    return this;
  }

  /** Adds a route whose endpoint never waits, and so needs no thread of its own. */
  public ServerBuilder quickRoute(String method, String template, Endpoint endpoint) {
    routes.add(new Route(method, template, false, endpoint));
    return this;
  }

  /** Sets what answers requests that no route takes; 404 unless set. */
  public ServerBuilder fallback(HttpHandler handler) {
    fallback = Optional.of(handler);
    return this;
  }

  /** Shares threads with other servers, which the caller stops after them; unless set, the server has its own. */
  public ServerBuilder io(IoThreads threads) {
    io = Optional.of(threads);
    return this;
  }

  /**
   * Sets the port.
   *
   * @param port in [0, 65535]; 0, the default, is any that is free
   * @throws IllegalArgumentException if {@code port} is out of range
   */
  public ServerBuilder port(int port) {
    checkArgument(port >= 0 && port <= 65_535, "port must be in [0, 65535], was %s", port);
    this.port = port;
    return this;
  }

  /**
   * Sets how long a request may take, its body and its answer included.
   *
   * @param timeout from 1 ms to 1 hour; 30 seconds unless set
   * @throws IllegalArgumentException if {@code timeout} is out of range
   */
  public ServerBuilder timeout(Duration timeout) {
    checkArgument(
        timeout.toMillis() >= 1 && timeout.compareTo(Duration.ofHours(1)) <= 0,
        "timeout must be in [1 ms, 1 h], was %s",
        timeout);
    this.timeout = timeout;
    return this;
  }

  /** Believes the address that {@code X-Forwarded-For} names. Only for a server that nobody but the proxy can reach. */
  public ServerBuilder behindProxy(boolean behindProxy) {
    this.behindProxy = behindProxy;
    return this;
  }

  /** Sets where requests are counted and timed. */
  public ServerBuilder meters(MeterRegistry meters) {
    this.meters = requireNonNull(meters, "meters");
    return this;
  }

  /** Sets the source of elapsed time. */
  public ServerBuilder ticker(Ticker ticker) {
    this.ticker = requireNonNull(ticker, "ticker");
    return this;
  }

  /** Starts the server. */
  public Server start() {
    return new Server(this);
  }
}

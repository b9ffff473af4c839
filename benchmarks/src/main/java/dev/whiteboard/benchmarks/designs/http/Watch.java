package dev.whiteboard.benchmarks.designs.http;

import com.google.common.base.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Times each request and writes a line about it: errors of the server as warnings, reads that went well as debug, so that ten
 * thousand a second do not wait for the log, and all others as information.
 */
final class Watch {
  /** What requests of one kind have in common. */
  private record Kind(String method, String route, int status) {}

  private final String server;
  private final MeterRegistry meters;
  private final Ticker ticker;
  private final Logger log;
  private final AttachmentKey<String> routeKey;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  Watch(ServerBuilder settings, Logger log, AttachmentKey<String> routeKey) {
    server = settings.name;
    meters = settings.meters;
    ticker = settings.ticker;
    this.log = log;
    this.routeKey = routeKey;
  }

  HttpHandler around(HttpHandler next) {
    return exchange -> {
      long start = ticker.read();
      exchange.addExchangeCompleteListener((done, listener) -> {
        note(done, ticker.read() - start);
        listener.proceed();
      });
      next.handleRequest(exchange);
    };
  }

  private void note(HttpServerExchange exchange, long nanos) {
    String route = exchange.getAttachment(routeKey);
    String method = exchange.getRequestMethod().toString();
    int status = exchange.getStatusCode();
    // Clients can invent methods and paths, and each would be a timer.
    Kind kind = route == null ? new Kind("any", "none", status) : new Kind(method, route, status);
    timers.computeIfAbsent(kind, this::timer).record(nanos, TimeUnit.NANOSECONDS);
    log.atLevel(level(method, status))
        .log(
            "{} {} {} {} B {} us",
            method,
            exchange.getRequestURI(),
            status,
            exchange.getResponseBytesSent(),
            nanos / 1000);
  }

  private static Level level(String method, int status) {
    return status >= 500
        ? Level.WARN
        : method.equals("GET") && status < 400 ? Level.DEBUG : Level.INFO;
  }

  private Timer timer(Kind kind) {
    return Timer.builder("http.requests")
        .tag("server", server)
        .tag("method", kind.method)
        .tag("route", kind.route)
        .tag("status", Integer.toString(kind.status))
        .publishPercentiles(0.5, 0.99)
        .register(meters);
  }
}

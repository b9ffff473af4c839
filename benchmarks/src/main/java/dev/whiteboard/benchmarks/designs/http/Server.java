package dev.whiteboard.benchmarks.designs.http;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.server.handlers.GracefulShutdownHandler;
import io.undertow.util.AttachmentKey;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.XnioExecutor;

/**
 * One HTTP server on the loopback address.
 *
 * <p><b>Limits.</b> A header must arrive within 5 seconds, a request be answered within {@code timeout}, and no more than 2,048
 * requests wait for a thread or have one; the next is told 503. How large a body may be is said where it is read.
 *
 * <p><b>Shutdown.</b> {@link #close} takes no new requests (503), lets those under way finish for up to {@code timeout}, and
 * frees the port.
 *
 * <p><b>Thread safety.</b> Safe.
 */
public final class Server implements AutoCloseable {
  private static final int HEADER_MILLIS = 5_000;
  private static final int IDLE_MILLIS = 60_000;
  private static final int MAX_WAITING = 2048;
  private static final int WORKERS = 16;
  private static final long IDLE_SECONDS = 30;
  private static final AttachmentKey<String> ROUTE = AttachmentKey.create(String.class);

  private final ServerBuilder settings;
  private final Logger log;
  private final Semaphore room = new Semaphore(MAX_WAITING);
  private final GracefulShutdownHandler door;
  private final IoThreads io;
  private final ThreadPoolExecutor workers;
  private final Undertow undertow;

  Server(ServerBuilder settings) {
    this.settings = settings;
    log = LoggerFactory.getLogger("dev.whiteboard.benchmarks.designs.http." + settings.name);
    io = settings.io.orElseGet(IoThreads::start);
    workers = new ThreadPoolExecutor(
        WORKERS,
        WORKERS,
        IDLE_SECONDS,
        SECONDS,
        new LinkedBlockingQueue<>(),
        new ThreadFactoryBuilder().setNameFormat(settings.name + "-%d").build());
    workers.allowCoreThreadTimeOut(true);
    door = new GracefulShutdownHandler(new Watch(settings, log, ROUTE).around(routes()));
    undertow = Undertow.builder()
        .addHttpListener(settings.port, "127.0.0.1")
        .setWorker(io.worker())
        .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, HEADER_MILLIS)
        .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MILLIS)
        .setServerOption(UndertowOptions.ALWAYS_SET_DATE, true)
        .setHandler(door)
        .build();
    undertow.start();
  }

  /** Starts to describe a server; {@code name} is for logs and metrics. */
  public static ServerBuilder builder(String name) {
    return new ServerBuilder(requireNonNull(name, "name"));
  }

  /** The port that it listens on. */
  public int port() {
    return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
  }

  /** The address that it listens on, without a path. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port());
  }

  boolean behindProxy() {
    return settings.behindProxy;
  }

  private HttpHandler routes() {
    RoutingHandler routing = new RoutingHandler();
    settings.routes.forEach(route -> routing.add(route.method(), route.template(), exchange -> {
      exchange.putAttachment(ROUTE, route.template());
      if (route.waits()) {
        dispatch(exchange, route.endpoint());
      } else {
        answer(exchange, route.endpoint());
      }
    }));
    routing.setFallbackHandler(settings.fallback.orElse(
        exchange -> new Call(exchange, this).fail(Problem.of(404, "there is no such page"))));
    routing.setInvalidMethodHandler(exchange ->
        new Call(exchange, this).fail(Problem.of(405, "this page does not take that method")));
    return routing;
  }

  /** Has a thread answer that may wait. */
  void dispatch(HttpServerExchange exchange, Endpoint endpoint) {
    if (!room.tryAcquire()) {
      new Call(exchange, this).fail(Problem.of(503, "too busy").with("Retry-After", "1"));
      return;
    }
    XnioExecutor.Key alarm = exchange
        .getIoThread()
        .executeAfter(() -> abort(exchange), settings.timeout.toMillis(), MILLISECONDS);
    exchange.addExchangeCompleteListener((ignored, next) -> {
      alarm.remove();
      room.release();
      next.proceed();
    });
    Runnable task = () -> {
      exchange.startBlocking();
      answer(exchange, endpoint);
    };
    if (exchange.isInIoThread()) {
      exchange.dispatch(workers, task);
    } else {
      exchange.dispatch(SameThreadExecutor.INSTANCE, task);
    }
  }

  private void abort(HttpServerExchange exchange) {
    if (!exchange.isComplete()) {
      log.warn("{} took longer than {}", exchange.getRequestURI(), settings.timeout);
      try {
        exchange.getConnection().close();
      } catch (IOException e) {
        log.debug("closing", e);
      }
    }
  }

  private void answer(HttpServerExchange exchange, Endpoint endpoint) {
    Call call = new Call(exchange, this);
    try {
      endpoint.handle(call);
    } catch (Problem problem) {
      call.fail(problem);
    } catch (IOException e) {
      log.debug("the connection broke", e);
      call.fail(Problem.of(400, "the request broke off"));
    } catch (Exception e) {
      log.error("{} {} failed", call.method(), call.path(), e);
      call.fail(Problem.of(500, "something went wrong; it has been logged"));
    }
  }

  @Override
  public void close() {
    door.shutdown();
    try {
      door.awaitShutdown(settings.timeout.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    undertow.stop();
    workers.shutdown();
    if (settings.io.isEmpty()) {
      io.close();
    }
  }
}

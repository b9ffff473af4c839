package dev.whiteboard.benchmarks.designs.image;

import com.google.common.io.Resources;
import dev.whiteboard.benchmarks.designs.http.Server;
import dev.whiteboard.benchmarks.designs.http.ServerBuilder;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import io.undertow.util.Methods;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * The one door for browsers: the page, the live board, and a proxy that passes reads of images to the retrieval service and
 * all else to the write service.
 */
final class FrontServer implements AutoCloseable {
  private static final int MAX_MILLIS = 30_000;

  private final Server server;

  FrontServer(URI write, URI retrieval, Board board, ServerBuilder server) throws IOException {
    String page = Resources.toString(
        Resources.getResource(FrontServer.class, "page.html"), StandardCharsets.UTF_8);
    HttpHandler toWrite = proxy(write);
    HttpHandler toRetrieval = proxy(retrieval);
    this.server = server
        .quickRoute(
            "GET",
            "/",
            call -> call.set(
                    "Content-Security-Policy",
                    "default-src 'none'; img-src 'self' blob:; connect-src 'self';"
                        + " style-src 'unsafe-inline'; script-src 'unsafe-inline'")
                .text(200, "text/html; charset=utf-8", page))
        .route("GET", "/board", call -> call.reply(200, board.read()))
        .fallback(exchange -> {
          boolean reads = exchange.getRequestMethod().equals(Methods.GET)
              || exchange.getRequestMethod().equals(Methods.HEAD);
          String path = exchange.getRequestPath();
          boolean image = path.startsWith(ImagePage.PATH) || path.startsWith("/images");
          (reads && image ? toRetrieval : toWrite).handleRequest(exchange);
        })
        .start();
  }

  private static HttpHandler proxy(URI target) {
    return ProxyHandler.builder()
        .setProxyClient(new LoadBalancingProxyClient().addHost(target))
        .setMaxRequestTime(MAX_MILLIS)
        .build();
  }

  URI uri() {
    return server.uri();
  }

  @Override
  public void close() {
    server.close();
  }
}

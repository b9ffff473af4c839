package dev.whiteboard.benchmarks.designs.http;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;

/**
 * Clients of servers on this machine.
 *
 * <p>They wait on their own threads, which costs a quarter of the processor time of the JDK's client: that hands every
 * answer from thread to thread. There is no TLS, and so the JDK's certificates need not be loaded.
 */
public final class Loopback {
  private static final int CONNECT_SECONDS = 2;
  private static final int ANSWER_SECONDS = 5;

  private Loopback() {}

  /**
   * Creates a client, which the caller closes. It follows no redirects, keeps no cookies and tries nothing twice.
   *
   * @param connections how many it keeps to each server, at least 1
   * @throws IllegalArgumentException if {@code connections} is less than 1
   */
  public static CloseableHttpClient client(int connections) {
    checkArgument(connections >= 1, "connections must be >= 1, was %s", connections);
    return HttpClients.custom()
        .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
            .setTlsSocketStrategy((socket, host, port, attachment, context) -> {
              throw new SSLException("no TLS on the loopback address");
            })
            .setMaxConnPerRoute(connections)
            .setMaxConnTotal(Integer.MAX_VALUE)
            .setDefaultConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .build())
            .build())
        .setDefaultRequestConfig(RequestConfig.custom()
            .setResponseTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
            .build())
        .disableAutomaticRetries()
        .disableContentCompression()
        .disableCookieManagement()
        .disableRedirectHandling()
        .disableDefaultUserAgent()
        .build();
  }
}

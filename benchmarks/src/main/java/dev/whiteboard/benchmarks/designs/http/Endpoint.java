package dev.whiteboard.benchmarks.designs.http;

/** Answers the requests of one route. */
@FunctionalInterface
public interface Endpoint {
  /**
   * Answers a request through {@code call}.
   *
   * @throws Problem if the answer is an error
   * @throws Exception if something failed that is not the client's fault; the answer is 500
   */
  void handle(Call call) throws Exception;
}

package dev.whiteboard.benchmarks.designs.image;

import dev.whiteboard.benchmarks.designs.image.storage.StorageCluster;
import dev.whiteboard.benchmarks.designs.image.storage.StorageNode;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The live board: a few numbers of now, for the page and, as gauges, for {@code /metrics}. */
final class Board {
  /**
   * The numbers.
   *
   * @param requests answered by all servers since the start
   * @param p50Millis of reads, over the last minutes
   * @param p99Millis of reads, over the last minutes
   */
  record Numbers(
      long requests,
      long hits,
      long misses,
      long cachedBytes,
      double p50Millis,
      double p99Millis,
      List<NodeNumbers> nodes) {}

  /** A storage node; {@code isUp} says whether it answers. */
  record NodeNumbers(String name, String zone, boolean isUp, long files, long bytes) {}

  private final MeterRegistry meters;
  private final ImageRetrievalServer retrieval;
  private final StorageCluster storage;

  Board(MeterRegistry meters, ImageRetrievalServer retrieval, StorageCluster storage) {
    this.meters = meters;
    this.retrieval = retrieval;
    this.storage = storage;
    FunctionCounter.builder("image.cache.hits", retrieval, ImageRetrievalServer::hits)
        .register(meters);
    FunctionCounter.builder("image.cache.misses", retrieval, ImageRetrievalServer::misses)
        .register(meters);
    FunctionCounter.builder("image.storage.fallbacks", storage, StorageCluster::fallbacks)
        .register(meters);
    Gauge.builder("image.cache.bytes", retrieval, ImageRetrievalServer::cachedBytes)
        .register(meters);
  }

  Numbers read() {
    double[] percentiles = percentilesOfReads();
    return new Numbers(
        meters.find("http.requests").timers().stream().mapToLong(Timer::count).sum(),
        retrieval.hits(),
        retrieval.misses(),
        retrieval.cachedBytes(),
        percentiles[0],
        percentiles[1],
        nodes());
  }

  private double[] percentilesOfReads() {
    Timer reads = meters
        .find("http.requests")
        .tag("route", ImagePage.PATH + "{code}")
        .tag("method", "GET")
        .tag("status", "200")
        .timer();
    return reads == null
        ? new double[2]
        : Arrays.stream(reads.takeSnapshot().percentileValues())
            .mapToDouble((ValueAtPercentile value) -> value.value(TimeUnit.MILLISECONDS))
            .toArray();
  }

  private List<NodeNumbers> nodes() {
    List<NodeNumbers> numbers = new ArrayList<>();
    for (StorageNode node : storage.nodes()) {
      try {
        var usage = node.usage();
        numbers.add(new NodeNumbers(node.name(), node.zone(), true, usage.files(), usage.bytes()));
      } catch (IOException e) {
        numbers.add(new NodeNumbers(node.name(), node.zone(), false, 0, 0));
      }
    }
    return numbers;
  }
}

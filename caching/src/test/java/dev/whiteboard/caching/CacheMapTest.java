package dev.whiteboard.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import junit.framework.TestCase;
import junit.framework.TestFailure;
import junit.framework.TestResult;
import junit.framework.TestSuite;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Guava's own suite for concurrent maps, over caches of each kind. */
class CacheMapTest {
  @TestFactory
  Stream<DynamicNode> plain() {
    return suite(
        "plain", () -> Cache.<String, String>builder().maximumSize(1000).build());
  }

  @TestFactory
  Stream<DynamicNode> manySegments() {
    return suite(
        "segments",
        () -> Cache.<String, String>builder().maximumSize(1000).segments(8).build());
  }

  @TestFactory
  Stream<DynamicNode> weighedAndTimed() {
    return suite(
        "full",
        () -> Cache.<String, String>builder()
            .maximumWeight(1000, (key, value) -> 1)
            .policy(EvictionPolicy.fifo())
            .expireAfterWrite(Duration.ofDays(1))
            .expireAfterAccess(Duration.ofDays(1))
            .build());
  }

  private static Stream<DynamicNode> suite(String name, Supplier<Cache<String, String>> caches) {
    TestSuite suite = ConcurrentMapTestSuiteBuilder.using(new TestStringMapGenerator() {
          @Override
          protected Map<String, String> create(Map.Entry<String, String>[] entries) {
            Map<String, String> map = caches.get().asMap();
            for (Map.Entry<String, String> entry : entries) {
              map.put(entry.getKey(), entry.getValue());
            }
            return map;
          }
        })
        .named(name)
        .withFeatures(
            CollectionSize.ANY,
            MapFeature.GENERAL_PURPOSE,
            CollectionFeature.SUPPORTS_ITERATOR_REMOVE)
        .createTestSuite();
    return nodes(suite);
  }

  private static Stream<DynamicNode> nodes(TestSuite suite) {
    return Collections.list(suite.tests()).stream()
        .map(test -> test instanceof TestSuite inner
            ? dynamicContainer(inner.getName(), nodes(inner))
            : dynamicTest(((TestCase) test).getName(), () -> run((TestCase) test)));
  }

  private static void run(TestCase test) {
    TestResult result = new TestResult();
    test.run(result);
    Stream.of(result.errors(), result.failures())
        .flatMap(failures -> Collections.list(failures).stream())
        .map(TestFailure::thrownException)
        .forEach(thrown -> {
          throw new AssertionError(test.getName(), thrown);
        });
    assertEquals(1, result.runCount());
  }
}

package dev.whiteboard.benchmarks.claims;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The values with which one experiment runs. */
public final class Settings {
  private final ImmutableMap<String, Parameter> parameters;

  Settings(List<Parameter> parameters) {
    this.parameters =
        parameters.stream().collect(ImmutableMap.toImmutableMap(Parameter::name, p -> p));
  }

  int count(String name) {
    return (int) parameter(name).value();
  }

  double real(String name) {
    return parameter(name).value();
  }

  /** The same numbers in every run: {@code stream} tells several generators of one experiment apart. */
  static RandomGenerator random(long stream) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(0x5EED_0000L + stream);
  }

  private Parameter parameter(String name) {
    Parameter parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalStateException("the claim declares no parameter " + name);
    }
    return parameter;
  }
}

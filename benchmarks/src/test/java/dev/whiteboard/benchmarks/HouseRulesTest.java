package dev.whiteboard.benchmarks;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.google.common.base.Ticker;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.InstantSource;
import java.util.Set;

/** Rules about the code of all modules that no compiler checks. */
@AnalyzeClasses(packages = "dev.whiteboard", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
  private static final Set<String> CLOCK_READS = Set.of(
      "java.lang.System.nanoTime",
      "java.lang.System.currentTimeMillis",
      "java.time.Instant.now",
      "java.time.LocalDate.now",
      "java.time.LocalDateTime.now",
      "java.time.ZonedDateTime.now",
      "java.time.OffsetDateTime.now",
      "java.util.Date.<init>");

  private static final DescribedPredicate<JavaAccess<?>> READ_THE_CLOCK = describe(
      "read the clock",
      access -> access instanceof JavaCall<?> call
          && CLOCK_READS.contains(call.getTargetOwner().getName() + "." + call.getName()));

  private static final DescribedPredicate<JavaAccess<?>> CHOOSE_THE_SYSTEMS_CLOCK = describe(
      "choose the system's clock",
      access -> access instanceof JavaCall<?> call && choosesTheSystemsClock(call));

  private static boolean choosesTheSystemsClock(JavaCall<?> call) {
    return call.getTargetOwner().isEquivalentTo(Ticker.class)
        ? call.getName().equals("systemTicker")
        : call.getTargetOwner().isAssignableTo(InstantSource.class)
            && (call.getName().startsWith("system") || call.getName().startsWith("tick"));
  }

  /** The floors of the benchmarks are the one exception: they measure the reading itself. */
  @ArchTest
  static final ArchRule timeIsInjected = noClasses()
      .that()
      .resideOutsideOfPackage("dev.whiteboard.benchmarks.jmh..")
      .should()
      .accessTargetWhere(READ_THE_CLOCK);

  @ArchTest
  static final ArchRule onlyBuildersDefaultToTheSystemsClock = noClasses()
      .that()
      .haveSimpleNameNotEndingWith("Builder")
      .should()
      .accessTargetWhere(CHOOSE_THE_SYSTEMS_CLOCK);

  @ArchTest
  static final ArchRule packagesHaveNoCircles =
      slices().matching("dev.whiteboard.(**)").should().beFreeOfCycles();
}

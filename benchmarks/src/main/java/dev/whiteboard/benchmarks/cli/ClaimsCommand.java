package dev.whiteboard.benchmarks.cli;

import dev.whiteboard.benchmarks.claims.Claim;
import dev.whiteboard.benchmarks.claims.Claims;
import dev.whiteboard.benchmarks.claims.Parameter;
import dev.whiteboard.benchmarks.render.Json;
import dev.whiteboard.benchmarks.render.Numbers;
import dev.whiteboard.benchmarks.report.Tables;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "claims",
    description = {
      "Run what people say about systems as experiments.",
      "A claim holds if everything that its theory predicts is measured; that is so for false sentences too, whose theory says "
          + "why they are false."
    })
final class ClaimsCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "ID",
      description = "Claims or whole modules, for instance P04 or caching; all if none is named.")
  private List<String> ids = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "name=value",
      description = "Run with your own number; --list shows what can be set. May be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--list", description = "Show the claims and what can be set, and run nothing.")
  private boolean list;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Claim> chosen = chosen();
    Set<String> known = chosen.stream()
        .flatMap(claim -> claim.parameters().stream().map(Parameter::name))
        .collect(Collectors.toCollection(LinkedHashSet::new));
    Suggestions.checkKnown("setting", settings, known);
    if (list) {
      print(out, chosen);
      return 0;
    }
    Progress progress = new Progress(spec.commandLine().getErr(), chosen.size());
    List<Claim.Result> results = new ArrayList<>();
    for (Claim claim : chosen) {
      progress.step("claim " + claim.id());
      try {
        results.add(claim.run(settings));
      } catch (IllegalArgumentException e) {
        throw new UserError(claim.id() + ": " + e.getMessage(), e);
      }
    }
    progress.done();
    out.print(
        json
            ? Json.write(results)
            : Tables.claims(results).toText() + "\n" + Tables.checks(results).toText());
    return results.stream().allMatch(Claim.Result::holds) ? 0 : 1;
  }

  private List<Claim> chosen() {
    List<Claim> all = Claims.all();
    for (String id : ids) {
      if (all.stream().noneMatch(claim -> matches(claim, id))) {
        throw Suggestions.unknown("claim", id, all.stream().map(Claim::id).toList());
      }
    }
    return all.stream()
        .filter(claim -> ids.isEmpty() || ids.stream().anyMatch(id -> matches(claim, id)))
        .toList();
  }

  private static boolean matches(Claim claim, String id) {
    return claim.id().equalsIgnoreCase(id) || claim.module().equalsIgnoreCase(id);
  }

  private static void print(PrintWriter out, List<Claim> claims) {
    for (Claim claim : claims) {
      out.println(claim.id() + "  " + claim.statement());
      for (Parameter parameter : claim.parameters()) {
        out.println(
            "     --set " + parameter.name() + "=" + Numbers.plain(parameter.value()) + "   from "
                + Numbers.plain(parameter.min()) + " to " + Numbers.plain(parameter.max()));
      }
    }
  }
}

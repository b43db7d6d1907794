package dev.isobar.provider.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceObservation;
import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.decode.Encoder;
import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.decide.Wait;
import dev.isobar.provider.kube.api.ApiObject;
import dev.isobar.provider.kube.store.InstanceDecoding;
import dev.isobar.provider.kube.store.PackedInstance;
import dev.isobar.provider.kube.store.StoredInstance;
import dev.isobar.provider.operate.Meters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The figures that dashboards for Crossplane's providers ask for, as Go's runtime has them. */
final class MeasuresTest {
  private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");
  private static final Wait POLL = new Wait.Poll(Duration.ofMinutes(1));
  private static final Pattern BOUND = Pattern.compile(".*le=\"([^\"]+)\".*");
  private static final String GVK = "gvk=\"compute.isobar.dev/v1alpha1, Kind=Instance\"";
  private static final String CONTROLLER = "controller=\"managed/instance.compute.isobar.dev\"";
  private static final String LIFE = "1 5 10 15 30 60 120 300 600 1800 3600 +Inf";
  private static final String EXPONENTIAL =
      "1e-08 1e-07 1e-06 9.999999999999999e-06 9.999999999999999e-05 0.001 0.01 0.1 1 10 +Inf";

  private final Meters meters = new Meters();
  private final Measures measures = new Measures(meters);

  /** With conditions and deviations of its machine. */
  private static StoredInstance instance(
      List<Map<String, String>> conditions, List<Deviation> deviations) {
    var machine =
        new InstanceObservation(
            "m-1",
            State.Running,
            "ACTIVE",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false,
            deviations);
    return InstanceDecoding.read(
            new ApiObject(
                new ObjectKey("lab", "one"),
                "uid-1",
                "41",
                1,
                START,
                Optional.of(START.plusSeconds(500)),
                Map.of(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Tree.of(
                    Map.of(
                        "spec",
                        Map.of("forProvider", Map.of("machineType", Map.of("name", "small"))),
                        "status",
                        Map.of(
                            "conditions", conditions, "atProvider", Encoder.everything(machine))))))
        .orElseThrow();
  }

  private static StoredInstance fresh() {
    return instance(List.of(), List.of());
  }

  private static StoredInstance ready(List<Deviation> deviations) {
    return instance(List.of(condition("Ready"), condition("Synced")), deviations);
  }

  private static Map<String, String> condition(String type) {
    return Map.of(
        "type", type, "status", "True", "reason", "Fine", "lastTransitionTime", START.toString());
  }

  private static Deviation deviation(boolean correctable) {
    return new Deviation("spec.forProvider.tags", "a", "b", correctable);
  }

  private void pass(StoredInstance after, Wait wait, long seconds) {
    Instant now = START.plusSeconds(seconds);
    measures.end(Optional.of(after), wait, now, now);
  }

  /** A whole life, with a pass that ends in a fault of ours. */
  private void live() {
    Measures.show(meters, () -> Stream.of(PackedInstance.of(ready(List.of()))));
    measures.begin(Optional.of(fresh()), START);
    pass(ready(List.of()), POLL, 30);
    measures.mended("uid-1", START.plusSeconds(90));
    measures.fail(START, START);
    measures.gone(ready(List.of()), START.plusSeconds(510));
  }

  private List<String> samples(String name) {
    return meters.text().lines().filter(line -> line.startsWith(name)).toList();
  }

  static Stream<Arguments> metrics() {
    String managed = "crossplane_managed_resource_";
    return Stream.of(
        Arguments.of(managed + "first_time_to_reconcile_seconds", GVK, EXPONENTIAL),
        Arguments.of(managed + "first_time_to_readiness_seconds", GVK, LIFE),
        Arguments.of(managed + "deletion_seconds", GVK, LIFE),
        Arguments.of(managed + "drift_seconds", GVK, EXPONENTIAL),
        Arguments.of(managed + "exists", GVK, ""),
        Arguments.of(managed + "ready", GVK, ""),
        Arguments.of(managed + "synced", GVK, ""),
        Arguments.of("controller_runtime_reconcile_total", CONTROLLER + ",result=\"error\"", ""),
        Arguments.of(
            "controller_runtime_reconcile_total", CONTROLLER + ",result=\"requeue_after\"", ""),
        Arguments.of(
            "controller_runtime_reconcile_time_seconds",
            CONTROLLER,
            "0.005 0.01 0.025 0.05 0.1 0.15 0.2 0.25 0.3 0.35 0.4 0.45 0.5 0.6 0.7 0.8 0.9 1 1.25"
                + " 1.5 1.75 2 2.5 3 3.5 4 4.5 5 6 7 8 9 10 15 20 25 30 40 50 60 +Inf"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("metrics")
  void theyHaveTheNamesLabelsAndBoundsOfGo(String name, String labels, String bounds) {
    live();
    String plain = bounds.isEmpty() ? name : name + "_count";
    assertThat(samples(plain + "{" + labels + "} ")).as(name).hasSize(1);
    assertThat(
            samples(name + "_bucket{" + labels + ",").stream()
                .map(line -> BOUND.matcher(line).replaceFirst("$1"))
                .toList())
        .as("bounds of " + name)
        .isEqualTo(bounds.isEmpty() ? List.of() : List.of(bounds.split(" ")));
  }

  private static Arguments drift(String why, String sum, List<Pass> passes) {
    return Arguments.of(why, sum, passes);
  }

  private record Pass(long seconds, StoredInstance after, Wait until, boolean mends) {
    static Pass seen(long seconds, List<Deviation> deviations) {
      return new Pass(seconds, ready(deviations), POLL, false);
    }

    static Pass mended(long seconds) {
      return new Pass(seconds, ready(List.of(deviation(true))), new Wait.Moving(), true);
    }
  }

  static Stream<Arguments> drifts() {
    return Stream.of(
        drift(
            "from the last look that found nothing",
            "60 in 1",
            List.of(Pass.seen(10, List.of()), Pass.seen(70, List.of()), Pass.mended(130))),
        drift(
            "a second one counts from the first",
            "90 in 2",
            List.of(
                Pass.seen(10, List.of()),
                Pass.mended(70),
                Pass.seen(75, List.of()),
                Pass.mended(105))),
        drift("what was not seen before tells nothing", "none", List.of(Pass.mended(70))),
        drift(
            "what differs is not in sync because it is looked at",
            "120 in 1",
            List.of(
                Pass.seen(10, List.of()),
                Pass.seen(70, List.of(deviation(true))),
                Pass.mended(130))),
        drift(
            "what cannot be mended is no drift",
            "60 in 1",
            List.of(
                Pass.seen(10, List.of()),
                Pass.seen(70, List.of(deviation(false))),
                Pass.mended(130))),
        drift(
            "what moves is not in sync yet",
            "120 in 1",
            List.of(
                Pass.seen(10, List.of()),
                new Pass(70, ready(List.of()), new Wait.Moving(), false),
                Pass.mended(130))),
        drift(
            "what is not synced is not in sync either",
            "120 in 1",
            List.of(
                Pass.seen(10, List.of()),
                new Pass(70, instance(List.of(condition("Ready")), List.of()), POLL, false),
                Pass.mended(130))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("drifts")
  void driftIsTheTimeSinceNothingDiffered(String why, String sum, List<Pass> passes) {
    for (Pass pass : passes) {
      if (pass.mends()) {
        measures.mended("uid-1", START.plusSeconds(pass.seconds()));
      }
      pass(pass.after(), pass.until(), pass.seconds());
    }
    String name = "crossplane_managed_resource_drift_seconds";
    List<String> counted =
        Stream.concat(samples(name + "_sum").stream(), samples(name + "_count").stream())
            .map(line -> line.substring(line.lastIndexOf(' ') + 1))
            .toList();
    assertThat(counted.isEmpty() ? "none" : String.join(" in ", counted)).as(why).isEqualTo(sum);
  }

  @Test
  void whatIsGoneIsForgotten() {
    pass(ready(List.of()), POLL, 10);
    measures.gone(ready(List.of()), START.plusSeconds(20));
    measures.mended("uid-1", START.plusSeconds(30));
    assertThat(samples("crossplane_managed_resource_drift_seconds_count")).isEmpty();
  }
}

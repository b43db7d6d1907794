package dev.isobar.provider.kube.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.queue.Workers.Again;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A GpuMachine that runs and whose node does not come. */
final class NodeStartupTest extends MachineScene {
  private static final String TIME = "isobar.dev/node-startup-timeout";
  private static final String REMEDIATE = "cluster.x-k8s.io/remediate-machine";

  /** What the Machine says; its own is kept, but for annotations. */
  private void machineSays(Map<String, String> annotations, Map<String, Object> status) {
    Map<String, Object> machine = new TreeMap<>(whole(KubernetesKind.MACHINE));
    machine.put("metadata", Map.of("uid", OWNER, "annotations", annotations));
    machine.put("status", status);
    management.put(KubernetesKind.MACHINE, KEY, machine);
  }

  private void gives(String time) {
    machineSays(Map.of(TIME, time), Map.of());
  }

  private List<String> requests() {
    return management.writes().stream().filter(one -> one.startsWith("PATCH machines ")).toList();
  }

  private static String request(String value) {
    return "PATCH machines %s {\"metadata\":{\"annotations\":{\"%s\":%s},\"uid\":\"%s\"}}"
        .formatted(KEY, REMEDIATE, value, OWNER);
  }

  private void later(Duration time) {
    clock.advance(time);
    Again _ = pass();
  }

  @ParameterizedTest
  @CsvSource({
    "1800s, '', 31, 1, its time is over",
    "1800s, '', 29, 0, it has time left",
    "1800s, gpu-1, 31, 0, Cluster API has seen its node: that this went it sees itself",
    "'', '', 600, 0, nobody says how long it may take",
    "soon, '', 600, 0, that is no time"
  })
  void anotherOneIsAskedForWhenItsTimeIsOver(
      String time, String node, int minutes, int times, String why) {
    running();
    machineSays(
        time.isEmpty() ? Map.of() : Map.of(TIME, time),
        node.isEmpty() ? Map.of() : Map.of("nodeRef", Map.of("name", node)));
    later(Duration.ZERO);
    assertThat(condition("Ready")).isEqualTo("False/WaitingForNode");
    later(Duration.ofMinutes(minutes));
    later(Duration.ofSeconds(10));
    assertThat(condition("Ready")).as(why).isEqualTo("False/WaitingForNode");
    assertThat(requests())
        .as(why)
        .isEqualTo(List.of(request("\"" + TIME + "\"")).subList(0, times));
  }

  /** A cloud without a free GPU, and a server that is built, take their own time. */
  @Test
  void onlyTheTimeCountsThatItRuns() {
    toBeMade();
    gives("1800s");
    later(Duration.ZERO);
    instance("Pending", "openstack://RegionOne/first");
    later(Duration.ofHours(5));
    instanceRuns();
    later(Duration.ZERO);
    later(Duration.ZERO);
    assertThat(seen().at("status", "runningSince").text()).contains("2026-11-26T15:00:00Z");
    later(Duration.ofMinutes(29));
    assertThat(condemned()).as("it runs for 29 minutes").isFalse();
    later(Duration.ofMinutes(1));
    assertThat(condemned()).as("and for 30").isTrue();
  }

  @Test
  void oneThatBreaksBeforeItsNodeComesHasHadItsTimeToo() {
    running();
    gives("1800s");
    later(Duration.ZERO);
    instance("Error", ID);
    later(Duration.ofMinutes(29));
    assertThat(condition("GpusReady")).isEqualTo("False/WaitingForInstance");
    assertThat(condemned()).isFalse();
    later(Duration.ofMinutes(1));
    assertThat(requests()).containsExactly(request("\"" + TIME + "\""));
  }

  @Test
  void aClockThatIsSetBackBeginsAnew() {
    running();
    gives("1800s");
    later(Duration.ZERO);
    later(Duration.ofHours(-1));
    assertThat(seen().at("status", "runningSince").text()).contains("2026-11-26T09:00:00Z");
    later(Duration.ofMinutes(29));
    assertThat(condemned()).isFalse();
    later(Duration.ofMinutes(1));
    assertThat(condemned()).isTrue();
  }

  @Test
  void whereNobodyCanSeeNodesNoneIsMissed() {
    running();
    gives("1800s");
    later(Duration.ZERO);
    workload.close();
    later(Duration.ofHours(5));
    assertThat(condition("Ready")).isEqualTo("False/WorkloadClusterUnreachable");
    assertThat(condemned()).isFalse();
  }

  /** The check may hold back, because too many are unhealthy. */
  @Test
  void oneThatComesLateIsKept() {
    running();
    gives("1800s");
    later(Duration.ZERO);
    later(Duration.ofMinutes(31));
    assertThat(condemned()).isTrue();
    node(UP, 2, true);
    later(Duration.ZERO);
    assertThat(condition("Ready")).isEqualTo("True/AsPlanned");
    assertThat(requests()).containsExactly(request("\"" + TIME + "\""), request("null"));
    later(Duration.ofMinutes(1));
    assertThat(requests()).as("once").hasSize(2);
  }

  @Test
  void whatSomebodyElseAskedForStays() {
    running();
    machineSays(Map.of(TIME, "1800s", REMEDIATE, ""), Map.of());
    node(UP, 2, true);
    later(Duration.ZERO);
    assertThat(condition("Ready")).isEqualTo("True/AsPlanned");
    assertThat(condemned()).isTrue();
    assertThat(requests()).isEmpty();
  }
}

package dev.isobar.provider.kube.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.decide.ObjectKey;
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

  /** A pass of a provider that looks all that time. */
  private void watched(Duration time) {
    begins();
    Again _ = passAfter(time);
  }

  @ParameterizedTest
  @CsvSource({
    "1800s, '', 31, 1, its time is over",
    "1800s, '', 29, 0, it has time left",
    "1800s, gpu-1, 31, 0, Cluster API has seen its node: that this went it sees itself",
    "'', '', 600, 0, nobody says how long it may take",
    "soon, '', 600, 0, that is no time",
    "0, '', 600, 0, in Cluster API's own field that is for ever",
    "-5m, '', 600, 0, that is no time either"
  })
  void anotherOneIsAskedForWhenItsTimeIsOver(
      String time, String node, int minutes, int times, String why) {
    running();
    machineSays(
        time.isEmpty() ? Map.of() : Map.of(TIME, time),
        node.isEmpty() ? Map.of() : Map.of("nodeRef", Map.of("name", node)));
    later(Duration.ZERO);
    assertThat(condition("Ready")).isEqualTo("False/WaitingForNode");
    watched(Duration.ofMinutes(minutes));
    later(Duration.ofSeconds(10));
    assertThat(condition("Ready")).as(why).isEqualTo("False/WaitingForNode");
    assertThat(requests())
        .as(why)
        .isEqualTo(List.of(request("\"" + TIME + "\"")).subList(0, times));
  }

  /** The Instance's machine was given by its cloud at this time. */
  private void given(String time) {
    Map<String, Object> metadata =
        Map.of("annotations", Map.of("crossplane.io/external-create-succeeded", time));
    var _ = management.objects().merge(KubernetesKind.INSTANCE, KEY, Map.of("metadata", metadata));
  }

  /** A cloud without a free GPU, and a server that is built, take their own time. */
  @Test
  void onlyTheTimeCountsThatItRuns() {
    toBeMade();
    gives("1800s");
    later(Duration.ZERO);
    later(Duration.ofHours(5));
    assertThat(condemned()).as("there is no machine yet").isFalse();
    given("2026-11-26T15:00:00Z");
    instance("Pending", "openstack://RegionOne/first");
    later(Duration.ofMinutes(59));
    assertThat(condemned()).as("it is built").isFalse();
    instanceRuns();
    later(Duration.ZERO);
    later(Duration.ZERO);
    assertThat(seen().at("status", "runningSince").text()).contains("2026-11-26T15:59:00Z");
    watched(Duration.ofMinutes(29));
    assertThat(condemned()).as("it runs for 29 minutes").isFalse();
    var _ = passAfter(Duration.ofMinutes(1));
    assertThat(condemned()).as("and for 30").isTrue();
  }

  /** Nova says of a server whose host died meanwhile that it is built, for ever. */
  @ParameterizedTest
  @CsvSource({
    "1800s, 57, 0, it may be built for twice as long as a node may take",
    "1800s, 60, 1, it is built for an hour",
    "2h, 237, 0, the claim says how long",
    "'', 600, 0, nobody says how long it may take"
  })
  void oneThatIsBuiltForEverIsGivenUp(String time, int minutes, int times, String why) {
    isBuilt(time);
    later(Duration.ofMinutes(minutes));
    assertThat(requests()).as("a provider that starts may know what was long ago").isEmpty();
    var _ = passAfter(Duration.ofMinutes(2));
    assertThat(condition("Ready")).as(why).isEqualTo("False/Creating");
    assertThat(requests())
        .as(why)
        .isEqualTo(List.of(request("\"" + TIME + "\"")).subList(0, times));
  }

  private void isBuilt(String time) {
    toBeMade();
    machineSays(time.isEmpty() ? Map.of() : Map.of(TIME, time), Map.of());
    later(Duration.ZERO);
    given("2026-11-26T10:00:00Z");
    instance("Pending", "openstack://RegionOne/first");
  }

  /** Else the check would remove it as soon as fewer are unhealthy, before its node can join. */
  @Test
  void oneThatRunsAfterAllIsKept() {
    isBuilt("1800s");
    later(Duration.ofMinutes(60));
    var _ = passAfter(Duration.ofMinutes(2));
    assertThat(condemned()).isTrue();
    instanceRuns();
    later(Duration.ZERO);
    assertThat(seen().at("spec", "providerID").text()).contains(ID);
    assertThat(condemned()).isFalse();
  }

  /** Else the check would remove the next one amid its build, as soon as fewer are unhealthy. */
  @ParameterizedTest
  @CsvSource({
    "2026-11-26T11:02:00Z, Pending, false, the next offer has its own time",
    "2026-11-26T10:00:00Z, Pending, true, it is the same server",
    "2026-11-26T10:00:00Z, Error, true, no other one is built yet"
  })
  void theNextOfferIsNotGivenUpWithTheFormer(
      String made, String state, boolean condemned, String why) {
    isBuilt("1800s");
    later(Duration.ofMinutes(60));
    var _ = passAfter(Duration.ofMinutes(2));
    assertThat(condemned()).isTrue();
    given(made);
    instance(state, "openstack://RegionOne/next");
    later(Duration.ofSeconds(10));
    assertThat(condemned()).as(why).isEqualTo(condemned);
  }

  @Test
  void itIsNotTakenForRunningBeforeThatIsTakenBack() {
    isBuilt("1800s");
    later(Duration.ofMinutes(60));
    var _ = passAfter(Duration.ofMinutes(2));
    assertThat(condemned()).isTrue();
    instanceRuns();
    management.refuse("PATCH machines " + KEY, 503);
    assertThat(pass()).isEqualTo(new Again.Backoff());
    assertThat(condemned()).isTrue();
    assertThat(seen().at("spec", "providerID").exists()).isFalse();
  }

  /** What the CRD of a former release does not have the API server drops. */
  @Test
  void aTimeThatIsNotKeptIsNotWrittenAtEachPass() {
    running();
    gives("1800s");
    later(Duration.ZERO);
    Map<String, Object> machine = new TreeMap<>(whole(KubernetesKind.GPU_MACHINE));
    Map<String, Object> status =
        new TreeMap<>(cast((Map<?, ?>) machine.getOrDefault("status", Map.of())));
    var _ = status.remove("runningSince");
    machine.put("status", status);
    management.put(KubernetesKind.GPU_MACHINE, KEY, machine);
    int writes = management.writes().size();
    watched(Duration.ofMinutes(29));
    assertThat(management.writes()).as("nothing is new").hasSize(writes);
    assertThat(condemned()).isFalse();
    var _ = passAfter(Duration.ofMinutes(1));
    assertThat(condemned()).as("since it was said to run").isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "200, 'so another one is asked for: a MachineHealthCheck, if one covers its Machine, replaces"
        + " it unless too many are unhealthy', it is for the check",
    "403, 'but another one could not be asked for, which is tried again: ', an older role is"
        + " installed"
  })
  void whatCameOfItIsSaid(int answer, String words, String why) {
    running();
    gives("1800s");
    later(Duration.ZERO);
    if (answer != 200) {
      management.refuse("PATCH machines " + KEY, answer);
    }
    watched(Duration.ofMinutes(31));
    assertThat(condemned()).as(why).isEqualTo(answer == 200);
    assertThat(message("GpusReady")).as(why).contains(words);
  }

  private String message(String type) {
    return seen().at("status", "conditions").items().stream()
        .filter(one -> one.at("type").text().filter(type::equals).isPresent())
        .flatMap(one -> one.at("message").text().stream())
        .findFirst()
        .orElse("");
  }

  @Test
  void oneThatBreaksBeforeItsNodeComesHasHadItsTimeToo() {
    running();
    gives("1800s");
    later(Duration.ZERO);
    instance("Error", ID);
    later(Duration.ofMinutes(28));
    assertThat(condition("GpusReady")).isEqualTo("False/WaitingForInstance");
    assertThat(condemned()).isFalse();
    var _ = passAfter(Duration.ofMinutes(2));
    assertThat(requests()).containsExactly(request("\"" + TIME + "\""));
  }

  @Test
  void aClockThatIsSetBackBeginsAnew() {
    running();
    gives("1800s");
    later(Duration.ZERO);
    later(Duration.ofHours(-1));
    assertThat(seen().at("status", "runningSince").text()).contains("2026-11-26T09:00:00Z");
    watched(Duration.ofMinutes(29));
    assertThat(condemned()).isFalse();
    var _ = passAfter(Duration.ofMinutes(1));
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

  /** While the API was away no node could join, and those that can now need a moment. */
  @Test
  void whenTheirClusterIsBackNodesHaveTimeToJoin() {
    running();
    gives("1800s");
    later(Duration.ZERO);
    management.remove(KubernetesKind.SECRET, new ObjectKey(NAMESPACE, CLUSTER + "-kubeconfig"));
    watched(Duration.ofHours(5));
    assertThat(condition("Ready")).isEqualTo("False/WorkloadClusterUnreachable");
    way(workload.access());
    var _ = passAfter(Duration.ofSeconds(10));
    assertThat(condition("Ready")).isEqualTo("False/WaitingForNode");
    var _ = passAfter(Duration.ofSeconds(10));
    assertThat(condemned()).as("it is back for ten seconds").isFalse();
    var _ = passAfter(Duration.ofSeconds(289));
    assertThat(condemned()).as("a second is left").isFalse();
    var _ = passAfter(Duration.ofSeconds(1));
    assertThat(condemned()).as("it is back for five minutes").isTrue();
  }

  /** The API may have been away as long as the provider. */
  @Test
  void aProviderThatBeginsHasMissedNone() {
    running();
    gives("1800s");
    later(Duration.ZERO);
    later(Duration.ofHours(5));
    assertThat(condemned()).as("nobody looked").isFalse();
    var _ = passAfter(Duration.ofSeconds(299));
    assertThat(condemned()).as("a second is left").isFalse();
    var _ = passAfter(Duration.ofSeconds(1));
    assertThat(condemned()).as("it looks for five minutes").isTrue();
  }

  /** The check may hold back, because too many are unhealthy. */
  @Test
  void oneThatComesLateIsKept() {
    running();
    gives("1800s");
    later(Duration.ZERO);
    watched(Duration.ofMinutes(31));
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

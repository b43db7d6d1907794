package dev.isobar.provider.kube.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.clusterapi.NodeView;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.HandClock;
import dev.isobar.provider.kube.api.FakeKubernetes;
import dev.isobar.provider.kube.api.KubernetesKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workload clusters that do not answer, beside those that do. */
final class WorkloadsTest {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final ObjectKey LAB = new ObjectKey("eo4eu", "lab");
  private static final ObjectKey SILENT = new ObjectKey("eo4eu", "silent");
  private static final String NOT_INSTALLED =
      "the cluster has no ClusterPolicy, so the GPU Operator is not installed there";
  private static final String ID = "openstack://RegionOne/6f1d";

  private final HandClock clock = new HandClock(Instant.parse("2026-11-27T10:00:00Z"));
  private FakeKubernetes management;
  private FakeKubernetes lab;
  private Workloads workloads;

  @BeforeEach
  void start(@TempDir Path one, @TempDir Path other) {
    management = new FakeKubernetes(one);
    lab = new FakeKubernetes(other);
    workloads = new Workloads(management.objects(), clock);
    leadTo(LAB, lab.access());
    lab.put(
        KubernetesKind.NODE,
        new ObjectKey("", "gpu-1"),
        Map.of("spec", Map.of("providerID", ID), "status", Map.of()));
  }

  @AfterEach
  void end() {
    workloads.close();
    management.close();
    lab.close();
  }

  private void leadTo(ObjectKey cluster, String kubeconfig) {
    String data = Base64.getEncoder().encodeToString(kubeconfig.getBytes(StandardCharsets.UTF_8));
    management.put(
        KubernetesKind.SECRET,
        new ObjectKey(cluster.namespace(), cluster.name() + "-kubeconfig"),
        Map.of("data", Map.of("value", data)));
  }

  @Test
  void aClusterThatRefusesIsLeftAloneForHalfAMinute() {
    lab.refuse("GET nodes.*", 503);
    assertThat(workloads.node(LAB, ID, false)).isInstanceOf(Workloads.Sight.Unreachable.class);
    int asked = lab.lists().size();
    assertThat(asked).isPositive();
    clock.advance(Duration.ofSeconds(29));
    assertThat(workloads.node(LAB, ID, false)).isInstanceOf(Workloads.Sight.Unreachable.class);
    assertThat(lab.lists()).as("it rests").hasSize(asked);
    clock.advance(Duration.ofSeconds(2));
    assertThat(workloads.node(LAB, ID, false)).isInstanceOf(Workloads.Sight.Unreachable.class);
    assertThat(lab.lists()).as("and is asked again").hasSizeGreaterThan(asked);
  }

  @Test
  void howLongAClusterIsSilentIsTold() {
    assertThat(workloads.node(LAB, ID, false)).isInstanceOf(Workloads.Sight.Seen.class);
    clock.advance(Duration.ofHours(1));
    leadTo(LAB, nowhere());
    assertThat(silence()).as("not since it was seen, which may be long ago").isZero();
    clock.advance(Duration.ofSeconds(10));
    assertThat(silence()).as("also while it is not asked").isEqualTo(Duration.ofSeconds(10));
    leadTo(LAB, nowhere());
    clock.advance(Duration.ofMinutes(1));
    assertThat(silence()).as("also by another way").isEqualTo(Duration.ofSeconds(70));
    leadTo(LAB, lab.access());
    clock.advance(Duration.ofMinutes(1));
    assertThat(workloads.node(LAB, ID, false)).isInstanceOf(Workloads.Sight.Seen.class);
    leadTo(LAB, nowhere());
    clock.advance(Duration.ofMinutes(1));
    assertThat(silence()).as("one that answered begins anew").isZero();
  }

  /** Nobody listens on that port. */
  private String nowhere() {
    return lab.access().replaceAll("127\\.0\\.0\\.1:[0-9]+", "127.0.0.1:1");
  }

  private Duration silence() {
    return ((Workloads.Sight.Unreachable) workloads.node(LAB, ID, false)).time();
  }

  @Test
  void aWayThatIsOpenLeadsThereWhileTheManagementClusterDoesNotAnswer() {
    assertThat(workloads.node(LAB, ID, false)).isInstanceOf(Workloads.Sight.Seen.class);
    management.refuse("GET secrets.*", 503);
    clock.advance(Duration.ofMinutes(1));
    assertThat(workloads.node(LAB, ID, false)).isInstanceOf(Workloads.Sight.Seen.class);
    assertThat(lab.lists()).filteredOn("GET nodes"::equals).as("it was asked").hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "503, nothing is known of the way",
    "403, nor may anybody know it",
  })
  void whoCannotReadTheKubeconfigSaysThatAndNotThatTheClusterIsSilent(int status, String why) {
    management.refuse("GET secrets.*", status);
    assertThat(workloads.node(LAB, ID, false))
        .as(why)
        .isInstanceOfSatisfying(
            Workloads.Sight.Unreachable.class,
            sight ->
                assertThat(sight.why()).startsWith("Secret eo4eu/lab-kubeconfig cannot be read: "));
  }

  /** A right that was taken back is obeyed, whatever is known. */
  @Test
  void whoMayNotReadTheKubeconfigAnyMoreDoesNotFollowIt() {
    assertThat(workloads.node(LAB, ID, false)).isInstanceOf(Workloads.Sight.Seen.class);
    management.refuse("GET secrets.*", 403);
    clock.advance(Duration.ofMinutes(1));
    assertThat(workloads.node(LAB, ID, false)).isInstanceOf(Workloads.Sight.Unreachable.class);
  }

  /** Whoever may write the Secret would run programs as the provider. */
  @ParameterizedTest
  @CsvSource({
    "'user: {', 'user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: %s,"
        + " interactiveMode: Never}, ', users[].user.exec",
    "'user: {', 'user: {auth-provider: {name: gcp, config: {cmd-path: %s}}, ',"
        + " users[].user.auth-provider",
    "'user: {', 'user: {tokenFile: %s, ', users[].user.tokenFile",
    "'user: {', 'user: {client-certificate: %s, ', users[].user.client-certificate",
    "'user: {', 'user: {client-key: %s, ', users[].user.client-key",
    "'cluster: {', 'cluster: {certificate-authority: %s, ',"
        + " clusters[].cluster.certificate-authority",
  })
  void aKubeconfigThatWouldRunProgramsOrReadFilesIsNotFollowed(
      String place, String more, String field, @TempDir Path folder) throws IOException {
    Path proof = folder.resolve("proof");
    Path program = folder.resolve("program");
    Files.writeString(program, "#!/bin/sh\ntouch '" + proof + "'\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    String kubeconfig = lab.access().replace(place, more.formatted(program));
    assertThat(kubeconfig).contains(program.toString());
    leadTo(LAB, kubeconfig);
    assertThat(workloads.node(LAB, ID, false))
        .isEqualTo(
            new Workloads.Sight.Unreachable(
                "Secret eo4eu/lab-kubeconfig has %s, which is not followed: it may name no program and no file of the provider's container, only data"
                    .formatted(field),
                Duration.ZERO));
    assertThat(proof).doesNotExist();
  }

  /** Nodes have a hundred labels and more, and there are a thousand of them. */
  @Test
  void ofLabelsOnlyThoseOfNvidiaAreKept() {
    Map<String, String> own = Map.of("nvidia.com/gpu.present", "true");
    Map<String, String> all = new TreeMap<>(own);
    all.put("feature.node.kubernetes.io/cpu-cpuid.AVX", "true");
    lab.put(
        KubernetesKind.NODE,
        new ObjectKey("", "gpu-1"),
        Map.of(
            "metadata",
            Map.of("labels", all),
            "spec",
            Map.of("providerID", ID),
            "status",
            Map.of()));
    assertThat(workloads.node(LAB, ID, false))
        .isInstanceOfSatisfying(
            Workloads.Sight.Seen.class,
            seen -> assertThat(seen.node().map(NodeView::labels)).contains(own));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''       |       |                  | ClusterPolicy policy is not looked at by the GPU Operator yet
          ready    | Ready | True: Reconciled | ''
          ready    | Ready | True: NoGPUNodes | ''
          ignored  |       |                  | the cluster has no ClusterPolicy, so the GPU Operator is not installed there
          notReady |       |                  | ClusterPolicy policy is notReady
          notReady | Ready | False: Wait      | ClusterPolicy policy is notReady (Wait: state-driver)
          notReady | Error | True: Wait       | ClusterPolicy policy is notReady (Wait: state-driver)
          notReady | Error | False: Ready     | ClusterPolicy policy is notReady
          """)
  void theOperatorSaysHowItIsWhileANodeIsHeld(
      String state, @Nullable String type, @Nullable String condition, String words) {
    String[] parts = condition == null ? new String[0] : condition.split(": ", -1);
    List<Map<String, String>> conditions =
        type == null
            ? List.of()
            : List.of(
                Map.of(
                    "type",
                    type,
                    "status",
                    parts[0],
                    "reason",
                    parts[1],
                    "message",
                    "state-driver"));
    lab.put(
        new KubernetesKind("nvidia.com", "v1", "ClusterPolicy", "clusterpolicies", false),
        new ObjectKey("", "policy"),
        Map.of("status", Map.of("state", state, "conditions", conditions)));
    assertThat(operator()).as("no node is held").isEmpty();
    hold();
    assertThat(operator()).isEqualTo(words);
  }

  @Test
  void anOperatorThatCannotBeSeenIsNotSpokenOf() {
    hold();
    assertThat(operator()).isEqualTo(NOT_INSTALLED);
    lab.refuse("GET clusterpolicies.*", 403);
    clock.advance(Duration.ofMinutes(1));
    assertThat(operator()).isEmpty();
  }

  private void hold() {
    lab.put(
        KubernetesKind.NODE,
        new ObjectKey("", "gpu-1"),
        Map.of(
            "spec",
            Map.of(
                "providerID",
                ID,
                "taints",
                List.of(Map.of("key", NodeView.NOT_READY, "effect", "NoSchedule"))),
            "status",
            Map.of()));
    clock.advance(Duration.ofMinutes(1));
  }

  private String operator() {
    return ((Workloads.Sight.Seen) workloads.node(LAB, ID, false)).operator();
  }

  @ParameterizedTest
  @CsvSource({
    "5, false, 1, what was just seen serves all",
    "6, false, 2, GPUs that come are waited for",
    "30, true, 1, those that were as planned are looked at in any moment",
    "31, true, 2, and may vanish"
  })
  void aListingServesThoseAtRestForLonger(int seconds, boolean rests, int times, String why) {
    var _ = workloads.node(LAB, ID, rests);
    clock.advance(Duration.ofSeconds(seconds));
    assertThat(workloads.node(LAB, ID, rests)).isInstanceOf(Workloads.Sight.Seen.class);
    assertThat(lab.lists()).filteredOn("GET nodes"::equals).as(why).hasSize(times);
  }

  /** A thousand nodes that join at once would be listed a thousand times. */
  @Test
  void whatAWriteAnsweredIsNotListedAnew() {
    hold();
    NodeView held = seen();
    assertThat(workloads.hold(LAB, held, false)).isEmpty();
    assertThat(seen().held()).isFalse();
    assertThat(lab.lists()).filteredOn("GET nodes"::equals).hasSize(1);
    assertThat(workloads.hold(LAB, held, false)).as("of a version that is no more").isPresent();
    assertThat(seen().held()).isFalse();
    assertThat(lab.lists()).filteredOn("GET nodes"::equals).hasSize(2);
  }

  private NodeView seen() {
    return ((Workloads.Sight.Seen) workloads.node(LAB, ID, false)).node().orElseThrow();
  }

  /** A port that takes connections and never says a word is the worst there is. */
  @Test
  void aClusterThatNeverAnswersHoldsUpNoOther()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Workloads.Sight> waiting;
      try (var silence = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
        silence.setSoTimeout(PATIENCE_MILLIS);
        leadTo(
            SILENT, lab.access().replaceAll("(127\\.0\\.0\\.1|localhost):[0-9]+", place(silence)));
        waiting = CompletableFuture.supplyAsync(() -> workloads.node(SILENT, ID, false), threads);
        try (Socket _ = silence.accept()) {
          assertThat(workloads.node(LAB, ID, false))
              .isInstanceOfSatisfying(
                  Workloads.Sight.Seen.class, seen -> assertThat(seen.node()).isPresent());
          assertThat(waiting).as("while the other is still waited for").isNotDone();
        }
      }
      assertThat(waiting.get(30, TimeUnit.SECONDS)).isInstanceOf(Workloads.Sight.Unreachable.class);
    }
  }

  private static String place(ServerSocket socket) {
    return socket.getInetAddress().getHostAddress() + ":" + socket.getLocalPort();
  }
}

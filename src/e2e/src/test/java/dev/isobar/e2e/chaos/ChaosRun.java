package dev.isobar.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.chaos.ChaosPlan.Accident;
import dev.isobar.e2e.chaos.ChaosPlan.Deed;
import dev.isobar.e2e.chaos.ChaosPlan.Moment;
import dev.isobar.e2e.chaos.ChaosPlan.Outfit;
import dev.isobar.e2e.chaos.ChaosPlan.Round;
import dev.isobar.e2e.chaos.ChaosPlan.Wanted;
import dev.isobar.e2e.provider.CloudAccess;
import dev.isobar.e2e.provider.HastyProviderMain;
import dev.isobar.e2e.provider.ProviderProcess;
import dev.isobar.testbed.fault.Fault;
import dev.isobar.testbed.fault.Fault.When;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.process.LocalProcess;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * One run: in every round somebody makes, changes or deletes Instances, requests go wrong, and the
 * provider is killed at a moment of the plan. In the end all there is is counted.
 */
final class ChaosRun implements Closeable {
  private static final Kind INSTANCE = new Kind("compute.isobar.dev/v1alpha1", "Instance");
  private static final Kind CONFIG = new Kind("compute.isobar.dev/v1alpha1", "ProviderConfig");
  private static final Kind USAGE = new Kind("compute.isobar.dev/v1alpha1", "ProviderConfigUsage");
  private static final String LABEL = "example.org/chaos";
  private static final String PUBLIC_KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFsCU+R3iZJ9p3f4dFhJ3cFr5RoU7c0JTHsM6Nq3GmZt chaos";

  /** Not every moment comes, and not everything settles; then the provider is killed as it is. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private static final Duration STEP = Duration.ofSeconds(2);

  private final ControlPlane plane;
  private final Kubernetes kubernetes;
  private final ChaosCloud cloud;
  private final String name;
  private final ChaosPlan plan;
  private final List<String> before;
  private final Map<String, String> names = new TreeMap<>();
  private final Map<String, Wanted> wanted = new TreeMap<>();
  private final AtomicReference<LocalProcess> provider = new AtomicReference<>();
  private final AtomicInteger states = new AtomicInteger();
  private volatile int deadly = Integer.MAX_VALUE;
  private CountDownLatch gate = new CountDownLatch(1);
  private int hit;

  ChaosRun(ControlPlane plane, ChaosCloud cloud) {
    this.plane = plane;
    this.cloud = cloud;
    kubernetes = plane.kubernetes();
    name = "chaos-" + cloud.provider().toLowerCase(Locale.ROOT);
    plan =
        ChaosPlan.of(
            Long.getLong("isobar.chaos.seed", new Random().nextInt(1_000_000)),
            Integer.getInteger("isobar.chaos.cycles", 8));
    before = cloud.found(uid -> uid);
  }

  /** The whole run. */
  void run() throws IOException {
    System.err.printf(
        "isobar: chaos on %s, %d cycles; the same again with -Disobar.chaos.seed=%d%n",
        cloud.provider(), plan.rounds().size(), plan.seed());
    prepare();
    long start = System.nanoTime();
    try (Closeable _ = kubernetes.follow(INSTANCE, Map.of(LABEL, name), seen -> stored())) {
      plan.rounds().forEach(this::happen);
    }
    assertThat(hit)
        .as(
            "kills at a chosen moment, seed %d; without any nothing was put to the test",
            plan.seed())
        .isPositive();
    calm();
    launch();
    awaitBalance("every machine is accounted for");
    long balanced = System.nanoTime();
    int standing = wanted.size();
    List.copyOf(wanted.keySet()).forEach(this::remove);
    awaitBalance("nothing is left");
    assertThat(cloud.everRan(uid -> names.getOrDefault(uid, uid)))
        .as("Instances of all machines that ever ran, seed %d; none had two", plan.seed())
        .isNotEmpty()
        .doesNotHaveDuplicates();
    requireNoFault();
    System.err.printf(
        "isobar: chaos on %s: %d kills, %d at the chosen moment; %d Instances, %d of them to the"
            + " end; %d requests for machines; accounted for after %d s, nothing left after %d s%n",
        cloud.provider(),
        plan.rounds().size(),
        hit,
        names.size(),
        standing,
        cloud.creations(),
        (balanced - start) / 1_000_000_000,
        (System.nanoTime() - start) / 1_000_000_000);
  }

  private void prepare() {
    kubernetes.makeNamespace(name, Map.of());
    var access =
        new CloudAccess(
            cloud.provider(),
            cloud.region(),
            "file",
            cloud.credentials(),
            cloud.entry(),
            cloud.overrides());
    var _ = access.config(kubernetes, name, "cloud");
    CloudAccess.secret(kubernetes, name, "login", "key", PUBLIC_KEY);
  }

  private void happen(Round round) {
    calm();
    switch (round.hour()) {
      case BEFORE_THE_START -> {
        round.deeds().forEach(this::perform);
        arm(round);
        launch();
      }
      case AT_THE_START -> {
        arm(round);
        launch();
        round.deeds().forEach(this::perform);
      }
      case AT_REST -> {
        launch();
        awaitBalance("everything has settled");
        arm(round);
        round.deeds().forEach(this::perform);
      }
    }
    LocalProcess running = provider.get();
    if (dies(running)) {
      hit++;
    }
    running.kill();
  }

  /** Whether its moment comes before everything has settled without it. */
  private boolean dies(LocalProcess running) {
    for (Duration waited = Duration.ZERO;
        waited.compareTo(PATIENCE) < 0;
        waited = waited.plus(STEP)) {
      if (running.endsWithin(STEP)) {
        return true;
      }
      if (balance().holds()) {
        return running.endsWithin(STEP);
      }
    }
    return false;
  }

  private void arm(Round round) {
    round.accidents().forEach(this::arm);
    arm(round.death());
  }

  /** What was held goes on, and nothing else goes wrong. */
  private void calm() {
    deadly = Integer.MAX_VALUE;
    cloud.heal();
    gate.countDown();
    gate = new CountDownLatch(1);
  }

  private void launch() {
    provider.set(
        ProviderProcess.launch(
            plane,
            "provider-" + name,
            HastyProviderMain.class,
            List.of("--poll=2s", "--debug", "--metrics-address=")));
  }

  private void arm(Accident accident) {
    Fault fault =
        switch (accident.mishap()) {
          case LOST -> new Fault.Drop(When.BEFORE);
          case ANSWER_LOST -> new Fault.Drop(When.AFTER);
          case ANSWER_RESET -> new Fault.Reset(When.AFTER);
          case ANSWER_CUT -> new Fault.Truncate(0.5);
          case UNAVAILABLE -> Fault.Status.of(503);
          case GIVEN_UP -> Fault.Status.of(504).afterwards();
          case HELD -> new Fault.Hold(gate);
        };
    cloud.at(accident.call(), accident.nth(), fault);
  }

  private void arm(Moment death) {
    switch (death) {
      case Moment.AtCall(var call, var nth, var when) ->
          cloud.at(call, nth, new Fault.Meanwhile(when, this::kill));
      case Moment.AtState(var nth) -> deadly = states.get() + nth;
    }
  }

  private void stored() {
    if (states.incrementAndGet() >= deadly) {
      kill();
    }
  }

  /** There is none yet where somebody's own deed was the moment. */
  private void kill() {
    LocalProcess running = provider.get();
    if (running != null) {
      running.kill();
    }
  }

  private void perform(Deed deed) {
    switch (deed) {
      case Deed.Apply(var one, _) -> apply(one);
      case Deed.Remove(var one) -> remove(one);
    }
  }

  private void apply(Wanted one) {
    Map<String, Object> machine = new TreeMap<>(cloud.machine(one));
    machine.put("tags", Map.of("round", String.valueOf(one.round())));
    machine.put("powerState", one.off() ? "Stopped" : "Running");
    machine.put("deletionProtection", one.locked());
    if (one.outfit() == Outfit.KEY) {
      machine.put("sshKey", Map.of("publicKeySecretRef", Map.of("name", "login", "key", "key")));
    }
    Tree stored =
        kubernetes.apply(
            Map.of(
                "apiVersion",
                INSTANCE.apiVersion(),
                "kind",
                INSTANCE.name(),
                "metadata",
                Map.of("name", one.name(), "namespace", name, "labels", Map.of(LABEL, name)),
                "spec",
                Map.of(
                    "providerConfigRef",
                    Map.of("kind", CONFIG.name(), "name", "cloud"),
                    "forProvider",
                    machine)));
    names.put(stored.at("metadata", "uid").text().orElseThrow(), one.name());
    wanted.put(one.name(), one);
  }

  private void remove(String one) {
    wanted.remove(one);
    kubernetes.delete(INSTANCE.named(name, one));
  }

  // --- counting --------------------------------------------------------------------------------

  /**
   * What there is beside what there shall be.
   *
   * @param restless Instances that are not as they shall be, with their conditions
   */
  private record Balance(List<String> shall, List<String> is, List<String> restless) {
    boolean holds() {
      return shall.equals(is) && restless.isEmpty();
    }

    @Override
    public String toString() {
      List<String> missing = new ArrayList<>(shall);
      is.forEach(missing::remove);
      List<String> surplus = new ArrayList<>(is);
      shall.forEach(surplus::remove);
      return "missing: %s%nsurplus: %s%nnot settled: %s".formatted(missing, surplus, restless);
    }
  }

  private void awaitBalance(String what) {
    var _ = Await.PATIENT.until(what + ", seed " + plan.seed(), this::balance, Balance::holds);
  }

  private Balance balance() {
    List<String> shall = new ArrayList<>();
    List<String> restless = new ArrayList<>();
    List<String> is = new ArrayList<>(cloud.found(uid -> names.getOrDefault(uid, uid)));
    before.forEach(is::remove);
    for (Tree instance : kubernetes.list(INSTANCE, name)) {
      String one = instance.at("metadata", "name").text().orElseThrow();
      String id =
          instance
              .at("metadata", "annotations", "crossplane.io/external-name")
              .text()
              .orElse("nothing");
      if (!wanted.containsKey(one) || !settled(instance)) {
        restless.add(one + words(instance));
      }
      if (wanted.containsKey(one)) {
        shall.addAll(cloud.expected(wanted.get(one), id));
        shall.add(one + ": usage of cloud");
      }
    }
    for (Tree usage : kubernetes.list(USAGE, name)) {
      String uid = usage.at("metadata", "name").text().orElseThrow();
      is.add(names.getOrDefault(uid, uid) + ": usage of cloud");
    }
    return new Balance(shall.stream().sorted().toList(), is.stream().sorted().toList(), restless);
  }

  private static String words(Tree instance) {
    return instance.at("status", "conditions").items().stream()
        .map(one ->
            " %s=%s (%s)"
                .formatted(
                    one.at("type").text().orElse(""),
                    one.at("reason").text().orElse(""),
                    one.at("message").text().orElse("")))
        .collect(Collectors.joining());
  }

  private static boolean settled(Tree instance) {
    return Conditions.is("Ready", "True").test(instance)
        && Conditions.is("Synced", "True").test(instance)
        && instance.at("status", "atProvider", "deviations").items().isEmpty()
        && instance
            .at("status", "observedGeneration")
            .whole()
            .equals(instance.at("metadata", "generation").whole());
  }

  /** It was killed often, and never ended of itself; nor did it lack a right. */
  private void requireNoFault() {
    try {
      assertThat(Files.readAllLines(provider.get().log()))
          .filteredOn(line -> line.contains("forbidden") || line.contains("fault of ours"))
          .isEmpty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() {
    calm();
    LocalProcess running = provider.get();
    if (running != null) {
      running.stop();
    }
    Reference config = CONFIG.named(name, "cloud");
    kubernetes.delete(config);
    cloud.close();
  }
}

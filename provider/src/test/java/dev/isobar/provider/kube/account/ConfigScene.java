package dev.isobar.provider.kube.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.InstanceSpec;
import dev.isobar.apis.compute.InstanceStatus;
import dev.isobar.apis.compute.ProviderConfigRef;
import dev.isobar.apis.compute.UsedProviderConfig;
import dev.isobar.provider.decide.Annotations;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.HandClock;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Wishes;
import dev.isobar.provider.kube.api.FakeKubernetes;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.Watching;
import dev.isobar.provider.queue.Urgency;
import dev.isobar.provider.queue.Workers.Again;
import dev.isobar.provider.reconcile.Sightings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;

/** A ProviderConfig on an API server in memory, and a cloud that can be looked at. */
abstract class ConfigScene {
  static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  static final ObjectKey CLOUD = new ObjectKey("lab", "cloud");
  static final ConfigKey KEY = new ConfigKey(ProviderConfigRef.Kind.ProviderConfig, CLOUD);
  static final Again LATER = new Again.After(Duration.ofMinutes(10), Urgency.RESYNC);
  static final String READY = condition("Ready", "True", "Available", "", "2026-11-25T10:00:00Z");
  static final String NO_ORPHANS =
      condition("Orphaned", "False", "NoOrphans", "", "2026-11-25T10:00:00Z");
  static final Map<String, String> MADE_BEFORE =
      Map.of(Annotations.EXTERNAL_NAME, "m-1", Annotations.CONFIG, "ProviderConfig/cloud");

  /** What a pass did. */
  record Deeds(Again again, List<String> writes, List<String> said) {}

  final HandClock clock = new HandClock(NOW);
  final ListedMachines cloud = new ListedMachines();
  final List<String> said = new ArrayList<>();
  final List<Watching> watches = new ArrayList<>();
  final List<Managed> instances = new ArrayList<>();
  Optional<List<Accounts.OtherUser>> others = Optional.of(List.of());
  boolean complete = true;
  int faults;
  FakeKubernetes kubernetes;
  WatchedSecrets secrets;

  @BeforeEach
  void start(@TempDir Path folder) {
    kubernetes = new FakeKubernetes(folder);
    secrets = new WatchedSecrets(kubernetes.objects(), _ -> {});
    kubernetes.put(
        KubernetesKind.SECRET, new ObjectKey("lab", "cloud"), Map.of("data", Map.of("k", "cHc=")));
  }

  @AfterEach
  void end() {
    watches.forEach(Watching::close);
    secrets.close();
    kubernetes.close();
  }

  // What is there.

  void config(Map<String, Object> metadata, List<String> conditions, long users) {
    Map<String, Object> object = new TreeMap<>();
    Map<String, Object> all = new TreeMap<>(metadata);
    all.put("generation", 3);
    object.put("metadata", all);
    object.put(
        "spec",
        Map.of(
            "provider",
            "OpenStack",
            "region",
            "RegionOne",
            "credentials",
            Map.of("secretRef", Map.of("name", "cloud", "key", "k"))));
    if (!conditions.isEmpty()) {
      object.put("status", FakeKubernetes.json(status(users, conditions)));
    }
    kubernetes.put(KubernetesKind.PROVIDER_CONFIG, CLOUD, object);
  }

  void usage(String instance) {
    Map<String, Object> owner =
        Map.of("apiVersion", "v1", "kind", "K", "name", instance, "uid", "u", "controller", true);
    kubernetes.put(
        KubernetesKind.PROVIDER_CONFIG_USAGE,
        new ObjectKey("lab", "uid-of-" + instance),
        Map.of(
            "metadata",
            Map.of("ownerReferences", List.of(owner)),
            "providerConfigRef",
            Map.of("kind", "ProviderConfig", "name", "cloud"),
            "resourceRef",
            Map.of("kind", "Instance", "name", instance)));
  }

  static String condition(String type, String status, String reason, String message, String since) {
    String words = message.isEmpty() ? "" : "\"message\":\"" + message + "\",";
    return "{\"lastTransitionTime\":\"%s\",%s\"observedGeneration\":3,\"reason\":\"%s\",\"status\":\"%s\",\"type\":\"%s\"}"
        .formatted(since, words, reason, status, type);
  }

  static String status(long users, List<String> conditions) {
    return "{\"conditions\":[" + String.join(",", conditions) + "],\"users\":" + users + "}";
  }

  static Managed instance(String config, Map<String, String> notes, String... held) {
    return new Managed(
        new ObjectKey("lab", "of-" + config),
        "u",
        "1",
        1,
        true,
        List.of(held),
        new TreeMap<>(notes),
        new InstanceSpec(
            List.of("*"),
            new UsedProviderConfig(ProviderConfigRef.Kind.ProviderConfig, config),
            Optional.empty(),
            InstanceSpec.RecreatePolicy.Always,
            Wishes.machine("small", "ubuntu")),
        InstanceStatus.NONE);
  }

  static Accounts.OtherUser cleanup(String config) {
    var key = new ConfigKey(ProviderConfigRef.Kind.ProviderConfig, new ObjectKey("lab", config));
    var cleanup = new ObjectKey("lab", "of-" + config);
    return new Accounts.OtherUser(
        new ConfigUser(KubernetesKind.CLUSTER_CLEANUP, cleanup, "c", key), true);
  }

  /** The Secret, held by these. */
  void secret(String... finalizers) {
    kubernetes.put(
        KubernetesKind.SECRET,
        CLOUD,
        Map.of("metadata", Map.of("finalizers", List.of(finalizers)), "data", Map.of("k", "cHc=")));
  }

  /** A config that holds its Secret. */
  static Map<String, Object> holding(Map<String, Object> metadata) {
    Map<String, Object> all = new TreeMap<>(metadata);
    all.put("annotations", Map.of("isobar.dev/holds-secret", "lab/cloud"));
    return all;
  }

  // What is done.

  ConfigUpkeep upkeep() {
    var configs = new Configs(_ -> {}, () -> faults++);
    var usages = new Usages(kubernetes.objects(), _ -> {}, () -> faults++);
    watches.addAll(configs.watch(kubernetes.objects()));
    watches.add(usages.watch());
    assertThat(watches).allMatch(watch -> watch.awaitSync(Duration.ofSeconds(20)));
    var installation = Installation.known(Optional.of("ours"));
    var accounts =
        new OpenAccounts(
            Map.of(CloudSpec.Provider.OpenStack, _ -> Response.of(cloud)),
            secrets,
            machines -> new Sightings(machines, clock, Duration.ofMinutes(1)),
            installation);
    var register =
        new Accounts.Register() {
          @Override
          public boolean complete() {
            return complete;
          }

          @Override
          public Stream<Managed> instances() {
            return instances.stream();
          }

          @Override
          public Optional<List<Accounts.OtherUser>> others() {
            return others;
          }
        };
    return new ConfigUpkeep(
        kubernetes.objects(),
        configs,
        usages,
        accounts,
        new OrphanAudit(register, usages, installation, clock),
        new HeldSecrets(kubernetes.objects(), configs, secrets, clock),
        register,
        (config, notice) -> said.add(config.key() + " " + notice.reason()),
        () -> faults++,
        clock);
  }

  Deeds keep(ConfigUpkeep upkeep) {
    int before = kubernetes.writes().size();
    int words = said.size();
    Again again = upkeep.keep(KEY);
    return new Deeds(
        again,
        kubernetes.writes().subList(before, kubernetes.writes().size()),
        List.copyOf(said.subList(words, said.size())));
  }

  static Deeds quiet(Again again) {
    return new Deeds(again, List.of(), List.of());
  }

  static Deeds patched(Again again, String finalizers) {
    return new Deeds(
        again,
        List.of(
            "PATCH providerconfigs lab/cloud"
                + " {\"metadata\":{\"finalizers\":%s,\"resourceVersion\":\"2\"}}"
                    .formatted(finalizers)),
        List.of());
  }

  static Deeds reported(Again again, long users, String... conditions) {
    return new Deeds(
        again,
        List.of("PUT providerconfigs lab/cloud status " + status(users, List.of(conditions))),
        List.of());
  }

  static Map<String, Object> kept() {
    return Map.of("finalizers", List.of("in-use.crossplane.io"));
  }

  static Map<String, Object> going(String... finalizers) {
    return Map.of("deletionTimestamp", "2026-11-25T09:59:00Z", "finalizers", List.of(finalizers));
  }

  static Arguments row(String why, Consumer<ConfigScene> scene, Deeds expected) {
    return Arguments.of(why, scene, expected);
  }
}

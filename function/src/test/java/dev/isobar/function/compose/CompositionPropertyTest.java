package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.Seeds;
import dev.isobar.function.compose.naming.Canonical;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Event;
import dev.isobar.function.contract.Ready;
import dev.isobar.function.contract.Request;
import dev.isobar.function.contract.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every claim on every Cloud, whatever becomes of either. */
final class CompositionPropertyTest {
  private static final int POOLS = 6;

  /** One in three on EC2, and half of these with a control plane of EKS. */
  private static ManagementCluster cluster(Random random) {
    return cluster(random, cloud(random));
  }

  private static Map<String, Object> cloud(Random random) {
    return random.nextInt(3) == 0
        ? new Ec2Generator(random).cloud()
        : new CloudGenerator(random).cloud();
  }

  private static ManagementCluster cluster(Random random, Map<String, Object> cloud) {
    return ManagementCluster.with(
        onEc2(cloud)
            ? new Ec2Generator(random).claim(cloud, POOLS)
            : new ClaimGenerator(random).claim(cloud, POOLS),
        cloud);
  }

  private static Map<String, Object> changed(Random random, Map<String, Object> cloud) {
    return onEc2(cloud)
        ? new Ec2Generator(random).changed(cloud)
        : new CloudGenerator(random).changed(cloud);
  }

  private static boolean onEc2(Map<String, Object> cloud) {
    return "EC2".equals(cloud.get("provider"));
  }

  @Test
  void everyValidClaimIsComposed() {
    Seeds.each(200, random -> assertThat(cluster(random).refusals()).isEmpty());
  }

  @Test
  void theSameRequestGivesTheSameBytes() {
    Seeds.each(
        30,
        random -> {
          ManagementCluster cluster = cluster(random);
          assertThat(bytes(cluster.ask())).isEqualTo(bytes(cluster.ask()));
        });
  }

  @Test
  void theOrderOfFieldsDoesNotMatter() {
    Seeds.each(
        30,
        random -> {
          ManagementCluster cluster = cluster(random);
          cluster.settle();
          Request request = cluster.request();
          var shuffled =
              new Request(
                  shuffled(request.composite(), random),
                  mapped(request.observed(), random),
                  request.required(),
                  shuffled(request.input(), random));
          var composition = new PlatformClusterComposition();
          assertThat(bytes(composition.compose(shuffled)))
              .isEqualTo(bytes(composition.compose(request)));
        });
  }

  @Test
  void whatIsReplayedAsObservedIsComposedAgain() {
    Seeds.each(
        60,
        random -> {
          ManagementCluster cluster = cluster(random);
          Answer.Composed settled = cluster.settle();
          assertThat(objects(cluster.composed())).isEqualTo(objects(settled));
          assertThat(cluster.composed().events()).isEmpty();
          boolean lasting = settled.ready() == Ready.TRUE;
          assertThat(cluster.composed().ttl()).isEqualTo(Duration.ofMinutes(lasting ? 10 : 1));
          assertThat(reasons(settled).contains("WorkloadCredentialsMissing")).isEqualTo(!lasting);
        });
  }

  private static List<String> reasons(Answer.Composed composed) {
    return composed.conditions().stream().map(Condition::reason).toList();
  }

  @Test
  void eventsAreToldOnce() {
    Seeds.each(
        30,
        random -> {
          ManagementCluster cluster = cluster(random);
          cluster.reconcile();
          assertThat(cluster.composed().events()).isEmpty();
          new Controllers(cluster).work();
          List<Event> told = cluster.reconcile().events();
          assertThat(told).isNotEmpty();
          assertThat(cluster.composed().events()).isEmpty();
        });
  }

  @Test
  void nothingThatHappensToTheCloudTakesAnythingAwayOrRollsAMachine() {
    Seeds.each(
        100,
        random -> {
          Map<String, Object> cloud = cloud(random);
          ManagementCluster cluster = cluster(random, cloud);
          cluster.settle();
          for (int step = 0; step < 5; step++) {
            cloud = changed(random, cloud);
            cluster.cloud(cloud);
            if (random.nextBoolean()) {
              cluster.settings(new CloudGenerator(random).settings());
            }
            if (cluster.ask() instanceof Answer.Composed) {
              assertNothingRolls(cluster);
              cluster.settle();
            }
          }
        });
  }

  private static void assertNothingRolls(ManagementCluster cluster) {
    SortedMap<String, Tree> before = cluster.observed();
    SortedMap<String, Tree> after = trees(cluster.composed());
    assertThat(after.keySet()).containsAll(before.keySet());
    before.forEach((key, object) -> {
      Tree now = after.get(key);
      assertThat(machines(now)).as(key).isEqualTo(machines(object));
      assertThat(networks(now)).as(key).isEqualTo(networks(object));
      if (Retention.isTemplate(object)) {
        assertThat(now.at("spec").plain()).as(key).isEqualTo(object.at("spec").plain());
      }
    });
  }

  /** What Cluster API makes new machines for when it changes. */
  private static List<Object> machines(Tree object) {
    List<Object> machines = new ArrayList<>();
    machines.add(String.valueOf(object.at("spec", "version").plain()));
    machines.add(
        String.valueOf(object.at("spec", "machineTemplate", "spec", "infrastructureRef").plain()));
    machines.add(String.valueOf(object.at("spec", "kubeadmConfigSpec").plain()));
    Tree template = object.at("spec", "template", "spec");
    for (String field : List.of("version", "failureDomain", "bootstrap", "infrastructureRef")) {
      machines.add(String.valueOf(template.at(field).plain()));
    }
    return machines;
  }

  /** What Cluster API's OpenStack provider lets nobody change. */
  private static List<String> networks(Tree object) {
    List<String> networks = new ArrayList<>();
    if (object.at("kind").text().orElse("").equals("OpenStackCluster")) {
      var spec = new TreeMap<>(Manifest.object(object.at("spec").plain()));
      spec.keySet()
          .removeAll(List.of("controlPlaneAvailabilityZones", "controlPlaneOmitAvailabilityZone"));
      spec.forEach((field, value) -> networks.add(field + "=" + withoutServers(value)));
    }
    return networks;
  }

  private static String withoutServers(Object value) {
    return String.valueOf(value)
        .replaceAll("dnsNameservers=\\[[^]]*], ", "")
        .replaceAll(", dnsNameservers=\\[[^]]*]", "");
  }

  @Test
  void theConfigurationOfLivingGpuNodesStays() {
    Seeds.each(
        60,
        random -> {
          Map<String, Object> cloud = cloud(random);
          ManagementCluster cluster = cluster(random, cloud);
          cluster.settle();
          cluster.cloud(changed(random, cloud));
          if (!(cluster.ask() instanceof Answer.Composed composed)) {
            return;
          }
          String operator = String.valueOf(objects(composed).get("addon.gpu-operator"));
          for (Tree object : cluster.observed().values()) {
            for (String entry : entries(object.at("spec", "template", "spec"))) {
              assertThat(operator).contains(entry);
            }
          }
        });
  }

  /** The entries of the GPU Operator's configuration that the labels of nodes name. */
  private static List<String> entries(Tree template) {
    Tree kubeadm = template.at("joinConfiguration", "nodeRegistration", "kubeletExtraArgs");
    Stream<String> labels =
        Stream.concat(
            kubeadm.items().stream()
                .filter(flag -> flag.at("name").text().orElse("").equals("node-labels"))
                .flatMap(flag -> flag.at("value").text().stream()),
            template.at("kubelet", "flags").items().stream()
                .flatMap(flag -> flag.text().stream())
                .map(flag -> flag.replace("--node-labels=", "")));
    return labels
        .flatMap(text -> Stream.of(text.split(",", -1)))
        .filter(label -> label.startsWith("nvidia.com/"))
        .map(label -> label.substring(label.indexOf('=') + 1))
        .toList();
  }

  private static SortedMap<String, SortedMap<String, Object>> objects(Answer.Composed composed) {
    var objects = new TreeMap<String, SortedMap<String, Object>>();
    composed.resources().forEach((key, resource) -> objects.put(key, resource.object()));
    return objects;
  }

  private static SortedMap<String, Tree> trees(Answer.Composed composed) {
    var trees = new TreeMap<String, Tree>();
    objects(composed).forEach((key, object) -> trees.put(key, Tree.of(object)));
    return trees;
  }

  private static String bytes(Answer answer) {
    return switch (answer) {
      case Answer.Composed composed -> {
        var text = new StringBuilder();
        for (Map.Entry<String, Resource> entry : composed.resources().entrySet()) {
          text.append(entry.getKey())
              .append(entry.getValue().ready())
              .append(Canonical.json(entry.getValue().object()))
              .append('\n');
        }
        yield text.append(Canonical.json(composed.status()))
            .append(composed.ready())
            .append(composed.conditions())
            .append(composed.events())
            .append(composed.requirements())
            .append(composed.ttl())
            .toString();
      }
      case Answer.Rejected rejected -> rejected.toString();
      case Answer.Unresolved unresolved -> unresolved.toString();
    };
  }

  private static SortedMap<String, Tree> mapped(SortedMap<String, Tree> objects, Random random) {
    var mapped = new TreeMap<String, Tree>();
    objects.forEach((key, object) -> mapped.put(key, shuffled(object, random)));
    return mapped;
  }

  private static Tree shuffled(Tree tree, Random random) {
    Object plain = tree.plain();
    return plain == null ? Tree.absent() : Tree.of(shuffled(plain, random));
  }

  private static Object shuffled(Object value, Random random) {
    if (value instanceof List<?> list) {
      return list.stream().map(item -> shuffled(item, random)).toList();
    }
    if (value instanceof Map<?, ?> map) {
      List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
      Collections.shuffle(entries, random);
      var copy = new LinkedHashMap<String, Object>();
      entries.forEach(
          entry -> copy.put(String.valueOf(entry.getKey()), shuffled(entry.getValue(), random)));
      return copy;
    }
    return value;
  }
}

package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.grammar.Form;
import dev.isobar.apis.grammar.Grammar;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ec2.Ec2Lab;
import dev.isobar.function.compose.ec2.EksLab;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** cloud-init takes user data for a template, so no text of a claim may look like one in it. */
final class UserTextTest {
  /** A claim with every field that holds a text, but for add-ons, which are no user data. */
  private static final String FULL =
      """
      cloud: wekeo
      version: "1.35"
      imageRevision: a
      controlPlane:
        machineType: m1.large
        zones: [az1]
        rootDisk: {size: 50Gi, type: ssd}
        etcd: {disk: {size: 20Gi, type: ssd}}
        certificateNames: [api.example.org]
        apiServerFlags: {v: "4"}
        serverGroup: apart
        healthCheck: {maxUnhealthy: "1"}
      network:
        serviceDomain: cluster.local
        existing: {network: {name: a}, subnet: {name: a}, router: {name: a}}
        api: {address: 192.0.2.2}
      pools:
      - name: a
        machineType: g2.a100.2
        replicas: 1
        labels: {team: a}
        taints: [{key: a, value: b, effect: NoSchedule}]
        zones: [az1]
        gpu: {partitioning: {mig: {layout: {1g.10gb: 1}}}}
        rootDisk: {size: 50Gi, type: ssd}
        disks: [{name: a, size: 1Gi, type: ssd, mountPath: /a}]
        serverGroup: together
        healthCheck: {maxUnhealthy: "1"}
        kubelet: {reservedCpu: 500m}
      - name: b
        machineTypes: [g2.a100.2]
        replicas: 1
        gpu: {partitioning: {mig: {demand: [{profile: 1g.10gb, count: 1}]}}}
      nodes:
        sshKey: mine
        registryMirrors: [{registry: docker.io, endpoints: ['https://m.example.org']}]
        trustedAuthorities: [{name: a, certificate: '-----BEGIN CERTIFICATE-----MAMCAQE=-----END CERTIFICATE-----'}]
        timeServers: [ntp.example.org]
        kubelet: {reservedCpu: 500m}
      security:
        oidc: {issuer: 'https://l.example.org', clientId: a, usernameClaim: a, usernamePrefix: a, groupsClaim: a, groupsPrefix: a}
        podSecurity: {exemptNamespaces: [a]}
        encryptionConfiguration: {name: a, key: b}
      """;

  private static final String ID = "00000000-0000-4000-8000-000000000001";

  /** The same with ids where names are. */
  private static final Map<String, Object> WITH_IDS =
      Manifest.merged(
          Manifest.of(FULL),
          """
          network:
            existing: {network: {name: null, id: %s}, subnet: {name: null, id: %s}, router: {name: null, id: %s}}
          """
              .formatted(ID, ID, ID));

  /** The same in a network of its own, which alone has name servers. */
  private static final Map<String, Object> IN_ITS_OWN =
      Manifest.merged(Manifest.of(FULL), "network: {existing: null, dnsServers: [192.0.2.1]}");

  /** What only a claim on EC2 may say. */
  private static final Map<String, Object> ON_EC2 =
      Manifest.of(
          """
          cloud: wekeo
          version: '1.35'
          controlPlane: {machineType: m6i.xlarge}
          network: {existing: {network: {id: vpc-0123456789abcdef0}, subnets: [subnet-0123456789abcdef0]}}
          pools:
          - {name: a, machineType: m6i.xlarge, replicas: 1, capacity: {model: Spot, maxPrice: "0.1"}}
          - name: b
            machineType: p5.48xlarge
            replicas: 1
            capacity: {model: Block, reservationId: cr-0123456789abcdef0}
            gpu: {partitioning: {none: {}}}
          """);

  /** What only a claim on EKS may say. */
  private static final Map<String, Object> ON_EKS =
      Manifest.of(
          """
          cloud: wekeo
          version: '1.35'
          controlPlane:
            kind: Managed
            managed:
              secretsKey: arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d
              administrators: ['arn:aws:iam::111122223333:role/platform']
          """);

  private static final List<Map<String, Object>> CLAIMS =
      List.of(Manifest.of(FULL), WITH_IDS, IN_ITS_OWN, ON_EC2, ON_EKS);

  private static final Set<String> ELSEWHERE = Set.of("addons");

  /** Paths of all texts that the API has, without numbers and names of entries. */
  private static void texts(Form form, String path, SortedSet<String> found) {
    switch (form) {
      case Form.Text _ -> found.add(path);
      case Form.Listing list -> texts(list.element(), path + "[]", found);
      case Form.Mapping map -> texts(map.value(), path + "[]", found);
      case Form.Structure structure ->
          Grammar.of(structure.type()).fields().stream()
              .filter(field -> !path.equals("spec") || !ELSEWHERE.contains(field.name()))
              .forEach(field -> texts(field.form(), path + "." + field.name(), found));
      case Form.TextRecord _, Form.Choice _, Form.Whole _, Form.Truth _, Form.Anything _ -> {}
    }
  }

  /** Calls with each text of a value and what puts another in its place. */
  private static void each(
      Object value, String path, UnaryOperator<Object> place, BiConsumer<String, Edit> visit) {
    switch (value) {
      case String text -> visit.accept(path, new Edit(text, place));
      case Map<?, ?> map ->
          map.forEach((key, entry) ->
              each(
                  entry,
                  free(path) ? path + "[" + key + "]" : path + "." + key,
                  other -> place.apply(with(map, String.valueOf(key), other)),
                  visit));
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          int index = i;
          each(
              list.get(i),
              path + "[" + i + "]",
              other -> place.apply(with(list, index, other)),
              visit);
        }
      }
      default -> {}
    }
  }

  record Edit(String text, UnaryOperator<Object> place) {}

  private static boolean free(String path) {
    return Stream.of("labels", "apiServerFlags", "layout").anyMatch(path::endsWith)
        || path.matches(".*layouts\\[0]");
  }

  private static Object with(Map<?, ?> map, String key, Object value) {
    var changed = new LinkedHashMap<Object, Object>(map);
    changed.put(key, value);
    return changed;
  }

  private static Object with(List<?> list, int index, Object value) {
    var changed = new ArrayList<Object>(list);
    changed.set(index, value);
    return changed;
  }

  @Test
  void theClaimHasEveryTextThereIs() {
    var expected = new TreeSet<String>();
    texts(new Form.Structure(PlatformClusterSpec.class), "spec", expected);
    var there = new TreeSet<String>();
    CLAIMS.forEach(claim ->
        each(
            claim,
            "spec",
            whole -> whole,
            (path, _) -> there.add(path.replaceAll("\\[[^]]*]", "[]"))));
    assertThat(there).containsAll(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{ x }}", "{% x %}", "{# x #}"})
  void noTextIsTakenForATemplate(String template) {
    for (Map<String, Object> claim : CLAIMS) {
      assertThat(cluster(claim).refusals()).isEmpty();
      each(
          claim,
          "spec",
          whole -> whole,
          (path, edit) ->
              assertThat(
                      cluster(Manifest.object(edit.place().apply(edit.text() + template)))
                          .refusals())
                  .as(path)
                  .anyMatch(one -> one.startsWith(path + ": ")));
    }
  }

  @Test
  void noTextHasALineBreak() {
    for (Map<String, Object> claim : CLAIMS) {
      each(
          claim,
          "spec",
          whole -> whole,
          (path, edit) -> {
            if (!path.endsWith(".certificate")) {
              assertThat(
                      cluster(Manifest.object(edit.place().apply(edit.text() + "\n"))).refusals())
                  .as(path)
                  .anyMatch(one -> one.startsWith(path + ": "));
            }
          });
    }
  }

  private static ManagementCluster cluster(Map<String, Object> claim) {
    Tree head = Tree.of(claim).at("controlPlane");
    boolean eks = head.at("kind").text().filter(kind -> kind.startsWith("Managed")).isPresent();
    boolean ec2 = head.at("machineType").text().filter(type -> type.startsWith("m6i.")).isPresent();
    Map<String, Object> cloud =
        eks ? EksLab.cloud() : Manifest.of(ec2 ? Ec2Lab.CLOUD : ManagementCluster.CLOUD);
    return ManagementCluster.with(claim, cloud).claim("claimRef: {namespace: eo4eu, name: eo-lab}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "security: {oidc: {issuer: 'https://l.example.org', clientId: a, usernamePrefix: '{%'}}",
        "controlPlane: {apiServerFlags: {vmodule: '{{ 4 }}'}}",
        "security: {oidc: {issuer: 'https://l.example.org', clientId: '{#'}}"
      })
  void theSentenceSaysWhy(String claim) {
    assertThat(ManagementCluster.with(claim).refusals())
        .singleElement()
        .asString()
        .endsWith(
            ", which cloud-init takes for the beginning of a template when a machine starts; write"
                + " it without");
  }

  @Test
  void theCloudsRegionIsLookedAtToo() {
    assertThat(ManagementCluster.with("{}").cloud("region: '{{ x }}'").refusals())
        .containsExactly(
            "Cloud wekeo: spec.region: \"{{ x }}\" is not allowed; it must be a region's name,"
                + " without quotes or blanks at its ends, such as RegionOne");
  }

  @Test
  void chartsMayHaveTemplates() {
    assertThat(
            ManagementCluster.with(
                    "addons: {extra: [{name: a, chart: {repository: 'https://c.example.org', name:"
                        + " x, version: 1.0.0, values: {a: '{{ b }}'}}}]}")
                .refusals())
        .isEmpty();
  }

  /** Ours are two: the node's name and its id. */
  @Test
  void nothingElseIsATemplate() {
    var templates = new TreeSet<String>();
    ManagementCluster cluster =
        ManagementCluster.with(
            "{security: {oidc: {issuer: 'https://l.example.org', clientId: a}}, pools: [{name: a,"
                + " machineType: m1.large, replicas: 1, kubelet: {reservedMemory: 1Gi}, disks:"
                + " [{name: a, size: 1Gi, mountPath: /a}]}]}");
    for (String key : cluster.keys()) {
      if (key.equals("control-plane") || key.contains(".bootstrap.")) {
        each(
            Manifest.object(Tree.of(cluster.composed(key)).plain()),
            key,
            whole -> whole,
            (_, edit) -> {
              if (edit.text().matches("(?s).*\\{[{%#].*")) {
                templates.add(edit.text());
              }
            });
      }
    }
    assertThat(templates)
        .containsExactly("openstack://RegionOne/'{{ instance_id }}'", "{{ local_hostname }}");
  }
}

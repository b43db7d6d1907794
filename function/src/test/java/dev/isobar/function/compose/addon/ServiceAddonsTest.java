package dev.isobar.function.compose.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;
import dev.isobar.function.compose.ec2.Ec2Lab;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a claim gets of the add-ons it need not have: order, gates, values and Secrets. */
final class ServiceAddonsTest {
  static final String GPUS =
      "pools: [{name: g, machineType: g2.a100.2, replicas: 1, gpu: {partitioning: {none: {}}}}]\n";

  static final String SERVICES =
      """
      addons:
        monitoring: true
        prometheus: {retention: 30d, storage: 200Gi, storageClass: fast}
        alertmanager: {configSecretRef: {name: alerts, key: config}}
        certManager: true
        ingress: Traefik
        gatewayApi: true
        nodeProblemDetector: true
        kueue: true
        externalDns:
          zones: [lab.example.org, lab.example.com]
          rfc2136: {server: ns.example.org, keyName: lab, keySecretRef: {name: dns, key: tsig}}
        backup:
          bucket: backups
          endpoint: https://s3.example.org
          credentialsSecretRef: {name: s3, key: credentials}
      """;

  static final String SHARES = "addons: {sharedVolumes: {manila: {type: nfs}}}";
  static final String FILES = "addons: {sharedVolumes: {efs: {fileSystem: fs-0123456789abcdef0}}}";

  static ManagementCluster services() {
    return ManagementCluster.with(GPUS + SERVICES);
  }

  static Tree spec(ManagementCluster cluster, String addon) {
    return Tree.of(cluster.composed("addon." + addon)).at("spec");
  }

  static Tree values(ManagementCluster cluster, String addon) {
    Tree release = spec(cluster, addon).at("helmCharts").items().getFirst();
    return Tree.of(Manifest.of(release.at("values").text().orElseThrow()));
  }

  static String object(ManagementCluster cluster, String addon, String file) {
    return Tree.of(cluster.composed("addon." + addon + ".config"))
        .at("data", file)
        .text()
        .orElseThrow();
  }

  /** The add-ons with what each waits for. */
  private static String order(ManagementCluster cluster) {
    var order = new TreeMap<String, String>();
    for (String key : cluster.keys()) {
      Tree object = Tree.of(cluster.composed(key));
      if (object.at("kind").text().filter("ClusterProfile"::equals).isPresent()) {
        List<String> after =
            object.at("spec", "dependsOn").items().stream()
                .map(one -> one.text().orElse("").replace("eo-lab-f4bd8-", ""))
                .toList();
        order.put(key.substring(6), String.join("+", after));
      }
    }
    return order.toString();
  }

  record Order(String reason, ManagementCluster cluster, String expected) {}

  static Stream<Order> orders() {
    return Stream.of(
        new Order(
            "who uses the kinds of the Gateway API comes after them",
            services(),
            "{backup=cni, cert-manager=cni+gateway-api, cloud-controller=, cni=,"
                + " external-dns=cni+gateway-api, gateway-api=, gpu-operator=cni,"
                + " ingress=cni+gateway-api, kueue=cni, metrics-server=cni,"
                + " monitoring=cni+volumes, node-problem-detector=cni, volumes=cloud-controller}"),
        new Order(
            "Manila hands over to what mounts",
            ManagementCluster.with(SHARES),
            "{cloud-controller=, cni=, metrics-server=cni, share-driver=cni,"
                + " shared-volumes=cloud-controller+share-driver, volumes=cloud-controller}"),
        new Order(
            "EFS mounts by itself",
            Ec2Lab.with(FILES),
            "{cloud-controller=, cni=, metrics-server=cni, shared-volumes=cni,"
                + " volumes=cloud-controller}"));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void comesInOrder(Order row) {
    assertThat(order(row.cluster)).as(row.reason).isEqualTo(row.expected);
  }

  record Gate(ManagementCluster cluster, String addon, String expected) {}

  static Stream<Gate> gates() {
    return Stream.of(
        new Gate(
            services(),
            "external-dns",
            "Deployment external-dns app.kubernetes.io/name=external-dns"),
        new Gate(services(), "kueue", "Deployment kueue-system control-plane=controller-manager"),
        new Gate(services(), "backup", "Deployment velero app.kubernetes.io/name=velero"),
        new Gate(
            services(),
            "node-problem-detector",
            "DaemonSet kube-system app.kubernetes.io/name=node-problem-detector"),
        new Gate(
            ManagementCluster.with(SHARES),
            "share-driver",
            "DaemonSet kube-system app.kubernetes.io/name=csi-driver-nfs"),
        new Gate(
            ManagementCluster.with(SHARES.replace("nfs", "a, protocol: CephFS")),
            "share-driver",
            "DaemonSet kube-system app=ceph-csi-cephfs"),
        new Gate(
            ManagementCluster.with(SHARES),
            "shared-volumes",
            "DaemonSet kube-system app=openstack-manila-csi"),
        new Gate(
            Ec2Lab.with(FILES),
            "shared-volumes",
            "DaemonSet kube-system app.kubernetes.io/name=aws-efs-csi-driver"));
  }

  /** Labels as the charts render them, seen with {@code helm template}. */
  @ParameterizedTest
  @MethodSource("gates")
  void countsAsDeployedOnceItWorks(Gate row) {
    Tree gate = spec(row.cluster, row.addon).at("validateHealths").items().getFirst();
    Tree label = gate.at("labelFilters").items().getFirst();
    assertThat(
            String.join(
                " ",
                gate.at("kind").text().orElse(""),
                gate.at("namespace").text().orElse(""),
                label.at("key").text().orElse("") + "=" + label.at("value").text().orElse("")))
        .as(row.addon)
        .isEqualTo(row.expected);
  }

  @Test
  void onlyWhatHoldsVolumesStaysWhenTheClusterGoes() {
    for (String addon : List.of("backup", "external-dns", "gateway-api", "kueue", "monitoring")) {
      assertThat(spec(services(), addon).at("stopMatchingBehavior").exists()).as(addon).isFalse();
    }
    for (String addon : List.of("share-driver", "shared-volumes")) {
      assertThat(spec(ManagementCluster.with(SHARES), addon).at("stopMatchingBehavior").text())
          .as(addon)
          .contains("LeavePolicies");
    }
  }

  record Server(String reason, String provider, String cloud, String expected) {}

  static Stream<Server> servers() {
    return Stream.of(
        new Server(
            "dynamic updates: the key comes from a Secret",
            "rfc2136: {server: ns.example.org, keyName: lab, algorithm: HmacSha512, keySecretRef:"
                + " {name: dns, key: tsig}}",
            "{}",
            """
            provider: {name: rfc2136}
            extraArgs:
              rfc2136-host: ns.example.org
              rfc2136-port: 53
              rfc2136-tsig-axfr: true
              rfc2136-tsig-keyname: lab
              rfc2136-tsig-secret-alg: hmac-sha512
              rfc2136-zone: [lab.example.org]
            env:
            - name: EXTERNAL_DNS_RFC2136_TSIG_SECRET
              valueFrom: {secretKeyRef: {name: external-dns-credentials, key: tsig-key}}
            """),
        new Server(
            "Route 53 with what the nodes may do",
            "route53: {role: 'arn:aws:iam::123456789012:role/dns'}",
            "{}",
            """
            provider: {name: aws}
            extraArgs: {aws-assume-role: 'arn:aws:iam::123456789012:role/dns'}
            """),
        new Server(
            "Route 53 with credentials of its own",
            "route53: {credentialsSecretRef: {name: aws, key: file}}",
            "{}",
            """
            provider: {name: aws}
            env: [{name: AWS_SHARED_CREDENTIALS_FILE, value: /etc/isobar/credentials}]
            extraVolumes: [{name: credentials, secret: {secretName: external-dns-credentials}}]
            extraVolumeMounts: [{name: credentials, mountPath: /etc/isobar, readOnly: true}]
            """),
        new Server(
            "Designate with the Cloud's credentials",
            "designate: {}",
            "workloadCredentials: {cloudName: lab}",
            """
            provider:
              name: webhook
              webhook:
                image: {repository: ghcr.io/inovex/external-dns-openstack-webhook, tag: 2.3.0}
                args: [--domain-filter=lab.example.org]
                env: [{name: OS_CLOUD, value: lab}]
                extraVolumeMounts: [{name: credentials, mountPath: /etc/openstack, readOnly: true}]
            extraVolumes: [{name: credentials, secret: {secretName: external-dns-credentials}}]
            """));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void recordsGoToTheNameServerOfTheClaim(Server row) {
    String claim = "addons: {externalDns: {zones: [lab.example.org], " + row.provider + "}}";
    ManagementCluster cluster = ManagementCluster.with(claim).cloud(row.cloud);
    String all =
        """
        sources: [service, ingress]
        domainFilters: [lab.example.org]
        policy: upsert-only
        registry: txt
        txtOwnerId: eo-lab-f4bd8
        """;
    assertThat(values(cluster, "external-dns").plain())
        .as(row.reason)
        .isEqualTo(Tree.of(Manifest.of(all + row.expected)).plain());
  }

  @Test
  void routesAreNamedToo() {
    assertThat(values(services(), "external-dns").at("sources").plain())
        .isEqualTo(List.of("service", "ingress", "gateway-httproute"));
    String policy = "addons: {externalDns: {policy: DeleteRecords}}";
    assertThat(values(services().claim(policy), "external-dns").at("policy").text())
        .contains("sync");
  }

  record Copy(String addon, String file, String source, String expected) {}

  static Stream<Copy> copies() {
    return Stream.of(
        new Copy(
            "external-dns",
            "external-dns-credentials.yaml",
            "[{identifier=NameServer, resource={apiVersion=v1, kind=Secret, name=dns,"
                + " namespace=eo4eu}}]",
            """
            {{- $data := (getResource "NameServer").data -}}
            {{- if not (index $data "tsig") }}{{ fail "Secret dns has no key tsig" }}{{ end -}}
            apiVersion: v1
            kind: Secret
            metadata:
              name: external-dns-credentials
              namespace: external-dns
            type: Opaque
            data:
              tsig-key: {{ index $data "tsig" | quote }}
            """),
        new Copy(
            "monitoring",
            "alertmanager-receivers.yaml",
            "[{identifier=Receivers, resource={apiVersion=v1, kind=Secret, name=alerts,"
                + " namespace=eo4eu}}]",
            """
            {{- $data := (getResource "Receivers").data -}}
            {{- if not (index $data "config") }}{{ fail "Secret alerts has no key config" }}{{ end -}}
            apiVersion: v1
            kind: Secret
            metadata:
              name: alertmanager-receivers
              namespace: monitoring
            type: Opaque
            data:
              alertmanager.yaml: {{ index $data "config" | quote }}
            """),
        new Copy(
            "backup",
            "bucket-credentials.yaml",
            "[{identifier=Bucket, resource={apiVersion=v1, kind=Secret, name=s3,"
                + " namespace=eo4eu}}]",
            """
            {{- $data := (getResource "Bucket").data -}}
            {{- if not (index $data "credentials") }}{{ fail "Secret s3 has no key credentials" }}{{ end -}}
            apiVersion: v1
            kind: Secret
            metadata:
              name: bucket-credentials
              namespace: velero
            type: Opaque
            data:
              cloud: {{ index $data "credentials" | quote }}
            """));
  }

  @ParameterizedTest
  @MethodSource("copies")
  void secretsAreCopiedBySveltosAlone(Copy row) {
    ManagementCluster cluster = services();
    assertThat(spec(cluster, row.addon).at("templateResourceRefs").plain()).hasToString(row.source);
    assertThat(object(cluster, row.addon, row.file)).isEqualTo(row.expected);
  }

  @Test
  void gatewaysAreServedByTraefikAndGetCertificates() {
    assertThat(values(services(), "ingress").at("providers").plain())
        .isEqualTo(Manifest.plain("{kubernetesGateway: {enabled: true}}"));
    assertThat(values(services(), "cert-manager").at("config", "gatewayAPI").plain())
        .isEqualTo(Manifest.plain("{enabled: true}"));
    ManagementCluster without = services().claim("addons: {gatewayApi: false}");
    assertThat(values(without, "ingress").at("providers").exists()).isFalse();
    assertThat(values(without, "cert-manager").at("config").exists()).isFalse();
  }

  @Test
  void backupsGoToTheBucketOfTheClaim() {
    assertThat(values(services(), "backup").plain())
        .isEqualTo(
            Tree.of(
                    Manifest.of(
                        """
                        configuration:
                          backupStorageLocation:
                          - name: default
                            provider: aws
                            default: true
                            bucket: backups
                            prefix: eo-lab-f4bd8
                            credential: {name: bucket-credentials, key: cloud}
                            config: {region: us-east-1, s3Url: 'https://s3.example.org', s3ForcePathStyle: 'true', checksumAlgorithm: ''}
                          uploaderType: kopia
                          defaultVolumesToFsBackup: true
                        credentials: {useSecret: true, existingSecret: bucket-credentials}
                        snapshotsEnabled: false
                        deployNodeAgent: true
                        nodeAgent: {tolerations: [{operator: Exists}]}
                        initContainers:
                        - name: velero-plugin-for-aws
                          image: velero/velero-plugin-for-aws:v1.13.2
                          volumeMounts: [{name: plugins, mountPath: /target}]
                        schedules:
                          whole-cluster: {schedule: 0 3 * * *, template: {ttl: 2592000s}}
                        """))
                .plain());
    assertThat(object(services(), "backup", "namespace.yaml"))
        .contains("pod-security.kubernetes.io/enforce: privileged");
  }
}

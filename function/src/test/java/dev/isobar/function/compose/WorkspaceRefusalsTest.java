package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a workspace cannot have, said in one sentence: where, what is wrong, what to do instead. */
final class WorkspaceRefusalsTest {
  private static final String OWN =
      "accelerators: [{name: slices, machineTypes: [%s], nodes: {min: 0, max: 4}, partitioning:"
          + " %s}]";

  private static final String PROFILE =
      "jupyterhub: {profiles: [{name: small, accelerator: slices, cpu: 4, memory: 32Gi, image: a,"
          + " %s}]}";

  /** A reason, what is changed of a workspace that can be had, and what is said of it. */
  record Row(String reason, String overlay, String sentence) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static Stream<Row> accelerators() {
    return Stream.of(
        new Row(
            "a machine type the Cloud does not have",
            OWN.formatted("g3.h100.9", "{none: {}}"),
            "spec.accelerators[0].machineTypes[0]: Cloud wekeo has no machine type \"g3.h100.9\";"
                + " did you mean g3.h100.8?"),
        new Row(
            "no GPUs",
            OWN.formatted("m1.large", "{none: {}}"),
            "spec.accelerators[0].machineTypes: machine type m1.large has no GPU as far as Cloud"
                + " wekeo says; remove it, choose a machine type with GPUs, or have the platform"
                + " team set gpu of the machine type in the Cloud"),
        new Row(
            "a layout with no room",
            OWN.formatted("g3.h100.8", "{mig: {layout: {1g.10gb: 2, 3g.40gb: 2}}}"),
            "spec.accelerators[0].partitioning.mig.layout: H100-80GB has no room for {1g.10gb: 2,"
                + " 3g.40gb: 2}: it needs 8 of 7 compute slices and 10 of 8 memory slices; the"
                + " nearest layout that fits is {1g.10gb: 2, 3g.40gb: 1}"),
        new Row(
            "more than the nodes can serve",
            OWN.formatted("g3.h100.8", "{mig: {demand: [{memory: 80Gi, count: 40}]}}"),
            "spec.accelerators[0].partitioning.mig.demand: needs 5 nodes, and there may be 4; allow"
                + " 5, or ask for less: 4 have 32 nvidia.com/gpu"),
        new Row(
            "nodes without a number",
            "accelerators: [{name: slices, machineTypes: [g3.h100.8], partitioning: {none: {}}}]",
            "spec.accelerators[0].nodes: is missing, and nodes of the workspace's own need it; set"
                + " it, for example to {min: 0, max: 4}"),
        new Row(
            "a pool with zones",
            "accelerators: [{name: slices, poolRef: {name: a100}, zones: [az1]}]",
            "spec.accelerators[0].zones: is of nodes of the workspace's own, and this is a pool of"
                + " the cluster; remove it, or have it set on the pool of PlatformCluster eo-lab"),
        new Row(
            "a pool the cluster does not have",
            "accelerators: [{name: slices, poolRef: {name: a10}}]",
            "spec.accelerators[0].poolRef.name: PlatformCluster eo-lab has no pool \"a10\"; did you"
                + " mean a100?"),
        new Row(
            "a pool without GPUs",
            "accelerators: [{name: slices, poolRef: {name: general}}]",
            "spec.accelerators[0].poolRef.name: pool general has no GPUs; the pools with GPUs are"
                + " a100"));
  }

  static Stream<Row> profiles() {
    return Stream.of(
        new Row(
            "an accelerator that is not there",
            "jupyterhub: {profiles: [{name: small, accelerator: slice, cpu: 4, memory: 32Gi, image:"
                + " a}]}",
            "spec.jupyterhub.profiles[0].accelerator: there is no accelerator \"slice\"; did you"
                + " mean slices?"),
        new Row(
            "more memory than any slice has",
            PROFILE.formatted("gpuMemory: 141Gi"),
            "spec.jupyterhub.profiles[0].gpuMemory: accelerator slices has nothing with 141Gi; the"
                + " largest is nvidia.com/mig-3g.40gb with 40Gi; ask for that, or divide its GPUs"
                + " otherwise"),
        new Row(
            "a resource nobody offers",
            PROFILE.formatted("resource: nvidia.com/mig-1g.20gb"),
            "spec.jupyterhub.profiles[0].resource: accelerator slices does not offer"
                + " nvidia.com/mig-1g.20gb; did you mean nvidia.com/mig-2g.20gb?"),
        new Row(
            "a resource nobody offers, with the memory of another",
            PROFILE.formatted("resource: nvidia.com/mig-2g.40gb"),
            "spec.jupyterhub.profiles[0].resource: accelerator slices does not offer"
                + " nvidia.com/mig-2g.40gb; did you mean nvidia.com/mig-3g.40gb?"),
        new Row(
            "no word on which slice",
            PROFILE.formatted("gpus: 1"),
            "spec.jupyterhub.profiles[0].gpuMemory: is missing, and accelerator slices offers"
                + " several kinds; set it, or resource to one of nvidia.com/mig-2g.20gb,"
                + " nvidia.com/mig-3g.40gb"),
        new Row(
            "more than a node has",
            PROFILE.formatted("gpuMemory: 40Gi, gpus: 12"),
            "spec.jupyterhub.profiles[0].gpus: a node of accelerator slices has 8 of"
                + " nvidia.com/mig-3g.40gb, and a server is on one node; set it to 8 or less"),
        new Row(
            "all of a node",
            "jupyterhub: {profiles: [{name: small, accelerator: slices, gpuMemory: 20Gi, cpu: 96,"
                + " memory: 32Gi, image: a}]}",
            "spec.jupyterhub.profiles[0].cpu: machine type g3.h100.8 has 96, and Kubernetes needs"
                + " some; ask for 95 or less"),
        new Row(
            "all the memory of a node",
            "jupyterhub: {profiles: [{name: small, accelerator: slices, gpuMemory: 20Gi, cpu: 4,"
                + " memory: 2Ti, image: a}]}",
            "spec.jupyterhub.profiles[0].memory: machine type g3.h100.8 has 960Gi, and Kubernetes"
                + " needs some; ask for 959Gi or less"),
        new Row(
            "GPU memory without GPUs",
            "jupyterhub: {profiles: [{name: small, gpuMemory: 20Gi, cpu: 4, memory: 32Gi, image:"
                + " a}]}",
            "spec.jupyterhub.profiles[0].accelerator: is missing, and gpuMemory, resource, gpus and"
                + " placeholders are of one; name one of spec.accelerators, or remove them"));
  }

  static Stream<Row> hubs() {
    return Stream.of(
        new Row(
            "no way in",
            "jupyterhub: {ingress: null}",
            "spec.jupyterhub.ingress.className: is missing, and PlatformCluster eo-lab has no way"
                + " in for HTTP of its own; set spec.addons.ingress of the PlatformCluster to"
                + " Traefik, or name the class or a gateway of one you installed"),
        new Row(
            "groups that GitHub does not tell",
            "jupyterhub: {auth: {oidc: null, github: {clientId: a, clientSecretRef: {name: b, key:"
                + " c}}}, users: {groups: [eo]}}",
            "spec.jupyterhub.users.groups: this login tells no groups; name"
                + " spec.jupyterhub.auth.github.organizations instead"),
        new Row(
            "a quota smaller than one server",
            "quota: {resources: {nvidia.com/mig-3g.40gb: 1}}\n"
                + PROFILE.formatted("gpuMemory: 40Gi, gpus: 2"),
            "spec.quota.resources[nvidia.com/mig-3g.40gb]: allows 1 of nvidia.com/mig-3g.40gb, and"
                + " one server of profile small needs 2; set it to 2 or more"),
        new Row(
            "a quota of what nobody offers",
            "quota: {resources: {nvidia.com/mig-1g.5gb: 1}}",
            "spec.quota.resources[nvidia.com/mig-1g.5gb]: no accelerator offers it; did you mean"
                + " nvidia.com/mig-2g.20gb?"),
        new Row(
            "a quota of what nobody offers, with the memory of another",
            "quota: {resources: {nvidia.com/mig-2g.40gb: 1}}",
            "spec.quota.resources[nvidia.com/mig-2g.40gb]: no accelerator offers it; did you mean"
                + " nvidia.com/mig-3g.40gb?"),
        new Row(
            "less storage than one home",
            "quota: {storage: 5Gi}",
            "spec.quota.storage: 5Gi is less than the home of one user, 10Gi; set it to 10Gi or"
                + " more, as much as the homes of all users need, or ask for smaller ones"),
        new Row(
            "servers without a hub",
            "{jupyterhub: null, quota: {maxServers: 3}}",
            "spec.quota.maxServers: counts the servers of a JupyterHub, and there is none; remove"
                + " it, or set spec.jupyterhub"));
  }

  static Stream<Row> absurdities() {
    return Stream.of(
        new Row(
            "fall-backs with other GPUs",
            OWN.formatted("g3.h100.8, g2.a100.2", "{none: {}}"),
            "spec.accelerators[0].machineTypes[1]: g2.a100.2 has 2 GPUs, but g3.h100.8 has 8; name"
                + " fall-backs with equally many GPUs, or make it an accelerator of its own"),
        new Row(
            "MPS on slices",
            OWN.formatted("g3.h100.8", "{mps: {replicas: 4}, mig: {layout: {1g.10gb: 7}}}"),
            "spec.accelerators[0].partitioning: mig and mps are set together; keep exactly one of"
                + " them"),
        new Row(
            "slices of several sizes by the strategy single",
            OWN.formatted(
                "g3.h100.8", "{mig: {strategy: single, layout: {1g.10gb: 3, 2g.20gb: 2}}}"),
            "spec.accelerators[0].partitioning.mig.strategy: there is no such field; the fields"
                + " here are layout, layouts and demand"),
        new Row(
            "the same pool twice",
            "accelerators: [{name: slices, poolRef: {name: a100}}, {name: more, poolRef: {name:"
                + " a100}}]\n"
                + PROFILE.formatted("gpus: 1"),
            "spec.accelerators[1].poolRef.name: pool a100 is accelerator slices already; remove one"
                + " of them; profiles may share an accelerator"),
        new Row(
            "more free places than places",
            PROFILE.formatted("gpuMemory: 40Gi, placeholders: 41"),
            "spec.jupyterhub.profiles[0].placeholders: 41 nvidia.com/mig-3g.40gb of accelerator"
                + " slices are to be kept free, and all its nodes have 32; keep 32 or fewer, or"
                + " allow more nodes"),
        new Row(
            "more free places than places, of several GPUs each",
            PROFILE.formatted("gpuMemory: 40Gi, gpus: 3, placeholders: 11"),
            "spec.jupyterhub.profiles[0].placeholders: 33 nvidia.com/mig-3g.40gb of accelerator"
                + " slices are to be kept free, and all its nodes have 32; keep 10 or fewer, or"
                + " allow more nodes"),
        new Row(
            "two kinds that are chosen beforehand",
            "jupyterhub: {profiles: [{name: a, cpu: 1, memory: 1Gi, image: a, preselected: true},"
                + " {name: b, cpu: 1, memory: 1Gi, image: a, preselected: true}]}",
            "spec.jupyterhub.profiles[1].preselected: is true, and of profile a as well, but users"
                + " have one; keep one of them"),
        new Row(
            "a server without memory",
            "jupyterhub: {profiles: [{name: a, cpu: 1, memory: 0Gi, image: a}]}",
            "spec.jupyterhub.profiles[0].memory: 0Gi is less than a server itself takes; ask for"
                + " 128Mi or more"),
        new Row(
            "homes of nothing",
            "jupyterhub: {storage: {home: 0Gi}}",
            "spec.jupyterhub.storage.home: 0Gi is no size of a home; set it to 100Mi up to 64Ti"),
        new Row(
            "homes larger than any volume",
            "jupyterhub: {storage: {home: 2Pi}}",
            "spec.jupyterhub.storage.home: 2Pi is no size of a home; set it to 100Mi up to 64Ti"),
        new Row(
            "two volumes in one folder",
            "jupyterhub: {storage: {shared: [{name: era5, claimName: a, mountPath: /data}, {name:"
                + " cams, claimName: b, mountPath: /data}]}}",
            "spec.jupyterhub.storage.shared[1].mountPath: volume era5 is at /data already; choose"
                + " another folder"),
        new Row(
            "a volume over shared memory",
            "jupyterhub: {storage: {shared: [{name: era5, claimName: a, mountPath: /dev/shm}]}}",
            "spec.jupyterhub.storage.shared[0].mountPath: /dev/shm is where servers have files of"
                + " their own; choose another folder, for example /shared/era5"),
        new Row(
            "a volume that climbs",
            "jupyterhub: {storage: {shared: [{name: era5, claimName: a, mountPath:"
                + " /data/../etc}]}}",
            "spec.jupyterhub.storage.shared[0].mountPath: /data/../etc has a part . or ..,"
                + " which leads elsewhere; choose another folder, for example /shared/era5"),
        new Row(
            "nodes that are never drained",
            "accelerators: [{name: slices, machineTypes: [g3.h100.8], nodes: {min: 0, max: 4},"
                + " drainTimeout: 0s, partitioning: {none: {}}}]",
            "spec.accelerators[0].drainTimeout: 0s would be no limit at all: a pod that does not"
                + " leave would keep its node for ever; set it to 1s, the least there is, or more"),
        new Row(
            "servers that are idle at once",
            "jupyterhub: {idle: {cullAfter: 0s}}",
            "spec.jupyterhub.idle.cullAfter: 0s is no time after which a server can be told to be"
                + " idle; set it to 5m, the time between two signs of its use, up"
                + " to 24855d"),
        new Row(
            "servers that outlive everybody",
            "jupyterhub: {idle: {maxAge: 9999999d}}",
            "spec.jupyterhub.idle.maxAge: 9999999d is no time that can be waited for; set it to 1s"
                + " up to 24855d"),
        new Row(
            "more processors than any node without GPUs has",
            "jupyterhub: {profiles: [{name: a, cpu: 8, memory: 1Gi, image: a}]}",
            "spec.jupyterhub.profiles[0].cpu: the largest machines of the cluster without GPUs have"
                + " 8, and Kubernetes needs some; ask for 7 or less, or have the cluster's app team"
                + " add a pool of larger ones"),
        new Row(
            "more memory than any node without GPUs has",
            "jupyterhub: {profiles: [{name: a, cpu: 1, memory: 900Ti, image: a}]}",
            "spec.jupyterhub.profiles[0].memory: the largest machines of the cluster without GPUs"
                + " have 32Gi, and Kubernetes needs some; ask for 31Gi or less, or have the"
                + " cluster's app team add a pool of larger ones"),
        new Row(
            "an issuer's configuration",
            "jupyterhub: {auth: {oidc: {issuer:"
                + " 'https://login.example.org/eo/.well-known/openid-configuration'}}}",
            "spec.jupyterhub.auth.oidc.issuer: is where the provider's configuration is, which the"
                + " hub finds itself; set it to https://login.example.org/eo"),
        new Row(
            "an issuer with a query",
            "jupyterhub: {auth: {oidc: {issuer: 'https://login.example.org/eo?a=b'}}}",
            "spec.jupyterhub.auth.oidc.issuer: has no host name, or a user, a query or a fragment,"
                + " and an issuer has none of these; write it as \"issuer\" stands in the"
                + " provider's configuration, for example https://login.example.org/realms/eo"),
        new Row(
            "a blank user",
            "jupyterhub: {users: {allowed: [ada, ' ']}}",
            "spec.jupyterhub.users.allowed[1]: is nothing but blanks; write it, or leave it out"),
        new Row(
            "two administrators in one entry",
            "jupyterhub: {users: {admins: [\"grace\\nalan\"]}}",
            "spec.jupyterhub.users.admins[0]: has a line break in it, which nothing takes here;"
                + " write it on one line: \"grace alan\""),
        new Row(
            "a directory with its port",
            "jupyterhub: {auth: {oidc: null, ldap: {server: 'ldap.example.org:636', bindTemplates:"
                + " ['uid={username}']}}}",
            "spec.jupyterhub.auth.ldap.server: ldap.example.org:636 is a host name with a port; set"
                + " it to ldap.example.org, and port to 636"),
        new Row(
            "an annotation that Kubernetes refuses",
            "jupyterhub: {ingress: {annotations: {'a b': c}}}",
            "spec.jupyterhub.ingress.annotations[a b]: is not a valid key; write NAME or"
                + " DOMAIN/NAME, the name of letters, digits, dashes, dots and underscores, at most"
                + " 63"));
  }

  private static WorkspaceScene scene() {
    ManagementCluster cluster =
        ManagementCluster.with(
            "pools: [{name: general, machineType: m1.large, replicas: 1}, {name: a100,"
                + " machineTypes: [g2.a100.2], replicas: 1, gpu: {partitioning: {none: {}}}}]");
    cluster.settle();
    return WorkspaceScene.in(cluster, WorkspaceScene.HUB);
  }

  @ParameterizedTest
  @MethodSource({"accelerators", "profiles", "hubs", "absurdities"})
  void areSaidInOneSentence(Row row) {
    assertThat(scene().claim(row.overlay()).refusals()).containsExactly(row.sentence());
  }
}

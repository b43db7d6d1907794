package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hub, its members or its quota cannot be, because it would not work or mean too much. */
final class HubRefusalsTest {
  private static final String LDAP =
      "jupyterhub: {auth: {oidc: null, ldap: {server: ldap.example.org, bindTemplates: ['%s']}}}";

  private static final String VOLUME =
      "jupyterhub: {storage: {shared: [{name: era5, claimName: a, mountPath: %s}]}}";

  private static final String TAKEN =
      "spec.jupyterhub.storage.shared[0].mountPath: %s is where servers have files of their own;"
          + " choose another folder, for example /shared/era5";

  private static final String WINDING =
      "spec.jupyterhub.storage.shared[0].mountPath: %s has a part . or .., which leads elsewhere;"
          + " choose another folder, for example /shared/era5";

  private static final String TITLE =
      "jupyterhub: {profiles: [{name: small, displayName: \"%s\", accelerator: slices, gpuMemory:"
          + " 20Gi, cpu: 4, memory: 32Gi, image: a}]}";

  /** A reason, what is changed of a workspace that can be had, and what is said of it. */
  record Row(String reason, String overlay, String sentence) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static Stream<Row> hubs() {
    return Stream.of(
        new Row(
            "a user that stops the hub",
            "jupyterhub: {users: {allowed: [team/ada]}}",
            "spec.jupyterhub.users.allowed[0]: has a slash, which no user of a hub has; write the"
                + " name that the user logs in with; groups stand in users.groups"),
        new Row(
            "an administrator who does",
            "jupyterhub: {users: {admins: ['grace ']}}",
            "spec.jupyterhub.users.admins[0]: has a blank at one end; write \"grace\""),
        new Row(
            "no memory at all",
            "jupyterhub: {profiles: [{name: small, accelerator: slices, gpuMemory: 0Gi, cpu: 4,"
                + " memory: 32Gi, image: a}]}",
            "spec.jupyterhub.profiles[0].gpuMemory: is nothing, and every server has some; ask for"
                + " what it needs, or remove it"),
        new Row(
            "the metadata service",
            "jupyterhub: {networkPolicy: {allowed: [169.254.169.254/32]}}",
            "spec.jupyterhub.networkPolicy.allowed[0]: is the metadata service of the cloud, which"
                + " no server may reach; remove it"),
        new Row(
            "a name in a directory with which every login fails",
            LDAP.formatted("uid={username},ou=a}b"),
            "spec.jupyterhub.auth.ldap.bindTemplates[0]: has a brace besides those of {username},"
                + " and nobody could log in; remove it, or write it as \\7b or \\7d, as names in a"
                + " directory may"),
        new Row(
            "an address, which no Ingress takes",
            "jupyterhub: {host: 10.0.0.1}",
            "spec.jupyterhub.host: 10.0.0.1 ends in a number, as addresses do, and a way in for"
                + " HTTP takes names; write a name that leads there, such as hub.example.org"),
        new Row(
            "a group in which nobody is, as a directory sees it",
            "jupyterhub: {users: {groups: ['cn=eo,ou=a', forecasters]}, auth: {oidc: null, ldap:"
                + " {server: ldap.example.org, bindTemplates: ['uid={username}']}}}",
            "spec.jupyterhub.users.groups[1]: is no full name in a directory; write it in full, as"
                + " in cn=forecasters,ou=groups,dc=example,dc=org"),
        new Row(
            "names that log in, but that no group lists",
            "jupyterhub: {users: {groups: ['cn=eo,ou=a']}, auth: {oidc: null, ldap: {server:"
                + " ldap.example.org, bindTemplates: ['uid={username},ou=a',"
                + " '{username}@corp.example.org']}}}",
            "spec.jupyterhub.auth.ldap.bindTemplates[1]: is no full name in a directory, and by"
                + " another nobody is in any of users.groups; write it in full, as in"
                + " uid={username},ou=people,dc=example,dc=org, or use search"),
        new Row(
            "users in no place of a directory",
            "jupyterhub: {auth: {oidc: null, ldap: {server: ldap.example.org, search: {base:"
                + " people, user: 'cn=b', passwordRef: {name: b, key: c}}}}}",
            "spec.jupyterhub.auth.ldap.search.base: is no full name in a directory; write it in"
                + " full, as in ou=people,dc=example,dc=org"),
        new Row("the folder of homes", VOLUME.formatted("/home"), TAKEN.formatted("/home")),
        new Row(
            "servers that would be ended while they compute",
            "jupyterhub: {idle: {cullAfter: 90s}}",
            "spec.jupyterhub.idle.cullAfter: 90s is no time after which a server can be told to be"
                + " idle; set it to 5m, the time between two signs of its use, up to 24855d"),
        new Row(
            "a volume in another, which can only be read",
            "jupyterhub: {storage: {shared: [{name: era5, claimName: a, mountPath: /data}, {name:"
                + " cams, claimName: b, mountPath: /data/cams}]}}",
            "spec.jupyterhub.storage.shared[1].mountPath: /data/cams and /data of volume era5 are"
                + " one in another; choose a folder beside it, for example /shared/cams"),
        new Row("programs", VOLUME.formatted("/bin"), TAKEN.formatted("/bin")),
        new Row("root's home", VOLUME.formatted("/root"), TAKEN.formatted("/root")),
        new Row(
            "shared memory by another name",
            VOLUME.formatted("/./dev/shm"),
            WINDING.formatted("/./dev/shm")),
        new Row(
            "a title with a tab",
            TITLE.formatted("A\\tslice"),
            "spec.jupyterhub.profiles[0].displayName: has a tab in it, which nothing takes here;"
                + " write it on one line: \"A slice\""),
        new Row(
            "a title that rings",
            TITLE.formatted("A\\aslice"),
            "spec.jupyterhub.profiles[0].displayName: has the control character U+0007 in it, which"
                + " nothing takes here; write it on one line: \"A slice\""));
  }

  static Stream<Row> images() {
    String words =
        " is no part of an image's name: small letters and digits, between them one of . _ __ or"
            + " dashes";
    String example = "write it as in quay.io/jupyter/pytorch-notebook:cuda12-2026-08-07";
    return Stream.of(
        image(
            "the address of an image",
            "https://quay.io/a",
            " is an address, and no image",
            "write quay.io/a"),
        image(
            "capitals", "quay.io/Jupyter/a:1", "\"Jupyter\"" + words, "write quay.io/jupyter/a:1"),
        image("a slash too many", "quay.io//a", "\"\"" + words, "write quay.io/a"),
        image("two dots", "quay.io/a..b", "\"a..b\"" + words, example),
        image("a dash at the end", "quay.io/a-:1", "\"a-\"" + words, example),
        image(
            "a registry of nothing",
            "quay.-io/a",
            "\"quay.-io\" is no host of a registry",
            example),
        image("a colon and no tag", "a:", "\"\"" + tag(), "write a"),
        image("two tags", "a:1:2", "\"1:2\"" + tag(), example),
        image("a tag that begins with a dash", "a:-1", "\"-1\"" + tag(), example),
        image(
            "a tag that is too long",
            "a:" + "1".repeat(129),
            '"' + "1".repeat(129) + '"' + tag(),
            example),
        image("half a digest", "a@sha256:abc", "\"sha256:abc\"" + digest(), example),
        image(
            "a digest in capitals",
            "a:1@sha256:" + "A".repeat(64),
            "\"sha256:" + "A".repeat(64) + '"' + digest(),
            "write a:1@sha256:" + "a".repeat(64)),
        image(
            "a name of a novel",
            "a".repeat(256),
            "its name has 256 characters, and images have 255 at most",
            example),
        image(
            "a number",
            "ab".repeat(32),
            "is a number of 64 digits, which no image may be called",
            example));
  }

  private static Row image(String reason, String image, String problem, String remedy) {
    String what = problem.startsWith(" ") ? image + problem : problem;
    return new Row(
        reason,
        "jupyterhub: {profiles: [{name: a, cpu: 1, memory: 1Gi, image: '" + image + "'}]}",
        "spec.jupyterhub.profiles[0].image: " + what + "; " + remedy);
  }

  private static String tag() {
    return " is no tag: letters, digits and _, and behind the first . and - too, at most 128";
  }

  private static String digest() {
    return " is no digest: sha256: and 64 digits of 0 to 9 and a to f";
  }

  static Stream<Row> members() {
    return Stream.of(
        new Row(
            "two users in one entry",
            "access: [{user: \"a\\nb\"}]",
            "spec.access[0].user: has a line break in it, which nothing takes here; write it on one"
                + " line: \"a b\""),
        new Row(
            "everybody",
            "access: [{group: 'system:authenticated', role: Admin}]",
            "spec.access[0].group: system:authenticated is everybody, not a team; name users or"
                + " groups of your own, as the cluster's API knows them"));
  }

  static Stream<Row> quotas() {
    return Stream.of(
        new Row(
            "GPUs and less than one of them",
            """
            quota: {gpus: 1}
            jupyterhub: {profiles: [{name: small, accelerator: slices, gpuMemory: 40Gi, gpus: 8, cpu: 4, memory: 32Gi, image: a}]}
            """,
            "spec.quota.gpus: allows 1 of nvidia.com/mig-3g.40gb, and one server of profile small"
                + " needs 8; set it to 8 or more"),
        new Row(
            "fewer GPUs than have one of a slice, for jobs",
            """
            jupyterhub: null
            quota: {gpus: 1}
            accelerators:
            - name: slices
              machineTypes: [g3.h100.8]
              nodes: {min: 0, max: 4}
              partitioning: {mig: {demand: [{memory: 10Gi, count: 200}, {memory: 40Gi, count: 1}]}}
            """,
            "spec.quota.gpus: allows 0 of nvidia.com/mig-3g.40gb, and no job could have any; set it"
                + " to 4 or more, or limit it by resources"),
        new Row(
            "shares and whole GPUs, which Kubernetes counts alike",
            """
            quota: {gpus: 2}
            accelerators:
            - {name: slices, machineTypes: [g2.a100.2], nodes: {min: 0, max: 4}, partitioning: {timeSlicing: {replicas: 4}}}
            - {name: whole, machineTypes: [g3.h100.8], nodes: {min: 0, max: 4}, partitioning: {none: {}}}
            jupyterhub: {profiles: [{name: small, accelerator: slices, cpu: 4, memory: 32Gi, image: a}]}
            """,
            "spec.quota.gpus: cannot be counted: nvidia.com/gpu is a whole GPU of accelerator whole"
                + " and one of 4 shares of a GPU of slices, and Kubernetes counts both alike; limit"
                + " it by resources[nvidia.com/gpu], where both count alike, or put them in"
                + " workspaces of their own"));
  }

  @ParameterizedTest
  @MethodSource({"hubs", "images", "members", "quotas"})
  void areSaidInOneSentence(Row row) {
    WorkspaceScene scene = WorkspaceScene.of(WorkspaceScene.HUB).claim(row.overlay());
    assertThat(scene.refusals()).containsExactly(row.sentence());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a:1",
        "localhost:5000/a",
        "quay.io:443/a/b__c/d.e-f---g:Cuda12.4_x",
        "0a.Example.ORG/a",
        "a@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "quay.io/a/b:1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
      })
  void imagesThatRuntimesTakeAreTaken(String image) {
    WorkspaceScene scene =
        WorkspaceScene.of(WorkspaceScene.HUB)
            .claim(
                "jupyterhub: {profiles: [{name: a, cpu: 1, memory: 1Gi, image: '" + image + "'}]}");
    assertThat(scene.refusals()).isEmpty();
  }
}

package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may come into a hub, and who may no more, as the hub's own classes take it. */
final class HubLoginTest {
  private static final String DUMMY =
      "auth: {oidc: null, dummy: {passwordRef: {name: b, key: c}}}, ";

  /** A reason, what is changed of a hub, and what its authenticators and roles are told. */
  record Row(String reason, String overlay, String authenticator, String roles) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static Stream<Row> users() {
    return Stream.of(
        new Row(
            "nobody stays who is named no more",
            "users: {allowed: [ada]}",
            "{allow_all: false, allow_existing_users: false, allowed_users: [ada]}",
            "{admin: {users: []}}"),
        new Row(
            "administrators alone may come in, and are those who are named",
            DUMMY + "users: {allowed: [], admins: [grace]}",
            "{allow_all: false, allow_existing_users: false, allowed_users: [grace]}",
            "{admin: {users: [grace]}}"),
        new Row(
            "an administrator who is a user as well is one",
            "users: {allowed: [ada, grace], admins: [grace]}",
            "{allow_all: false, allow_existing_users: false, allowed_users: [ada, grace]}",
            "{admin: {users: [grace]}}"),
        new Row(
            "groups of administrators are asked at each login",
            "users: {allowed: [ada], admins: [grace], adminGroups: [ops]}",
            "{allow_all: false, allow_existing_users: false, allowed_users: [ada, grace],"
                + " admin_users: [grace]}",
            "{}"));
  }

  @ParameterizedTest
  @MethodSource("users")
  void areThoseOfTheClaim(Row row) {
    Tree hub = hub("jupyterhub: {" + row.overlay() + "}");
    assertThat(hub.at("config", "Authenticator").plain())
        .isEqualTo(Manifest.plain(row.authenticator()));
    assertThat(Objects.requireNonNullElse(hub.at("loadRoles").plain(), Map.of()))
        .isEqualTo(Manifest.of(row.roles()));
  }

  /** The authenticator takes dots for steps into an object. */
  @Test
  void groupsOfAClaimThatIsAnAddressAreFound() {
    String groups = "jupyterhub: {users: {groups: [eo]}, auth: {oidc: {groupsClaim: '%s'}}}";
    String key = "auth_state_groups_key";
    Tree steps = hub(groups.formatted("realm_access.roles"));
    assertThat(steps.at("config", "GenericOAuthenticator", key).text())
        .contains("oauth_user.realm_access.roles");
    assertThat(steps.at("extraConfig").fields()).doesNotContain("isobar-3-groups");
    Tree address = hub(groups.formatted("https://example.org/groups"));
    assertThat(address.at("config", "GenericOAuthenticator", key).exists()).isFalse();
    assertThat(address.at("extraConfig", "isobar-3-groups").text().orElse(""))
        .isEqualTo(
            """
            import os
            c.GenericOAuthenticator.auth_state_groups_key = lambda state: set(
                state["oauth_user"].get(os.environ["ISOBAR_OIDC_GROUPS_CLAIM"]) or []
            )
            """);
    assertThat(address.at("extraEnv", "ISOBAR_OIDC_GROUPS_CLAIM").text())
        .contains("https://example.org/groups");
  }

  /** OpenID Connect asks no provider for a userinfo endpoint; the ID token does as well then. */
  @Test
  void aProviderWithoutUserinfoIsAskedForNone() {
    assertThat(hub("{}").at("extraConfig", "isobar-1-provider").text().orElse(""))
        .isEqualTo(
            """
            import json, os, urllib.request
            issuer = os.environ["ISOBAR_OIDC_ISSUER"].rstrip("/")
            with urllib.request.urlopen(issuer + "/.well-known/openid-configuration", timeout=30) as answer:
                provider = json.load(answer)
            c.GenericOAuthenticator.authorize_url = provider["authorization_endpoint"]
            c.GenericOAuthenticator.token_url = provider["token_endpoint"]
            if provider.get("userinfo_endpoint"):
                c.GenericOAuthenticator.userdata_url = provider["userinfo_endpoint"]
            else:
                c.GenericOAuthenticator.userdata_from_id_token = True
            """);
  }

  /** A reason, what is said of a directory, and what its authenticator is told of connections. */
  record Directory(String reason, String overlay, String settings) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static Stream<Directory> directories() {
    String all =
        "{server_address: ldap.example.org, bind_dn_template: ['uid={username},ou=a'],"
            + " valid_username_regex: '^[A-Za-z0-9][A-Za-z0-9._@-]*$', %s}";
    return Stream.of(
        new Directory(
            "the certificate is checked, as ldap3 does only when told to",
            "",
            all.formatted("tls_strategy: before_bind, tls_kwargs: {validate: 2}")),
        new Directory(
            "and from the first byte on",
            "encryption: Tls,",
            all.formatted("tls_strategy: on_connect, tls_kwargs: {validate: 2}")),
        new Directory(
            "there is none", "encryption: None,", all.formatted("tls_strategy: insecure")));
  }

  @ParameterizedTest
  @MethodSource("directories")
  void directoriesAreWhoTheySayTheyAre(Directory row) {
    Tree hub =
        hub(
            "jupyterhub: {auth: {oidc: null, ldap: {server: ldap.example.org, "
                + row.overlay()
                + " bindTemplates: ['uid={username},ou=a']}}}");
    assertThat(hub.at("config", "LDAPAuthenticator").plain())
        .isEqualTo(Manifest.plain(row.settings()));
  }

  /** Cilium, the default, applies ranges of addresses to neither nodes nor pods. */
  @Test
  void theHubReachesTheApiAndServersReachServices() {
    Tree values = values("jupyterhub: {networkPolicy: {privateAddresses: true}}");
    assertThat(values.at("hub", "networkPolicy").plain())
        .isEqualTo(
            Manifest.plain(
                "egress: [{ports: [{port: 443, protocol: TCP}, {port: 6443, protocol: TCP}]}]"));
    assertThat(values.at("singleuser", "networkPolicy").plain())
        .isEqualTo(
            Manifest.plain(
                """
                enabled: true
                egressAllowRules: {cloudMetadataServer: false, nonPrivateIPs: true, privateIPs: true}
                egress: [{to: [{namespaceSelector: {}}]}]
                """));
  }

  @Test
  void theMetadataServiceIsOutOfEveryRange() {
    Tree values =
        values("jupyterhub: {networkPolicy: {allowed: [10.0.0.0/8, 169.254.0.0/16, 0.0.0.0/0]}}");
    assertThat(values.at("singleuser", "networkPolicy", "egress").plain())
        .isEqualTo(
            Manifest.plain(
                """
                - {to: [{ipBlock: {cidr: 10.0.0.0/8}}]}
                - {to: [{ipBlock: {cidr: 169.254.0.0/16, except: [169.254.169.254/32]}}]}
                - {to: [{ipBlock: {cidr: 0.0.0.0/0, except: [169.254.169.254/32]}}]}
                """));
  }

  /** What has no request is the first that a node under pressure gives up. */
  @Test
  void theHubAndItsProxyAskForWhatTheyNeed() {
    Tree values = values("{}");
    assertThat(values.at("hub", "resources").plain())
        .isEqualTo(Manifest.plain("requests: {cpu: 200m, memory: 512Mi}"));
    assertThat(values.at("proxy", "chp", "resources").plain())
        .isEqualTo(Manifest.plain("requests: {cpu: 100m, memory: 128Mi}"));
  }

  @Test
  void freePlacesWaitInTheQueueOfServersAndBringTheirImage() {
    WorkspaceScene scene =
        WorkspaceScene.of(WorkspaceScene.HUB)
            .claim(
                "{scheduler: {kai: {queue: eo}}, jupyterhub: {profiles: [{name: small, accelerator:"
                    + " slices, gpuMemory: 20Gi, cpu: 4, memory: 32Gi, image: 'quay.io/a:1',"
                    + " placeholders: 2}]}}");
    String objects =
        Tree.of(scene.composed("addon.ml-training.free-places.config"))
            .at("data", "free-places.yaml")
            .text()
            .orElse("");
    Tree deployment = Tree.of(Manifest.of(objects.substring(objects.indexOf("---\n") + 4)));
    Tree template = deployment.at("spec", "template");
    assertThat(template.at("metadata", "labels").plain())
        .isEqualTo(Manifest.plain("{isobar.dev/free-place: small, kai.scheduler/queue: eo}"));
    assertThat(deployment.at("spec", "selector", "matchLabels").plain())
        .as("cannot be changed, so a queue is not in it")
        .isEqualTo(Manifest.plain("isobar.dev/free-place: small"));
    assertThat(deployment.at("spec", "strategy").plain())
        .as("a place with a new image comes where one with the old was")
        .isEqualTo(
            Manifest.plain(
                "{type: RollingUpdate, rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}"));
    assertThat(template.at("spec", "schedulerName").text()).contains("kai-scheduler");
    assertThat(template.at("spec", "initContainers").items().getFirst().at("image").text())
        .contains("quay.io/a:1");
  }

  private static Tree hub(String overlay) {
    return values(overlay).at("hub");
  }

  private static Tree values(String overlay) {
    return Tree.of(Manifest.of(WorkspaceScene.of(WorkspaceScene.HUB).claim(overlay).hubValues()));
  }
}

package dev.isobar.function.compose.jupyterhub;

import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.workspace.HubLogin;
import dev.isobar.apis.workspace.HubUsers;
import dev.isobar.apis.workspace.JupyterHub;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How users of a hub log in. What only the hub can know, the secret and the addresses of an OpenID
 * Connect provider, it reads when it starts.
 *
 * @see <a href="https://oauthenticator.readthedocs.io/en/17.4.0/">oauthenticator</a>
 * @see <a href="https://github.com/jupyterhub/ldapauthenticator/tree/2.0.2">ldapauthenticator</a>
 */
final class LoginValues {
  private static final String SECRET = "ISOBAR_LOGIN_SECRET";
  private static final String ISSUER = "ISOBAR_OIDC_ISSUER";
  private static final String GROUPS_CLAIM = "ISOBAR_OIDC_GROUPS_CLAIM";

  /** The authenticator's own lets in no name with a capital, or that begins with a digit. */
  private static final String NAMES = "^[A-Za-z0-9][A-Za-z0-9._@-]*$";

  /** Python's {@code ssl.CERT_REQUIRED}; without it any certificate would do. */
  private static final int CERTIFICATE_REQUIRED = 2;

  private static final List<String> SCOPES = List.of("openid", "profile", "email");

  private static final String READ_SECRET =
      """
      import os
      c.%s = os.environ["%s"]
      """;

  /** A provider need not have an endpoint for claims of users, and then the ID token has them. */
  private static final String DISCOVER =
      """
      import json, os, urllib.request
      issuer = os.environ["%s"].rstrip("/")
      with urllib.request.urlopen(issuer + "/.well-known/openid-configuration", timeout=30) as answer:
          provider = json.load(answer)
      c.GenericOAuthenticator.authorize_url = provider["authorization_endpoint"]
      c.GenericOAuthenticator.token_url = provider["token_endpoint"]
      if provider.get("userinfo_endpoint"):
          c.GenericOAuthenticator.userdata_url = provider["userinfo_endpoint"]
      else:
          c.GenericOAuthenticator.userdata_from_id_token = True
      """;

  private static final String GROUPS =
      """
      import os
      c.GenericOAuthenticator.auth_state_groups_key = lambda state: set(
          state["oauth_user"].get(os.environ["%s"]) or []
      )
      """;

  private final JupyterHub hub;
  private final HubUsers users;

  LoginValues(JupyterHub hub) {
    this.hub = hub;
    users = hub.users();
  }

  /** {@code hub.config}: classes of Python and their settings. */
  SortedMap<String, Object> config() {
    HubLogin login = hub.auth();
    Fields config = Fields.with("Authenticator", everyone());
    login.oidc().ifPresent(oidc -> config.set("GenericOAuthenticator", oidc(oidc)));
    login.github().ifPresent(github -> config.set("GitHubOAuthenticator", gitHub(github)));
    login.ldap().ifPresent(ldap -> config.set("LDAPAuthenticator", ldap(ldap)));
    String type =
        login.oidc().isPresent()
            ? "generic-oauth"
            : login.github().isPresent()
                ? "github"
                : login.ldap().isPresent() ? "ldapauthenticator.LDAPAuthenticator" : "dummy";
    return config
        .set("JupyterHub", Fields.with("admin_access", true).set("authenticator_class", type))
        .map();
  }

  /** {@code hub.extraConfig}: Python that runs after the rest, in the order of the keys. */
  SortedMap<String, Object> extraConfig() {
    var code = new TreeMap<String, Object>();
    if (hub.auth().oidc().isPresent()) {
      code.put("isobar-1-provider", DISCOVER.formatted(ISSUER));
    }
    hub.auth()
        .oidc()
        .filter(this::namespaced)
        .ifPresent(_ -> code.put("isobar-3-groups", GROUPS.formatted(GROUPS_CLAIM)));
    if (LoginSecret.source(hub.auth()).isPresent()) {
      code.put("isobar-2-secret", READ_SECRET.formatted(secretSetting(), SECRET));
    }
    return code;
  }

  private String secretSetting() {
    if (hub.auth().oidc().isPresent()) {
      return "GenericOAuthenticator.client_secret";
    }
    if (hub.auth().github().isPresent()) {
      return "GitHubOAuthenticator.client_secret";
    }
    return hub.auth().ldap().isPresent()
        ? "LDAPAuthenticator.lookup_dn_search_password"
        : "DummyAuthenticator.password";
  }

  /** {@code hub.extraEnv}. */
  SortedMap<String, Object> extraEnv() {
    var environment = new TreeMap<String, Object>();
    hub.auth().oidc().ifPresent(oidc -> environment.put(ISSUER, oidc.issuer()));
    hub.auth()
        .oidc()
        .filter(this::namespaced)
        .ifPresent(oidc -> environment.put(GROUPS_CLAIM, oidc.groupsClaim()));
    LoginSecret.source(hub.auth())
        .ifPresent(_ -> {
          Fields key = Fields.with("name", LoginSecret.SECRET).set("key", LoginSecret.KEY);
          environment.put(SECRET, Fields.with("valueFrom", Fields.with("secretKeyRef", key)).map());
        });
    return environment;
  }

  /**
   * Nobody may come in unless named, and nobody who is named no more. Administrators are told one
   * by one: the hub adds them to those who may come in only where there are others.
   */
  private Fields everyone() {
    var allowed = new LinkedHashSet<>(users.allowed());
    allowed.addAll(users.admins());
    return Fields.with("allow_all", users.everyone())
        .set("allow_existing_users", false)
        .setUnlessEmpty("allowed_users", List.copyOf(allowed))
        .setUnlessEmpty("admin_users", administratorsByLogin() ? users.admins() : List.of());
  }

  /** Where groups say who runs the hub, each login says it anew; a role would be lost to them. */
  private boolean administratorsByLogin() {
    return !users.adminGroups().isEmpty();
  }

  /**
   * {@code hub.loadRoles}: who runs the hub. The list is taken at its word, while the
   * authenticator's own only ever adds to those who did before.
   */
  SortedMap<String, Object> loadRoles() {
    var roles = new TreeMap<String, Object>();
    if (!administratorsByLogin()) {
      roles.put("admin", Fields.with("users", users.admins()).map());
    }
    return roles;
  }

  /** A claim whose name is an address: its dots lead nowhere, as those of others do. */
  private boolean namespaced(HubLogin.OidcLogin oidc) {
    return grouped() && oidc.groupsClaim().contains("://");
  }

  private boolean grouped() {
    return !users.groups().isEmpty() || !users.adminGroups().isEmpty();
  }

  private String callback() {
    return "https://" + hub.host() + "/hub/oauth_callback";
  }

  private Fields oidc(HubLogin.OidcLogin oidc) {
    Fields settings =
        Fields.with("client_id", oidc.clientId())
            .set("oauth_callback_url", callback())
            .set("login_service", "OpenID Connect")
            .set("username_claim", oidc.usernameClaim())
            .set("scope", oidc.scopes().isEmpty() ? SCOPES : oidc.scopes());
    if (grouped()) {
      settings.set("manage_groups", true);
      if (!namespaced(oidc)) {
        settings.set("auth_state_groups_key", "oauth_user." + oidc.groupsClaim());
      }
      settings
          .setUnlessEmpty("allowed_groups", users.groups())
          .setUnlessEmpty("admin_groups", users.adminGroups());
    }
    return settings;
  }

  private Fields gitHub(HubLogin.GitHubLogin github) {
    Fields settings =
        Fields.with("client_id", github.clientId()).set("oauth_callback_url", callback());
    if (!github.organizations().isEmpty()) {
      // Without this scope only public members are seen.
      settings
          .set("allowed_organizations", github.organizations())
          .set("scope", List.of("read:org"));
    }
    return settings;
  }

  private Fields ldap(HubLogin.LdapLogin ldap) {
    Fields settings =
        Fields.with("server_address", ldap.server())
            .set("server_port", ldap.port())
            .set(
                "tls_strategy",
                switch (ldap.encryption()) {
                  case StartTls -> "before_bind";
                  case Tls -> "on_connect";
                  case None -> "insecure";
                })
            .set("valid_username_regex", NAMES)
            .set("bind_dn_template", ldap.bindTemplates())
            .setUnlessEmpty("allowed_groups", users.groups());
    if (ldap.encryption() != HubLogin.LdapLogin.Encryption.None) {
      settings.set("tls_kwargs", Fields.with("validate", CERTIFICATE_REQUIRED));
    }
    ldap.search()
        .ifPresent(search ->
            settings
                .set("lookup_dn", true)
                .set("user_search_base", search.base())
                .set("user_attribute", search.attribute())
                .set("lookup_dn_user_dn_attribute", search.attribute())
                .set("lookup_dn_search_user", search.user()));
    return settings;
  }
}

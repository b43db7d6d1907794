package dev.isobar.function.compose.jupyterhub;

import dev.isobar.apis.platform.SecretKey;
import dev.isobar.apis.workspace.HubLogin;
import dev.isobar.apis.workspace.JupyterHub;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.SecretCopy;
import dev.isobar.function.compose.workspace.NamespaceAddon;
import dev.isobar.function.compose.workspace.WorkspacePlan;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The one secret a hub needs to let users log in, as a Secret in its namespace. Only Sveltos sees
 * it: the function emits a template that copies the key of the team's Secret, still encoded.
 */
final class LoginSecret {
  /** What the add-on is called in the status. */
  static final String NAME = "login";

  /** The Secret inside the cluster. */
  static final String SECRET = "hub-login";

  /** Its key. */
  static final String KEY = "secret";

  private static final String IDENTIFIER = "Login";

  private LoginSecret() {}

  /** The add-on; nothing for a login that takes no secret. */
  static Optional<Addon> addon(WorkspacePlan plan, JupyterHub hub) {
    return source(hub.auth()).map(source -> addon(plan, source));
  }

  private static Addon addon(WorkspacePlan plan, SecretKey source) {
    var secret = new Addon.SecretSource(IDENTIFIER, plan.id().namespace(), source.name());
    return Addon.objects(plan.id().addon(NAME), new TreeMap<>())
        .with(SecretCopy.of(secret, plan.namespace(), SECRET, KEY, source.key()))
        .after(List.of(plan.id().addon(NamespaceAddon.NAME)));
  }

  /** Where the team has the secret. */
  static Optional<SecretKey> source(HubLogin login) {
    return login
        .oidc()
        .map(HubLogin.OidcLogin::clientSecretRef)
        .or(() -> login.github().map(HubLogin.GitHubLogin::clientSecretRef))
        .or(() ->
            login.ldap().flatMap(HubLogin.LdapLogin::search).map(HubLogin.LdapSearch::passwordRef))
        .or(() -> login.dummy().map(HubLogin.TrialLogin::passwordRef));
  }
}

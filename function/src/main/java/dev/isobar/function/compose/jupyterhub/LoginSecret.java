package dev.isobar.function.compose.jupyterhub;

import dev.isobar.apis.platform.SecretKey;
import dev.isobar.apis.workspace.HubLogin;
import dev.isobar.apis.workspace.JupyterHub;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.workspace.NamespaceAddon;
import dev.isobar.function.compose.workspace.WorkspacePlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
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

  private static final String TEMPLATE =
      """
      {{- $data := (getResource "%1$s").data -}}
      {{- if not (index $data "%2$s") }}{{ fail "Secret %3$s has no key %2$s" }}{{ end -}}
      apiVersion: v1
      kind: Secret
      metadata:
        name: %4$s
        namespace: %5$s
      type: Opaque
      data:
        %6$s: {{ index $data "%2$s" | quote }}
      """;

  private LoginSecret() {}

  /** The add-on; nothing for a login that takes no secret. */
  static Optional<Addon> addon(WorkspacePlan plan, JupyterHub hub) {
    return source(hub.auth()).map(source -> addon(plan, source));
  }

  private static Addon addon(WorkspacePlan plan, SecretKey source) {
    String text =
        TEMPLATE.formatted(IDENTIFIER, source.key(), source.name(), SECRET, plan.namespace(), KEY);
    SortedMap<String, Object> objects = new TreeMap<>(Map.of("hub-login.yaml", text));
    return Addon.objects(plan.id().addon(NAME), objects)
        .with(objects, new Addon.SecretSource(IDENTIFIER, plan.id().namespace(), source.name()))
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

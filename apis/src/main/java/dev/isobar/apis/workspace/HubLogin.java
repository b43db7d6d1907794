package dev.isobar.apis.workspace;

import dev.isobar.apis.platform.SecretKey;
import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.ExactlyOne;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import java.util.List;
import java.util.Optional;

/** How users of a JupyterHub prove who they are. */
@Doc("How users prove who they are; exactly one way.")
@ExactlyOne({"oidc", "github", "ldap", "dummy"})
public record HubLogin(
    @Doc("An OpenID Connect provider.") Optional<OidcLogin> oidc,
    @Doc("GitHub.") Optional<GitHubLogin> github,
    @Doc("An LDAP directory.") Optional<LdapLogin> ldap,
    @Doc("For trials only: one password for all, so anybody who has it can be anybody.")
        Optional<TrialLogin> dummy) {
  /** An OpenID Connect provider. */
  @Doc(
      "An OpenID Connect provider. The hub asks it for its addresses when it starts. Claims of a"
          + " user are those of its userinfo endpoint; those of the ID token count only where it"
          + " has no such endpoint. Its redirect address is https://HOST/hub/oauth_callback.")
  public record OidcLogin(
      @Doc("Address of the issuer, without /.well-known/openid-configuration.")
          @Matches(value = "https://[^\\s\"'{}\\\\]+", says = "an https address")
          @Length(min = 10, max = 1024)
          String issuer,
      @Doc("The hub as the provider knows it.") @Length(min = 1, max = 255) String clientId,
      @Doc("The hub's secret at the provider.") SecretKey clientSecretRef,
      @Doc("Claim that names the user.")
          @Default("\"preferred_username\"")
          @Length(min = 1, max = 255)
          String usernameClaim,
      @Doc("Claim that lists the user's groups; needed where users.groups or adminGroups is set.")
          @Default("\"groups\"")
          @Length(min = 1, max = 255)
          String groupsClaim,
      @Doc("What is asked of the provider; openid, profile and email when empty.")
          @Distinct
          @Items(max = 16)
          @Default("[]")
          @Length(min = 1, max = 255)
          List<String> scopes) {}

  /** GitHub. */
  @Doc("GitHub. The redirect address of the application is https://HOST/hub/oauth_callback.")
  public record GitHubLogin(
      @Doc("The application's client id.") @Length(min = 1, max = 255) String clientId,
      @Doc("The application's secret.") SecretKey clientSecretRef,
      @Doc("Organisations whose members may log in.")
          @Distinct
          @Items(max = 32)
          @Default("[]")
          @Length(min = 1, max = 255)
          List<String> organizations) {}

  /** An LDAP directory. */
  @Doc("An LDAP directory; users are bound by a template, or looked up first.")
  @ExactlyOne({"bindTemplates", "search"})
  public record LdapLogin(
      @Doc("Host name or address of the directory.")
          @Matches(
              value = "[a-zA-Z0-9]([a-zA-Z0-9.:-]*[a-zA-Z0-9])?",
              says = "a host name or address")
          @Length(min = 1, max = 253)
          String server,
      @Doc("Its port; 389, or 636 with Tls, when left out.") @Min(1) @Max(65535)
          Optional<Integer> port,
      @Doc(
              "StartTls: encrypted from before the first password on. Tls: from the first byte."
                  + " None: not at all. With both the directory's certificate must be of an"
                  + " authority that the hub's image knows, and name server.")
          @Default("\"StartTls\"")
          Encryption encryption,
      @Doc(
              "Names to bind as, tried in this order, as in"
                  + " uid={username},ou=people,dc=example,dc=org; with users.groups full names, by"
                  + " which groups list their members.")
          @Matches(value = "[^{]*\\{username\\}[^{]*", says = "a name with {username} in it")
          @Items(min = 1, max = 8)
          Optional<List<String>> bindTemplates,
      @Doc("How to find the name to bind as.") Optional<LdapSearch> search) {
    /** Encryption of the connection; spelled as in the API. */
    public enum Encryption {
      StartTls,
      Tls,
      None
    }
  }

  /** How to find a user in a directory. */
  @Doc("How to find a user.")
  public record LdapSearch(
      @Doc("Where users are, as in ou=people,dc=example,dc=org.") @Length(min = 1, max = 1024)
          String base,
      @Doc("Attribute that holds the user's name.") @Default("\"uid\"") @Length(min = 1, max = 255)
          String attribute,
      @Doc("Who searches.") @Length(min = 1, max = 1024) String user,
      @Doc("The password of who searches.") SecretKey passwordRef) {}

  /** One password for all. */
  @Doc("For trials only: one password for all users.")
  public record TrialLogin(@Doc("The password.") SecretKey passwordRef) {}
}

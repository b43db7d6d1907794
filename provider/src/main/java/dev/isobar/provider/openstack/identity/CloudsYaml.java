package dev.isobar.provider.openstack.identity;

import dev.isobar.apis.compute.CloudEndpoints.Reach;
import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.external.SecretBytes;
import dev.isobar.provider.openstack.identity.Login.Domain;
import dev.isobar.provider.openstack.identity.Login.Named;
import dev.isobar.provider.openstack.rest.Trouble;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the file that OpenStack's own tools take their credentials from. Everything it cannot
 * honour is refused with its path, never passed over: a setting that has no effect would be a trap.
 *
 * @see <a href="https://docs.openstack.org/openstacksdk/latest/user/config/configuration.html">its
 *     form</a>
 */
final class CloudsYaml {
  private static final List<String> PASSWORD = List.of("password", "v3password");
  private static final List<String> APPLICATION_CREDENTIAL =
      List.of("v3applicationcredential", "application_credential");

  private final String path;
  private final Tree cloud;
  private final Tree auth;

  private CloudsYaml(String path, Tree cloud) {
    this.path = path;
    this.cloud = cloud;
    this.auth = cloud.at("auth");
  }

  /**
   * Reads one cloud.
   *
   * @param entry its name in the file
   * @param keystone address that goes before the one in the file
   * @throws Trouble with the path of what is wrong, and never with what stands there
   */
  static CloudEntry read(SecretBytes file, String entry, Optional<String> keystone) {
    Tree all = load(file);
    Tree clouds = all.at("clouds");
    if (!clouds.at(entry).exists()) {
      throw Trouble.invalid(
          "clouds.yaml has no cloud %s, it has %s; name one in spec.credentials.entry"
              .formatted(
                  entry, clouds.fields().isEmpty() ? "none" : String.join(", ", clouds.fields())));
    }
    return new CloudsYaml("clouds.yaml: clouds." + entry, clouds.at(entry)).entry(keystone);
  }

  private static Tree load(SecretBytes file) {
    String text = new String(file.bytes(), StandardCharsets.UTF_8);
    try {
      return Tree.of(new Load(LoadSettings.builder().build()).loadFromString(text));
    } catch (MarkedYamlEngineException e) {
      // Its message shows the line, which may hold the password.
      throw Trouble.invalid(
          "clouds.yaml is no YAML"
              + e.getProblemMark().map(CloudsYaml::place).orElse("")
              + "; correct the Secret");
    } catch (YamlEngineException | IllegalArgumentException | StackOverflowError _) {
      throw Trouble.invalid("clouds.yaml is no YAML; correct the Secret");
    }
  }

  private static String place(Mark mark) {
    return " at line %d, column %d".formatted(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private CloudEntry entry(Optional<String> keystone) {
    refuse("profile", "write what the profile says here");
    refuse("cloud", "write what the profile says here");
    refuse("cert", "certificates of clients are not supported");
    if (cloud.at("verify").truth().equals(Optional.of(false))
        || cloud.at("insecure").truth().orElse(false)) {
      throw Trouble.invalid(
          path
              + ".verify: false is not accepted, because anybody could take the password; put the"
              + " certificate of the cloud's authority into cacert, in PEM");
    }
    String address =
        keystone.or(() -> auth.at("auth_url").text()).orElseThrow(() -> missing("auth.auth_url"));
    return new CloudEntry(
        versioned(checked("auth.auth_url", address)),
        login(),
        reach(),
        cloud.at("cacert").text().map(pem -> Authorities.of(path + ".cacert", pem)),
        addresses());
  }

  private void refuse(String field, String instead) {
    if (cloud.at(field).exists()) {
      throw Trouble.invalid("%s.%s is not supported: %s".formatted(path, field, instead));
    }
  }

  private Login login() {
    boolean credential = auth.at("application_credential_secret").exists();
    String type =
        cloud
            .at("auth_type")
            .text()
            .orElse(credential ? APPLICATION_CREDENTIAL.getFirst() : PASSWORD.getFirst());
    if (APPLICATION_CREDENTIAL.contains(type)) {
      return applicationCredential();
    }
    if (PASSWORD.contains(type)) {
      return password();
    }
    throw Trouble.invalid(
        "%s.auth_type: %s is not supported; use password or v3applicationcredential"
            .formatted(path, type));
  }

  private Login applicationCredential() {
    Optional<String> id = of("application_credential_id");
    Optional<String> name = of("application_credential_name");
    if (id.isEmpty() && name.isEmpty()) {
      throw missing("auth.application_credential_id");
    }
    String secret =
        of("application_credential_secret")
            .orElseThrow(() -> missing("auth.application_credential_secret"));
    Named user = id.isPresent() ? nobody() : user();
    return new Login.ApplicationCredential(id, name, user, secret);
  }

  private Login password() {
    String password = of("password").orElseThrow(() -> missing("auth.password"));
    Optional<String> id = of("project_id", "tenant_id");
    Optional<String> name = of("project_name", "tenant_name");
    if (id.isEmpty() && name.isEmpty()) {
      throw missing("auth.project_id or auth.project_name");
    }
    return new Login.Password(
        user(), password, new Named(id, name, Optional.of(domain("project_"))));
  }

  private Named user() {
    Optional<String> id = of("user_id");
    Optional<String> name = of("username", "user_name");
    if (id.isEmpty() && name.isEmpty()) {
      throw missing("auth.username");
    }
    return new Named(id, name, Optional.of(domain("user_")));
  }

  private static Named nobody() {
    return new Named(Optional.empty(), Optional.empty(), Optional.empty());
  }

  private Domain domain(String whose) {
    return new Domain(
        of(whose + "domain_id", "default_domain_id", "domain_id"),
        of(whose + "domain_name", "default_domain_name", "domain_name"));
  }

  /** The first of these fields that is there; numbers are read as what was meant. */
  private Optional<String> of(String... fields) {
    return Stream.of(fields)
        .map(auth::at)
        .flatMap(field ->
            Stream.concat(field.text().stream(), field.whole().map(String::valueOf).stream()))
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  private Optional<Reach> reach() {
    return cloud
        .at("interface")
        .text()
        .or(() -> cloud.at("endpoint_type").text())
        .map(text ->
            switch (text.toLowerCase(Locale.ROOT).replaceAll("url$", "")) {
              case "public" -> Reach.Public;
              case "internal" -> Reach.Internal;
              case "admin" -> Reach.Admin;
              default ->
                  throw Trouble.invalid(path + ".interface: must be public, internal or admin");
            });
  }

  private Map<Service, String> addresses() {
    Map<Service, String> addresses = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      for (String type : service.types()) {
        String field = type.replace('-', '_') + "_endpoint_override";
        cloud
            .at(field)
            .text()
            .ifPresent(address -> addresses.putIfAbsent(service, checked(field, address)));
      }
    }
    return addresses;
  }

  private String checked(String field, String address) {
    return checkedAddress(path + "." + field, address);
  }

  /**
   * An address the provider can speak to.
   *
   * @throws Trouble when it is none
   */
  static String checkedAddress(String path, String address) {
    try {
      URI uri = new URI(address);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return address.replaceAll("/+$", "");
      }
    } catch (URISyntaxException _) {
      // Said below.
    }
    throw Trouble.invalid(
        path + " must be an address such as https://keystone.example.org:5000/v3");
  }

  /** Keystone's second version is gone; whoever names it means the third. */
  private static String versioned(String address) {
    String plain = address.replaceAll("/v2\\.0$", "");
    return plain.endsWith("/v3") ? plain : plain + "/v3";
  }

  private Trouble missing(String field) {
    return Trouble.invalid("%s.%s is missing".formatted(path, field));
  }
}

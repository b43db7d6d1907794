package dev.isobar.provider.openstack.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.apis.compute.CloudEndpoints.Reach;
import dev.isobar.provider.external.SecretBytes;
import dev.isobar.provider.openstack.rest.Trouble;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class CloudsYamlTest {
  private static CloudEntry read(String text) {
    return CloudsYaml.read(
        new SecretBytes(text.getBytes(StandardCharsets.UTF_8)), "lab", Optional.empty());
  }

  private static String auth(String more) {
    return "clouds: {lab: {auth: {auth_url: 'https://k.example.org:5000', " + more + "}}}";
  }

  @Test
  void aPasswordInAProject() {
    CloudEntry entry =
        read(
            """
            clouds:
              lab:
                auth:
                  auth_url: https://k.example.org:5000/v3/
                  username: ada
                  password: hunter22
                  project_name: eo
                  user_domain_name: people
                  project_domain_id: d1
                interface: internal
                compute_endpoint_override: https://nova.example.org/v2.1
                region_name: elsewhere
            """);
    assertThat(entry.keystone()).isEqualTo("https://k.example.org:5000/v3");
    assertThat(entry.reach()).contains(Reach.Internal);
    assertThat(entry.addresses())
        .isEqualTo(Map.of(Service.COMPUTE, "https://nova.example.org/v2.1"));
    Map<String, Object> user =
        Map.of("name", "ada", "domain", Map.of("name", "people"), "password", "hunter22");
    Map<String, Object> identity =
        Map.of("methods", List.of("password"), "password", Map.of("user", user));
    Map<String, Object> project = Map.of("name", "eo", "domain", Map.of("id", "d1"));
    assertThat(entry.login().body())
        .isEqualTo(
            Map.of("auth", Map.of("identity", identity, "scope", Map.of("project", project))));
    assertThat(entry.toString()).as("secrets do not show").doesNotContain("hunter22");
  }

  @Test
  void anApplicationCredentialNamesNoProject() {
    CloudEntry byId =
        read(auth("application_credential_id: a1, application_credential_secret: s3cr3t"));
    assertThat(byId.keystone()).isEqualTo("https://k.example.org:5000/v3");
    assertThat(byId.login().body().toString())
        .contains("application_credential={id=a1, secret=s3cr3t}")
        .doesNotContain("scope");
    CloudEntry byName =
        read(
            auth(
                "application_credential_name: ci, application_credential_secret: s3cr3t,"
                    + " username: ada, user_domain_id: default"));
    assertThat(byName.login().body().toString())
        .contains("{name=ci, secret=s3cr3t, user={domain={id=default}, name=ada}}");
  }

  static Stream<Arguments> mistakes() {
    String password = "username: ada, password: hunter22, project_name: eo";
    return Stream.of(
        Arguments.of(
            "clouds: {other: {}}",
            "clouds.yaml has no cloud lab, it has other; name one in spec.credentials.entry",
            "another entry"),
        Arguments.of(
            "clouds: [hunter22: }",
            "clouds.yaml is no YAML at line 1, column 20; correct the Secret",
            "the line is not shown, it may hold the password"),
        Arguments.of(
            "clouds: " + "[".repeat(200_000),
            "clouds.yaml is no YAML; correct the Secret",
            "deeper than any stack: the process must outlive it"),
        Arguments.of(
            auth("username: ada, project_name: eo"),
            "clouds.yaml: clouds.lab.auth.password is missing",
            "no password"),
        Arguments.of(
            auth("username: ada, password: hunter22"),
            "clouds.yaml: clouds.lab.auth.project_id or auth.project_name is missing",
            "machines are in a project"),
        Arguments.of(
            auth("application_credential_id: a1")
                .replace("}}}", "}, auth_type: v3applicationcredential}}"),
            "clouds.yaml: clouds.lab.auth.application_credential_secret is missing",
            "no secret"),
        Arguments.of(
            auth(password).replace("}}}", "}, auth_type: v3oidcpassword}}"),
            "clouds.yaml: clouds.lab.auth_type: v3oidcpassword is not supported; use password or"
                + " v3applicationcredential",
            "another way in"),
        Arguments.of(
            auth(password).replace("}}}", "}, verify: false}}"),
            "clouds.yaml: clouds.lab.verify: false is not accepted, because anybody could take the"
                + " password; put the certificate of the cloud's authority into cacert, in PEM",
            "nobody would notice a man in the middle"),
        Arguments.of(
            auth(password).replace("}}}", "}, cacert: /etc/ssl/ca.pem}}"),
            "clouds.yaml: clouds.lab.cacert is no certificate; the provider does not read files, so"
                + " write the certificates themselves there, in PEM",
            "a file of somebody's laptop"),
        Arguments.of(
            auth(password).replace("}}}", "}, profile: ovh}}"),
            "clouds.yaml: clouds.lab.profile is not supported: write what the profile says here",
            "a file that is not there"),
        Arguments.of(
            auth(password).replace("}}}", "}, interface: outside}}"),
            "clouds.yaml: clouds.lab.interface: must be public, internal or admin",
            "no such interface"),
        Arguments.of(
            auth(password).replace("https:", "ftp:"),
            "clouds.yaml: clouds.lab.auth.auth_url must be an address such as"
                + " https://keystone.example.org:5000/v3",
            "not HTTP"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("mistakes")
  void aMistakeIsNamedByItsPath(String text, String words, String why) {
    assertThatThrownBy(() -> read(text))
        .as(why)
        .isInstanceOfSatisfying(
            Trouble.class,
            trouble -> {
              assertThat(trouble.failure().reason()).isEqualTo("InvalidConfiguration");
              assertThat(trouble.failure().words().text()).isEqualTo(words);
            });
  }
}

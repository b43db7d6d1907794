package dev.isobar.packaging.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.packaging.CannotPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where passwords are looked for. */
final class CredentialsTest {
  @TempDir Path folder;

  private Optional<String> basic(String registry, String config) throws IOException {
    return new Credentials(Files.writeString(folder.resolve("config.json"), config))
        .basic(registry);
  }

  @ParameterizedTest
  @CsvSource({
    "ghcr.io, ghcr.io, YTpi, a registry by its own name",
    "ghcr.io, quay.io, '', of another one nothing is said",
    "docker.io, https://index.docker.io/v1/, YTpi, as docker login keeps it",
    "registry-1.docker.io, https://index.docker.io/v1/, YTpi, under any of its names",
    "index.docker.io, docker.io, YTpi, as others keep it",
    "ghcr.io, https://index.docker.io/v1/, '', which is nobody else's",
  })
  void eachRegistryHasItsOwn(String registry, String key, String password, String reason)
      throws IOException {
    assertThat(basic(registry, "{\"auths\": {\"" + key + "\": {\"auth\": \"YTpi\"}}}").orElse(""))
        .as(reason)
        .isEqualTo(password);
  }

  @Test
  void anIdentityTokenIsNoPassword() {
    assertThatThrownBy(() ->
            basic(
                "lab.azurecr.io",
                """
                {"auths": {"lab.azurecr.io": {"auth": "YTo=", "identitytoken": "eyJ"}}}
                """))
        .isInstanceOf(CannotPackage.class)
        .hasMessage(
            folder.resolve("config.json")
                + " has an identity token for lab.azurecr.io, which is not used; log in with a name"
                + " and a password: docker login lab.azurecr.io");
  }

  @ParameterizedTest
  @CsvSource({
    "docker.io, registry-1.docker.io",
    "index.docker.io, registry-1.docker.io",
    "ghcr.io, ghcr.io"
  })
  void dockerHubHasAnotherServer(String registry, String server) {
    assertThat(DockerHub.server(registry)).isEqualTo(server);
  }
}

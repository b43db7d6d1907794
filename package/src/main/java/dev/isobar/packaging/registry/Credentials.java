package dev.isobar.packaging.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.isobar.packaging.CannotPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Names and passwords for registries, as {@code docker login} and {@code crane auth login} keep
 * them.
 *
 * @param file a config.json of Docker, which need not exist
 */
public record Credentials(Path file) {
  /** Name and password, joined and encoded as HTTP wants them; empty to go without. */
  Optional<String> basic(String registry) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode config;
    try {
      config = JsonMapper.builder().build().readTree(Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw new CannotPackage("cannot read " + file, unreadable);
    }
    for (String key : DockerHub.keys(registry)) {
      Optional<String> kept = basic(config, key, registry);
      if (kept.isPresent()) {
        return kept;
      }
    }
    return Optional.empty();
  }

  private Optional<String> basic(JsonNode config, String key, String registry) {
    JsonNode kept = config.path("auths").path(key);
    JsonNode auth = kept.path("auth");
    if (!kept.path("identitytoken").asText("").isEmpty()) {
      throw new CannotPackage(
          file
              + " has an identity token for "
              + registry
              + ", which is not used; log in with a name and a password: docker login "
              + registry);
    }
    if (auth.isTextual() && !auth.asText().isEmpty()) {
      return Optional.of(auth.asText());
    }
    boolean elsewhere =
        config.path("credHelpers").has(key) || (config.has("credsStore") && !kept.isMissingNode());
    if (elsewhere) {
      throw new CannotPackage(
          file
              + " leaves the password of "
              + registry
              + " to a helper program, which is not asked; log in with a file of its own:"
              + " DOCKER_CONFIG=FOLDER docker login "
              + registry);
    }
    return Optional.empty();
  }

  /** What was read is never shown. */
  @Override
  public String toString() {
    return file.toString();
  }
}

package dev.isobar.packaging.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.isobar.packaging.CannotPackage;
import dev.isobar.packaging.oci.BlobStore;
import dev.isobar.packaging.oci.Execution;
import dev.isobar.packaging.oci.FileTree;
import dev.isobar.packaging.oci.Layer;
import dev.isobar.packaging.oci.OciImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RegistryTest {
  private static final String ADA = "YWRhOnNlY3JldA==";

  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();
  private OciImage image;

  @BeforeEach
  void make() throws IOException {
    make("1");
  }

  private void make(String content) throws IOException {
    var store = new BlobStore(folder, Instant.EPOCH);
    Layer layer = store.layer("a file", new FileTree().file("a", content));
    image = OciImage.of(store, "amd64", Execution.none(Map.of()), List.of(layer));
  }

  @Test
  void keepsEveryByteAndNamesItLast() throws IOException {
    try (var registry = new StandInRegistry()) {
      push(registry, "{}");
      var layer = image.layers().getFirst().blob();
      assertThat(registry.kept().keySet())
          .containsExactlyInAnyOrder(
              "/v2/acme/x/blobs/" + layer.digest(),
              "/v2/acme/x/blobs/" + image.configuration().digest(),
              "/v2/acme/x/manifests/v1.0.0");
      assertThat(registry.kept().get("/v2/acme/x/manifests/v1.0.0"))
          .isEqualTo(image.manifest().bytes());
      assertThat(registry.requests().getLast()).isEqualTo("PUT /v2/acme/x/manifests/v1.0.0");
      assertThat(told)
          .containsExactly(
              "sending " + layer.digest() + " (0.0 MB)",
              "sending " + image.configuration().digest() + " (0.0 MB)");
    }
  }

  record Trouble(String reason, int busy, int broken, List<String> told, String end) {}

  static Stream<Trouble> troubles() {
    String busy = "HOST: HTTP 503; again in 0 s";
    String broken = "HOST: cannot reach http://HOST/v2/ (IOException); again in 0 s";
    return Stream.of(
        new Trouble("it had no time", 2, 0, List.of(busy, busy), ""),
        new Trouble(
            "and has none", 3, 0, List.of(busy, busy), "HOST does not say whether it has sha256:"),
        new Trouble("the line broke twice", 0, 2, List.of(broken, broken), ""),
        new Trouble(
            "and once more", 0, 3, List.of(broken, broken), "cannot reach http://HOST/v2/ (IO"));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void triesAgainWhatMayPass(Trouble row) throws IOException {
    try (var registry = new StandInRegistry().isBusy(row.busy).breaksOff(row.broken)) {
      Throwable thrown = catchThrowable(() -> push(registry, "{}"));
      String end = thrown == null ? "" : String.valueOf(thrown.getMessage());
      assertThat(end.replace(registry.host(), "HOST")).as(row.reason).startsWith(row.end);
      assertThat(end.isEmpty()).as(row.reason).isEqualTo(row.end.isEmpty());
      assertThat(told.stream().map(line -> line.replace(registry.host(), "HOST")))
          .as(row.reason)
          .filteredOn(line -> line.contains("again"))
          .isEqualTo(row.told);
      assertThat(registry.kept().containsKey("/v2/acme/x/manifests/v1.0.0"))
          .as(row.reason)
          .isEqualTo(row.end.isEmpty());
    }
  }

  @Test
  void sendsNothingTwice() throws IOException {
    try (var registry = new StandInRegistry()) {
      push(registry, "{}");
      told.clear();
      push(registry, "{}");
      assertThat(told).isEmpty();
      assertThat(registry.requests().stream().filter(line -> line.startsWith("POST"))).hasSize(2);
    }
  }

  @Test
  void tellsThatATagWasAnothers() throws IOException {
    try (var registry = new StandInRegistry()) {
      push(registry, "{}");
      String former = image.manifest().digest().toString();
      make("2");
      told.clear();
      push(registry, "{}");
      assertThat(told.getLast())
          .isEqualTo(
              "replacing acme/x:v1.0.0, which was "
                  + former
                  + "; core does not fetch it again where it has that tag, so take another"
                  + " --version");
      assertThat(registry.kept().get("/v2/acme/x/manifests/v1.0.0"))
          .isEqualTo(image.manifest().bytes());
    }
  }

  @Test
  void asksForATokenOnceWithThePasswordOfDocker() throws IOException {
    try (var registry = new StandInRegistry().wantsPassword(ADA)) {
      push(registry, "{\"auths\":{\"" + registry.host() + "\":{\"auth\":\"" + ADA + "\"}}}");
      assertThat(registry.requests().stream().filter(line -> line.contains("/token")))
          .containsExactly(
              "GET /token?scope=repository%3Aacme%2Fx%3Apull%2Cpush&service=a+registry");
      assertThat(registry.kept()).hasSize(3);
    }
  }

  @Test
  void saysHowToLogIn() throws IOException {
    try (var registry = new StandInRegistry().wantsPassword(ADA)) {
      assertThatThrownBy(() -> push(registry, "{}"))
          .isInstanceOf(CannotPackage.class)
          .hasMessage(
              "%s does not give a token: HTTP 401 who are you?; log in with docker login %s"
                  .formatted(registry.host(), registry.host()));
    }
  }

  @Test
  void passesOnWhatTheRegistrySays() throws IOException {
    try (var registry = new StandInRegistry().refusesManifests("no such project")) {
      assertThatThrownBy(() -> push(registry, "{}"))
          .hasMessage(registry.host() + " does not take acme/x:v1.0.0: HTTP 400 no such project");
    }
  }

  @Test
  void asksNoHelperForAPassword() throws IOException {
    try (var registry = new StandInRegistry().wantsPassword(ADA)) {
      String config = "{\"credHelpers\":{\"" + registry.host() + "\":\"pass\"}}";
      assertThatThrownBy(() -> push(registry, config))
          .hasMessageContaining("leaves the password of " + registry.host() + " to a helper");
    }
  }

  @Test
  void saysThatNobodyIsThere() throws IOException {
    var registry = new StandInRegistry();
    registry.close();
    assertThatThrownBy(() -> push(registry, "{}"))
        .isInstanceOf(CannotPackage.class)
        .hasMessageStartingWith("cannot reach http://" + registry.host() + "/v2/");
  }

  private void push(StandInRegistry registry, String docker) throws IOException {
    Path config = Files.writeString(folder.resolve("config.json"), docker);
    new Registry(
            registry.host(),
            new Credentials(config),
            told::add,
            List.of(Duration.ZERO, Duration.ZERO))
        .push(image, "acme/x", "v1.0.0");
  }
}

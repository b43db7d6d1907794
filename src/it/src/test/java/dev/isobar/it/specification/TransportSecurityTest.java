package dev.isobar.it.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.isobar.function.wire.proto.Fn;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutual TLS with certificates like Crossplane's own. */
final class TransportSecurityTest {
  private static final Authority AUTHORITY = new Authority();

  /** Has the same subject as the first one, so only its key tells them apart. */
  private static final Authority FOREIGN = new Authority();

  private static final Authority.Identity CLIENT = AUTHORITY.client();

  @TempDir static Path certificates;
  private static FunctionProcess function;

  @BeforeAll
  static void start() {
    assumeTrue(Scene.isOurs(), "only our own process may be started");
    AUTHORITY.mount(certificates, AUTHORITY.server());
    function = serving(certificates);
  }

  @AfterAll
  static void end() {
    if (function != null) {
      function.close();
    }
  }

  @Test
  @Demands(Clause.CERTIFICATES_FLAG)
  void aKeyAsCrossplaneWritesItIsServed() throws IOException {
    assertThat(Files.readString(certificates.resolve("tls.key")))
        .startsWith("-----BEGIN RSA PRIVATE KEY-----");
    assertThat(outcome(function, AUTHORITY, Optional.of(CLIENT))).isEqualTo("OK");
  }

  @Test
  @Demands(Clause.CERTIFICATES_FLAG)
  void aKeyAsCertManagerWritesItIsServed(@TempDir Path directory) throws IOException {
    AUTHORITY.mountPkcs8(directory, AUTHORITY.server());
    assertThat(Files.readString(directory.resolve("tls.key")))
        .startsWith("-----BEGIN PRIVATE KEY-----");
    try (FunctionProcess other = serving(directory)) {
      assertThat(outcome(other, AUTHORITY, Optional.of(CLIENT))).isEqualTo("OK");
    }
  }

  @Test
  @Demands(Clause.CERTIFICATES_FLAG)
  void aClientWithoutACertificateIsRefused() {
    assertThat(outcome(function, AUTHORITY, Optional.empty())).isEqualTo("UNAVAILABLE");
  }

  @Test
  @Demands(Clause.CERTIFICATES_FLAG)
  void aClientOfAForeignAuthorityIsRefused() {
    assertThat(outcome(function, AUTHORITY, Optional.of(FOREIGN.client())))
        .isEqualTo("UNAVAILABLE");
  }

  @Test
  void aClientCanTellTheServerFromAnImpostor() {
    assertThat(outcome(function, FOREIGN, Optional.of(CLIENT))).isEqualTo("UNAVAILABLE");
  }

  @Test
  @Demands(Clause.SECURE_UNLESS_TOLD)
  void plainTextIsRefused() {
    try (Caller plain = Caller.plain("127.0.0.1", function.port())) {
      assertThat(RobustnessTest.codeOf(() -> plain.call(Caller.V1, new byte[0])))
          .isEqualTo("UNAVAILABLE");
    }
  }

  @Test
  void changedCertificatesAreServedWithoutARestart(@TempDir Path mount) throws IOException {
    publish(mount, "..2026_01", AUTHORITY, AUTHORITY.server());
    for (String file : List.of("tls.crt", "tls.key", "ca.crt")) {
      Files.createSymbolicLink(mount.resolve(file), Path.of("..data", file));
    }
    try (FunctionProcess other = serving(mount);
        Caller standing = secure(other, AUTHORITY, Optional.of(CLIENT))) {
      assertThat(RobustnessTest.codeOf(() -> standing.call(Caller.V1, new byte[0])))
          .isEqualTo("OK");
      publish(mount, "..2026_02", FOREIGN, FOREIGN.server());
      assertThat(other.line("Using changed certificates")).contains("\"level\":\"info\"");
      assertThat(outcome(other, FOREIGN, Optional.of(FOREIGN.client())))
          .as("the new authority")
          .isEqualTo("OK");
      assertThat(outcome(other, AUTHORITY, Optional.of(CLIENT)))
          .as("the former one")
          .isEqualTo("UNAVAILABLE");
      assertThat(RobustnessTest.codeOf(() -> standing.call(Caller.V1, new byte[0])))
          .as("a connection that stands")
          .isEqualTo("OK");
      assertThat(
              Http.get(URI.create("http://127.0.0.1:" + other.metricsPort() + "/metrics")).body())
          .contains(
              "isobar_function_certificate_reloads_total 1\n",
              "isobar_function_certificate_expiry_timestamp_seconds ");
    }
  }

  private static FunctionProcess serving(Path certificates) {
    return FunctionProcess.start(
        "--tls-certs-dir=" + certificates,
        FunctionProcess.LOOPBACK[0],
        FunctionProcess.LOOPBACK[1]);
  }

  private static Caller secure(
      FunctionProcess function, Authority trusted, Optional<Authority.Identity> client) {
    return Caller.secure("127.0.0.1", function.port(), trusted.certificate(), client);
  }

  private static String outcome(
      FunctionProcess function, Authority trusted, Optional<Authority.Identity> client) {
    try (Caller caller = secure(function, trusted, client)) {
      return RobustnessTest.codeOf(() -> caller.call(Fn.RunFunctionRequest.getDefaultInstance()));
    }
  }

  /** As the kubelet does it: a new directory, and a symbolic link that is exchanged at once. */
  private static void publish(
      Path mount, String version, Authority authority, Authority.Identity server)
      throws IOException {
    authority.mount(Files.createDirectory(mount.resolve(version)), server);
    Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of(version));
    Files.move(
        mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
  }
}

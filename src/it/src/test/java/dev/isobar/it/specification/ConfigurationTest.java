package dev.isobar.it.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.isobar.function.wire.proto.Fn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Flags, environment and the port; starts processes, so only for the function of this checkout. */
final class ConfigurationTest {
  private static final Authority AUTHORITY = new Authority();
  private static final Authority.Identity SERVER = AUTHORITY.server();
  private static final Authority.Identity CLIENT = AUTHORITY.client();
  private static final String ADDRESS = FunctionProcess.LOOPBACK[0];
  private static final String METRICS = FunctionProcess.LOOPBACK[1];
  private static final int DEFAULT_PORT = 9443;

  @TempDir static Path certificates;

  @BeforeAll
  static void mount() {
    assumeTrue(Scene.isOurs(), "only our own process may be started");
    AUTHORITY.mount(certificates, SERVER);
  }

  @Test
  @Demands(Clause.DEBUG_FLAG)
  void debugIsOffByDefault() {
    try (var function = FunctionProcess.start("--insecure", ADDRESS, METRICS);
        Caller caller = Caller.plain("127.0.0.1", function.port())) {
      answers(caller);
      function.terminate();
      assertThat(function.exitCode()).isZero();
      assertThat(function.lines()).noneMatch(line -> line.contains("\"level\":\"debug\""));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--debug", "-d", "DEBUG"})
  @Demands(Clause.DEBUG_FLAG)
  void debugLogsALineForEachCall(String debug) {
    boolean flag = debug.startsWith("-");
    try (var function =
            FunctionProcess.start(
                flag ? Map.of() : Map.of(debug, "true"),
                flag ? debug : "--debug=true",
                "--insecure",
                ADDRESS,
                METRICS);
        Caller caller = Caller.plain("127.0.0.1", function.port())) {
      answers(caller);
      assertThat(function.line("\"message\":\"Answered\""))
          .contains(
              "\"level\":\"debug\"",
              "\"tag\":\"a-tag\"",
              "\"durationMillis\":",
              "\"fatal\":\"MissingComposite\"");
    }
  }

  @Test
  @Demands({Clause.INSECURE_FLAG, Clause.SECURE_UNLESS_TOLD})
  void nothingIsServedUnlessItIsSaidHow() {
    try (var function = FunctionProcess.start(ADDRESS, METRICS)) {
      assertThat(function.exitCode()).isEqualTo(2);
      assertThat(function.lines()).hasSize(1);
      assertThat(function.lines().getFirst()).contains("--tls-certs-dir", "--insecure");
    }
  }

  @Test
  @Demands({Clause.INSECURE_FLAG, Clause.ASSUMES_NO_DEPLOYMENT})
  void insecureServesPlainTextInAnEmptyEnvironment() {
    try (var function = FunctionProcess.start("--insecure", ADDRESS, METRICS);
        Caller caller = Caller.plain("127.0.0.1", function.port())) {
      answers(caller);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--tls-certs-dir", "--tls-server-certs-dir"})
  @Demands({Clause.CERTIFICATES_FLAG, Clause.SECURE_UNLESS_TOLD})
  void theCertificatesFlagServesMutualTls(String flag) {
    try (var function = FunctionProcess.start(flag + "=" + certificates, ADDRESS, METRICS);
        Caller caller = secure(function.port())) {
      answers(caller);
    }
  }

  @Test
  @Demands({Clause.CERTIFICATES_VARIABLE, Clause.SECURE_UNLESS_TOLD})
  void theCertificatesVariableServesMutualTls() {
    try (var function =
            FunctionProcess.start(
                Map.of("TLS_SERVER_CERTS_DIR", certificates.toString()), ADDRESS, METRICS);
        Caller caller = secure(function.port())) {
      answers(caller);
    }
  }

  @Test
  @Demands(Clause.INSECURE_WINS)
  void insecureWinsOverCertificates() {
    try (var function =
            FunctionProcess.start(
                Map.of("TLS_SERVER_CERTS_DIR", certificates.toString()),
                "--insecure",
                "--tls-certs-dir=" + certificates,
                ADDRESS,
                METRICS);
        Caller caller = Caller.plain("127.0.0.1", function.port())) {
      answers(caller);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Demands(Clause.PORT_9443)
  void port9443IsTheDefault(boolean insecure) {
    String security = insecure ? "--insecure" : "--tls-certs-dir=" + certificates;
    try (var function = FunctionProcess.start(security, "--metrics-address=")) {
      String said = function.line(":9443");
      // Somebody else may have the port on this machine; then it is the refusal that names it.
      if (said.contains("Listening for gRPC")) {
        assertThat(function.port()).isEqualTo(DEFAULT_PORT);
        try (Caller caller =
            insecure ? Caller.plain("127.0.0.1", DEFAULT_PORT) : secure(DEFAULT_PORT)) {
          answers(caller);
        }
      } else {
        assertThat(said).contains("cannot listen on :9443: Address already in use");
      }
    }
  }

  @Test
  void everyFlagHasAVariable() {
    Map<String, String> environment =
        Map.of(
            "INSECURE", "true",
            "DEBUG", "true",
            "NETWORK", "tcp",
            "ADDRESS", "127.0.0.1:0",
            "METRICS_ADDRESS", "127.0.0.1:0",
            "MAX_RECV_MESSAGE_SIZE", "16");
    try (var function = FunctionProcess.start(environment);
        Caller caller = Caller.plain("127.0.0.1", function.port())) {
      assertThat(function.metricsPort()).isPositive();
      assertThat(
              Caller.parse(caller.call(Caller.V1, RobustnessTest.tenMegabytes())).getResultsList())
          .as("read, though too long to be passed on")
          .extracting(Fn.Result::getReason)
          .containsExactly("AnswerTooLarge");
      assertThat(function.line("\"message\":\"Answered\"")).contains("\"level\":\"debug\"");
    }
  }

  @Test
  @Demands(Clause.NAMED_FUNCTION)
  void itIsCalledFunctionSomething() {
    try (var function = FunctionProcess.start("--version")) {
      assertThat(function.exitCode()).isZero();
      assertThat(function.lines().getFirst()).startsWith("function-isobar ");
    }
  }

  @Test
  void helpTellsItsFlags() {
    try (var function = FunctionProcess.start("--help")) {
      assertThat(function.exitCode()).isZero();
      assertThat(String.join("\n", function.lines()))
          .contains("--tls-certs-dir", "TLS_SERVER_CERTS_DIR", "Examples:");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--insecur,there is no flag --insecur",
    "--address=9443,has no port",
    "--max-recv-message-size=0,megabytes"
  })
  void wrongUseEndsWithTwoAndOneLine(String flag, String problem) {
    try (var function = FunctionProcess.start("--insecure", flag)) {
      assertThat(function.exitCode()).isEqualTo(2);
      assertThat(function.lines()).hasSize(1);
      assertThat(function.lines().getFirst())
          .startsWith("function-isobar: ")
          .contains(problem, "--help");
    }
  }

  @Test
  void aTakenPortEndsWithOneAndSaysWhich() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var function =
            FunctionProcess.start(
                "--insecure", "--address=127.0.0.1:" + taken.getLocalPort(), METRICS)) {
      assertThat(function.exitCode()).isEqualTo(1);
      assertThat(function.line("\"level\":\"error\""))
          .contains(
              "cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": Address already in use");
    }
  }

  @Test
  void missingCertificatesEndWithOneAndSayWhich(@TempDir Path empty) {
    try (var function = FunctionProcess.start("--tls-certs-dir=" + empty, ADDRESS, METRICS)) {
      assertThat(function.exitCode()).isEqualTo(1);
      assertThat(function.line("\"level\":\"error\""))
          .contains("there is no " + empty.resolve("tls.crt"));
    }
  }

  private static Caller secure(int port) {
    return Caller.secure("127.0.0.1", port, AUTHORITY.certificate(), Optional.of(CLIENT));
  }

  private static void answers(Caller caller) {
    Fn.RunFunctionRequest request =
        Fn.RunFunctionRequest.newBuilder()
            .setMeta(Fn.RequestMeta.newBuilder().setTag("a-tag"))
            .build();
    assertThat(caller.call(request).getMeta().getTag()).isEqualTo("a-tag");
  }
}

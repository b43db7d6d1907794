package dev.isobar.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.function.grpc.ListenAddress;
import dev.isobar.function.grpc.ServerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FlagsTest {
  private static final ServerSettings.Security INSECURE = new ServerSettings.Security.Insecure();
  private static final ServerSettings DEFAULTS = settings(INSECURE, ":9443", 4, ":8080");

  record Row(
      String reason, Map<String, String> environment, List<String> flags, ServerSettings settings) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static List<Row> accepted() {
    var certificates = new ServerSettings.Security.MutualTls(Path.of("/tls/server"));
    return List.of(
        new Row("the defaults of the specification", Map.of(), List.of("--insecure"), DEFAULTS),
        new Row(
            "the specification's flag",
            Map.of(),
            List.of("--tls-certs-dir", "/tls/server"),
            settings(certificates, ":9443", 4, ":8080")),
        new Row(
            "the flag of the help texts of the contributed functions",
            Map.of(),
            List.of("--tls-server-certs-dir=/tls/server"),
            settings(certificates, ":9443", 4, ":8080")),
        new Row(
            "what core sets",
            Map.of("TLS_SERVER_CERTS_DIR", "/tls/server"),
            List.of(),
            settings(certificates, ":9443", 4, ":8080")),
        new Row(
            "insecure wins, as flags",
            Map.of(),
            List.of("--insecure", "--tls-certs-dir=/tls/server"),
            DEFAULTS),
        new Row(
            "insecure wins over what core sets",
            Map.of("TLS_SERVER_CERTS_DIR", "/tls/server"),
            List.of("--insecure"),
            DEFAULTS),
        new Row(
            "every flag",
            Map.of(),
            List.of(
                "-d",
                "--insecure",
                "--network=tcp",
                "--address=[::1]:0",
                "--max-recv-message-size=16",
                "--metrics-address="),
            settings(INSECURE, "[::1]:0", 16, "")),
        new Row(
            "every flag by the environment",
            Map.of(
                "DEBUG", "true",
                "INSECURE", "true",
                "NETWORK", "tcp",
                "ADDRESS", "127.0.0.1:1",
                "MAX_RECV_MESSAGE_SIZE", "2047",
                "METRICS_ADDRESS", ":9090"),
            List.of(),
            settings(INSECURE, "127.0.0.1:1", 2047, ":9090")),
        new Row(
            "a flag wins over its variable",
            Map.of("ADDRESS", ":1", "INSECURE", "true", "METRICS_ADDRESS", ":2"),
            List.of("--address=:3", "--insecure", "--metrics-address=:4"),
            settings(INSECURE, ":3", 4, ":4")),
        new Row(
            "also when it says no",
            Map.of("INSECURE", "true", "TLS_SERVER_CERTS_DIR", "/tls/server"),
            List.of("--insecure=false"),
            settings(certificates, ":9443", 4, ":8080")),
        new Row(
            "empty variables are none, but an empty metrics address is a value",
            Map.of("ADDRESS", "", "INSECURE", "true", "DEBUG", "", "METRICS_ADDRESS", ""),
            List.of(),
            settings(INSECURE, ":9443", 4, "")));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void readsFlagsAndEnvironment(Row row) throws Flags.UsedWrongly {
    assertThat(parse(row.environment, row.flags).settings()).as(row.reason).isEqualTo(row.settings);
  }

  @Test
  void debugIsOffUnlessAskedFor() throws Flags.UsedWrongly {
    assertThat(parse(Map.of(), List.of()).debugs()).isFalse();
    assertThat(parse(Map.of(), List.of("--debug")).debugs()).isTrue();
    assertThat(parse(Map.of("DEBUG", "true"), List.of()).debugs()).isTrue();
    assertThat(parse(Map.of("DEBUG", "true"), List.of("--debug=false")).debugs()).isFalse();
    assertThat(parse(Map.of("DEBUG", "true"), List.of("--debug")).debugs()).isTrue();
  }

  record Wrong(String reason, Map<String, String> environment, List<String> flags, String problem) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static List<Wrong> wrong() {
    return List.of(
        new Wrong("nothing is not insecure", Map.of(), List.of(), "give --tls-certs-dir"),
        new Wrong(
            "nor is an empty variable",
            Map.of("TLS_SERVER_CERTS_DIR", ""),
            List.of(),
            "or --insecure"),
        new Wrong("a typing error", Map.of(), List.of("--insecur"), "--insecur"),
        new Wrong(
            "a value that is missing",
            Map.of(),
            List.of("--insecure", "--address"),
            "--address has no value"),
        new Wrong("a stray word", Map.of(), List.of("--insecure", "true"), "there is no flag true"),
        new Wrong(
            "no port",
            Map.of(),
            List.of("--insecure", "--address=9443"),
            "--address: \"9443\" has no port"),
        new Wrong(
            "no port by the environment",
            Map.of("METRICS_ADDRESS", "8080"),
            List.of("--insecure"),
            "--metrics-address: \"8080\" has no port"),
        new Wrong(
            "no size",
            Map.of(),
            List.of("--insecure", "--max-recv-message-size=0"),
            "give 1 to 2047 megabytes"),
        new Wrong(
            "too many",
            Map.of(),
            List.of("--insecure", "--max-recv-message-size=2048"),
            "give 1 to 2047 megabytes"),
        new Wrong(
            "no number",
            Map.of("MAX_RECV_MESSAGE_SIZE", "4MB"),
            List.of("--insecure"),
            "is \"4MB\"; give 1 to 2047 megabytes"),
        new Wrong(
            "another network",
            Map.of(),
            List.of("--insecure", "--network=unix"),
            "only tcp is served"),
        new Wrong(
            "a truth that is none",
            Map.of("INSECURE", "1"),
            List.of(),
            "--insecure (INSECURE) is \"1\"; set it to true or false"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void saysInOneLineWhatIsWrong(Wrong row) {
    assertThatThrownBy(() -> parse(row.environment, row.flags).settings())
        .as(row.reason)
        .isInstanceOf(Flags.UsedWrongly.class)
        .hasMessageContaining(row.problem)
        .satisfies(wrong -> assertThat(wrong.getMessage()).doesNotContain("\n"));
  }

  @Test
  void helpTellsEveryFlagWithItsVariable() {
    for (Flag flag : Flag.values()) {
      assertThat(Flags.help()).contains(flag.names()).contains("[" + flag.variable() + "]");
    }
    assertThat(Flag.values()).as("a new flag needs a row above").hasSize(7);
  }

  private static Flags parse(Map<String, String> environment, List<String> flags)
      throws Flags.UsedWrongly {
    return Flags.parse(environment, flags.toArray(String[]::new));
  }

  private static ServerSettings settings(
      ServerSettings.Security security, String address, int megabytes, String metrics) {
    return new ServerSettings(
        ListenAddress.parse(address),
        security,
        megabytes * 1024 * 1024,
        metrics.isEmpty() ? Optional.empty() : Optional.of(ListenAddress.parse(metrics)),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10));
  }
}

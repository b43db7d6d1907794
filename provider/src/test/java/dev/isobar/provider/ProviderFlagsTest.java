package dev.isobar.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.provider.decide.Pace;
import dev.isobar.provider.kube.ProviderSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProviderFlagsTest {
  private static final ProviderSettings USUAL =
      new ProviderSettings(
          Pace.USUAL,
          Duration.ofMinutes(10),
          200,
          16,
          "crossplane-system",
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty());

  private static ProviderFlags parse(Map<String, String> environment, String... words)
      throws ProviderFlags.Misused {
    return ProviderFlags.parse(environment, words);
  }

  @Test
  void nothingGivenMeansTheUsual() throws ProviderFlags.Misused {
    assertThat(parse(Map.of()).settings(Pace.USUAL)).isEqualTo(USUAL);
    assertThat(parse(Map.of()).metrics()).contains(new InetSocketAddress(8080));
    assertThat(parse(Map.of()).debugs()).isFalse();
  }

  @Test
  void flagsWinOverTheirVariables() throws ProviderFlags.Misused {
    ProviderSettings settings =
        parse(
                Map.of("POLL", "10m", "POD_NAMESPACE", "upbound", "LEADER_ELECTION", "true"),
                "--poll=1h30m",
                "--max-reconcile-rate",
                "10",
                "--kubeconfig=/tmp/kubeconfig",
                "-d")
            .settings(Pace.USUAL);
    assertThat(settings.pace().poll()).isEqualTo(Duration.ofMinutes(90));
    assertThat(settings.passesPerSecond()).isEqualTo(10);
    assertThat(settings.namespace()).isEqualTo("upbound");
    assertThat(settings.lease()).contains(Duration.ofSeconds(60));
    assertThat(settings.kubeconfig()).contains(Path.of("/tmp/kubeconfig"));
  }

  @Test
  void flagsOfOtherProvidersAreTaken() throws ProviderFlags.Misused {
    assertThat(
            parse(
                    Map.of(),
                    "--sync=30m",
                    "--poll-state-metric=1s",
                    "--enable-management-policies",
                    "--certs-dir=/tls")
                .settings(Pace.USUAL))
        .isEqualTo(USUAL);
  }

  @ParameterizedTest
  @CsvSource({
    "--enable-changelogs, '', /var/run/changelogs/changelogs.sock, where Crossplane's sidecar is",
    "--enable-changelogs, --changelogs-socket-path=/tmp/s, /tmp/s, wherever it is told to be",
    "--enable-changelogs=true, '', /var/run/changelogs/changelogs.sock, as manifests write it",
    "--changelogs-socket-path=/tmp/s, '', , a place alone enables nothing"
  })
  void changeLogsGoWhereTheyAreWanted(String one, String other, String socket, String why)
      throws ProviderFlags.Misused {
    String[] words = other.isEmpty() ? new String[] {one} : new String[] {one, other};
    assertThat(parse(Map.of(), words).settings(Pace.USUAL).changeLogs())
        .as(why)
        .isEqualTo(Optional.ofNullable(socket).map(Path::of));
  }

  @Test
  void changeLogsHaveTheVariablesOfOtherProviders() throws ProviderFlags.Misused {
    Map<String, String> environment =
        Map.of("ENABLE_CHANGE_LOGS", "true", "CHANGELOGS_SOCKET_PATH", "/tmp/s");
    assertThat(parse(environment).settings(Pace.USUAL).changeLogs()).contains(Path.of("/tmp/s"));
  }

  @Test
  void whatIsWatchedCanBeNarrowed() throws ProviderFlags.Misused {
    assertThat(parse(Map.of("WATCH_FILTER", "lab")).settings(Pace.USUAL).watchFilter())
        .contains("lab");
    assertThat(
            parse(Map.of("WATCH_FILTER", "lab"), "--watch-filter=")
                .settings(Pace.USUAL)
                .watchFilter())
        .as("a flag wins, also where it says that all are worked on")
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1, true, as Go's strconv.ParseBool takes it",
    "t, true, likewise",
    "TRUE, true, likewise",
    "yes, true, as people write it",
    "0, false, as Go's strconv.ParseBool takes it",
    "F, false, likewise",
    "False, false, likewise",
    "no, false, as people write it"
  })
  void switchesTakeTheUsualWords(String word, boolean on, String why) throws ProviderFlags.Misused {
    assertThat(parse(Map.of("LEADER_ELECTION", word)).settings(Pace.USUAL).lease().isPresent())
        .as(why)
        .isEqualTo(on);
  }

  @Test
  void anEmptyAddressSwitchesMetricsOff() throws ProviderFlags.Misused {
    assertThat(parse(Map.of(), "--metrics-address=").metrics()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --polls=1m                            | there is no flag --polls
          --poll                                | --poll has no value
          --poll=soon                           | --poll (POLL) is "soon"; give a duration such as 30s, 10m or 1h30m
          --poll=-5s                            | --poll (POLL) is "-5s"; give a duration such as 30s, 10m or 1h30m
          --max-reconcile-rate=0                | --max-reconcile-rate (MAX_RECONCILE_RATE) is "0"; give 1 to 10000
          --leader-election=maybe               | --leader-election (LEADER_ELECTION) is "maybe"; set it to true or false
          --metrics-address=8080                | --metrics-address (METRICS_ADDRESS) is "8080"; write :8080, host:8080 or [::1]:8080
          --metrics-address=:80800              | --metrics-address (METRICS_ADDRESS) is ":80800"; write :8080, host:8080 or [::1]:8080
          --enable-management-policies=false    | --enable-management-policies (ENABLE_MANAGEMENT_POLICIES) is "false"; management policies cannot be switched off
          --watch-filter=-isobar                | --watch-filter (WATCH_FILTER) is "-isobar"; give what the value of a label can be
          --enable-changelogs=on                | --enable-changelogs (ENABLE_CHANGE_LOGS) is "on"; set it to true or false
          """)
  void whatCannotBeIsRefusedWithARemedy(String word, String message) {
    assertThatThrownBy(
            () -> {
              ProviderFlags flags = parse(Map.of(), word);
              var _ = flags.settings(Pace.USUAL);
              var _ = flags.metrics();
            })
        .isInstanceOf(ProviderFlags.Misused.class)
        .hasMessage(message);
  }

  @Test
  void helpNamesEveryFlag() {
    for (ProviderFlag flag : ProviderFlag.values()) {
      assertThat(ProviderFlags.help()).contains(flag.title()).contains("[" + flag.variable() + "]");
    }
  }
}

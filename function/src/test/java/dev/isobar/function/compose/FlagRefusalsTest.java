package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What kube-apiserver would not start with, or not be reached. */
final class FlagRefusalsTest {
  record Row(String reason, String claim, String sentence) {}

  private static String claim(String flag, String value) {
    return "controlPlane: {apiServerFlags: {%s: '%s'}}".formatted(flag, value);
  }

  private static Row flag(String reason, String flag, String value, String says) {
    return new Row(
        reason, claim(flag, value), "spec.controlPlane.apiServerFlags[" + flag + "]: " + says);
  }

  private static Row duration(String reason, String value, String nearest) {
    return flag(
        reason,
        "event-ttl",
        value,
        "\""
            + value
            + "\" is no duration, and kube-apiserver would not start; write numbers with h, m, s or"
            + " ms behind each, such as "
            + nearest);
  }

  static Stream<Row> durations() {
    return Stream.of(
        duration("a word", "never", "1h"),
        duration("days, which Go has none of", "7d", "168h"),
        duration("no unit", "3600", "3600s"),
        duration("a blank", "1h 30m", "1h"),
        duration("a sign", "-1h", "1h"),
        duration("nothing", "", "1h"));
  }

  private static Row number(String reason, String value, String nearest) {
    return flag(
        reason,
        "max-requests-inflight",
        value,
        "\""
            + value
            + "\" is no whole number, and kube-apiserver would not start; write digits alone,"
            + " without a 0 in front, such as "
            + nearest);
  }

  static Stream<Row> numbers() {
    String text = "a text of 61 characters is no whole number, and kube-apiserver would not start;";
    return Stream.of(
        number("a word", "many", "100"),
        number("a fraction", "400.5", "400"),
        number("a unit", "800Mi", "800"),
        number("below nothing", "-1", "100"),
        number("octal", "0400", "400"),
        flag(
            "at length",
            "v",
            "x".repeat(61),
            text + " write digits alone, without a 0 in front, such as 100"));
  }

  private static Row toggle(String reason, String value, String nearest) {
    return flag(
        reason,
        "profiling",
        value,
        "\"" + value + "\" is no boolean, and kube-apiserver would not start; write " + nearest);
  }

  static Stream<Row> words() {
    return Stream.of(
        toggle("a yes", "Yes", "true"),
        toggle("a no", "off", "false"),
        toggle("neither", "maybe", "true or false"),
        flag(
            "a version of TLS",
            "tls-min-version",
            "VersionTLS1.2",
            "\"VersionTLS1.2\" is none of its words, and kube-apiserver would not start; did you"
                + " mean VersionTLS12?"),
        flag(
            "a mode",
            "audit-log-mode",
            "fast",
            "\"fast\" is none of its words, and kube-apiserver would not start; the words are"
                + " batch, blocking and blocking-strict"),
        flag(
            "a kind of address",
            "kubelet-preferred-address-types",
            "InternalIP,hostname",
            "\"hostname\" is no kind of address that nodes have, and the API server would not find"
                + " kubelets by it; did you mean Hostname?"),
        flag(
            "help",
            "help",
            "true",
            "lets kube-apiserver print its help and end, so there would be no API; remove it"),
        flag(
            "the version",
            "version",
            "true",
            "lets kube-apiserver print its version and end, so there would be no API; remove it"));
  }

  private static Row ports(String reason, String range, String nearest) {
    return flag(
        reason,
        "service-node-port-range",
        range,
        range
            + " is not within 30000-32767, the ports that the nodes' security groups let in; write "
            + nearest);
  }

  static Stream<Row> ports() {
    return Stream.of(
        ports("others", "20000-22767", "30000-32767 or a part of it"),
        ports("more", "30000-40000", "30000-32767 or a part of it"),
        ports("some of them", "20000-31000", "30000-31000"),
        ports("backwards", "32000-31000", "30000-32767 or a part of it"),
        flag(
            "one port",
            "service-node-port-range",
            "30000",
            "is no range of ports, and kube-apiserver would not start; write 30000-32767"));
  }

  static Stream<Row> names() {
    return Stream.of(
        flag(
            "a slip of the keyboard",
            "max-request-inflight",
            "100",
            "is no flag of kube-apiserver 1.31 to 1.36, which would not start; did you mean"
                + " max-requests-inflight?"),
        flag(
            "nothing like any",
            "a-flag-of-tomorrow",
            "7d",
            "is no flag of kube-apiserver 1.31 to 1.36, which would not start; remove it, or take"
                + " one of those that kube-apiserver --help shows"),
        flag(
            "one of before, beside kubeadm's",
            "admission-control",
            "NodeRestriction",
            "contradicts enable-admission-plugins, which kubeadm sets, and kube-apiserver would not"
                + " start; remove it and use enable-admission-plugins or"
                + " disable-admission-plugins"),
        flag(
            "a file by another name",
            "allow-metric-labels-manifest",
            "/a",
            "names a file that nothing puts on the machines, and the API server would not start;"
                + " remove it"));
  }

  private static Row plugins(String reason, String value, String says) {
    return flag(reason, "enable-admission-plugins", "NodeRestriction," + value, says);
  }

  static Stream<Row> lists() {
    String dead = ", and kube-apiserver would not start; ";
    return Stream.of(
        plugins(
            "a slip",
            "AlwaysPullImage",
            "\"AlwaysPullImage\" is no admission plugin" + dead + "did you mean AlwaysPullImages?"),
        plugins(
            "a blank",
            " Priority",
            "\" Priority\" is no admission plugin" + dead + "did you mean Priority?"),
        plugins(
            "nothing like any",
            "x",
            "\"x\" is no admission plugin" + dead + "take it out of the list"),
        plugins(
            "one that refuses all",
            "AlwaysDeny",
            "has AlwaysDeny, which refuses every request; take it out of the list"),
        plugins(
            "one with a file",
            "EventRateLimit",
            "has EventRateLimit, which needs a file that nothing puts on the machines"
                + dead
                + "take it out of the list"),
        flag(
            "switched off, and misspelt",
            "disable-admission-plugins",
            "Prioritty",
            "\"Prioritty\" is no admission plugin" + dead + "did you mean Priority?"),
        flag(
            "a cipher as OpenSSL has it",
            "tls-cipher-suites",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "\"ECDHE-RSA-AES128-GCM-SHA256\" is no cipher suite"
                + dead
                + "write it as Go does, such as TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
        flag(
            "a cipher misspelt",
            "tls-cipher-suites",
            "TLS_AES_128_GCM_SHA265",
            "\"TLS_AES_128_GCM_SHA265\" is no cipher suite"
                + dead
                + "did you mean TLS_AES_128_GCM_SHA256?"),
        flag(
            "a gate that is neither on nor off",
            "feature-gates",
            "AllBeta=true,AllAlpha=yes",
            "\"AllAlpha=yes\" switches no feature"
                + dead
                + "write AllAlpha=true or AllAlpha=false, with commas between several"),
        flag(
            "a gate alone",
            "feature-gates",
            "AllAlpha",
            "\"AllAlpha\" switches no feature"
                + dead
                + "write NAME=true or NAME=false, with commas between several"),
        flag(
            "an API that is neither",
            "runtime-config",
            "api/all=yes",
            "\"api/all=yes\" switches no API"
                + dead
                + "write GROUP/VERSION=true or api/beta=true, with commas between several"),
        flag(
            "more than one in fifty",
            "goaway-chance",
            "0.5",
            "0.5 is more than kube-apiserver takes"
                + dead
                + "set it to at most 0.02, one request in fifty"),
        flag(
            "percent",
            "goaway-chance",
            "1%",
            "\"1%\" is no number"
                + dead
                + "write digits, with a dot where there is a fraction, such as 0.001"));
  }

  static Stream<Row> issuers() {
    String remedy =
        " is the cluster itself, which issues its service accounts' tokens under this name, and"
            + " kube-apiserver would not start; write the address of the provider that people log"
            + " in with, exactly as in its tokens, for example"
            + " https://login.example.org/realms/lab";
    return Stream.of(
        new Row(
            "the usual name",
            login("https://kubernetes.default.svc.cluster.local"),
            "spec.security.oidc.issuer: https://kubernetes.default.svc.cluster.local" + remedy),
        new Row(
            "by the cluster's own domain",
            "{network: {serviceDomain: lab.example}, "
                + login("https://kubernetes.default.svc.lab.example")
                + "}",
            "spec.security.oidc.issuer: https://kubernetes.default.svc.lab.example" + remedy));
  }

  private static String login(String issuer) {
    return "security: {oidc: {issuer: '" + issuer + "', clientId: a}}";
  }

  @ParameterizedTest
  @MethodSource({"durations", "numbers", "words", "ports", "names", "lists", "issuers"})
  void isRefused(Row row) {
    assertThat(ManagementCluster.with(row.claim).refusals())
        .as(row.reason)
        .containsExactly(row.sentence);
  }

  static Stream<String> good() {
    return Stream.of(
        claim("event-ttl", "1h30m"),
        claim("event-ttl", "1.5h"),
        claim("event-ttl", "0"),
        claim("request-timeout", "300ms"),
        claim("v", "0"),
        claim("max-connection-bytes-per-sec", "10000000000"),
        claim("profiling", "false"),
        claim("profiling", "0"),
        claim("tls-min-version", "VersionTLS13"),
        claim("kubelet-preferred-address-types", "InternalIP,ExternalDNS"),
        claim("service-node-port-range", "30000-32767"),
        claim("service-node-port-range", "31000-31999"),
        claim("goaway-chance", "0"),
        claim("goaway-chance", ".001"),
        claim("goaway-chance", "0.02"),
        claim("audit-log-batch-throttle-qps", "0.5"),
        claim("tls-cipher-suites", "TLS_AES_128_GCM_SHA256,TLS_RSA_WITH_RC4_128_SHA"),
        claim("feature-gates", "kube:AllAlpha=false,SomethingOfTomorrow=T"),
        claim("runtime-config", "api/beta=true,apps/v1"),
        claim("enable-admission-plugins", "NodeRestriction,AlwaysPullImages"),
        claim("disable-admission-plugins", "\"PersistentVolumeClaimResize\",Priority"),
        claim("tls-curve-preferences", "X25519"),
        claim("vmodule", "x=4"));
  }

  @ParameterizedTest
  @MethodSource("good")
  @ValueSource(
      strings =
          "{network: {serviceDomain: lab.example}, security: {oidc: {issuer:"
              + " 'https://kubernetes.default.svc.cluster.local', clientId: a}}}")
  void isTaken(String claim) {
    assertThat(ManagementCluster.with(claim).refusals()).isEmpty();
  }

  /** Another version of kube-apiserver may take what this one does not. */
  @Test
  void aFlagInUseIsKept() {
    ManagementCluster cluster = ManagementCluster.with("{}");
    cluster.settle();
    cluster.observed(
        "control-plane",
        "spec: {kubeadmConfigSpec: {clusterConfiguration: {apiServer: {extraArgs: [{name:"
            + " service-node-port-range, value: 20000-22767}]}}}}");
    assertThat(cluster.claim(claim("service-node-port-range", "20000-22767")).refusals()).isEmpty();
    assertThat(cluster.claim(claim("service-node-port-range", "20000-22768")).refusals())
        .hasSize(1);
  }
}

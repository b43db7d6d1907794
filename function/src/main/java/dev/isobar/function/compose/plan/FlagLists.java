package dev.isobar.function.compose.plan;

import dev.isobar.apis.decode.Nearest;
import dev.isobar.function.compose.plan.OwnedFlags.Owner;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Flags of kube-apiserver whose value is a list of names or pairs, or a fraction: it does not start
 * with one that it does not know. The names are those of all Kubernetes versions together that are
 * composed.
 */
final class FlagLists {
  /** AllOrderedPlugins of pkg/kubeapiserver/options, of 1.31 to 1.36. */
  private static final List<String> PLUGINS =
      List.of(
          "AlwaysAdmit",
          "AlwaysDeny",
          "AlwaysPullImages",
          "CertificateApproval",
          "CertificateSigning",
          "CertificateSubjectRestriction",
          "ClusterTrustBundleAttest",
          "DefaultIngressClass",
          "DefaultStorageClass",
          "DefaultTolerationSeconds",
          "DenyServiceExternalIPs",
          "EventRateLimit",
          "ExtendedResourceToleration",
          "ImagePolicyWebhook",
          "JobValidation",
          "LimitPodHardAntiAffinityTopology",
          "LimitRanger",
          "MutatingAdmissionPolicy",
          "MutatingAdmissionWebhook",
          "NamespaceAutoProvision",
          "NamespaceExists",
          "NamespaceLifecycle",
          "NodeDeclaredFeatureValidator",
          "NodeRestriction",
          "OwnerReferencesPermissionEnforcement",
          "PersistentVolumeClaimResize",
          "PodGroupProtection",
          "PodGroupWorkloadExists",
          "PodNodeSelector",
          "PodResizeValidator",
          "PodSecurity",
          "PodTolerationRestriction",
          "PodTopologyLabels",
          "Priority",
          "ResourceQuota",
          "RuntimeClass",
          "ServiceAccount",
          "StorageObjectInUseProtection",
          "TaintNodesByCondition",
          "ValidatingAdmissionPolicy",
          "ValidatingAdmissionWebhook");

  /** They read a file that nothing puts there, and have no default. */
  private static final Set<String> CONFIGURED = Set.of("EventRateLimit", "ImagePolicyWebhook");

  /** Go's, secure and insecure, with two old spellings that Kubernetes keeps. */
  private static final List<String> CIPHERS =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA",
          "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_RC4_128_SHA",
          "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
          "TLS_RSA_WITH_AES_128_CBC_SHA",
          "TLS_RSA_WITH_AES_128_CBC_SHA256",
          "TLS_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_RSA_WITH_AES_256_CBC_SHA",
          "TLS_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_RSA_WITH_RC4_128_SHA");

  /** A component and a colon may stand in front; Go's spellings of true and false are taken. */
  private static final Pattern GATE =
      Pattern.compile("([a-z][a-z0-9.-]*:)?([A-Z][A-Za-z0-9]*) *= *(\\S+)");

  private static final Pattern API = Pattern.compile("[a-z][A-Za-z0-9./-]*(=(?<on>\\S*))?");
  private static final Pattern FRACTION = Pattern.compile("[0-9]{0,6}(\\.[0-9]{1,9})?");

  /** What kube-apiserver takes of goaway-chance at most. */
  private static final String MOST_GOAWAY = "0.02";

  private static final String DEAD = ", and kube-apiserver would not start";

  private FlagLists() {}

  /** Why a value is refused; empty when it may be taken, or is of another sort of flag. */
  static Optional<Owner> owner(String flag, String value) {
    return switch (flag) {
      case "enable-admission-plugins" -> first(value, FlagLists::enabled);
      case "disable-admission-plugins" -> first(value, FlagLists::plugin);
      case "tls-cipher-suites" -> first(value, FlagLists::cipher);
      case "feature-gates" -> first(value, FlagLists::gate);
      case "runtime-config" -> first(value, FlagLists::api);
      case "goaway-chance" -> goaway(value);
      case "audit-log-batch-throttle-qps", "audit-webhook-batch-throttle-qps" ->
          fraction(value) ? Optional.empty() : Optional.of(noFraction(value, "10"));
      default -> Optional.empty();
    };
  }

  private static Optional<Owner> first(String value, Function<String, Optional<Owner>> check) {
    // Go reads some of them as CSV, with quotes around a name.
    return Arrays.stream(value.replace("\"", "").split(",", -1))
        .filter(one -> !one.isEmpty())
        .flatMap(one -> check.apply(one).stream())
        .findFirst();
  }

  private static Optional<Owner> enabled(String plugin) {
    if (plugin.equals("AlwaysDeny")) {
      return Optional.of(
          new Owner("has AlwaysDeny, which refuses every request", "take it out of the list"));
    }
    return CONFIGURED.contains(plugin)
        ? Optional.of(
            new Owner(
                "has " + plugin + ", which needs a file that nothing puts on the machines" + DEAD,
                "take it out of the list"))
        : plugin(plugin);
  }

  private static Optional<Owner> plugin(String name) {
    return PLUGINS.contains(name)
        ? Optional.empty()
        : Optional.of(
            new Owner(
                FlagValues.shown(name) + " is no admission plugin" + DEAD,
                Nearest.to(name.strip(), PLUGINS)
                    .map(plugin -> "did you mean " + plugin + "?")
                    .orElse("take it out of the list")));
  }

  private static Optional<Owner> cipher(String name) {
    return CIPHERS.contains(name)
        ? Optional.empty()
        : Optional.of(
            new Owner(
                FlagValues.shown(name) + " is no cipher suite" + DEAD,
                Nearest.to(name.strip(), CIPHERS)
                    .map(suite -> "did you mean " + suite + "?")
                    .orElse("write it as Go does, such as TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")));
  }

  /** Which gates there are, each version says anew. */
  private static Optional<Owner> gate(String pair) {
    Matcher gate = GATE.matcher(pair.strip());
    if (gate.matches() && FlagValues.truth(gate.group(3))) {
      return Optional.empty();
    }
    String name = gate.matches() ? gate.group(2) : "NAME";
    return Optional.of(
        new Owner(
            FlagValues.shown(pair) + " switches no feature" + DEAD,
            "write " + name + "=true or " + name + "=false, with commas between several"));
  }

  /** An API without a word is switched on. */
  private static Optional<Owner> api(String pair) {
    Matcher api = API.matcher(pair.strip());
    String on = api.matches() ? Objects.requireNonNullElse(api.group("on"), "") : "none";
    return on.isEmpty() || FlagValues.truth(on)
        ? Optional.empty()
        : Optional.of(
            new Owner(
                FlagValues.shown(pair) + " switches no API" + DEAD,
                "write GROUP/VERSION=true or api/beta=true, with commas between several"));
  }

  private static Optional<Owner> goaway(String value) {
    if (!fraction(value)) {
      return Optional.of(noFraction(value, "0.001"));
    }
    return new BigDecimal(value).compareTo(new BigDecimal(MOST_GOAWAY)) <= 0
        ? Optional.empty()
        : Optional.of(
            new Owner(
                value + " is more than kube-apiserver takes" + DEAD,
                "set it to at most " + MOST_GOAWAY + ", one request in fifty"));
  }

  private static boolean fraction(String value) {
    return !value.isEmpty() && FRACTION.matcher(value).matches();
  }

  private static Owner noFraction(String value, String example) {
    return new Owner(
        FlagValues.shown(value) + " is no number" + DEAD,
        "write digits, with a dot where there is a fraction, such as " + example);
  }
}

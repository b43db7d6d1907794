package dev.isobar.function.compose.addon;

import dev.isobar.apis.compute.WorkloadCredentials;
import dev.isobar.apis.platform.ExternalDns;
import dev.isobar.apis.platform.SecretKey;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.HealthGate;
import dev.isobar.function.compose.sveltos.SecretCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Records of a name server for Services, Ingresses and HTTPRoutes. Each record has one beside it
 * that names the cluster, and others are left alone.
 */
final class ExternalDnsAddon {
  private static final String NAME = "external-dns";
  private static final String SECRET = "external-dns-credentials";
  private static final String IDENTIFIER = "NameServer";
  private static final String CLOUDS = "clouds.yaml";
  private static final String FILES = "/etc/isobar";

  /** Where the webhook looks for clouds.yaml. */
  private static final String OPENSTACK_FILES = "/etc/openstack";

  private final ClusterPlan plan;
  private final ExternalDns asked;

  private ExternalDnsAddon(ClusterPlan plan, ExternalDns asked) {
    this.plan = plan;
    this.asked = asked;
  }

  static Optional<Addon> of(ClusterPlan plan) {
    return plan.spec()
        .addons()
        .externalDns()
        .map(asked -> new ExternalDnsAddon(plan, asked).addon());
  }

  private Addon addon() {
    Addon addon =
        Addon.chart(AddonName.EXTERNAL_DNS.text(), Charts.chart(NAME, plan), values())
            .keeping("domainFilters", "policy", "provider.name", "registry", "txtOwnerId")
            .after(GatewayApiAddon.before(plan))
            .gated(HealthGate.deployment(NAME, NAME, "app.kubernetes.io/name", NAME));
    return credentials().map(addon::with).orElse(addon);
  }

  private Optional<SecretCopy> credentials() {
    Optional<SecretCopy> key =
        asked.rfc2136().map(server -> copy(server.keySecretRef(), "tsig-key"));
    Optional<SecretCopy> file =
        asked
            .route53()
            .flatMap(ExternalDns.Route53::credentialsSecretRef)
            .map(reference -> copy(reference, "credentials"));
    return key.or(() -> file).or(() -> clouds().map(this::copy));
  }

  private SecretCopy copy(SecretKey key, String as) {
    return SecretCopy.of(
        new Addon.SecretSource(IDENTIFIER, plan.id().namespace(), key.name()),
        NAME,
        SECRET,
        as,
        key.key());
  }

  private SecretCopy copy(WorkloadCredentials credentials) {
    return SecretCopy.of(
        new Addon.SecretSource(
            IDENTIFIER, credentials.secretRef().namespace(), credentials.secretRef().name()),
        NAME,
        SECRET,
        CLOUDS,
        CLOUDS);
  }

  private Optional<WorkloadCredentials> clouds() {
    return asked.designate().flatMap(_ -> plan.cloud().spec().workloadCredentials());
  }

  private SortedMap<String, Object> values() {
    Fields values =
        Fields.with("sources", sources())
            .set("domainFilters", asked.zones())
            .set("policy", policy())
            .set("registry", "txt")
            .set("txtOwnerId", plan.id().cluster());
    asked.rfc2136().ifPresent(server -> rfc2136(values, server));
    asked.route53().ifPresent(zones -> route53(values, zones));
    asked.designate().ifPresent(_ -> designate(values));
    return values.map();
  }

  private List<String> sources() {
    List<String> sources = new ArrayList<>(List.of("service", "ingress"));
    if (plan.spec().addons().gatewayApi()) {
      sources.add("gateway-httproute");
    }
    return sources;
  }

  private String policy() {
    return switch (asked.policy()) {
      case KeepRecords -> "upsert-only";
      case DeleteRecords -> "sync";
    };
  }

  private void rfc2136(Fields values, ExternalDns.Rfc2136 server) {
    String algorithm =
        switch (server.algorithm()) {
          case HmacSha256 -> "hmac-sha256";
          case HmacSha512 -> "hmac-sha512";
        };
    Fields key = Fields.with("secretKeyRef", Fields.with("name", SECRET).set("key", "tsig-key"));
    values
        .set("provider", Fields.with("name", "rfc2136"))
        .set(
            "extraArgs",
            Fields.with("rfc2136-host", server.server())
                .set("rfc2136-port", server.port())
                .set("rfc2136-zone", asked.zones())
                .set("rfc2136-tsig-keyname", server.keyName())
                .set("rfc2136-tsig-secret-alg", algorithm)
                .set("rfc2136-tsig-axfr", true))
        .set(
            "env",
            List.of(variable("EXTERNAL_DNS_RFC2136_TSIG_SECRET").set("valueFrom", key).map()));
  }

  private void route53(Fields values, ExternalDns.Route53 zones) {
    values.set("provider", Fields.with("name", "aws"));
    zones.role().ifPresent(role -> values.set("extraArgs", Fields.with("aws-assume-role", role)));
    if (zones.credentialsSecretRef().isPresent()) {
      values
          .set(
              "env",
              List.of(
                  variable("AWS_SHARED_CREDENTIALS_FILE")
                      .set("value", FILES + "/credentials")
                      .map()))
          .set("extraVolumes", List.of(volume()))
          .set("extraVolumeMounts", List.of(mount(FILES)));
    }
  }

  /** Its program comes as a second container, with the rights that the Cloud lends. */
  private void designate(Fields values) {
    String cloud = clouds().map(WorkloadCredentials::cloudName).orElse("openstack");
    Fields webhook =
        Fields.with(
                "image",
                Fields.with("repository", "ghcr.io/inovex/external-dns-openstack-webhook")
                    .set("tag", "2.3.0"))
            .set("args", asked.zones().stream().map(zone -> "--domain-filter=" + zone).toList())
            .set("env", List.of(variable("OS_CLOUD").set("value", cloud).map()))
            .set("extraVolumeMounts", List.of(mount(OPENSTACK_FILES)));
    values
        .set("provider", Fields.with("name", "webhook").set("webhook", webhook))
        .set("extraVolumes", List.of(volume()));
  }

  private static Fields variable(String name) {
    return Fields.with("name", name);
  }

  private static SortedMap<String, Object> volume() {
    return Fields.with("name", "credentials")
        .set("secret", Fields.with("secretName", SECRET))
        .map();
  }

  private static SortedMap<String, Object> mount(String path) {
    return Fields.with("name", "credentials").set("mountPath", path).set("readOnly", true).map();
  }
}

package dev.isobar.function.compose.plan;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.platform.Addons;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.SharedVolumes;
import dev.isobar.apis.platform.SharedVolumes.Protocol;
import dev.isobar.apis.schema.Span;
import dev.isobar.function.compose.cloud.Catalogue;
import java.time.Duration;

/** Checks that the cloud has what add-ons are asked to use, and that what they are told counts. */
final class AddonFieldChecks {
  private static final Duration LEAST = Duration.ofHours(1);

  private final PlatformClusterSpec spec;
  private final Addons addons;
  private final Catalogue cloud;
  private final Mistakes mistakes;

  AddonFieldChecks(PlatformClusterSpec spec, Catalogue cloud, Mistakes mistakes) {
    this.spec = spec;
    this.addons = spec.addons();
    this.cloud = cloud;
    this.mistakes = mistakes;
  }

  void check() {
    addons.externalDns().flatMap(asked -> asked.designate()).ifPresent(_ -> checkDesignate());
    addons.sharedVolumes().ifPresent(this::checkShares);
    checkMonitoring();
    addons
        .backup()
        .ifPresent(backup -> {
          checkSpan(backup.keep(), "spec.addons.backup.keep");
          backup
              .endpoint()
              .ifPresent(address -> checkAddress(address, "spec.addons.backup.endpoint"));
        });
  }

  private void checkDesignate() {
    String path = "spec.addons.externalDns.designate";
    if (!onOpenStack()) {
      mistakes.add(
          path, foreign("which has no Designate"), "use route53, or rfc2136 for a name server");
    } else {
      checkRights(path, "remove it, or use rfc2136");
    }
  }

  private void checkShares(SharedVolumes asked) {
    String manila = "spec.addons.sharedVolumes.manila";
    if (asked.efs().isPresent() && onOpenStack()) {
      mistakes.add(
          "spec.addons.sharedVolumes.efs", foreign("which has no EFS"), "use manila instead");
    }
    if (asked.manila().isPresent() && !onOpenStack()) {
      mistakes.add(manila, foreign("which has no Manila"), "use efs instead");
    } else if (asked.manila().isPresent()) {
      checkRights(manila, "remove it");
      checkClients(asked.manila().get(), manila + ".clients");
    }
  }

  private void checkClients(SharedVolumes.Manila shares, String path) {
    if (shares.protocol() == Protocol.CephFS && !shares.clients().isEmpty()) {
      mistakes.add(
          path,
          "has no effect on shares of CephFS, which are opened by a key instead",
          "remove it, or set protocol to NFS");
    }
    if (shares.protocol() == Protocol.NFS
        && shares.clients().isEmpty()
        && spec.network().existing().isPresent()) {
      mistakes.add(
          path,
          "is empty, and the addresses of an existing network are not known",
          "write the range that the nodes' requests reach Manila's shares from");
    }
  }

  private void checkMonitoring() {
    addons
        .prometheus()
        .retention()
        .ifPresent(span -> checkSpan(span, "spec.addons.prometheus.retention"));
    addons
        .alertmanager()
        .configSecretRef()
        .filter(_ -> !addons.monitoring())
        .ifPresent(_ ->
            mistakes.add(
                "spec.addons.alertmanager.configSecretRef",
                "would be used by nobody: monitoring is off",
                "set spec.addons.monitoring to true, or remove it"));
  }

  private void checkSpan(Span span, String path) {
    if (span.duration().compareTo(LEAST) < 0) {
      mistakes.add(path, span.text() + " is less than an hour", "set it to 1h or more");
    }
  }

  private void checkAddress(String address, String path) {
    WebAddress.problem(address)
        .ifPresent(problem ->
            mistakes.add(
                path,
                problem,
                "write for example " + WebAddress.withoutPort(address, "https://s3.example.org")));
  }

  private void checkRights(String path, String remedy) {
    if (!cloud.lendsRights()) {
      mistakes.add(
          path,
          "Cloud " + cloud.name() + " has no workloadCredentials, and they would be needed",
          "ask the platform team to set them, or " + remedy);
    }
  }

  private boolean onOpenStack() {
    return cloud.spec().provider() == CloudSpec.Provider.OpenStack;
  }

  private String foreign(String lack) {
    return "Cloud " + cloud.name() + " is of provider " + cloud.spec().provider() + ", " + lack;
  }
}

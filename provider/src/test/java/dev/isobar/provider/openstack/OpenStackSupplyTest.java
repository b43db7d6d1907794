package dev.isobar.provider.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudStatus.Quota;
import dev.isobar.apis.compute.MachineType;
import dev.isobar.apis.compute.MachineType.GpuFacts;
import dev.isobar.apis.compute.MachineType.Vendor;
import dev.isobar.apis.schema.Size;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.HandClock;
import dev.isobar.provider.external.ListedImage;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Supply;
import dev.isobar.provider.external.Supply.Facility;
import dev.isobar.provider.external.SupplyContract;
import dev.isobar.provider.openstack.FakeOpenStack.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a project may have, as the stand-in tells it; src/e2e asks a real OpenStack. */
final class OpenStackSupplyTest extends SupplyContract {
  private static final String WRONG_PASSWORD = "Authentication failed";

  private final FakeOpenStack cloud = new FakeOpenStack();
  private final Supply supply = Opened.machines(cloud).supply();

  @AfterEach
  void end() {
    cloud.close();
  }

  @Override
  protected Supply supply() {
    return supply;
  }

  @Override
  protected Supply refused() {
    cloud.order(
        "POST /identity/v3/auth/tokens",
        Reply.of(401, Map.of("error", Map.of("message", WRONG_PASSWORD))));
    return Opened.machines(cloud, new HandClock(Opened.NOW)).supply();
  }

  @Override
  protected String machineType() {
    return "m1.tiny";
  }

  @Override
  protected String gpuType() {
    return "g1.h100";
  }

  @Override
  protected String image() {
    return "tiny";
  }

  @Test
  void flavorsBecomeMachineTypes() {
    assertThat(supply.machineTypes(List.of()))
        .isEqualTo(
            Response.of(
                List.of(
                    new MachineType(
                        "m1.tiny",
                        Optional.of(1),
                        Optional.of(new Size("512Mi")),
                        Optional.of(new Size("1Gi")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()),
                    new MachineType(
                        "g1.h100",
                        Optional.of(16),
                        Optional.of(new Size("128Gi")),
                        Optional.of(new Size("200Gi")),
                        Optional.empty(),
                        Optional.of(
                            new GpuFacts(
                                Vendor.NVIDIA,
                                "H100-80GB",
                                1,
                                Optional.of(new Size("80Gi")),
                                Optional.empty())),
                        Optional.empty(),
                        List.of()))));
  }

  @Test
  void imagesCarryTheirPropertiesAndTags() {
    cloud.upload(
        Map.of(
            "id",
            "image-2",
            "name",
            "golden",
            "owner",
            "operator",
            "created_at",
            "2026-11-20T10:00:00Z",
            "kubernetes_version",
            "v1.35.2",
            "architecture",
            "aarch64",
            "tags",
            List.of("kube", "isobar-purpose=gpu")));
    Response<List<ListedImage>> theirs = supply.images(List.of("operator"));
    assertThat(theirs)
        .isEqualTo(
            Response.of(
                List.of(
                    new ListedImage(
                        "image-2",
                        "golden",
                        Optional.of("aarch64"),
                        "2026-11-20T10:00:00Z",
                        Map.of(
                            "id",
                            "image-2",
                            "name",
                            "golden",
                            "owner",
                            "operator",
                            "created_at",
                            "2026-11-20T10:00:00Z",
                            "kubernetes_version",
                            "v1.35.2",
                            "architecture",
                            "aarch64",
                            "kube",
                            "",
                            "isobar-purpose",
                            "gpu")))));
  }

  @Test
  void onlyZonesThatAreOpenAreTold() {
    assertThat(supply.zones()).isEqualTo(Response.of(List.of("az2", "az1")));
  }

  @Test
  void everyServiceTellsItsLimits() {
    assertThat(supply.quota(Facility.MACHINES))
        .isEqualTo(
            Response.of(
                List.of(
                    new Quota("cores", 512, 20),
                    new Quota("instances", -1, 3),
                    new Quota("memoryMiB", 4194304, 1024))));
    assertThat(supply.quota(Facility.NETWORKS))
        .isEqualTo(Response.of(List.of(new Quota("floatingIPs", 50, 2))));
    assertThat(supply.quota(Facility.VOLUMES)).as("no Cinder").isEqualTo(Response.of(List.of()));
  }

  @Test
  void cinderIsAskedWhereThereIsOne() {
    cloud.offerVolumes();
    assertThat(Opened.machines(cloud).supply().quota(Facility.VOLUMES))
        .isEqualTo(
            Response.of(List.of(new Quota("volumes", 10, 1), new Quota("gigabytes", 1000, 40))));
  }

  @Test
  void aNeutronWithoutDetailsTellsNothing() {
    cloud.order("GET /network/v2.0/quotas/.*", Reply.of(404, Map.of("message", "not found")));
    assertThat(supply.quota(Facility.NETWORKS)).isEqualTo(Response.of(List.of()));
  }

  @Test
  void whatIsDeniedStopsNothingElse() {
    cloud.order(
        "GET /compute/v2.1/limits",
        Reply.of(403, Map.of("forbidden", Map.of("message", "Policy doesn't allow it"))));
    assertThat(supply.quota(Facility.MACHINES))
        .isEqualTo(
            Response.failed(
                new Failure.AuthenticationFailed(CloudWords.ours("Policy doesn't allow it"))));
    assertThat(supply.zones()).isInstanceOf(Response.Answered.class);
  }
}

package dev.isobar.provider.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.compute.CloudEndpoints;
import dev.isobar.apis.compute.CloudEndpoints.Reach;
import dev.isobar.apis.compute.CloudStatus.Quota;
import dev.isobar.apis.compute.MachineType;
import dev.isobar.apis.compute.MachineType.GpuFacts;
import dev.isobar.apis.compute.MachineType.Vendor;
import dev.isobar.apis.schema.Size;
import dev.isobar.provider.external.Account;
import dev.isobar.provider.external.ListedImage;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import dev.isobar.provider.external.Supply;
import dev.isobar.provider.external.Supply.Facility;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an account may have, over HTTP and through the whole SDK. */
final class Ec2SupplyTest {
  private final QueryServer ec2 = new QueryServer();
  private final Supply supply = open();

  @BeforeEach
  void serve() {
    ec2.on("DescribeAvailabilityZones", _ -> zones("a available", "b available", "c impaired"));
    ec2.on(
        "DescribeInstanceTypes",
        request ->
            request.containsKey("NextToken")
                ? types(type("g6f.large", "x86_64", 2, 8192, true, SHARE), "")
                : types(type("m7g.large", "arm64", 2, 8192, true, ""), "more"));
    ec2.on("DescribeInstanceTypeOfferings", _ -> offerings("m7g.large a b c", "g6f.large b c"));
    ec2.on("DescribeImages", _ -> "<imagesSet/>");
    ec2.on("DescribeAddresses", _ -> "<addressesSet><item/><item/></addressesSet>");
    ec2.on(
        "DescribeAccountAttributes",
        _ ->
            "<accountAttributeSet><item><attributeName>vpc-max-elastic-ips</attributeName>"
                + "<attributeValueSet><item><attributeValue>5</attributeValue></item>"
                + "</attributeValueSet></item></accountAttributeSet>");
  }

  @AfterEach
  void end() {
    ec2.close();
  }

  private Supply open() {
    String address = ec2.address().toString();
    var account =
        new Account(
            "us-east-1",
            new CloudEndpoints(Map.of("ec2", address, "sts", address), Reach.Public),
            Optional.of(
                new SecretBytes(
                    "[default]\naws_access_key_id=AKID\naws_secret_access_key=hush-hush"
                        .getBytes(StandardCharsets.UTF_8))),
            "default",
            Optional.empty());
    return ((Response.Answered<Machines>) new Ec2Access().open(account)).value().supply();
  }

  private static String zones(String... all) {
    StringBuilder xml = new StringBuilder();
    for (String zone : all) {
      String[] words = zone.split(" ");
      xml.append(zone("us-east-1" + words[0], words[1], "availability-zone"));
    }
    xml.append(zone("us-east-1-bos-1a", "available", "local-zone"));
    return "<availabilityZoneInfo>" + xml + "</availabilityZoneInfo>";
  }

  private static String zone(String name, String state, String type) {
    return "<item><zoneName>%s</zoneName><zoneState>%s</zoneState><zoneType>%s</zoneType></item>"
        .formatted(name, state, type);
  }

  private static final String SHARE =
      "<gpuInfo><gpus><item><name>L4</name><manufacturer>NVIDIA</manufacturer><count>0</count>"
          + "<logicalGpuCount>1</logicalGpuCount><gpuPartitionSize>0.125</gpuPartitionSize>"
          + "<memoryInfo><sizeInMiB>2861</sizeInMiB></memoryInfo></item></gpus></gpuInfo>";

  private static final String WHOLE =
      "<gpuInfo><gpus><item><name>V100</name><manufacturer>NVIDIA</manufacturer><count>1</count>"
          + "<memoryInfo><sizeInMiB>16384</sizeInMiB></memoryInfo></item></gpus></gpuInfo>";

  private static String type(
      String name, String architecture, int cpus, int memory, boolean current, String more) {
    return "<item><instanceType>%s</instanceType><currentGeneration>%s</currentGeneration>"
            .formatted(name, current)
        + "<processorInfo><supportedArchitectures><item>%s</item></supportedArchitectures>"
            .formatted(architecture)
        + "</processorInfo><vCpuInfo><defaultVCpus>%d</defaultVCpus></vCpuInfo>".formatted(cpus)
        + "<memoryInfo><sizeInMiB>%d</sizeInMiB></memoryInfo>%s</item>".formatted(memory, more);
  }

  private static String types(String items, String next) {
    return "<instanceTypeSet>" + items + "</instanceTypeSet><nextToken>" + next + "</nextToken>";
  }

  private static String offerings(String... all) {
    StringBuilder xml = new StringBuilder();
    for (String offering : all) {
      String[] words = offering.split(" ");
      for (int i = 1; i < words.length; i++) {
        xml.append(
            "<item><instanceType>%s</instanceType><location>us-east-1%s</location></item>"
                .formatted(words[0], words[i]));
      }
    }
    return "<instanceTypeOfferingSet>" + xml + "</instanceTypeOfferingSet>";
  }

  private static MachineType machineType(
      String name, Architecture architecture, Optional<GpuFacts> gpu, String... zones) {
    return new MachineType(
        name,
        Optional.of(2),
        Optional.of(new Size("8Gi")),
        Optional.empty(),
        Optional.of(architecture),
        gpu,
        Optional.empty(),
        List.of(zones));
  }

  @Test
  void typesOfAllPagesAreTakenWithTheZonesThatHaveThem() {
    Optional<GpuFacts> share =
        Optional.of(
            new GpuFacts(
                Vendor.NVIDIA, "L4-24GB", 1, Optional.of(new Size("2861Mi")), Optional.of("1/8")));
    assertThat(supply.machineTypes(List.of()))
        .isEqualTo(
            Response.of(
                List.of(
                    machineType("m7g.large", Architecture.arm64, Optional.empty()),
                    machineType("g6f.large", Architecture.amd64, share, "us-east-1b"))));
    assertThat(supply.machineTypes(List.of())).isInstanceOf(Response.Answered.class);
    assertThat(ec2.asked("DescribeInstanceTypes")).as("asked once a day").hasSize(2);
    assertThat(ec2.asked("DescribeInstanceTypeOfferings")).as("asked once a day").hasSize(1);
  }

  @Test
  void typesThatNodesCannotBeMadeOfAreLeftOut() {
    String amd = SHARE.replace("NVIDIA", "AMD").replace("<count>0</count>", "<count>1</count>");
    ec2.on(
        "DescribeInstanceTypes",
        _ ->
            types(
                type("m1.old", "x86_64", 2, 8192, false, "<hypervisor>xen</hypervisor>")
                    + type("m5.large", "x86_64", 2, 8192, false, "<hypervisor>nitro</hypervisor>")
                    + type("p3.old", "x86_64", 2, 8192, false, WHOLE)
                    + type("t3.nano", "x86_64", 2, 512, true, "")
                    + type("c7i.one", "x86_64", 1, 8192, true, "")
                    + type("mac2.metal", "x86_64_mac", 8, 8192, true, "")
                    + type("g4ad.xlarge", "x86_64", 4, 16384, true, amd)
                    + type("bare", "x86_64", 4, 16384, true, "<bareMetal>true</bareMetal>")
                    + type("nowhere", "x86_64", 2, 8192, true, "")
                    + type("fits", "x86_64", 2, 8192, true, ""),
                ""));
    ec2.on(
        "DescribeInstanceTypeOfferings",
        _ ->
            offerings(
                "m1.old a b",
                "m5.large a b",
                "p3.old a b",
                "t3.nano a b",
                "c7i.one a b",
                "mac2.metal a b",
                "g4ad.xlarge a b",
                "bare a b",
                "nowhere -bos-1a",
                "fits a b"));
    assertThat(supply.machineTypes(List.of()))
        .isEqualTo(
            Response.of(
                List.of(
                    machineType("m5.large", Architecture.amd64, Optional.empty()),
                    machineType(
                        "p3.old",
                        Architecture.amd64,
                        Optional.of(
                            new GpuFacts(
                                Vendor.NVIDIA,
                                "V100-16GB",
                                1,
                                Optional.of(new Size("16Gi")),
                                Optional.empty()))),
                    machineType("fits", Architecture.amd64, Optional.empty()))));
  }

  @Test
  void zonesThatAreOpenAreTold() {
    assertThat(supply.zones()).isEqualTo(Response.of(List.of("us-east-1a", "us-east-1b")));
  }

  private static String image(String id, String name, String deprecated) {
    return "<item><imageId>%s</imageId><name>%s</name><architecture>arm64</architecture>"
            .formatted(id, name)
        + "<creationDate>2026-11-01T00:00:00.000Z</creationDate>"
        + (deprecated.isEmpty() ? "" : "<deprecationTime>" + deprecated + "</deprecationTime>")
        + "<tagSet><item><key>kubernetes_version</key><value>v1.35.2</value></item></tagSet></item>";
  }

  @Test
  void imagesAreTheAccountsOwnUnlessOthersAreNamed() {
    ec2.on(
        "DescribeImages",
        request ->
            "<imagesSet>"
                + (request.containsValue("self")
                    ? image("ami-1", "golden", "2099-01-01T00:00:00.000Z")
                        + image("ami-2", "stale", "2020-01-01T00:00:00.000Z")
                    : image("ami-3", "capa-ami-ubuntu-24.04-v1.35.2-1", ""))
                + "</imagesSet>");
    assertThat(supply.images(List.of())).isEqualTo(Response.of(List.of(listed("ami-1", "golden"))));
    assertThat(supply.images(List.of("self", "123456789012")))
        .isEqualTo(
            Response.of(
                List.of(
                    listed("ami-1", "golden"),
                    listed("ami-3", "capa-ami-ubuntu-24.04-v1.35.2-1"))));
    assertThat(ec2.asked("DescribeImages").getLast())
        .as("what other accounts have is asked for by name")
        .containsEntry("Owner.1", "123456789012")
        .containsEntry("Filter.2.Value.1", "capa-ami-*");
  }

  private static ListedImage listed(String id, String name) {
    return new ListedImage(
        id,
        name,
        Optional.of("arm64"),
        "2026-11-01T00:00:00.000Z",
        Map.of("kubernetes_version", "v1.35.2"));
  }

  @Test
  void addressesAreTheOnlyLimitThatEc2Tells() {
    assertThat(supply.quota(Facility.NETWORKS))
        .isEqualTo(Response.of(List.of(new Quota("floatingIPs", 5, 2))));
    assertThat(supply.quota(Facility.MACHINES)).isEqualTo(Response.of(List.of()));
    assertThat(supply.quota(Facility.VOLUMES)).isEqualTo(Response.of(List.of()));
  }

  @Test
  void halfOfTheTypesIsNone() {
    ec2.replyOnce(
        "DescribeInstanceTypeOfferings",
        QueryServer.refusal(403, "UnauthorizedOperation", "You are not authorized"));
    assertThat(supply.machineTypes(List.of())).isInstanceOf(Response.Failed.class);
    assertThat(supply.machineTypes(List.of()))
        .as("a failure is not remembered")
        .isInstanceOf(Response.Answered.class);
  }
}

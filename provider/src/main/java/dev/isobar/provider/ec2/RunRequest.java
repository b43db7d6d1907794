package dev.isobar.provider.ec2;

import dev.isobar.apis.compute.CapacityChoice;
import dev.isobar.apis.compute.InstanceDisk;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.MetadataService;
import dev.isobar.apis.compute.RootDisk;
import dev.isobar.apis.compute.UserDataSource.Compression;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.InstanceInterruptionBehavior;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataEndpointState;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.MarketType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.SpotInstanceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The one request that makes a machine, with its mark. */
final class RunRequest {
  /** EC2's limit for user data, counted before it is encoded. */
  private static final int USER_DATA = 16 * 1024;

  private RunRequest() {}

  /** The request; or why there is none, in the words of the spec's fields. */
  static Response<RunInstancesRequest> of(LaunchPlan plan) {
    Order order = plan.order();
    byte[] userData = userData(order);
    if (userData.length > USER_DATA) {
      return refused(tooLong(order, userData.length));
    }
    return switch (RunInterfaces.of(plan)) {
      case Response.Failed<List<InstanceNetworkInterfaceSpecification>>(var failure) ->
          Response.failed(failure);
      case Response.Answered<List<InstanceNetworkInterfaceSpecification>>(var interfaces) ->
          Response.of(request(plan, interfaces, userData));
    };
  }

  private static RunInstancesRequest request(
      LaunchPlan plan, List<InstanceNetworkInterfaceSpecification> interfaces, byte[] userData) {
    Order order = plan.order();
    InstanceParameters wanted = order.wanted();
    var request =
        RunInstancesRequest.builder()
            .clientToken(order.token().text())
            .minCount(1)
            .maxCount(1)
            .imageId(plan.image().id())
            .instanceType(order.offer().machineType())
            .tagSpecifications(tags(order))
            .disableApiTermination(wanted.deletionProtection())
            .metadataOptions(options -> metadata(wanted.metadataService(), options))
            .monitoring(one -> one.enabled(wanted.providerSpecific().ec2().detailedMonitoring()));
    if (!interfaces.isEmpty()) {
      request.networkInterfaces(interfaces);
    }
    List<BlockDeviceMapping> disks = disks(plan.image().rootDevice(), wanted);
    if (!disks.isEmpty()) {
      request.blockDeviceMappings(disks);
    }
    plan.keyName().ifPresent(request::keyName);
    wanted
        .providerSpecific()
        .ec2()
        .instanceProfile()
        .ifPresent(name -> request.iamInstanceProfile(profile -> profile.name(name)));
    if (userData.length > 0) {
      request.userData(Base64.getEncoder().encodeToString(userData));
    }
    place(plan, request);
    pay(wanted.capacity(), request);
    return request.build();
  }

  private static void metadata(
      MetadataService service, InstanceMetadataOptionsRequest.Builder options) {
    var _ =
        options
            .httpEndpoint(InstanceMetadataEndpointState.ENABLED)
            .httpTokens(
                service.requireToken() ? HttpTokensState.REQUIRED : HttpTokensState.OPTIONAL)
            .httpPutResponseHopLimit(service.hopLimit());
  }

  private static List<TagSpecification> tags(Order order) {
    List<Tag> tags = InstanceTags.of(InstanceTags.atCreation(order.subject(), order.wanted()));
    Stream<ResourceType> things =
        Stream.of(ResourceType.INSTANCE, ResourceType.VOLUME, ResourceType.NETWORK_INTERFACE);
    return Stream.concat(
            things,
            order.wanted().capacity().model() == CapacityChoice.Model.Spot
                ? Stream.of(ResourceType.SPOT_INSTANCES_REQUEST)
                : Stream.empty())
        .map(thing -> TagSpecification.builder().resourceType(thing).tags(tags).build())
        .toList();
  }

  private static List<BlockDeviceMapping> disks(String rootDevice, InstanceParameters wanted) {
    List<BlockDeviceMapping> all = new ArrayList<>();
    wanted.rootDisk().ifPresent(root -> all.add(mapping(rootDevice, root(root))));
    List<String> devices = devices(wanted);
    for (int place = 0; place < devices.size(); place++) {
      InstanceDisk disk = wanted.disks().get(place);
      var made =
          EbsBlockDevice.builder()
              .volumeSize(Math.toIntExact(disk.size().gibibytes()))
              .deleteOnTermination(disk.deleteWithInstance());
      disk.volumeType().ifPresent(made::volumeType);
      encrypt(made, disk.encryption());
      all.add(mapping(devices.get(place), made.build()));
    }
    return all;
  }

  /** What the disks of a spec are called within the machine: EC2 recommends /dev/sdf and on. */
  static List<String> devices(InstanceParameters wanted) {
    return IntStream.range(0, wanted.disks().size())
        .mapToObj(place -> "/dev/sd" + (char) ('f' + place))
        .toList();
  }

  private static EbsBlockDevice root(RootDisk root) {
    var made =
        EbsBlockDevice.builder()
            .volumeSize(Math.toIntExact(root.size().gibibytes()))
            .deleteOnTermination(root.deleteWithInstance());
    root.volumeType().ifPresent(made::volumeType);
    root.iops().ifPresent(made::iops);
    root.throughput().ifPresent(made::throughput);
    encrypt(made, root.encryption());
    return made.build();
  }

  private static void encrypt(
      EbsBlockDevice.Builder disk, Optional<RootDisk.Encryption> encryption) {
    encryption.ifPresent(how -> {
      disk.encrypted(how.enabled());
      how.keyId().ifPresent(disk::kmsKeyId);
    });
  }

  private static BlockDeviceMapping mapping(String device, EbsBlockDevice disk) {
    return BlockDeviceMapping.builder().deviceName(device).ebs(disk).build();
  }

  /** A subnet has a zone already, and EC2 refuses to be told twice. */
  private static void place(LaunchPlan plan, RunInstancesRequest.Builder request) {
    boolean inSubnet = plan.subnets().stream().anyMatch(Optional::isPresent);
    Optional<String> zone = plan.order().offer().zone().filter(_ -> !inSubnet);
    var placement = plan.order().wanted().placement();
    if (zone.isEmpty() && placement.isEmpty()) {
      return;
    }
    request.placement(where -> {
      zone.ifPresent(where::availabilityZone);
      placement.ifPresent(wanted -> {
        wanted.group().flatMap(group -> group.name()).ifPresent(where::groupName);
        wanted.group().flatMap(group -> group.id()).ifPresent(where::groupId);
        wanted.partition().ifPresent(where::partitionNumber);
        wanted.hostId().ifPresent(where::hostId);
        switch (wanted.tenancy()) {
          case Shared -> {}
          case Dedicated -> where.tenancy("dedicated");
          case Host -> where.tenancy("host");
        }
      });
    });
  }

  /** A Spot request is asked once and ends with its machine: whoever asks again is the provider. */
  private static void pay(CapacityChoice capacity, RunInstancesRequest.Builder request) {
    switch (capacity.model()) {
      case OnDemand -> {}
      case Spot ->
          request.instanceMarketOptions(market ->
              market
                  .marketType(MarketType.SPOT)
                  .spotOptions(spot -> {
                    spot.spotInstanceType(SpotInstanceType.ONE_TIME)
                        .instanceInterruptionBehavior(InstanceInterruptionBehavior.TERMINATE);
                    capacity.maxPrice().ifPresent(spot::maxPrice);
                  }));
      case Block ->
          request.instanceMarketOptions(market -> market.marketType(MarketType.CAPACITY_BLOCK));
      case Reserved -> {}
    }
    boolean reserved =
        switch (capacity.model()) {
          case OnDemand, Spot -> false;
          case Reserved, Block -> true;
        };
    if (reserved) {
      request.capacityReservationSpecification(from ->
          capacity
              .reservationId()
              .ifPresentOrElse(
                  id -> from.capacityReservationTarget(target -> target.capacityReservationId(id)),
                  () -> from.capacityReservationPreference("capacity-reservations-only")));
    }
  }

  /** The same data gives the same bytes, or a token would be used with other parameters. */
  private static byte[] userData(Order order) {
    byte[] plain = order.userData().map(secret -> secret.bytes()).orElse(new byte[0]);
    if (plain.length == 0 || !zipped(order)) {
      return plain;
    }
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory can be written to", impossible);
    }
    return bytes.toByteArray();
  }

  private static boolean zipped(Order order) {
    return order
        .wanted()
        .userData()
        .filter(source -> source.compression() == Compression.Gzip)
        .isPresent();
  }

  private static String tooLong(Order order, int length) {
    return "spec.forProvider.userData: %d bytes%s, and EC2 takes %d; %s"
        .formatted(
            length,
            zipped(order) ? " when compressed" : "",
            USER_DATA,
            zipped(order)
                ? "let the machine fetch the rest from elsewhere"
                : "set compression to Gzip, or let the machine fetch the rest from elsewhere");
  }

  private static Response<RunInstancesRequest> refused(String problem) {
    return Response.failed(new Failure.InvalidConfiguration(CloudWords.ours(problem)));
  }
}

package dev.isobar.provider.ec2;

import dev.isobar.apis.compute.InstanceParameters;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.CapacityReservationSpecificationResponse;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.MonitoringState;
import software.amazon.awssdk.services.ec2.model.Placement;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * What of an instance can differ from its spec, besides what every cloud shows.
 *
 * @param tags all of them
 * @param vpc the network it is in
 * @param nics its interfaces, the primary one first
 * @param metadataService how it learns about itself
 * @param monitored whether detailed monitoring is on, or about to be
 * @param profile name of its instance profile
 * @param key name of its key pair
 * @param market spot, capacity-block, or empty
 * @param reservation the capacity reservation it was aimed at
 * @param where its placement
 * @param disks its volumes
 */
record InstanceTraits(
    Map<String, String> tags,
    Optional<String> vpc,
    List<Nic> nics,
    Metadata metadataService,
    boolean monitored,
    Optional<String> profile,
    Optional<String> key,
    String market,
    Optional<String> reservation,
    Where where,
    List<Disk> disks) {
  /**
   * An interface: on which card, which one there, its groups, whether it is public, and whether it
   * is of a fabric alone.
   */
  record Nic(
      String id, int card, int device, List<String> groups, boolean isPublic, boolean fabric) {}

  /** A volume: its name within the machine, and whether the machine starts from it. */
  record Disk(String device, String id, boolean root) {}

  /** The metadata service. */
  record Metadata(boolean requireToken, int hopLimit) {}

  /** Where it was placed. */
  record Where(
      String tenancy, Optional<String> group, Optional<String> groupId, Optional<String> host) {}

  /** What EC2 shows of it. */
  static InstanceTraits of(Instance instance) {
    return new InstanceTraits(
        instance.tags().stream().collect(Collectors.toUnmodifiableMap(Tag::key, Tag::value)),
        text(instance.vpcId()),
        Ec2Reading.interfaces(instance).stream().map(InstanceTraits::nic).toList(),
        metadata(instance.metadataOptions()),
        monitored(instance),
        Optional.ofNullable(instance.iamInstanceProfile())
            .map(profile -> profile.arn())
            .map(arn -> arn.substring(arn.lastIndexOf('/') + 1)),
        text(instance.keyName()),
        Objects.requireNonNullElse(instance.instanceLifecycleAsString(), ""),
        reservation(instance.capacityReservationSpecification()),
        where(instance.placement()),
        disks(instance));
  }

  private static Nic nic(InstanceNetworkInterface one) {
    var attachment = one.attachment();
    boolean attached = attachment != null;
    return new Nic(
        one.networkInterfaceId(),
        attached && attachment.networkCardIndex() != null ? attachment.networkCardIndex() : 0,
        attached && attachment.deviceIndex() != null ? attachment.deviceIndex() : 0,
        one.groups().stream().map(group -> group.groupId()).sorted().toList(),
        one.association() != null && text(one.association().publicIp()).isPresent(),
        RunInterfaces.EFA_ONLY.equals(one.interfaceType()));
  }

  private static List<Disk> disks(Instance instance) {
    return instance.blockDeviceMappings().stream()
        .filter(one -> one.ebs() != null)
        .map(one ->
            new Disk(
                Objects.requireNonNullElse(one.deviceName(), ""),
                one.ebs().volumeId(),
                text(one.deviceName()).equals(text(instance.rootDeviceName()))))
        .toList();
  }

  private static Metadata metadata(InstanceMetadataOptionsResponse options) {
    return options == null
        ? new Metadata(false, 1)
        : new Metadata(
            options.httpTokens() == HttpTokensState.REQUIRED,
            options.httpPutResponseHopLimit() == null ? 1 : options.httpPutResponseHopLimit());
  }

  private static boolean monitored(Instance instance) {
    MonitoringState state = instance.monitoring() == null ? null : instance.monitoring().state();
    return state == MonitoringState.ENABLED || state == MonitoringState.PENDING;
  }

  private static Optional<String> reservation(CapacityReservationSpecificationResponse asked) {
    return asked == null || asked.capacityReservationTarget() == null
        ? Optional.empty()
        : text(asked.capacityReservationTarget().capacityReservationId());
  }

  private static Where where(Placement place) {
    return place == null
        ? new Where("default", Optional.empty(), Optional.empty(), Optional.empty())
        : new Where(
            Objects.requireNonNullElse(place.tenancyAsString(), "default"),
            text(place.groupName()),
            text(place.groupId()),
            text(place.hostId()));
  }

  private static Optional<String> text(String maybe) {
    return Optional.ofNullable(maybe).filter(value -> !value.isEmpty());
  }

  /** The interface that was made for a place among the spec's. */
  Optional<Nic> nic(int place) {
    return nics.stream().filter(one -> one.card() == 0 && one.device() == place).findFirst();
  }

  /**
   * Ids of the volumes and interfaces that the launch made for a spec. Others are attached while
   * the machine runs, by drivers of volumes and networks for example, and are none of ours.
   */
  List<String> made(InstanceParameters wanted) {
    Set<String> devices = Set.copyOf(RunRequest.devices(wanted));
    int interfaces = Math.max(1, wanted.networkInterfaces().size()); // EC2 gives one unasked
    boolean fabric = wanted.fabric().isPresent();
    return Stream.concat(
            disks.stream()
                .filter(disk -> disk.root() || devices.contains(disk.device()))
                .map(Disk::id),
            nics.stream()
                .filter(nic ->
                    (nic.card() == 0 && nic.device() < interfaces) || (fabric && nic.fabric()))
                .map(Nic::id))
        .toList();
  }
}

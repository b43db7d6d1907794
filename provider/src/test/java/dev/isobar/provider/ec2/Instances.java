package dev.isobar.provider.ec2;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.ObservedMachine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Instances as EC2 shows them: one that is as {@link Wish} wants it, and changes to that. */
final class Instances {
  static final Instant BORN = Instant.parse("2026-03-01T10:00:00Z");

  private Instances() {}

  static Instance running(Consumer<Instance.Builder> change) {
    Wish wish = Wish.machine();
    List<Tag> tags = InstanceTags.of(InstanceTags.atCreation(Wish.SUBJECT, wish.parameters()));
    var instance =
        Instance.builder()
            .instanceId("i-1")
            .instanceType("p5.48xlarge")
            .imageId("ami-1")
            .launchTime(BORN)
            .architecture("x86_64")
            .state(state -> state.name(InstanceStateName.RUNNING))
            .placement(place -> place.availabilityZone("us-east-1a").tenancy("default"))
            .metadataOptions(
                options -> options.httpTokens(HttpTokensState.REQUIRED).httpPutResponseHopLimit(2))
            .monitoring(monitoring -> monitoring.state("disabled"))
            .networkInterfaces(nic("eni-1", 0, 0, "10.0.0.5", "sg-1"))
            .privateIpAddress("10.0.0.5")
            .privateDnsName("ip-10-0-0-5.ec2.internal")
            .publicDnsName("")
            .rootDeviceName("/dev/xvda")
            .blockDeviceMappings(
                InstanceBlockDeviceMapping.builder()
                    .deviceName("/dev/xvda")
                    .ebs(ebs -> ebs.volumeId("vol-1"))
                    .build())
            .tags(tags);
    change.accept(instance);
    return instance.build();
  }

  static InstanceNetworkInterface nic(
      String id, int card, int device, String address, String... groups) {
    return InstanceNetworkInterface.builder()
        .networkInterfaceId(id)
        .privateIpAddress(address)
        .attachment(at -> at.networkCardIndex(card).deviceIndex(device).attachTime(BORN))
        .groups(
            List.of(groups).stream()
                .map(group -> GroupIdentifier.builder().groupId(group).build())
                .toList())
        .build();
  }

  static ObservedMachine read(Instance instance) {
    return Ec2Reading.of(instance, _ -> Optional.empty(), CloudWords::ours, Optional.empty());
  }
}

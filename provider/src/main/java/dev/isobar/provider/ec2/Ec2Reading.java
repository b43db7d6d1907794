package dev.isobar.provider.ec2;

import dev.isobar.apis.compute.InstanceObservation;
import dev.isobar.apis.compute.InstanceObservation.MachineAddress;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceObservation.TypeInUse;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Mark;
import dev.isobar.provider.external.ObservedMachine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.StateReason;
import software.amazon.awssdk.services.ec2.model.Tag;

/** What EC2 shows of an instance, as a machine. */
final class Ec2Reading {
  /**
   * Reasons of a launch that EC2 took on and gave up before the instance ran. Those of Server are
   * the zone's or the service's, those of Client the request's.
   */
  private static final Set<String> GAVE_UP =
      Set.of(
          "Server.InsufficientInstanceCapacity",
          "Server.InternalError",
          "Client.InternalError",
          "Client.InvalidSnapshot.NotFound",
          "Client.VolumeLimitExceeded");

  /** A person's or a program's own wish, which is nothing wrong. */
  private static final Set<String> WISHED =
      Set.of("Client.UserInitiatedShutdown", "Client.UserInitiatedHibernate", "");

  /** EC2 needs a Spot instance's place for others, or its price rose over what is paid. */
  private static final Set<String> TAKEN_BACK =
      Set.of("Server.SpotInstanceTermination", "Server.SpotInstanceShutdown");

  private Ec2Reading() {}

  /**
   * The machine.
   *
   * @param types what is known of instance types
   * @param words takes secrets out of EC2's words
   * @param notice that EC2 is about to take it back
   */
  static ObservedMachine of(
      Instance instance,
      Function<String, Optional<TypeFacts>> types,
      Function<String, CloudWords> words,
      Optional<CloudWords> notice) {
    Optional<TypeFacts> type = types.apply(instance.instanceTypeAsString());
    var facts =
        new InstanceObservation(
            instance.instanceId(),
            state(instance),
            rawState(instance),
            unwished(instance) ? Optional.of(words.apply(why(instance)).text()) : Optional.empty(),
            Optional.of("aws:///" + zone(instance).orElse("") + "/" + instance.instanceId()),
            zone(instance),
            Optional.of(
                type.map(TypeFacts::inUse)
                    .orElseGet(() ->
                        new TypeInUse(
                            instance.instanceTypeAsString(),
                            Optional.empty(),
                            Optional.empty(),
                            TypeFacts.architecture(text(instance.architectureAsString()))))),
            type.flatMap(TypeFacts::gpusInUse),
            addresses(instance),
            volumes(instance),
            Optional.ofNullable(instance.imageId()),
            Optional.of(bornAt(instance).toString()),
            isSpot(instance),
            List.of());
    return new ObservedMachine(
        facts,
        Mark.read(key -> tag(instance, key)),
        bornAt(instance),
        ran(instance),
        fault(instance, words, notice),
        connection(facts.addresses()),
        token(instance));
  }

  private static boolean isSpot(Instance instance) {
    return "spot".equals(instance.instanceLifecycleAsString());
  }

  /** Whether it is on, and EC2 may take it back. */
  static boolean mayBeTakenBack(Instance instance) {
    return isSpot(instance) && name(instance) == InstanceStateName.RUNNING;
  }

  private static Optional<Failure> fault(
      Instance instance, Function<String, CloudWords> words, Optional<CloudWords> notice) {
    if (mayBeTakenBack(instance)) {
      return notice.map(Failure.Interrupted::new);
    }
    CloudWords said = words.apply(why(instance));
    if (gaveUp(instance)) {
      return Optional.of(FailureCodes.of(reason(instance), 0, said, Optional.empty()));
    }
    return name(instance) == InstanceStateName.SHUTTING_DOWN
            && TAKEN_BACK.contains(reason(instance))
        ? Optional.of(new Failure.Interrupted(said))
        : Optional.empty();
  }

  private static Optional<CreationToken> token(Instance instance) {
    return Optional.of(text(instance.clientToken()))
        .filter(token -> !token.isEmpty())
        .map(CreationToken::new);
  }

  /** Whether it is gone for good, and nothing is to be learnt from it. */
  static boolean gone(Instance instance) {
    return name(instance) == InstanceStateName.TERMINATED && !gaveUp(instance);
  }

  /** Whether EC2 took it on and ended it before it ran. */
  static boolean gaveUp(Instance instance) {
    return name(instance) == InstanceStateName.TERMINATED && GAVE_UP.contains(reason(instance));
  }

  private static State state(Instance instance) {
    return switch (name(instance)) {
      case PENDING -> State.Pending;
      case RUNNING -> State.Running;
      case STOPPING -> State.Stopping;
      case STOPPED -> State.Stopped;
      case SHUTTING_DOWN -> State.Terminating;
      case TERMINATED -> State.Error;
      case UNKNOWN_TO_SDK_VERSION -> State.Unknown;
    };
  }

  private static boolean ran(Instance instance) {
    return switch (name(instance)) {
      case RUNNING, STOPPING, STOPPED -> true;
      case UNKNOWN_TO_SDK_VERSION -> true; // whoever cannot tell gives nothing up
      case SHUTTING_DOWN -> !GAVE_UP.contains(reason(instance));
      case PENDING, TERMINATED -> false;
    };
  }

  private static InstanceStateName name(Instance instance) {
    return instance.state() == null || instance.state().name() == null
        ? InstanceStateName.UNKNOWN_TO_SDK_VERSION
        : instance.state().name();
  }

  private static String rawState(Instance instance) {
    String raw = instance.state() == null ? "" : text(instance.state().nameAsString());
    return raw.isEmpty() ? "no state" : raw;
  }

  private static String reason(Instance instance) {
    StateReason reason = instance.stateReason();
    return reason == null ? "" : text(reason.code());
  }

  private static String why(Instance instance) {
    StateReason reason = instance.stateReason();
    String message = reason == null ? "" : text(reason.message());
    return message.isEmpty() ? reason(instance) : message;
  }

  /** Whether it is off, or going, without anybody having wished it. */
  private static boolean unwished(Instance instance) {
    return switch (name(instance)) {
      case STOPPING, STOPPED, SHUTTING_DOWN, TERMINATED -> !WISHED.contains(reason(instance));
      case PENDING, RUNNING, UNKNOWN_TO_SDK_VERSION -> false;
    };
  }

  /**
   * When it was made. The launch time is that of its last start, the primary interface is attached
   * once.
   */
  private static Instant bornAt(Instance instance) {
    return Stream.concat(
            Stream.ofNullable(instance.launchTime()),
            interfaces(instance).stream()
                .limit(1)
                .map(InstanceNetworkInterface::attachment)
                .filter(Objects::nonNull)
                .map(attachment -> attachment.attachTime())
                .filter(Objects::nonNull))
        .min(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  /** Its interfaces, the primary one first. */
  static List<InstanceNetworkInterface> interfaces(Instance instance) {
    return instance.networkInterfaces().stream()
        .sorted(Comparator.comparingInt(Ec2Reading::place))
        .toList();
  }

  private static int place(InstanceNetworkInterface one) {
    var attachment = one.attachment();
    if (attachment == null) {
      return Integer.MAX_VALUE;
    }
    int card = attachment.networkCardIndex() == null ? 0 : attachment.networkCardIndex();
    int device = attachment.deviceIndex() == null ? 0 : attachment.deviceIndex();
    return card * 1000 + device;
  }

  private static Optional<String> zone(Instance instance) {
    return Optional.ofNullable(instance.placement()).map(place -> place.availabilityZone());
  }

  private static List<MachineAddress> addresses(Instance instance) {
    List<MachineAddress> all = new ArrayList<>();
    for (InstanceNetworkInterface one : interfaces(instance)) {
      add(all, "InternalIP", one.privateIpAddress());
      one.ipv6Addresses().forEach(six -> add(all, "InternalIP", six.ipv6Address()));
      if (one.association() != null) {
        add(all, "ExternalIP", one.association().publicIp());
      }
    }
    if (all.isEmpty()) {
      add(all, "InternalIP", instance.privateIpAddress());
    }
    add(all, "ExternalIP", instance.publicIpAddress());
    add(all, "InternalDNS", instance.privateDnsName());
    add(all, "ExternalDNS", instance.publicDnsName());
    return List.copyOf(all);
  }

  private static void add(List<MachineAddress> all, String type, String address) {
    if (!text(address).isEmpty()) {
      var one = new MachineAddress(type, address);
      if (!all.contains(one)) {
        all.add(one);
      }
    }
  }

  private static Map<String, String> connection(List<MachineAddress> addresses) {
    return Stream.of("ExternalIP", "InternalIP")
        .flatMap(type -> addresses.stream().filter(one -> one.type().equals(type)))
        .findFirst()
        .map(one -> Map.of("endpoint", one.address()))
        .orElse(Map.of());
  }

  /** Ids of its volumes. */
  private static List<String> volumes(Instance instance) {
    return instance.blockDeviceMappings().stream()
        .map(InstanceBlockDeviceMapping::ebs)
        .filter(Objects::nonNull)
        .map(disk -> disk.volumeId())
        .toList();
  }

  private static Optional<String> tag(Instance instance, String key) {
    return instance.tags().stream()
        .filter(tag -> tag.key().equals(key))
        .map(Tag::value)
        .findFirst();
  }

  private static String text(String maybe) {
    return maybe == null ? "" : maybe;
  }
}

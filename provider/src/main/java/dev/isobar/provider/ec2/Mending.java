package dev.isobar.provider.ec2;

import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.InstanceParameters.PowerState;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Mends what differs, one deviation after the other; what is mended twice is mended once. */
final class Mending {
  private final Ec2Calls calls;
  private final Ec2Names names;
  private final Protection protection;
  private final PublicAddresses addresses;
  private final KeyPairs keys;

  Mending(
      Ec2Calls calls,
      Ec2Names names,
      Protection protection,
      PublicAddresses addresses,
      KeyPairs keys) {
    this.calls = calls;
    this.names = names;
    this.protection = protection;
    this.addresses = addresses;
    this.keys = keys;
  }

  /** Mends those that can be; the first failure ends it. */
  Effect mend(
      Subject subject,
      InstanceParameters wanted,
      String id,
      InstanceTraits traits,
      List<Deviation> deviations) {
    Set<String> fields =
        deviations.stream()
            .filter(Deviation::correctable)
            .map(Deviation::field)
            .collect(Collectors.toSet());
    Effect done = simple(subject, wanted, id, traits, fields);
    for (int place = 0; place < wanted.networkInterfaces().size(); place++) {
      NetworkInterface one = wanted.networkInterfaces().get(place);
      Optional<InstanceTraits.Nic> nic = traits.nic(place);
      if (done instanceof Effect.Accepted && nic.isPresent()) {
        String nicId = nic.get().id();
        if (fields.contains(Drift.groupsPath(place))) {
          done = groups(place, one, traits.vpc(), nicId);
        }
        if (done instanceof Effect.Accepted && fields.contains(Drift.addressPath(place))) {
          var pool = one.publicAddress().flatMap(address -> address.pool());
          done = addresses.give(subject, one.name(), nicId, pool);
        }
      }
    }
    return done;
  }

  private Effect simple(
      Subject subject,
      InstanceParameters wanted,
      String id,
      InstanceTraits traits,
      Set<String> fields) {
    Effect done = new Effect.Accepted();
    if (fields.contains(Drift.TAGS)) {
      done = tags(subject, wanted, id, traits);
    }
    if (done instanceof Effect.Accepted && fields.contains(Drift.PROTECTION)) {
      done = protection.set(id, wanted.deletionProtection());
    }
    if (done instanceof Effect.Accepted && fields.contains(Drift.METADATA)) {
      done = metadata(wanted, id);
    }
    if (done instanceof Effect.Accepted && fields.contains(Drift.MONITORING)) {
      done = monitoring(wanted.providerSpecific().ec2().detailedMonitoring(), id);
    }
    if (done instanceof Effect.Accepted && fields.contains(Drift.POWER)) {
      done = power(wanted.powerState(), id);
    }
    return done;
  }

  /** The tags of the machine and of what was made with it. */
  private Effect tags(
      Subject subject, InstanceParameters wanted, String id, InstanceTraits traits) {
    if (inherit(subject, id, traits) instanceof Effect.Failed failed) {
      return failed;
    }
    var difference = InstanceTags.difference(subject, wanted, traits.tags());
    List<String> things = Stream.concat(Stream.of(id), traits.made(wanted).stream()).toList();
    // First away with the old ones: while their hashes are still there they can be found again.
    if (!difference.surplus().isEmpty()) {
      List<Tag> keys =
          difference.surplus().stream().map(key -> Tag.builder().key(key).build()).toList();
      Effect gone =
          calls.change(ec2 -> ec2.deleteTags(one -> one.resources(things).tags(keys))).effect();
      if (gone instanceof Effect.Failed) {
        return gone;
      }
    }
    if (difference.wanted().isEmpty()) {
      return new Effect.Accepted();
    }
    List<Tag> tags = InstanceTags.of(difference.wanted());
    return calls.change(ec2 -> ec2.createTags(one -> one.resources(things).tags(tags))).effect();
  }

  /** What was made for a machine's earlier owner goes with it as well, so it is marked first. */
  private Effect inherit(Subject subject, String id, InstanceTraits traits) {
    String former = traits.tags().getOrDefault(Subject.UID_TAG, subject.uid());
    if (former.equals(subject.uid())) {
      return new Effect.Accepted();
    }
    List<String> things = new ArrayList<>();
    for (Response<List<String>> some : List.of(addresses.of(former, id), keys.of(former))) {
      switch (some) {
        case Response.Failed<List<String>>(var failure) -> {
          return new Effect.Failed(failure);
        }
        case Response.Answered<List<String>>(var ids) -> things.addAll(ids);
      }
    }
    if (things.isEmpty()) {
      return new Effect.Accepted();
    }
    List<Tag> mark = InstanceTags.of(Map.of(Subject.UID_TAG, subject.uid()));
    return calls.change(ec2 -> ec2.createTags(one -> one.resources(things).tags(mark))).effect();
  }

  private Effect metadata(InstanceParameters wanted, String id) {
    boolean token = wanted.metadataService().requireToken();
    return calls
        .change(ec2 ->
            ec2.modifyInstanceMetadataOptions(request ->
                request
                    .instanceId(id)
                    .httpTokens(token ? HttpTokensState.REQUIRED : HttpTokensState.OPTIONAL)
                    .httpPutResponseHopLimit(wanted.metadataService().hopLimit())))
        .effect();
  }

  private Effect monitoring(boolean on, String id) {
    return on
        ? calls.change(ec2 -> ec2.monitorInstances(request -> request.instanceIds(id))).effect()
        : calls.change(ec2 -> ec2.unmonitorInstances(request -> request.instanceIds(id))).effect();
  }

  private Effect power(PowerState wanted, String id) {
    return switch (wanted) {
      case Running ->
          calls.change(ec2 -> ec2.startInstances(request -> request.instanceIds(id))).effect();
      case Stopped ->
          calls.change(ec2 -> ec2.stopInstances(request -> request.instanceIds(id))).effect();
    };
  }

  private Effect groups(int place, NetworkInterface one, Optional<String> vpc, String nic) {
    var found = names.groups(Drift.groupsPath(place), one.securityGroups(), vpc);
    return switch (found) {
      case Response.Failed<List<String>>(var failure) -> new Effect.Failed(failure);
      case Response.Answered<List<String>>(var ids) when ids.isEmpty() ->
          new Effect.Failed(
              new Failure.InvalidConfiguration(
                  CloudWords.ours(Drift.groupsPath(place) + " names no group")));
      case Response.Answered<List<String>>(var ids) ->
          calls
              .change(ec2 ->
                  ec2.modifyNetworkInterfaceAttribute(
                      request -> request.networkInterfaceId(nic).groups(ids)))
              .effect();
    };
  }
}

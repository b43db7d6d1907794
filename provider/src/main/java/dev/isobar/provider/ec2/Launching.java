package dev.isobar.provider.ec2;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.Fabric;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.apis.compute.SshKeyChoice;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;

/** Makes machines. */
final class Launching {
  /** The token was used before, with other parameters. */
  private static final String MISMATCH = "IdempotentParameterMismatch";

  /** The port's minute, with something left for the way back. */
  private static final Duration MINUTE = Duration.ofSeconds(55);

  private final Ec2Calls calls;
  private final Ec2Names names;
  private final TypeCatalogue types;
  private final InstanceLooks looks;
  private final KeyPairs keys;

  Launching(
      Ec2Calls calls, Ec2Names names, TypeCatalogue types, InstanceLooks looks, KeyPairs keys) {
    this.calls = calls;
    this.names = names;
    this.types = types;
    this.looks = looks;
    this.keys = keys;
  }

  /** One machine, or certainly none, or nobody knows. */
  Creation create(Order order) {
    return calls.within(MINUTE, () -> asked(order));
  }

  private Creation asked(Order order) {
    Optional<String> problem = Ec2Wish.problem(order.wanted());
    if (problem.isPresent()) {
      return new Creation.Refused(new Failure.InvalidConfiguration(CloudWords.ours(problem.get())));
    }
    return switch (plan(order)) {
      case Response.Failed<LaunchPlan>(var failure) -> new Creation.Refused(failure);
      case Response.Answered<LaunchPlan>(var plan) ->
          order
              .publicKey()
              .map(key -> keyed(plan, keys.bring(order.subject(), key)))
              .orElseGet(() -> launched(plan));
    };
  }

  /** The key is brought last, because that makes something: it may come though nobody heard so. */
  private Creation keyed(LaunchPlan plan, CallEnd<String> key) {
    return switch (key) {
      case CallEnd.Replied<String>(var name) -> withKey(launched(plan.with(name)));
      case CallEnd.Refused<String>(_, var failure) -> new Creation.Refused(failure);
      case CallEnd.Lost<String>(var failure) -> new Creation.Abandoned(failure);
    };
  }

  /** The key is there, whatever becomes of the machine. */
  private static Creation withKey(Creation outcome) {
    return outcome instanceof Creation.Refused(var failure)
        ? new Creation.Halfway(failure)
        : outcome;
  }

  private Creation launched(LaunchPlan plan) {
    return switch (RunRequest.of(plan)) {
      case Response.Failed<RunInstancesRequest>(var failure) -> new Creation.Refused(failure);
      case Response.Answered<RunInstancesRequest>(var request) -> run(request);
    };
  }

  /** What got lost is asked for once more: the same token gives the same machine. */
  private Creation run(RunInstancesRequest request) {
    Creation first = meaning(request, calls.run(request));
    if (!(first instanceof Creation.Unknown)) {
      return first;
    }
    Creation second = meaning(request, calls.run(request));
    // That the second was refused says nothing of the first.
    return second instanceof Creation.Created ? second : first;
  }

  private Creation meaning(RunInstancesRequest request, CallEnd<RunInstancesResponse> end) {
    if (end.refusedAs(MISMATCH)) {
      return madeBefore(request.clientToken());
    }
    return switch (end) {
      case CallEnd.Replied<RunInstancesResponse>(var reply) -> made(reply);
      case CallEnd.Refused<RunInstancesResponse>(_, var failure) -> new Creation.Refused(failure);
      case CallEnd.Lost<RunInstancesResponse>(var failure) -> new Creation.Unknown(failure);
    };
  }

  /** A token is remembered longer than its machine lives, and then answers with the dead one. */
  private static Creation made(RunInstancesResponse reply) {
    if (reply.instances().isEmpty()) {
      return new Creation.Unknown(
          new Failure.ProviderError(CloudWords.ours("EC2 answered without naming an instance")));
    }
    Instance instance = reply.instances().getFirst();
    InstanceStateName state = instance.state() == null ? null : instance.state().name();
    return state == InstanceStateName.TERMINATED || state == InstanceStateName.SHUTTING_DOWN
        ? spent(instance.instanceId())
        : new Creation.Created(instance.instanceId());
  }

  private Creation madeBefore(String token) {
    return switch (looks.madeWith(token)) {
      case Response.Failed<Optional<ObservedMachine>>(var failure) -> new Creation.Unknown(failure);
      case Response.Answered<Optional<ObservedMachine>>(var machine) ->
          machine
              .filter(one -> !one.terminating())
              .<Creation>map(one -> new Creation.Created(one.id()))
              .orElseGet(() -> spent("an earlier request"));
    };
  }

  private static Creation spent(String by) {
    return new Creation.Refused(
        new Failure.ProviderError(
            CloudWords.ours(
                "the client token was spent on %s, whose machine is gone; the next creation has"
                        .formatted(by)
                    + " another")));
  }

  private Response<LaunchPlan> plan(Order order) {
    InstanceParameters wanted = order.wanted();
    Response<Optional<TypeFacts>> type = types.described(order.offer().machineType());
    if (!(type instanceof Response.Answered<Optional<TypeFacts>>(var facts))) {
      return failed(type);
    }
    if (wanted.image().isEmpty()) {
      return Response.failed(
          new Failure.InvalidConfiguration(
              CloudWords.ours("spec.forProvider.image is needed to make a machine")));
    }
    Set<Architecture> architectures = facts.map(TypeFacts::architectures).orElse(Set.of());
    var image = names.image(wanted.image().get(), architectures);
    if (!(image instanceof Response.Answered<Ec2Names.FoundImage>(var found))) {
      return failed(image);
    }
    Response<List<Optional<Ec2Names.FoundSubnet>>> subnets = subnets(order);
    if (!(subnets instanceof Response.Answered<List<Optional<Ec2Names.FoundSubnet>>>(var places))) {
      return failed(subnets);
    }
    Response<List<List<String>>> groups = groups(wanted, places);
    if (!(groups instanceof Response.Answered<List<List<String>>>(var members))) {
      return failed(groups);
    }
    Response<List<String>> fabric = fabricGroups(wanted, places);
    if (!(fabric instanceof Response.Answered<List<String>>(var fabricMembers))) {
      return failed(fabric);
    }
    Optional<String> key = wanted.sshKey().flatMap(SshKeyChoice::name);
    return Response.of(new LaunchPlan(order, found, places, members, fabricMembers, facts, key));
  }

  private Response<List<Optional<Ec2Names.FoundSubnet>>> subnets(Order order) {
    List<Optional<Ec2Names.FoundSubnet>> all = new ArrayList<>();
    List<NetworkInterface> interfaces = order.wanted().networkInterfaces();
    for (int place = 0; place < interfaces.size(); place++) {
      String path = "spec.forProvider.networkInterfaces[" + place + "]";
      NetworkInterface one = interfaces.get(place);
      if (one.subnet().isEmpty()) {
        all.add(Optional.empty());
        continue;
      }
      var found = subnet(path, one, one.subnet().get(), order.offer().zone());
      if (!(found instanceof Response.Answered<Ec2Names.FoundSubnet>(var subnet))) {
        return failed(found);
      }
      all.add(Optional.of(subnet));
    }
    return Response.of(all);
  }

  /** The first that is in the zone; what is said of the last one when none is. */
  private Response<Ec2Names.FoundSubnet> subnet(
      String path, NetworkInterface wanted, CloudObject first, Optional<String> zone) {
    var found = names.subnet(path + ".subnet", first, zone);
    for (int place = 0; place < wanted.otherSubnets().size(); place++) {
      if (!(found instanceof Response.Failed<?>(var failure) && failure.ofThisOffer())) {
        return found;
      }
      var other = new CloudObject(Optional.empty(), Optional.of(wanted.otherSubnets().get(place)));
      found = names.subnet(path + ".otherSubnets[" + place + "]", other, zone);
    }
    return found;
  }

  private Response<List<List<String>>> groups(
      InstanceParameters wanted, List<Optional<Ec2Names.FoundSubnet>> subnets) {
    List<List<String>> all = new ArrayList<>();
    for (int place = 0; place < wanted.networkInterfaces().size(); place++) {
      var found =
          names.groups(
              "spec.forProvider.networkInterfaces[" + place + "].securityGroups",
              wanted.networkInterfaces().get(place).securityGroups(),
              subnets.get(place).map(Ec2Names.FoundSubnet::vpc));
      if (!(found instanceof Response.Answered<List<String>>(var ids))) {
        return failed(found);
      }
      all.add(ids);
    }
    return Response.of(all);
  }

  private Response<List<String>> fabricGroups(
      InstanceParameters wanted, List<Optional<Ec2Names.FoundSubnet>> subnets) {
    return names.groups(
        "spec.forProvider.fabric.securityGroups",
        wanted.fabric().map(Fabric::securityGroups).orElse(List.of()),
        subnets.stream().flatMap(Optional::stream).findFirst().map(Ec2Names.FoundSubnet::vpc));
  }

  private static <T> Response<T> failed(Response<?> answer) {
    if (answer instanceof Response.Failed<?>(var failure)) {
      return Response.failed(failure);
    }
    throw new IllegalArgumentException(answer + " is no failure");
  }
}

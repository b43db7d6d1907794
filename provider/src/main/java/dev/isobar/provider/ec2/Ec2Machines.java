package dev.isobar.provider.ec2;

import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.MachineTypeChoice.Requirements;
import dev.isobar.provider.external.Belonging;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Leftovers;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Supply;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

/** The machines of one account in one region. */
final class Ec2Machines implements Machines {
  private final Ec2Calls calls;
  private final String region;
  private final AccountOwner owner;
  private final TypeCatalogue types;
  private final InstanceLooks looks;
  private final Ec2Names names;
  private final Protection protection;
  private final PublicAddresses addresses;
  private final KeyPairs keys;
  private final InstanceVolumes volumes;
  private final Launching launching;
  private final Mending mending;
  private final Ec2Supply supply;
  private final Ec2Leftovers leftovers;

  Ec2Machines(Ec2Calls calls, String region, AccountOwner owner, InstantSource clock) {
    this.calls = calls;
    this.region = region;
    this.owner = owner;
    types = new TypeCatalogue(calls, clock);
    looks = new InstanceLooks(calls, types, clock);
    names = new Ec2Names(calls, clock);
    protection = new Protection(calls, clock);
    addresses = new PublicAddresses(calls);
    keys = new KeyPairs(calls);
    volumes = new InstanceVolumes(new EveryPage(calls, clock));
    launching = new Launching(calls, names, types, looks, keys);
    mending = new Mending(calls, names, protection, addresses, keys);
    supply = new Ec2Supply(calls, types, clock);
    leftovers = new Ec2Leftovers(calls, region, owner, clock);
  }

  @Override
  public Supply supply() {
    return supply;
  }

  @Override
  public Leftovers leftovers() {
    return leftovers;
  }

  @Override
  public Response<String> account() {
    return owner.account(region);
  }

  /** EC2's answers become consistent after a while; what it once called terminated stays so. */
  @Override
  public boolean isGone(Subject subject) {
    return subject.externalName().filter(looks::sawTheEndOf).isPresent();
  }

  @Override
  public Response<List<ObservedMachine>> observe(Subject subject) {
    return looks.observe(subject);
  }

  @Override
  public Response<List<ObservedMachine>> list() {
    return looks.list();
  }

  @Override
  public Response<List<Deviation>> compare(
      Subject subject, InstanceParameters wanted, ObservedMachine machine) {
    Optional<String> problem = InstanceTags.problem(wanted);
    if (problem.isPresent()) {
      return Response.failed(new Failure.InvalidConfiguration(CloudWords.ours(problem.get())));
    }
    Response<Optional<InstanceTraits>> seen = looks.traits(machine.id());
    return switch (seen) {
      case Response.Failed<Optional<InstanceTraits>>(var failure) -> Response.failed(failure);
      case Response.Answered<Optional<InstanceTraits>>(var traits) ->
          traits
              .map(known -> compare(subject, wanted, machine, known))
              .orElseGet(() -> Response.failed(vanished(machine.id())));
    };
  }

  private Response<List<Deviation>> compare(
      Subject subject, InstanceParameters wanted, ObservedMachine machine, InstanceTraits traits) {
    Response<Boolean> isProtected =
        protection.of(machine.id(), wanted.deletionProtection(), traits);
    if (!(isProtected instanceof Response.Answered<Boolean>(var protectedNow))) {
      return Response.failed(((Response.Failed<Boolean>) isProtected).failure());
    }
    List<List<String>> groups = new ArrayList<>();
    for (int place = 0; place < wanted.networkInterfaces().size(); place++) {
      var choices = wanted.networkInterfaces().get(place).securityGroups();
      switch (names.groups(Drift.groupsPath(place), choices, traits.vpc())) {
        case Response.Answered<List<String>>(var ids) -> groups.add(ids);
        case Response.Failed<List<String>>(var failure) -> {
          return Response.failed(failure);
        }
      }
    }
    return Response.of(Drift.of(subject, wanted, machine, traits, protectedNow, groups));
  }

  private static Failure vanished(String id) {
    return new Failure.Busy(CloudWords.ours("EC2 shows instance " + id + " and then does not"));
  }

  @Override
  public Response<List<String>> typesFor(Requirements need) {
    return types.fitting(need);
  }

  @Override
  public Creation create(Order order) {
    return launching.create(order);
  }

  @Override
  public Effect update(
      Subject subject,
      InstanceParameters wanted,
      ObservedMachine machine,
      List<Deviation> deviations) {
    return switch (looks.traits(machine.id())) {
      case Response.Failed<Optional<InstanceTraits>>(var failure) -> new Effect.Failed(failure);
      case Response.Answered<Optional<InstanceTraits>>(var traits) ->
          traits
              .map(known -> mending.mend(subject, wanted, machine.id(), known, deviations))
              .orElseGet(() -> new Effect.Failed(vanished(machine.id())));
    };
  }

  @Override
  public Effect delete(Subject subject, String id) {
    CallEnd<TerminateInstancesResponse> end = terminate(id);
    if (end.refusedAs("OperationNotPermitted")) {
      if (protection.lift(id) instanceof Effect.Failed failed) {
        return failed;
      }
      end = terminate(id);
    }
    if (end.refusedAs("InvalidInstanceID.NotFound")) {
      return new Effect.Accepted();
    }
    Effect effect = end.effect();
    if (effect instanceof Effect.Accepted) {
      looks.bury(id);
    }
    return effect;
  }

  private CallEnd<TerminateInstancesResponse> terminate(String id) {
    return calls.change(ec2 -> ec2.terminateInstances(request -> request.instanceIds(id)));
  }

  @Override
  public Effect tidy(Subject subject) {
    return addresses.tidy(subject);
  }

  @Override
  public Response<List<Belonging>> belongings() {
    List<Belonging> all = new ArrayList<>();
    for (Supplier<Response<List<Belonging>>> kind :
        List.<Supplier<Response<List<Belonging>>>>of(addresses::all, keys::all, volumes::all)) {
      switch (kind.get()) {
        case Response.Failed<List<Belonging>> failed -> {
          return failed;
        }
        case Response.Answered<List<Belonging>>(var some) -> all.addAll(some);
      }
    }
    return Response.of(List.copyOf(all));
  }

  @Override
  public Response<List<String>> release(Subject subject) {
    return switch (addresses.release(subject)) {
      case Response.Failed<List<String>> failed -> failed;
      case Response.Answered<List<String>>(var kept) ->
          switch (keys.release(subject)) {
            case Response.Failed<List<String>> failed -> failed;
            case Response.Answered<List<String>>(var more) ->
                Response.of(Stream.concat(kept.stream(), more.stream()).toList());
          };
    };
  }
}

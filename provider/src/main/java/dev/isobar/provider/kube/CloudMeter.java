package dev.isobar.provider.kube;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.CloudStatus.Quota;
import dev.isobar.apis.compute.GpuMark;
import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.MachineType;
import dev.isobar.apis.compute.MachineTypeChoice.Requirements;
import dev.isobar.provider.external.Account;
import dev.isobar.provider.external.Belonging;
import dev.isobar.provider.external.CloudKind;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Leftover;
import dev.isobar.provider.external.Leftovers;
import dev.isobar.provider.external.ListedImage;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Supply;
import dev.isobar.provider.operate.Meters;
import dev.isobar.provider.operate.Spread;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Counts what is asked of clouds, how long that takes, and what comes of it. */
final class CloudMeter {
  private static final List<Double> BOUNDS =
      List.of(0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0);

  private final Spread calls;
  private final InstantSource clock;
  private final Measures measures;

  CloudMeter(Meters meters, InstantSource clock, Measures measures) {
    this.measures = measures;
    this.calls =
        meters.spread(
            "isobar_cloud_call_seconds",
            "What was asked of clouds, how long it took, and what came of it.",
            BOUNDS,
            "provider",
            "region",
            "call",
            "outcome");
    this.clock = clock;
  }

  /** The same ways to clouds, with every call counted. */
  Map<CloudSpec.Provider, CloudKind> over(Map<CloudSpec.Provider, CloudKind> clouds) {
    return clouds.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getKey, cloud -> over(cloud.getKey(), cloud.getValue())));
  }

  private CloudKind over(CloudSpec.Provider provider, CloudKind access) {
    return account ->
        switch (access.open(account)) {
          case Response.Failed<Machines> failed -> failed;
          case Response.Answered<Machines>(var machines) ->
              Response.of(new Counted(provider, account, machines));
        };
  }

  /** Machines of one account. */
  private final class Counted implements Machines {
    private final String provider;
    private final String region;
    private final Machines machines;

    Counted(CloudSpec.Provider provider, Account account, Machines machines) {
      this.provider = provider.name();
      this.region = account.region();
      this.machines = machines;
    }

    @Override
    public Supply supply() {
      return new CountedSupply(this, machines.supply());
    }

    @Override
    public Leftovers leftovers() {
      return new CountedLeftovers(this, machines.leftovers());
    }

    @Override
    public Response<String> account() {
      return machines.account();
    }

    @Override
    public boolean isGone(Subject subject) {
      return machines.isGone(subject);
    }

    @Override
    public Response<List<ObservedMachine>> observe(Subject subject) {
      return counted("observe", () -> machines.observe(subject), CloudMeter::outcome);
    }

    @Override
    public Response<List<ObservedMachine>> list() {
      return counted("list", machines::list, CloudMeter::outcome);
    }

    @Override
    public Response<List<Deviation>> compare(
        Subject subject, InstanceParameters wanted, ObservedMachine machine) {
      return counted(
          "compare", () -> machines.compare(subject, wanted, machine), CloudMeter::outcome);
    }

    @Override
    public Response<List<String>> typesFor(Requirements need) {
      return counted("typesFor", () -> machines.typesFor(need), CloudMeter::outcome);
    }

    @Override
    public Creation create(Order order) {
      return counted(
          "create",
          () -> machines.create(order),
          creation ->
              switch (creation) {
                case Creation.Created _ -> "Done";
                case Creation.Refused(var failure) -> failure.reason();
                case Creation.Halfway(var failure) -> failure.reason();
                case Creation.Abandoned(var failure) -> failure.reason();
                case Creation.Unknown(var failure) -> failure.reason();
              });
    }

    @Override
    public Effect update(
        Subject subject,
        InstanceParameters wanted,
        ObservedMachine machine,
        List<Deviation> deviations) {
      Effect effect =
          counted(
              "update",
              () -> machines.update(subject, wanted, machine, deviations),
              CloudMeter::outcome);
      if (effect instanceof Effect.Accepted) {
        measures.mended(subject.uid(), clock.instant());
      }
      return effect;
    }

    @Override
    public Effect delete(Subject subject, String id) {
      return counted("delete", () -> machines.delete(subject, id), CloudMeter::outcome);
    }

    @Override
    public Response<List<String>> release(Subject subject) {
      return counted("release", () -> machines.release(subject), CloudMeter::outcome);
    }

    @Override
    public Effect tidy(Subject subject) {
      return counted("tidy", () -> machines.tidy(subject), CloudMeter::outcome);
    }

    @Override
    public Response<List<Belonging>> belongings() {
      return counted("belongings", machines::belongings, CloudMeter::outcome);
    }

    private <T> T counted(String call, Supplier<T> ask, Function<T, String> outcome) {
      Instant begun = clock.instant();
      T answer = ask.get();
      calls.add(
          Duration.between(begun, clock.instant()), provider, region, call, outcome.apply(answer));
      return answer;
    }
  }

  /** What the account may have; for whoever counts its machines. */
  private record CountedSupply(Counted account, Supply supply) implements Supply {
    @Override
    public Response<List<MachineType>> machineTypes(List<GpuMark> marks) {
      return account.counted("machineTypes", () -> supply.machineTypes(marks), CloudMeter::outcome);
    }

    @Override
    public Response<List<ListedImage>> images(List<String> owners) {
      return account.counted("images", () -> supply.images(owners), CloudMeter::outcome);
    }

    @Override
    public Response<List<String>> zones() {
      return account.counted("zones", supply::zones, CloudMeter::outcome);
    }

    @Override
    public Response<List<Quota>> quota(Facility facility) {
      return account.counted("quota", () -> supply.quota(facility), CloudMeter::outcome);
    }
  }

  /** What clusters left; for whoever counts the machines. */
  private record CountedLeftovers(Counted machines, Leftovers leftovers) implements Leftovers {
    @Override
    public Response<String> account() {
      return leftovers.account();
    }

    @Override
    public Response<List<Leftover>> of(String cluster) {
      return machines.counted("leftovers", () -> leftovers.of(cluster), CloudMeter::outcome);
    }

    @Override
    public Effect remove(Leftover leftover) {
      return machines.counted("remove", () -> leftovers.remove(leftover), CloudMeter::outcome);
    }
  }

  private static <T> String outcome(Response<T> answer) {
    return switch (answer) {
      case Response.Answered<T> _ -> "Done";
      case Response.Failed<T>(var failure) -> failure.reason();
    };
  }

  private static String outcome(Effect effect) {
    return switch (effect) {
      case Effect.Accepted() -> "Done";
      case Effect.Failed(var failure, _) -> failure.reason();
    };
  }
}

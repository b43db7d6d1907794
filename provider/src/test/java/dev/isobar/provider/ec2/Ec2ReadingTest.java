package dev.isobar.provider.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.compute.InstanceObservation;
import dev.isobar.apis.compute.InstanceObservation.GpusInUse;
import dev.isobar.apis.compute.InstanceObservation.MachineAddress;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceObservation.TypeInUse;
import dev.isobar.apis.schema.Size;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Mark;
import dev.isobar.provider.external.ObservedMachine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.Instance;

final class Ec2ReadingTest {
  private static final TypeFacts P5 =
      new TypeFacts(
          "p5.48xlarge",
          192,
          2 << 20,
          Set.of(Architecture.amd64),
          Optional.of(new TypeFacts.Gpus(true, "H100-80GB", 8, 81920, Optional.empty())),
          true,
          TypeFacts.Generation.CURRENT,
          32,
          32);

  @Test
  void aRunningMachineIsReadWhole() {
    Instance instance =
        Instances.running(one ->
            one.instanceLifecycle("spot")
                .launchTime(Instances.BORN.plus(Duration.ofDays(3))) // started again
                .networkInterfaces(
                    Instances.nic("eni-2", 1, 1, "10.0.0.6"),
                    Instances.nic("eni-1", 0, 0, "10.0.0.5").toBuilder()
                        .association(outside -> outside.publicIp("192.0.2.7"))
                        .build())
                .publicIpAddress("192.0.2.7"));
    assertThat(Ec2Reading.of(instance, _ -> Optional.of(P5), CloudWords::ours, Optional.empty()))
        .isEqualTo(
            new ObservedMachine(
                new InstanceObservation(
                    "i-1",
                    State.Running,
                    "running",
                    Optional.empty(),
                    Optional.of("aws:///us-east-1a/i-1"),
                    Optional.of("us-east-1a"),
                    Optional.of(
                        new TypeInUse(
                            "p5.48xlarge",
                            Optional.of(192),
                            Optional.of(new Size("2097152Mi")),
                            Optional.of(Architecture.amd64))),
                    Optional.of(
                        new GpusInUse(
                            "H100-80GB", 8, Optional.of(new Size("81920Mi")), Optional.empty())),
                    List.of(
                        new MachineAddress("InternalIP", "10.0.0.5"),
                        new MachineAddress("ExternalIP", "192.0.2.7"),
                        new MachineAddress("InternalIP", "10.0.0.6"),
                        new MachineAddress("InternalDNS", "ip-10-0-0-5.ec2.internal")),
                    List.of("vol-1"),
                    Optional.of("ami-1"),
                    Optional.of("2026-03-01T10:00:00Z"),
                    true,
                    List.of()),
                Optional.of(new Mark("uid-1", Optional.empty(), "/one")),
                Instances.BORN,
                true,
                Optional.empty(),
                Map.of("endpoint", "192.0.2.7")));
  }

  @ParameterizedTest
  @CsvSource({
    "pending, '', Pending, false, '', ''",
    "running, '', Running, true, '', ''",
    "stopping, Client.UserInitiatedShutdown, Stopping, true, '', ''",
    "stopped, Client.UserInitiatedShutdown, Stopped, true, '', ''",
    "stopped, Client.InstanceInitiatedShutdown, Stopped, true, why, ''",
    "stopped, Server.ScheduledStop, Stopped, true, why, ''",
    "shutting-down, Client.UserInitiatedShutdown, Terminating, true, '', ''",
    "shutting-down, Server.SpotInstanceTermination, Terminating, true, why, Interrupted",
    "shutting-down, Server.SpotInstanceShutdown, Terminating, true, why, Interrupted",
    "shutting-down, Client.InstanceInitiatedShutdown, Terminating, true, why, ''",
    "shutting-down, Client.VolumeLimitExceeded, Terminating, false, why, ''",
    "terminated, Client.VolumeLimitExceeded, Error, false, why, QuotaExceeded",
    "terminated, Server.InsufficientInstanceCapacity, Error, false, why, InsufficientCapacity",
    "terminated, Server.InternalError, Error, false, why, ProviderError",
    "warming, '', Unknown, true, '', ''",
    "terminated, Client.InternalError, Error, false, why, InvalidConfiguration"
  })
  void statesAndReasonsMean(
      String name, String code, State state, boolean ran, String fault, String failure) {
    ObservedMachine machine =
        Instances.read(
            Instances.running(one ->
                one.state(now -> now.name(name))
                    .stateReason(reason -> reason.code(code).message("why"))));
    assertThat(machine.state()).isEqualTo(state);
    assertThat(machine.everRan()).isEqualTo(ran);
    assertThat(machine.facts().fault().orElse("")).isEqualTo(fault);
    assertThat(machine.fault().map(Failure::reason).orElse("")).isEqualTo(failure);
  }

  @ParameterizedTest
  @CsvSource({
    "Client.UserInitiatedShutdown, true, somebody ended it",
    "Server.SpotInstanceTermination, true, EC2 took it away",
    "Server.InternalError, false, its launch failed and that must be told"
  })
  void mostDeadMachinesAreGone(String code, boolean gone, String reason) {
    Instance instance =
        Instances.running(
            one -> one.state(now -> now.name("terminated")).stateReason(why -> why.code(code)));
    assertThat(Ec2Reading.gone(instance)).as(reason).isEqualTo(gone);
  }
}

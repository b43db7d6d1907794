package dev.isobar.provider.changelog;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.changelog.ChangeLogEntry.Operation;
import dev.isobar.provider.external.CloudKind;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.operate.Meters;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Writes an entry for every operation on a machine, and has it sent. Whatever becomes of the
 * entries, operations neither fail nor wait because of them.
 */
public final class ChangeLogs implements AutoCloseable {
  private final Sidecar sidecar;
  private final String provider;
  private final InstantSource clock;
  private final Outbox outbox;

  private ChangeLogs(Sidecar sidecar, String provider, InstantSource clock, Meters meters) {
    this.sidecar = sidecar;
    this.provider = provider;
    this.clock = clock;
    outbox = new Outbox(sidecar, meters);
  }

  /**
   * Begins, whether the sidecar is there or not, and closes it in the end.
   *
   * @param provider name and version, as name:version
   */
  public static ChangeLogs start(
      Sidecar sidecar, String provider, InstantSource clock, Meters meters) {
    var logs = new ChangeLogs(sidecar, provider, clock, meters);
    logs.outbox.start();
    return logs;
  }

  /** The same ways to clouds, with an entry for every operation. */
  public Map<CloudSpec.Provider, CloudKind> over(
      Map<CloudSpec.Provider, CloudKind> clouds, Snapshots snapshots) {
    return clouds.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getKey, cloud -> over(cloud.getValue(), snapshots)));
  }

  private CloudKind over(CloudKind access, Snapshots snapshots) {
    return account ->
        switch (access.open(account)) {
          case Response.Failed<Machines> failed -> failed;
          case Response.Answered<Machines>(var machines) -> Response.of(over(machines, snapshots));
        };
  }

  /** The same machines, with an entry for every operation. */
  public Machines over(Machines machines, Snapshots snapshots) {
    return new RecordedMachines(machines, snapshots, this);
  }

  /** Sends what waits, as far as that takes no longer than a moment, then closes the sidecar. */
  @Override
  public void close() {
    outbox.close();
    sidecar.close();
  }

  void succeeded(
      Operation operation, String machine, Tree before, SortedMap<String, String> details) {
    write(operation, machine, before, Optional.empty(), details);
  }

  void failed(
      Operation operation,
      String machine,
      Tree before,
      Failure why,
      SortedMap<String, String> details) {
    write(operation, machine, before, Optional.of(why.reason() + ": " + why.words()), details);
  }

  private void write(
      Operation operation,
      String machine,
      Tree before,
      Optional<String> error,
      SortedMap<String, String> details) {
    outbox.add(
        new ChangeLogEntry(clock.instant(), provider, operation, machine, before, error, details));
  }
}

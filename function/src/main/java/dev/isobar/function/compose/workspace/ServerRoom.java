package dev.isobar.function.compose.workspace;

import dev.isobar.apis.schema.Size;
import dev.isobar.function.compose.cloud.Machine;
import java.util.Optional;

/** How many servers of a kind a node holds by its processors and memory, beside its GPUs. */
public final class ServerRoom {
  private ServerRoom() {}

  /** That a node has room for fewer than it has GPUs or slices for; empty when not. */
  public static Optional<String> small(ServerChoice server) {
    String resource = server.resource().orElse("");
    return server.offers().stream()
        .flatMap(offer ->
            offer.machines().stream()
                .flatMap(machine ->
                    small(server, resource, offer.perNodeNow().getOrDefault(resource, 0), machine)
                        .stream()))
        .findFirst();
  }

  private static Optional<String> small(
      ServerChoice server, String resource, int offered, Machine machine) {
    long held = held(server, machine);
    return held >= offered / Math.max(1, server.count())
        ? Optional.empty()
        : Optional.of(
            "a node of machine type "
                + machine.name()
                + " has "
                + offered
                + " "
                + resource
                + ", but processors and memory for "
                + held
                + (held == 1 ? " such server" : " such servers"));
  }

  /** Kubernetes needs some of a node, so servers never have all of it. */
  private static long held(ServerChoice server, Machine machine) {
    long byProcessors =
        machine.cpu().map(cpu -> (cpu - 1L) / server.profile().cpu()).orElse(Long.MAX_VALUE);
    long byMemory =
        machine
            .memory()
            .map(Size::bytes)
            .map(bytes -> (bytes - 1) / server.profile().memory().bytes())
            .orElse(Long.MAX_VALUE);
    return Math.min(byProcessors, byMemory);
  }
}

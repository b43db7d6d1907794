package dev.isobar.function.compose.workspace;

import dev.isobar.apis.workspace.ServerProfile;
import java.util.List;
import java.util.Optional;

/**
 * A kind of server and what it asks for.
 *
 * @param offers what it runs on, by kind of node of its accelerator; empty for nodes without GPUs
 * @param resource the extended resource it asks for; empty without an accelerator
 * @param count how many of the resource
 * @param later what it asks for once nodes are as planned, where that is another resource
 */
public record ServerChoice(
    ServerProfile profile,
    List<AcceleratorOffer> offers,
    Optional<String> resource,
    int count,
    Optional<String> later) {
  /** Copies the list. */
  public ServerChoice {
    offers = List.copyOf(offers);
  }

  /** Whether programs share the GPUs it runs on by MPS, on some of the nodes at least. */
  public boolean mps() {
    return offers.stream().anyMatch(AcceleratorOffer::mps);
  }

  /** The name users see. */
  public String title() {
    return profile.displayName().orElse(profile.name());
  }
}

package dev.isobar.provider.external;

import java.util.Optional;

/**
 * A machine type in a zone.
 *
 * @param zone the cloud's choice when empty
 */
public record Offer(String machineType, Optional<String> zone) {
  @Override
  public String toString() {
    return zone.map(name -> machineType + " in " + name).orElse(machineType);
  }
}

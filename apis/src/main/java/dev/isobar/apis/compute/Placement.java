package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import java.util.Optional;

/** Near to or far from which machines. */
@Doc("Near to or far from which machines, and on whose hardware.")
public record Placement(
    @Doc(
            "An existing server group (OpenStack) or placement group (EC2); its own policy says"
                + " whether machines are packed or spread.")
        Optional<CloudObject> group,
    @Doc("Partition of the placement group (EC2).") @Min(1) @Max(7) Optional<Integer> partition,
    @Doc(
            "Whose hardware (EC2). Shared: everybody's. Dedicated: this account's. Host: a host"
                + " that was allocated to it.")
        @Default("\"Shared\"")
        Tenancy tenancy,
    @Doc("The host (EC2, with tenancy Host).") @Length(min = 1, max = 64) Optional<String> hostId) {
  /** Whose hardware; spelled as in the API. */
  public enum Tenancy {
    Shared,
    Dedicated,
    Host
  }
}

package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import java.util.List;
import java.util.Optional;

/** Interfaces for talk between GPUs. */
@Doc(
    "Fabric interfaces, one or more on each network card of the machine type, in the subnet of the"
        + " primary interface.")
public record Fabric(
    @Doc("Interfaces on each card.") @Default("1") @Min(1) @Max(8) int interfacesPerCard,
    @Doc("How many cards are used; all that the machine type has when left out.") @Min(1) @Max(64)
        Optional<Integer> cards,
    @Doc(
            "Security groups; they must allow all traffic among themselves. Those of the primary"
                + " interface when empty.")
        @Items(max = 16)
        @Default("[]")
        List<CloudObject> securityGroups) {}

package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import dev.isobar.apis.schema.Rule;
import dev.isobar.apis.schema.Span;
import java.util.Optional;

/** The limits of an autoscaled pool. */
@Doc("Limits between which the cluster autoscaler keeps the number of nodes.")
@Rule(cel = "self.min <= self.max", says = "min must not be above max")
public record Autoscale(
    @Doc("Fewest nodes; 0 is allowed and saves the cost of idle machines.") @Min(0) @Max(1000)
        int min,
    @Doc("Most nodes.") @Min(1) @Max(1000) int max,
    @Doc(
            "How long a node of this pool must have been unneeded before it goes;"
                + " spec.autoscaler's when left out. Short for machines that are dear, long for"
                + " those that take long to come.")
        Optional<Span> scaleDownUnneededTime) {}

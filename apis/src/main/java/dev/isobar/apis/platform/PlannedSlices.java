package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Doc;
import java.util.List;
import java.util.Map;

/** What was planned for a demand. */
@Doc("What was planned for a demand.")
public record PlannedSlices(
    @Doc(
            "Number of slices by profile of each GPU of a node, in the order of their index; an"
                + " empty one leaves the GPU whole.")
        List<Map<String, Integer>> layouts,
    @Doc("What serves each line of the demand.") List<Served> demand,
    @Doc("Nodes that serve all of the demand at the same time.") int nodes,
    @Doc("Compute slices of a node that belong to no instance.") int wastedComputeSlices,
    @Doc("Memory slices of a node that belong to no instance.") int wastedMemorySlices) {
  /** What serves a line of a demand. */
  @Doc("What serves a line of a demand.")
  public record Served(
      @Doc("Memory or profile, as it was written.") String asked,
      @Doc("How many.") int count,
      @Doc("The resource that pods ask for.") String resource) {}
}

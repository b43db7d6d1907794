package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import java.util.Optional;

/** How a machine is paid for. */
@Doc("How the machine is paid for, and from which reservation it comes.")
public record CapacityChoice(
    @Doc(
            "OnDemand: by use. Spot: from what is left over, and may be taken away (EC2). Reserved:"
                + " from a reservation. Block: from a capacity block, which begins and ends at set"
                + " times (EC2).")
        @Default("\"OnDemand\"")
        Model model,
    @Doc("The most to be paid per hour in US dollars (Spot); the on-demand price when left out.")
        @Matches(value = "[0-9]{1,4}(\\.[0-9]{1,6})?", says = "a price such as 1.25")
        @Length(min = 1, max = 12)
        Optional<String> maxPrice,
    @Doc("The reservation (Reserved, Block): cr-... on EC2, a lease's reservation id on OpenStack.")
        @Length(min = 1, max = 64)
        Optional<String> reservationId) {
  /** Whether it comes from a reservation, which has no more machines than were reserved. */
  public boolean reserved() {
    return switch (model) {
      case OnDemand, Spot -> false;
      case Reserved, Block -> true;
    };
  }

  /** The ways to pay; spelled as in the API. */
  public enum Model {
    OnDemand,
    Spot,
    Reserved,
    Block
  }
}

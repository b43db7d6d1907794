package dev.isobar.function.compose.plan;

import dev.isobar.apis.compute.CapacityChoice;
import dev.isobar.apis.compute.CapacityChoice.Model;
import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.function.compose.cloud.Catalogue;

/** Checks how pools' machines are paid for. */
final class CapacityChecks {
  private final PlatformClusterSpec spec;
  private final Catalogue cloud;
  private final Mistakes mistakes;

  CapacityChecks(PlatformClusterSpec spec, Catalogue cloud, Mistakes mistakes) {
    this.spec = spec;
    this.cloud = cloud;
    this.mistakes = mistakes;
  }

  void check() {
    for (int i = 0; i < spec.pools().size(); i++) {
      String path = "spec.pools[" + i + "].capacity";
      spec.pools().get(i).capacity().ifPresent(capacity -> check(capacity, path));
    }
  }

  private void check(CapacityChoice capacity, String path) {
    if (cloud.spec().provider() != CloudSpec.Provider.EC2) {
      mistakes.add(
          path,
          "is EC2's, and Cloud " + cloud.name() + " is of provider " + cloud.spec().provider(),
          "remove it: machines are paid for by use");
      return;
    }
    Model model = capacity.model();
    if (capacity.maxPrice().isPresent() && model != Model.Spot) {
      mistakes.add(
          path + ".maxPrice",
          "goes with model Spot only, and model is " + model,
          "remove it, or set model to Spot");
    }
    checkReservation(capacity, path);
  }

  private void checkReservation(CapacityChoice capacity, String path) {
    String place = path + ".reservationId";
    Model model = capacity.model();
    boolean reserved = capacity.reserved();
    if (model == Model.Block && capacity.reservationId().isEmpty()) {
      mistakes.add(
          place,
          "is missing, and a capacity block is known by it",
          "write the cr-... id that `aws ec2 describe-capacity-reservations` shows");
    }
    if (!reserved && capacity.reservationId().isPresent()) {
      mistakes.add(
          place,
          "would not be used with model " + model,
          "remove it, or set model to Reserved or Block");
    }
    capacity
        .reservationId()
        .filter(id -> reserved && !CloudIds.RESERVATION.matches(id))
        .ifPresent(id ->
            mistakes.add(
                place,
                "\"" + id + "\" is no id of a reservation",
                "write the cr-... id that `aws ec2 describe-capacity-reservations` shows"));
  }
}

package dev.isobar.provider.external;

import dev.isobar.apis.compute.CloudStatus.Quota;
import dev.isobar.apis.compute.GpuMark;
import dev.isobar.apis.compute.MachineType;
import java.util.List;

/**
 * What a cloud has to give to one project; what discovery asks for. {@code SupplyContract} in the
 * tests of this module holds implementations to what is said here.
 *
 * <p>Each question stands for itself, so that a right that lacks for one leaves the others their
 * answers. Nothing is changed by any of them. They keep to what {@link Machines} says of calls and
 * failures, but may take two minutes. Lists are whole or not at all; their order is the cloud's,
 * and may be another the next time.
 */
public interface Supply {
  /** Parts of a cloud with limits of their own. */
  enum Facility {
    MACHINES,
    VOLUMES,
    NETWORKS
  }

  /**
   * Machine types that nodes of Kubernetes can be made of, each name once. Their zones are set only
   * where some zones do not have them. What differs with time rather than by the cloud's operator,
   * such as free capacity, is not looked at.
   *
   * @param marks of flavors with GPUs, which go before what names tell; nothing to EC2
   */
  Response<List<MachineType>> machineTypes(List<GpuMark> marks);

  /**
   * Images that machines can be started from now.
   *
   * @param owners whose; {@code self} for those of the project; when empty, those it may trust
   */
  Response<List<ListedImage>> images(List<String> owners);

  /** Names of the zones where machines can be made now. */
  Response<List<String>> zones();

  /**
   * Limits of the project and what it uses of them. Empty when the cloud has no such part, or none
   * of its limits can be known.
   */
  Response<List<Quota>> quota(Facility facility);
}

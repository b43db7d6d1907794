package dev.isobar.provider.cloud;

import dev.isobar.apis.compute.CloudStatus.Quota;
import dev.isobar.apis.compute.MachineType;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.ListedImage;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Supply.Facility;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a cloud answered when it was asked for all it has.
 *
 * @param quota an answer for every facility
 */
public record Survey(
    Response<List<MachineType>> machineTypes,
    Response<List<ListedImage>> images,
    Response<List<String>> zones,
    Map<Facility, Response<List<Quota>>> quota) {
  /** The cloud could not even be asked. */
  public static Survey failed(Failure failure) {
    Map<Facility, Response<List<Quota>>> quota = new EnumMap<>(Facility.class);
    for (Facility facility : Facility.values()) {
      quota.put(facility, Response.failed(failure));
    }
    return new Survey(
        Response.failed(failure), Response.failed(failure), Response.failed(failure), quota);
  }
}

package dev.isobar.e2e.provider;

import dev.isobar.apis.compute.CloudStatus.Quota;
import dev.isobar.apis.compute.GpuMark;
import dev.isobar.apis.compute.MachineType;
import dev.isobar.provider.external.ListedImage;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Supply;
import java.util.List;

/** What a {@link CloudHost} has, from another process. */
record RemoteSupply(RemoteMachines cloud) implements Supply {
  @Override
  @SuppressWarnings("unchecked") // What the same method of the stand-in answered.
  public Response<List<MachineType>> machineTypes(List<GpuMark> marks) {
    return (Response<List<MachineType>>) cloud.asked("machineTypes");
  }

  @Override
  @SuppressWarnings("unchecked") // What the same method of the stand-in answered.
  public Response<List<ListedImage>> images(List<String> owners) {
    return (Response<List<ListedImage>>) cloud.asked("images");
  }

  @Override
  @SuppressWarnings("unchecked") // What the same method of the stand-in answered.
  public Response<List<String>> zones() {
    return (Response<List<String>>) cloud.asked("zones");
  }

  @Override
  @SuppressWarnings("unchecked") // What the same method of the stand-in answered.
  public Response<List<Quota>> quota(Facility facility) {
    return (Response<List<Quota>>) cloud.asked("quota", facility);
  }
}

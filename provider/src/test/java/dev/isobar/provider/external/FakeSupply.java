package dev.isobar.provider.external;

import dev.isobar.apis.compute.CloudStatus.Quota;
import dev.isobar.apis.compute.GpuMark;
import dev.isobar.apis.compute.MachineType;
import dev.isobar.apis.compute.MachineType.GpuFacts;
import dev.isobar.apis.compute.MachineType.Vendor;
import dev.isobar.apis.schema.Size;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What a cloud in memory has; tests change it, and let questions fail until they are answered. */
public final class FakeSupply implements Supply {
  private final Map<String, MachineType> types = new TreeMap<>();
  private final Map<String, ListedImage> images = new TreeMap<>();
  private final Map<String, Failure> failures = new TreeMap<>();
  private final Map<Facility, List<Quota>> quota = new EnumMap<>(Facility.class);
  private List<String> zones = List.of("az2", "az1");

  FakeSupply() {
    offer("small", Optional.empty());
    offer("large", Optional.of(new GpuFacts(Vendor.NVIDIA, "A100-80GB", 2)));
    upload("image-1", "ubuntu-2404-kube-v1.35.2", Map.of());
    use(new Quota("cores", 64, 8));
  }

  /** There is a machine type of this name. */
  public void offer(String name, Optional<GpuFacts> gpus) {
    types.put(
        name,
        new MachineType(
            name,
            Optional.of(8),
            Optional.of(new Size("32Gi")),
            Optional.of(new Size("40Gi")),
            Optional.empty(),
            gpus,
            Optional.empty(),
            List.of()));
  }

  /** There is an image. */
  public void upload(String id, String name, Map<String, String> marks) {
    images.put(
        id, new ListedImage(id, name, Optional.empty(), "2026-11-25T10:00:00Z", Map.copyOf(marks)));
  }

  /** An image is gone. */
  public void withdraw(String id) {
    images.remove(id);
  }

  /** So much of it is used now. */
  public void use(Quota one) {
    quota.put(Facility.MACHINES, List.of(one));
  }

  /** The zones are these. */
  public void open(String... names) {
    zones = List.of(names);
  }

  /** A question of this name is not answered from now on. */
  public void fail(String question, Failure failure) {
    failures.put(question, failure);
  }

  /** Everything is answered again. */
  public void mend() {
    failures.clear();
  }

  @Override
  public Response<List<MachineType>> machineTypes(List<GpuMark> marks) {
    return answer("machineTypes", () -> List.copyOf(types.values()));
  }

  @Override
  public Response<List<ListedImage>> images(List<String> owners) {
    return answer("images", () -> List.copyOf(images.values()));
  }

  @Override
  public Response<List<String>> zones() {
    return answer("zones", () -> zones);
  }

  @Override
  public Response<List<Quota>> quota(Facility facility) {
    return answer("quota", () -> quota.getOrDefault(facility, List.of()));
  }

  private <T> Response<T> answer(String question, Supplier<T> answer) {
    return Optional.ofNullable(failures.get(question))
        .<Response<T>>map(Response::failed)
        .orElseGet(() -> Response.of(answer.get()));
  }
}

package dev.isobar.function.compose.gpu.geometry;

import dev.isobar.apis.compute.GpuProduct;
import dev.isobar.apis.decode.Nearest;
import dev.isobar.function.compose.gpu.geometry.GpuModel.Division;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The GPU products there are: those Isobar knows, and those a Cloud describes. */
public final class GpuModels {
  private static final GpuModels KNOWN = new GpuModels(List.of(), KnownGpus.all());

  private final List<GpuModel> all = new ArrayList<>();
  private final Map<String, GpuModel> byName = new LinkedHashMap<>();

  private GpuModels(List<GpuModel> described, List<GpuModel> known) {
    for (GpuModel model : known) {
      byName.put(model.name(), model);
      model.aliases().forEach(alias -> byName.put(alias, model));
    }
    for (GpuModel model : described) {
      byName.put(model.name(), model);
      all.add(model);
    }
    known.stream().filter(model -> model.equals(byName.get(model.name()))).forEach(all::add);
  }

  /** The products Isobar knows by name. */
  public static GpuModels known() {
    return KNOWN;
  }

  /**
   * The products of a Cloud: what it describes comes before what is known of the same name.
   *
   * @param cloud the Cloud's name
   * @param described its {@code spec.gpuModels}
   */
  public static GpuModels of(String cloud, List<GpuProduct> described) {
    if (described.isEmpty()) {
      return KNOWN;
    }
    var models = new ArrayList<GpuModel>();
    for (int i = 0; i < described.size(); i++) {
      String path = "Cloud " + cloud + ": spec.gpuModels[" + i + "]";
      models.add(new DescribedGpu(described.get(i), path).model());
    }
    return new GpuModels(models, KnownGpus.all());
  }

  /** All products, described ones first, then those that MIG divides. */
  public List<GpuModel> all() {
    return List.copyOf(all);
  }

  /**
   * The product of this name or alias; of an unknown one little can be said, but whole and shared
   * GPUs work.
   */
  public GpuModel named(String name) {
    GpuModel found = byName.get(name);
    return found != null
        ? found
        : new GpuModel(
            name, List.of(), KnownGpus.memory(name), new Division.Unknown(), KnownGpus.MPS_CLIENTS);
  }

  /** The names of all products that MIG divides, the one most like the given name first. */
  public List<String> divisibleLike(String name) {
    var names = new ArrayList<String>();
    for (GpuModel model : all) {
      if (model.geometry().isPresent()) {
        names.add(model.name());
      }
    }
    Nearest.to(name, names)
        .ifPresent(nearest -> {
          names.remove(nearest);
          names.addFirst(nearest);
        });
    return names;
  }

  /** The names of all products that have a MIG profile of this name. */
  public List<String> withProfile(String profile) {
    return all.stream()
        .filter(
            model -> model.geometry().flatMap(geometry -> geometry.profile(profile)).isPresent())
        .map(GpuModel::name)
        .toList();
  }
}

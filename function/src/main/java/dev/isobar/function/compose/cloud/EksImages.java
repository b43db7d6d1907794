package dev.isobar.function.compose.cloud;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.compute.Eks;
import dev.isobar.apis.compute.Eks.EksVersion;
import dev.isobar.apis.compute.Image;
import dev.isobar.apis.compute.Image.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Images of EKS nodes: those a Cloud has, and those that Cluster API's AWS provider finds by itself
 * when it makes a machine. It finds none for arm64 machines with GPUs.
 */
public final class EksImages {
  /** What the provider's look-ups are called, in the place of a name. */
  private static final String STANDARD = "AmazonLinux2023";

  private static final String NVIDIA = "AmazonLinux2023GPU";

  private EksImages() {}

  /** Whether a name is that of a look-up and of no image. */
  public static boolean lookup(String name) {
    return Set.of(STANDARD, NVIDIA).contains(name);
  }

  static List<Image> of(Optional<Eks> eks) {
    List<Image> images = new ArrayList<>();
    for (EksVersion version : eks.map(Eks::versions).orElse(List.of())) {
      version
          .images()
          .forEach(one ->
              images.add(
                  image(
                      version,
                      Optional.empty(),
                      Optional.of(one.id()),
                      one.architecture(),
                      one.purpose())));
      images.add(lookup(version, STANDARD, Architecture.amd64, Purpose.any));
      images.add(lookup(version, STANDARD, Architecture.arm64, Purpose.any));
      images.add(lookup(version, NVIDIA, Architecture.amd64, Purpose.gpu));
    }
    return images;
  }

  private static Image lookup(
      EksVersion version, String name, Architecture architecture, Purpose purpose) {
    return image(version, Optional.of(name), Optional.empty(), architecture, purpose);
  }

  private static Image image(
      EksVersion version,
      Optional<String> name,
      Optional<String> id,
      Architecture architecture,
      Purpose purpose) {
    return new Image(version.kubernetes(), name, id, Optional.empty(), architecture, purpose);
  }
}

package dev.isobar.provider.cloud;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.compute.Image;
import dev.isobar.apis.compute.Image.Purpose;
import dev.isobar.provider.external.ListedImage;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which Kubernetes an image is for. What it is marked with goes before what it is called. The names
 * are those of Cluster API's image-builder ({@code ubuntu-2404-kube-v1.35.2}) and of the AMIs it
 * makes ({@code capa-ami-ubuntu-24.04-v1.35.2-1760000000}); see its packer/openstack and
 * packer/ami.
 */
final class ImageReading {
  /** image-builder's own first. */
  private static final List<String> VERSION_MARKS =
      List.of("kubernetes_version", "kubernetes-version", "isobar-kubernetes");

  private static final List<String> PURPOSE_MARKS = List.of("isobar_purpose", "isobar-purpose");

  private static final Pattern VERSION = Pattern.compile("v?(1\\.[0-9]{1,3}\\.[0-9]{1,3})");

  /** A release and no candidate of one, for nobody upgrades to a candidate unasked. */
  private static final String RELEASE =
      "v?(1\\.[0-9]{1,3}\\.[0-9]{1,3})(?![0-9]|\\.[0-9]|[-.~]?(?:alpha|beta|rc))";

  private static final Pattern NAMED =
      Pattern.compile("(?:^|[-_. ])(?:kube|kubernetes|k8s)[-_. ]" + RELEASE);

  private static final Pattern OF_AMIS = Pattern.compile("^capa-ami-.*?-" + RELEASE + "(?:-|$)");

  private static final Pattern GPU = Pattern.compile("(?:^|[-_. ])(?:gpu|nvidia|cuda)(?![a-z])");

  private static final Pattern ARM = Pattern.compile("(?:^|[-_. ])(?:arm64|aarch64)(?![a-z0-9])");

  private static final int LONGEST_ID = 64;
  private static final int LONGEST_TITLE = 255;

  private ImageReading() {}

  /** The image of a node; empty when it is for something else. */
  static Optional<Image> read(ListedImage image) {
    String name = image.name().toLowerCase(Locale.ROOT);
    Optional<Architecture> architecture = architecture(image, name);
    Optional<Purpose> purpose = purpose(image, name);
    boolean usable = !image.id().isEmpty() && image.id().length() <= LONGEST_ID;
    if (!usable || architecture.isEmpty() || purpose.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> title =
        Optional.of(image.name()).filter(text -> !text.isEmpty() && text.length() <= LONGEST_TITLE);
    return version(image, name)
        .map(version ->
            new Image(
                version,
                Optional.empty(),
                Optional.of(image.id()),
                title,
                architecture.get(),
                purpose.get()));
  }

  /** A mark that says something else than a release says that it is for none. */
  private static Optional<String> version(ListedImage image, String name) {
    Optional<String> marked = mark(image, VERSION_MARKS);
    return marked.isPresent()
        ? marked.map(VERSION::matcher).filter(Matcher::matches).map(found -> found.group(1))
        : Stream.of(NAMED, OF_AMIS)
            .map(pattern -> pattern.matcher(name))
            .filter(Matcher::find)
            .map(found -> found.group(1))
            .findFirst();
  }

  /** Nothing for architectures that are none of ours. */
  private static Optional<Architecture> architecture(ListedImage image, String name) {
    if (image.architecture().isEmpty()) {
      return Optional.of(ARM.matcher(name).find() ? Architecture.arm64 : Architecture.amd64);
    }
    return switch (image.architecture().get().toLowerCase(Locale.ROOT)) {
      case "x86_64", "amd64" -> Optional.of(Architecture.amd64);
      case "aarch64", "arm64" -> Optional.of(Architecture.arm64);
      default -> Optional.empty();
    };
  }

  /** Nothing for images that shall be left out. */
  private static Optional<Purpose> purpose(ListedImage image, String name) {
    return switch (mark(image, PURPOSE_MARKS).orElse("")) {
      case "none" -> Optional.empty();
      case "gpu" -> Optional.of(Purpose.gpu);
      case "any" -> Optional.of(Purpose.any);
      default -> Optional.of(GPU.matcher(name).find() ? Purpose.gpu : Purpose.any);
    };
  }

  private static Optional<String> mark(ListedImage image, List<String> names) {
    return names.stream()
        .map(image.marks()::get)
        .filter(Objects::nonNull)
        .map(String::strip)
        .findFirst();
  }
}

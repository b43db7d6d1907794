package dev.isobar.function.compose.workspace;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The name of an image as container runtimes read it; of another the kubelet says InvalidImageName,
 * and no server starts.
 *
 * @see <a href="https://github.com/distribution/reference/blob/v0.6.0/reference.go">its grammar</a>
 */
final class ImageReference {
  private static final String EXAMPLE = "quay.io/jupyter/pytorch-notebook:cuda12-2026-08-07";

  private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?";

  private static final Pattern REGISTRY = Pattern.compile(LABEL + "(\\." + LABEL + ")*(:[0-9]+)?");

  private static final Pattern PART = Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*");

  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

  private static final Pattern DIGEST =
      Pattern.compile("sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}");

  /** What runtimes take for the number of an image they have. */
  private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{64}");

  private static final int LONGEST_NAME = 255;

  private final String registry;
  private final String repository;
  private final Optional<String> tag;
  private final Optional<String> digest;

  private ImageReference(
      String registry, String repository, Optional<String> tag, Optional<String> digest) {
    this.registry = registry;
    this.repository = repository;
    this.tag = tag;
    this.digest = digest;
  }

  /** What is wrong with it; empty when nothing is. */
  static Optional<String> problem(String image) {
    return image.contains("://")
        ? Optional.of(image + " is an address, and no image")
        : of(image).problem();
  }

  /** What was probably meant, else an example. */
  static String nearest(String image) {
    String bare =
        image
            .substring(image.contains("://") ? image.indexOf("://") + 3 : 0)
            .replaceAll("/{2,}", "/")
            .replaceAll("[/:@]+$", "");
    ImageReference read = of(bare);
    String mended =
        read.registry
            + (read.registry.isEmpty() ? "" : "/")
            + read.repository.toLowerCase(Locale.ROOT)
            + read.tag.map(":"::concat).orElse("")
            + read.digest.map(text -> "@" + text.toLowerCase(Locale.ROOT)).orElse("");
    return of(mended).problem().isEmpty() ? mended : "it as in " + EXAMPLE;
  }

  /** What stands before the first slash is a registry if it looks like a host. */
  private static ImageReference of(String image) {
    int at = image.indexOf('@');
    String tagged = at < 0 ? image : image.substring(0, at);
    int colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
    String name = colon < 0 ? tagged : tagged.substring(0, colon);
    String first = name.substring(0, Math.max(0, name.indexOf('/')));
    boolean host =
        first.contains(".")
            || first.contains(":")
            || first.equals("localhost")
            || !first.equals(first.toLowerCase(Locale.ROOT));
    return new ImageReference(
        host ? first : "",
        host ? name.substring(first.length() + 1) : name,
        colon < 0 ? Optional.empty() : Optional.of(tagged.substring(colon + 1)),
        at < 0 ? Optional.empty() : Optional.of(image.substring(at + 1)));
  }

  private Optional<String> problem() {
    if (!registry.isEmpty() && !REGISTRY.matcher(registry).matches()) {
      return Optional.of("\"" + registry + "\" is no host of a registry");
    }
    return Stream.of(repository.split("/", -1))
        .filter(part -> !PART.matcher(part).matches())
        .findFirst()
        .map(part ->
            "\""
                + part
                + "\" is no part of an image's name: small letters and digits, between them one of"
                + " . _ __ or dashes")
        .or(this::nameProblem)
        .or(() ->
            tag.filter(text -> !TAG.matcher(text).matches())
                .map(text ->
                    "\""
                        + text
                        + "\" is no tag: letters, digits and _, and behind the first . and - too,"
                        + " at most 128"))
        .or(() ->
            digest
                .filter(text -> !DIGEST.matcher(text).matches())
                .map(text ->
                    "\"" + text + "\" is no digest: sha256: and 64 digits of 0 to 9 and a to f"));
  }

  private Optional<String> nameProblem() {
    int length = registry.length() + (registry.isEmpty() ? 0 : 1) + repository.length();
    if (length > LONGEST_NAME) {
      return Optional.of("its name has " + length + " characters, and images have 255 at most");
    }
    return registry.isEmpty() && NUMBER.matcher(repository).matches()
        ? Optional.of("is a number of 64 digits, which no image may be called")
        : Optional.empty();
  }
}

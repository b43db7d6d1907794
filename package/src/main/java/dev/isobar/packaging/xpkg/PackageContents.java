package dev.isobar.packaging.xpkg;

import dev.isobar.packaging.CannotPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What packages hold, out of a checkout.
 *
 * @param root the checkout
 * @param version of the release
 * @param home where configurations find the packages they need
 */
public record PackageContents(Path root, Version version, Organisation home) {
  /**
   * Kinds of Cluster API. Their CRDs must have labels, which core strips, so they come by other
   * means.
   */
  private static final String OF_CLUSTER_API = "infrastructure.isobar.dev";

  private static final Pattern GROUP = Pattern.compile("(?m)^  group: (\\S+)$");
  private static final Pattern CALL =
      Pattern.compile("(functionRef:\\s+name: )(function-isobar)$", Pattern.MULTILINE);

  /** A comment on how a file was made, and the mark before the first document. */
  private static final Pattern BEGINNING = Pattern.compile("\\A(?:#[^\\n]*\\n)*(?:---\\n)?");

  private static final String BETWEEN = "---\n";

  /** The file package.yaml: what the package is, then what it installs. */
  public String packageYaml(PackageKind kind) throws IOException {
    var documents = new ArrayList<String>();
    documents.add(filled(read(folder(kind).resolve("crossplane.yaml"))));
    for (Path file : objects(kind)) {
      documents.add(called(read(file)));
    }
    return stream(documents);
  }

  /** Examples of what the package is for; empty when there are none. */
  public String examples(PackageKind kind) throws IOException {
    var documents = new ArrayList<String>();
    for (String story : kind.stories()) {
      Path folder = root.resolve("examples").resolve(story);
      Path claim = folder.resolve("claim.yaml");
      for (Path file : Files.exists(claim) ? List.of(claim) : files(folder)) {
        documents.add(read(file));
      }
    }
    return stream(documents);
  }

  private List<Path> objects(PackageKind kind) throws IOException {
    return switch (kind) {
      case FUNCTION_ISOBAR -> files(folder(kind).resolve("input"));
      case PROVIDER_ISOBAR -> kinds();
      case CONFIGURATION_ISOBAR -> configuration(kind, "");
      case CONFIGURATION_ISOBAR_NAMESPACED -> configuration(kind, "namespaced");
    };
  }

  /** Every kind there is a CRD of but those of Cluster API. */
  private List<Path> kinds() throws IOException {
    var kinds = new ArrayList<Path>();
    for (Path folder : folders(root.resolve("apis"))) {
      Path file = folder.resolve("crd.yaml");
      if (Files.exists(file) && !group(file).equals(OF_CLUSTER_API)) {
        kinds.add(file);
      }
    }
    return kinds;
  }

  private static String group(Path file) throws IOException {
    Matcher group = GROUP.matcher(read(file));
    if (!group.find()) {
      throw new CannotPackage(file + " names no group; regenerate it");
    }
    return group.group(1);
  }

  /** Definitions before the Compositions of them, and what makes the kinds of machines active. */
  private List<Path> configuration(PackageKind kind, String flavour) throws IOException {
    var files = new ArrayList<Path>();
    for (Path folder : folders(root.resolve("apis"))) {
      Path apis = folder.resolve(flavour);
      if (Files.exists(apis.resolve("definition.yaml"))) {
        files.add(apis.resolve("definition.yaml"));
        files.add(apis.resolve("composition.yaml"));
      }
    }
    files.add(folder(kind).resolveSibling("configuration").resolve("activation.yaml"));
    return files;
  }

  private Path folder(PackageKind kind) {
    return root.resolve("package").resolve(kind.folder());
  }

  private String filled(String text) {
    String filled =
        text.replace("${home}", home.toString()).replace("${compatible}", version.compatible());
    if (filled.contains("${")) {
      throw new CannotPackage(
          "package metadata has a placeholder that nothing is known of: "
              + filled.substring(filled.indexOf("${")).lines().findFirst().orElseThrow());
    }
    return filled;
  }

  /** Compositions call the function by the name that core gives it. */
  private String called(String text) {
    return CALL.matcher(text).replaceAll(call -> call.group(1) + home.object(call.group(2)));
  }

  private static String stream(List<String> documents) {
    var text = new StringBuilder();
    for (String document : documents) {
      text.append(text.isEmpty() ? "" : BETWEEN);
      text.append(BEGINNING.matcher(document).replaceFirst(""));
    }
    return text.toString();
  }

  private static List<Path> files(Path folder) throws IOException {
    return sorted(folder).stream().filter(file -> file.toString().endsWith(".yaml")).toList();
  }

  private static List<Path> folders(Path folder) throws IOException {
    return sorted(folder).stream().filter(Files::isDirectory).toList();
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }
}

package dev.isobar.cli.input;

import dev.isobar.apis.decode.Nearest;
import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.InputRejected;
import dev.isobar.cli.yaml.Manifest;
import dev.isobar.cli.yaml.ManifestParsing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads files and checks that each object in them can be told from all others. */
public final class InputReading {
  private static final int NAMESPACE_SHOWN = 63;

  /** Far above any dump of a cluster; what is read takes many times its size in memory. */
  private static final int MOST_MEGABYTES = 32;

  private static final int MOST_BYTES = MOST_MEGABYTES * 1024 * 1024;

  /** A label of DNS, which the API server demands. */
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /** What every object says first, with an example. */
  private static final SortedMap<String, String> TYPE =
      new TreeMap<>(
          Map.of("apiVersion", InputSorting.GROUP + "/v1alpha1", "kind", "PlatformCluster"));

  /** What the API server lets stand at the top of an object of ours. */
  private static final List<String> FIELDS =
      List.of("apiVersion", "kind", "metadata", "spec", "status");

  private final List<Manifest> written = new ArrayList<>();
  private final List<Manifest> observed = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<Identity, Manifest> seen = new TreeMap<>();
  private final Map<Identity, Manifest> seenObserved = new TreeMap<>();

  private final InputStream standardInput;

  private InputReading(InputStream standardInput) {
    this.standardInput = standardInput;
  }

  /** Reads everything where nothing comes in. */
  public static Input read(List<InputFile> files, Optional<InputFile> settings, Flavour flavour) {
    return read(files, settings, flavour, InputStream.nullInputStream());
  }

  /**
   * Reads everything.
   *
   * @param settings a file of settings, which wins over any found in the files
   * @param standardInput read to its end where a path says so
   * @throws InputRejected with all that is wrong, when anything is
   */
  public static Input read(
      List<InputFile> files,
      Optional<InputFile> settings,
      Flavour flavour,
      InputStream standardInput) {
    var reading = new InputReading(standardInput);
    Optional<List<Manifest>> chosen = settings.flatMap(file -> reading.attempt(file));
    for (InputFile file : files) {
      if (settings.isEmpty() || !same(file, settings.get())) {
        reading.attempt(file).ifPresent(manifests -> reading.add(manifests, file.observed()));
      }
    }
    if (!reading.problems.isEmpty()) {
      throw new InputRejected(reading.problems);
    }
    return InputSorting.sort(
        reading.written, reading.observed, reading.stepInputs(chosen), flavour);
  }

  private StepInputs stepInputs(Optional<List<Manifest>> chosen) {
    List<Manifest> found = written.stream().filter(StepInputs::isSettings).toList();
    List<Manifest> compositions = written.stream().filter(StepInputs::isComposition).toList();
    written.removeAll(found);
    return chosen.map(StepInputs::parse).orElseGet(() -> StepInputs.found(found, compositions));
  }

  private static boolean same(InputFile one, InputFile other) {
    try {
      return one.path().equals(other.path()) || Files.isSameFile(one.path(), other.path());
    } catch (IOException unreadable) {
      throw new InputRejected(one.name() + ": cannot read the file: " + unreadable.getMessage());
    }
  }

  private Optional<List<Manifest>> attempt(InputFile file) {
    try {
      byte[] bytes =
          InputFile.isStandardInput(file.path())
              ? standardInput.readNBytes(MOST_BYTES + 1)
              : bytes(file.path());
      if (bytes.length > MOST_BYTES) {
        problems.add(
            file.name() + ": is longer than " + MOST_MEGABYTES + " MB; hand in fewer objects");
        return Optional.empty();
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(ManifestParsing.parse(file.name(), text));
    } catch (CharacterCodingException _) {
      problems.add(file.name() + ": is no UTF-8 text; convert it");
    } catch (IOException unreadable) {
      problems.add(file.name() + ": cannot read the file: " + unreadable.getMessage());
    } catch (InputRejected rejected) {
      problems.addAll(rejected.lines());
    }
    return Optional.empty();
  }

  /** One byte more than may be read tells that there are more; a pipe tells no size. */
  private static byte[] bytes(Path path) throws IOException {
    try (InputStream content = Files.newInputStream(path)) {
      return content.readNBytes(MOST_BYTES + 1);
    }
  }

  private void add(List<Manifest> file, boolean exists) {
    for (int i = 0; i < file.size(); i++) {
      Manifest manifest = file.get(i);
      List<String> unclear = typeProblems(file, i);
      Optional<String> unknown = OwnKinds.problem(manifest.object());
      if (!unclear.isEmpty()) {
        unclear.forEach(problem -> problems.add(manifest.origin() + ": " + problem));
        problems.addAll(check(manifest));
      } else if (unknown.isPresent()) {
        problems.add(manifest.origin() + ": " + unknown.get());
      } else {
        add(manifest, exists);
      }
    }
  }

  /** What is wrong with apiVersion and kind, without which nobody knows what an object is. */
  private static List<String> typeProblems(List<Manifest> file, int index) {
    Tree object = Tree.of(file.get(index).object());
    String which = file.size() > 1 ? " in object " + (index + 1) + " of the file" : "";
    var wrong = new ArrayList<String>();
    TYPE.forEach((field, example) -> {
      Tree value = object.at(field);
      if (!value.exists() || value.text().filter(String::isEmpty).isPresent()) {
        wrong.add(
            "%s: is missing%s; every object needs one, such as %s: %s"
                .formatted(field, which, field, example));
      } else if (value.shape() != Tree.Shape.TEXT) {
        wrong.add(
            "%s: is %s, not a string%s; write a word such as %s"
                .formatted(field, value.shape().words(), which, example));
      }
    });
    return wrong;
  }

  private void add(Manifest manifest, boolean exists) {
    if (StepInputs.isSettings(manifest)) { // They need no name.
      written.add(manifest);
      return;
    }
    List<String> wrong = check(manifest);
    if (!wrong.isEmpty()) {
      problems.addAll(wrong);
      return;
    }
    Identity identity = Identity.of(manifest.object());
    Manifest other = (exists ? seenObserved : seen).putIfAbsent(identity, manifest);
    boolean mayBeBoth = identity.group().equals(InputSorting.GROUP);
    if (other == null && !mayBeBoth) {
      other = (exists ? seen : seenObserved).get(identity);
    }
    if (other != null) {
      problems.add(
          manifest.origin()
              + ": "
              + identity.words()
              + " stands in "
              + other.origin()
              + " already; remove one");
      return;
    }
    (exists ? observed : written).add(manifest);
  }

  private static List<String> check(Manifest manifest) {
    var wrong = new ArrayList<String>();
    Tree object = Tree.of(manifest.object());
    Tree metadata = object.at("metadata");
    require(metadata, "metadata", Tree.Shape.OBJECT, manifest, wrong);
    if (metadata.shape() == Tree.Shape.OBJECT) {
      require(metadata.at("name"), "metadata.name", Tree.Shape.TEXT, manifest, wrong);
      optional(metadata.at("namespace"), "metadata.namespace", Tree.Shape.TEXT, manifest, wrong);
      requireNamespace(metadata.at("namespace"), manifest, wrong);
      optional(metadata.at("labels"), "metadata.labels", Tree.Shape.OBJECT, manifest, wrong);
      optional(
          metadata.at("annotations"), "metadata.annotations", Tree.Shape.OBJECT, manifest, wrong);
    }
    if (Identity.of(manifest.object()).group().equals(InputSorting.GROUP)) {
      optional(object.at("spec"), "spec", Tree.Shape.OBJECT, manifest, wrong);
      optional(object.at("status"), "status", Tree.Shape.OBJECT, manifest, wrong);
      object.fields().stream()
          .filter(field -> !FIELDS.contains(field))
          .forEach(field ->
              wrong.add(
                  manifest.origin()
                      + ": "
                      + field
                      + ": there is no such field; "
                      + Nearest.remedy(field, FIELDS, "the fields here are")));
    }
    ObjectSize.problem(manifest.object())
        .ifPresent(problem -> wrong.add(manifest.origin() + ": " + problem));
    return wrong;
  }

  private static void require(
      Tree field, String path, Tree.Shape shape, Manifest manifest, List<String> wrong) {
    if (!field.exists() || field.text().filter(String::isEmpty).isPresent()) {
      wrong.add(manifest.origin() + ": " + path + ": is missing; every object needs one");
      return;
    }
    optional(field, path, shape, manifest, wrong);
  }

  private static void requireNamespace(Tree namespace, Manifest manifest, List<String> wrong) {
    String name = namespace.text().orElse("");
    if (!name.isEmpty() && !NAMESPACE.matcher(name).matches()) {
      wrong.add(
          manifest.origin()
              + ": metadata.namespace: \""
              + (name.length() > NAMESPACE_SHOWN
                  ? name.substring(0, NAMESPACE_SHOWN) + "..."
                  : name)
              + "\" can be no namespace; use up to 63 of a-z, 0-9 and dashes, none at the ends");
    }
  }

  private static void optional(
      Tree field, String path, Tree.Shape shape, Manifest manifest, List<String> wrong) {
    if (field.exists() && field.shape() != shape) {
      String hint = shape == Tree.Shape.TEXT ? "; put it in quotes" : "";
      wrong.add(
          manifest.origin()
              + ": "
              + path
              + ": is "
              + field.shape().words()
              + ", not "
              + shape.words()
              + hint);
    }
  }

  /** The objects of manifests. */
  static List<Map<String, @Nullable Object>> objects(List<Manifest> manifests) {
    var objects = new ArrayList<Map<String, @Nullable Object>>();
    manifests.forEach(manifest -> objects.add(manifest.object()));
    return objects;
  }
}

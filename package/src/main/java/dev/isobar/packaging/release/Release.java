package dev.isobar.packaging.release;

import dev.isobar.packaging.CannotPackage;
import dev.isobar.packaging.oci.BlobStore;
import dev.isobar.packaging.oci.FileTree;
import dev.isobar.packaging.oci.ImageArchive;
import dev.isobar.packaging.oci.OciImage;
import dev.isobar.packaging.registry.Registry;
import dev.isobar.packaging.runtime.CLibrary;
import dev.isobar.packaging.runtime.Component;
import dev.isobar.packaging.runtime.ImageArchitecture;
import dev.isobar.packaging.runtime.JavaRuntime;
import dev.isobar.packaging.runtime.ProgramImage;
import dev.isobar.packaging.runtime.ShippedProgram;
import dev.isobar.packaging.xpkg.Organisation;
import dev.isobar.packaging.xpkg.PackageContents;
import dev.isobar.packaging.xpkg.PackageImage;
import dev.isobar.packaging.xpkg.PackageKind;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes all packages out of a checkout that was built. The same sources, JDK and C library give the
 * same bytes.
 */
public final class Release implements Closeable {
  /** Of everything in them, as of the jars. */
  public static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private final Path checkout;
  private final ReleaseWish wish;
  private final Consumer<String> progress;
  private final Path workshop;
  private final BlobStore store;
  private final Sources sources;
  private final Thread hook = new Thread(this::delete, "delete what packages are made of");
  private Optional<ProgramImage> programs = Optional.empty();

  private Release(Path checkout, ReleaseWish wish, Consumer<String> progress, Path workshop)
      throws IOException {
    this.checkout = checkout;
    this.wish = wish;
    this.progress = progress;
    this.workshop = workshop;
    sources = Sources.of(checkout, wish.output(), progress);
    store = new BlobStore(Files.createDirectories(workshop.resolve("blobs")), TIME);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Begins one; what it takes in between is kept until it is closed.
   *
   * @param checkout of this project, built
   * @param progress is told what is being done, in a line each
   */
  public static Release begin(Path checkout, ReleaseWish wish, Consumer<String> progress) {
    try {
      return new Release(checkout, wish, progress, Files.createTempDirectory("isobar-package"));
    } catch (IOException unwritable) {
      throw new CannotPackage("cannot make a folder for what is in between", unwritable);
    }
  }

  /** Makes every package, as a file each. */
  public List<MadePackage> make() {
    var made = new ArrayList<MadePackage>();
    try {
      Files.createDirectories(wish.output());
      for (PackageKind kind : PackageKind.values()) {
        progress.accept("making " + kind.title() + " " + tag());
        made.add(make(kind));
      }
    } catch (IOException failed) {
      throw new CannotPackage("cannot make packages", failed);
    }
    return List.copyOf(made);
  }

  /** Stores packages in a registry, those first that others need. */
  public void push(List<MadePackage> packages, Organisation target, Registry registry) {
    for (MadePackage one : packages) {
      String title = one.kind().title();
      progress.accept("pushing " + target.repository(title) + ":" + tag());
      registry.push(one.image(), target.path(title), tag());
    }
  }

  /** Deletes what was kept; whoever ends this machine before has it deleted as well. */
  @Override
  public void close() {
    try {
      var _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // This machine ends already, and the hook does it.
      return;
    }
    delete();
  }

  private void delete() {
    try (Stream<Path> all = Files.walk(workshop)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException stubborn) {
      progress.accept("cannot delete " + workshop + ": " + stubborn.getMessage());
    }
  }

  private MadePackage make(PackageKind kind) throws IOException {
    var contents = new PackageContents(checkout, wish.version(), wish.home());
    ProgramImage.Program run = run(kind);
    OciImage image =
        new PackageImage(store, architecture(kind).title())
            .of(run.execution(), run.layers(), contents.packageYaml(kind), contents.examples(kind));
    Path file = beside(kind.title(), ".xpkg");
    ImageArchive.write(image, wish.home().repository(kind.title()) + ":" + tag(), store, file);
    MadePackage made = new MadePackage(kind, image, file);
    describe(made, run.components());
    return made;
  }

  private void describe(MadePackage made, List<Component> components) throws IOException {
    String title = made.kind().title();
    String bill = BillOfMaterials.of(title, tag(), made.digest(), components);
    Files.writeString(beside(title, ".cdx.json"), bill);
    String statement = new Provenance(wish, sources).of(made, components);
    Files.writeString(beside(title, ".provenance.json"), statement);
  }

  private Path beside(String title, String ending) {
    return wish.output().resolve(title + "-" + tag() + ending);
  }

  private String tag() {
    return wish.version().tag();
  }

  private ProgramImage.Program run(PackageKind kind) throws IOException {
    Optional<ShippedProgram> program = program(kind);
    if (program.isEmpty()) {
      return ProgramImage.Program.none(labels(kind));
    }
    ProgramImage images = programs();
    if (kind == PackageKind.FUNCTION_ISOBAR && wish.rehearsal().isPresent()) {
      progress.accept("rehearsing the function for its cache of classes");
    }
    return images.of(program.get(), wish.rehearsal(), labels(kind));
  }

  private static Optional<ShippedProgram> program(PackageKind kind) {
    return switch (kind) {
      case FUNCTION_ISOBAR -> Optional.of(ShippedProgram.FUNCTION);
      case PROVIDER_ISOBAR -> Optional.of(ShippedProgram.PROVIDER);
      case CONFIGURATION_ISOBAR, CONFIGURATION_ISOBAR_NAMESPACED -> Optional.empty();
    };
  }

  /** Where nothing runs it is the same everywhere: the one that core reads of several. */
  private static ImageArchitecture architecture(PackageKind kind) {
    return program(kind).isPresent() ? ImageArchitecture.here() : ImageArchitecture.AMD64;
  }

  private ProgramImage programs() throws IOException {
    if (programs.isEmpty()) {
      var source = new CLibrary(workshop, wish.library(), ImageArchitecture.here());
      CLibrary.Unpacked library = source.unpack();
      progress.accept("taking the C library of " + library.name());
      progress.accept("linking a Java runtime");
      FileTree runtime = new JavaRuntime(workshop).layer();
      programs = Optional.of(ProgramImage.on(library, runtime, checkout, workshop, store));
    }
    return programs.get();
  }

  private Map<String, String> labels(PackageKind kind) {
    var labels = new TreeMap<String, String>();
    labels.put("org.opencontainers.image.title", kind.title());
    labels.put("org.opencontainers.image.version", tag());
    labels.put("org.opencontainers.image.licenses", "Apache-2.0");
    labels.put("org.opencontainers.image.source", Sources.HOME);
    labels.put("org.opencontainers.image.url", Sources.HOME);
    return labels;
  }
}

package dev.isobar.cli;

import dev.isobar.cli.call.FunctionChannel;
import dev.isobar.cli.call.OwnFunction;
import dev.isobar.cli.input.Flavour;
import dev.isobar.cli.input.Input;
import dev.isobar.cli.input.InputFile;
import dev.isobar.cli.input.InputFiles;
import dev.isobar.cli.input.InputReading;
import dev.isobar.cli.picture.Terminal;
import dev.isobar.cli.render.Core;
import dev.isobar.cli.render.Rendering;
import dev.isobar.cli.render.Report;
import dev.isobar.cli.report.ReportFile;
import dev.isobar.cli.report.ReportPage;
import dev.isobar.function.grpc.log.Log;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Shows what a claim becomes. */
@Command(
    name = "render",
    sortOptions = false,
    header = "Shows what a claim becomes, without a cluster.",
    description = {
      "",
      "Reads claims or composites of clusters and workspaces and what they refer to, calls the"
          + " function over gRPC as Crossplane's core does, and prints each composite with its"
          + " status and then its composed resources, as core would apply them. What is ready, what"
          + " happened and what is waited for goes to standard error, with a picture of the GPUs if"
          + " that is a terminal.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  What a claim becomes, with its Cloud from another folder:",
      "    isobar render claim.yaml platform/clouds/",
      "  A story: a folder with claim.yaml, cloud.yaml and observed/, which tells what exists"
          + " already:",
      "    isobar render examples/openstack-gpu-lab",
      "  What a change of the claim would change:",
      "    isobar render . > /tmp/before.yaml; vi claim.yaml; isobar render . | diff"
          + " /tmp/before.yaml -",
      "  From a cluster: a claim as it shall be, all else as it is. What a composite owns must be"
          + " complete: without",
      "  its templates, for example, its pools would seem to roll.",
      "    mkdir observed",
      "    NAME=$(kubectl get platformcluster eo-lab -n eo4eu -o"
          + " jsonpath={.spec.resourceRef.name})",
      "    kubectl get xplatformcluster $NAME -o yaml > observed/composite.yaml",
      "    REFS='{range .spec.resourceRefs[*]}{.kind}/{.apiVersion}{\"\\n\"}{end}'",
      "    KINDS=$(kubectl get xplatformcluster $NAME -o jsonpath=\"$REFS\" \\",
      "      | sed -e 's,/\\(.*\\)/\\(.*\\),.\\2.\\1,' -e 's,/.*,,' | sort -u | paste -sd, -)",
      "    kubectl get $KINDS -A -l crossplane.io/composite=$NAME -o yaml > observed/composed.yaml",
      "    CLUSTER=$(kubectl get xplatformcluster $NAME -o jsonpath={.status.clusterName})",
      "    kubectl get clustersummary -A -l projectsveltos.io/cluster-name=$CLUSTER -o yaml >"
          + " observed/summaries.yaml",
      "    COMPOSITION=$(kubectl get xplatformcluster $NAME -o"
          + " jsonpath={.spec.compositionRef.name})",
      "    kubectl get cloud/wekeo namespace/eo4eu composition/$COMPOSITION -o yaml >"
          + " platform.yaml",
      "    isobar render claim.yaml platform.yaml observed/",
      "  With --flavour namespaced NAME is eo-lab, xplatformcluster $NAME is platformcluster $NAME"
          + " -n eo4eu, and",
      "  resourceRefs and compositionRef are in .spec.crossplane.",
      "  As a page to look at and to show around:",
      "    isobar render examples/openstack-gpu-lab --report /tmp/eo-lab.html > /dev/null",
      "  By a function that runs already, started with --insecure, and as JSON:",
      "    isobar render claim.yaml cloud.yaml --function-address 127.0.0.1:9443 -o json | jq"
          + " .items[].kind",
      "",
      "Which files are read:",
      "  A file that is named; - is standard input. Of a folder every .yaml, .yml and .json file at"
          + " any depth, by",
      "  name. Skipped are files and folders called expected or golden up to a dot or dash (they"
          + " hold output:",
      "  expected.yaml), kustomization.yaml, and names that begin with a dot.",
      "",
      "What an object in them is:",
      "  of platform.isobar.dev   a PlatformCluster or GpuWorkspace, claim or composite, to be"
          + " rendered. Without a",
      "                           namespace it is in default. A composite beside its own claim is"
          + " what exists of",
      "                           it, as in observed/.",
      "  Settings, Composition    the input of the function's step, unless there is --settings.",
      "  in a folder observed/    something that exists. A claim or composite lends its status to"
          + " the one that is",
      "                           rendered. An object with core's annotation",
      "                           crossplane.io/composition-resource-name is that composed"
          + " resource; its",
      "                           labels crossplane.io/composite and claim-name or its owner say"
          + " of which",
      "                           composite, and what is of none that is rendered is left out. One"
          + " without the",
      "                           annotation is the composed resource of the same kind and name,"
          + " if the function",
      "                           wants such a one. The function can look up all of them.",
      "  anything else            something the function can look up: a Cloud, for example.",
      "",
      "YAML means what it means to kubectl: yes and on are booleans, an unquoted 1.35 is a number."
          + " A key that stands",
      "twice is refused. A List stands for its items.",
      "",
      "The picture is as wide as COLUMNS says, and without colours where NO_COLOR is set or TERM is"
          + " dumb.",
      "",
      "Exit codes:",
      "  0  everything is rendered",
      "  1  refused: standard error names the field, standard output is empty",
      "  2  used wrongly",
      "  3  our own fault, or a function that cannot be reached"
    })
final class RenderCommand implements Callable<Integer> {
  /** Held, because the JDK forgets the level of a log that nobody holds. */
  private static final Logger FUNCTION_LOG = Logger.getLogger("dev.isobar");

  private static final Logger TRANSPORT_LOG = Logger.getLogger("io.grpc");

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Optional<Terminal> terminal;

  @Spec @Nullable CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "Files and folders to read; - is standard input.")
  List<Path> paths = new ArrayList<>();

  @Option(
      names = "--flavour",
      paramLabel = "FLAVOUR",
      converter = FlavourWord.class,
      defaultValue = "claims",
      description = {
        "claims: a PlatformCluster is a claim, for which core makes a composite.",
        "namespaced: it is the composite. Default: ${DEFAULT-VALUE}."
      })
  Flavour flavour = Flavour.CLAIMS;

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = "Settings of the installation: an object of kind Settings, or only its fields.")
  @Nullable Path settings;

  @Option(
      names = "--observed",
      paramLabel = "PATH",
      description = "File or folder that tells what exists already; may be given several times.")
  List<Path> observed = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      converter = FormatWord.class,
      defaultValue = "yaml",
      description =
          "yaml, a stream of objects, or json, a List of them. Default: ${DEFAULT-VALUE}.")
  Report.Format format = Report.Format.YAML;

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description =
          "Also write a page that shows it: pictures of the GPUs, the graph of resources and the"
              + " conditions. It needs nothing but itself.")
  @Nullable Path report;

  @Option(
      names = "--function-address",
      paramLabel = "HOST:PORT",
      description = "Call the function that runs there, in plain text, instead of an own one.")
  @Nullable String address;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /**
   * The command.
   *
   * @param in what the path - stands for
   * @param terminal that err is
   */
  RenderCommand(InputStream in, PrintStream out, PrintStream err, Optional<Terminal> terminal) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    paths.forEach(this::requireExists);
    observed.forEach(this::requireExists);
    Optional<ReportFile> page = Optional.ofNullable(report).map(this::page);
    Optional<InputFile> chosen = Optional.ofNullable(settings).map(this::settingsFile);
    quieten();
    if (address != null) {
      return render(read(chosen), address, page);
    }
    try (OwnFunction function = OwnFunction.begin()) {
      return render(read(chosen), function.address(), page);
    }
  }

  private Input read(Optional<InputFile> chosen) {
    return InputReading.read(InputFiles.find(paths, observed), chosen, flavour, in);
  }

  private int render(Input input, String target, Optional<ReportFile> page) {
    input.warnings().forEach(warning -> err.println("warning: " + warning));
    try (FunctionChannel function = channel(target)) {
      var core = new Core(input, flavour, function);
      core.warnings().forEach(warning -> err.println("warning: " + warning));
      List<Rendering> renderings = core.render();
      List<String> warnings =
          Stream.concat(input.warnings().stream(), core.warnings().stream()).toList();
      int code = Report.print(renderings, format, terminal, out, err);
      return page.isPresent() && !written(page.get(), renderings, warnings) ? Exit.FAILED : code;
    }
  }

  private boolean written(ReportFile page, List<Rendering> renderings, List<String> warnings) {
    try {
      page.write(ReportPage.render(renderings, warnings));
      return true;
    } catch (IOException unwritable) {
      err.println("failed: cannot write the report to " + report + ": " + unwritable);
      return false;
    }
  }

  private ReportFile page(Path file) {
    if (file.toString().isEmpty()) {
      throw wrong("--report is empty; give a file, for example eo-lab.html");
    }
    try {
      return ReportFile.to(file);
    } catch (IOException unusable) {
      throw wrong("--report is " + file + ": " + unusable.getMessage());
    }
  }

  private FunctionChannel channel(String target) {
    try {
      return FunctionChannel.to(target);
    } catch (IllegalArgumentException unclear) {
      throw wrong("--function-address is \"" + target + "\": " + unclear.getMessage());
    }
  }

  /**
   * The function's log is for whoever operates it; of one that lives for a moment only its faults
   * matter. What gRPC has to say comes as an error too.
   */
  private void quieten() {
    Log.sendTo(err, false);
    FUNCTION_LOG.setLevel(Level.WARNING);
    TRANSPORT_LOG.setLevel(Level.OFF);
  }

  private InputFile settingsFile(Path file) {
    requireExists(file);
    if (Files.isDirectory(file)) {
      throw wrong("--settings is the folder " + file + "; give a file");
    }
    return InputFile.of(file, false);
  }

  private void requireExists(Path path) {
    if (path.toString().isEmpty()) {
      throw wrong("a path is empty; give a file or folder, or . for the one you are in");
    }
    if (!Files.exists(path) && !InputFile.isStandardInput(path)) {
      throw wrong("there is no " + path);
    }
  }

  private ParameterException wrong(String problem) {
    if (spec == null) {
      throw new IllegalStateException("commands are only made by picocli");
    }
    return new ParameterException(spec.commandLine(), problem);
  }

  /** Reads a flavour. */
  static final class FlavourWord implements ITypeConverter<Flavour> {
    @Override
    public Flavour convert(String word) {
      return switch (word) {
        case "claims" -> Flavour.CLAIMS;
        case "namespaced" -> Flavour.NAMESPACED;
        default ->
            throw new TypeConversionException(
                "\"" + word + "\" is no flavour; give claims or namespaced");
      };
    }
  }

  /** Reads a format. */
  static final class FormatWord implements ITypeConverter<Report.Format> {
    @Override
    public Report.Format convert(String word) {
      return switch (word) {
        case "yaml" -> Report.Format.YAML;
        case "json" -> Report.Format.JSON;
        default ->
            throw new TypeConversionException("\"" + word + "\" is no format; give yaml or json");
      };
    }
  }
}

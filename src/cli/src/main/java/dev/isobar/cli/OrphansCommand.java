package dev.isobar.cli;

import dev.isobar.cli.orphans.OrphanReport;
import dev.isobar.provider.ProviderMain;
import dev.isobar.provider.kube.account.OrphanSearch;
import dev.isobar.provider.kube.api.Cluster;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Lists what was made for Instances that do not exist. */
@Command(
    name = "orphans",
    sortOptions = false,
    header = "Lists machines, volumes, ports and addresses without an Instance. Deletes nothing.",
    description = {
      "",
      "Looks into the account of every ProviderConfig and ClusterProviderConfig of a management"
          + " cluster, with the Secrets they name, and compares what is marked as made for an"
          + " Instance with the Instances there are. Machines that another management cluster"
          + " marked are left to that one. Volumes of EC2 that a spec keeps (deleteWithInstance:"
          + " false) are listed as well, as kept volumes; they are no orphans.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  In the cluster that kubectl talks to:",
      "    isobar orphans",
      "  In another one, for a script:",
      "    isobar orphans --kubeconfig ~/.kube/platform --context eu -o json | jq -r .items[].id",
      "  After a cluster was restored from a backup, which makes it another one to its clouds:",
      "    isobar orphans --all",
      "",
      "It reads ProviderConfigs, Instances, the Secrets that the configs name (get, list, watch)"
          + " and the definition",
      "of Instances. What was made less than ten minutes ago is left out, except machines.",
      "",
      "Exit codes:",
      "  0  there are none; there may be kept volumes, which standard output lists",
      "  1  some were found: standard output lists them",
      "  2  used wrongly",
      "  3  something could not be looked at: standard error says what; what was found is listed"
    })
final class OrphansCommand implements Callable<Integer> {
  /** Held, because the JDK forgets the level of a log that nobody holds. */
  private static final Logger CLIENT_LOG = Logger.getLogger("io.fabric8");

  private static final Logger AWS_LOG = Logger.getLogger("software.amazon.awssdk");
  private static final Logger OWN_LOG = Logger.getLogger("dev.isobar");

  private final PrintStream out;
  private final PrintStream err;

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "How the cluster is reached. Default: $KUBECONFIG, then ~/.kube/config.")
  Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Context of that file. Default: its current one.")
  @Nullable String context;

  @Option(
      names = "--all",
      description = "Judge machines that other management clusters marked as well.")
  boolean all;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      converter = FormatWord.class,
      defaultValue = "table",
      description = "table or json. Default: ${DEFAULT-VALUE}.")
  OrphanReport.Format format = OrphanReport.Format.TABLE;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /**
   * The command.
   *
   * @param usual the kubeconfig of who names none
   */
  OrphansCommand(PrintStream out, PrintStream err, Path usual) {
    this.out = out;
    this.err = err;
    kubeconfig = usual;
  }

  @Override
  public Integer call() {
    quieten();
    try (Cluster cluster = Cluster.connect(kubeconfig, Optional.ofNullable(context), "isobar")) {
      var search = new OrphanSearch(cluster, ProviderMain.clouds(), InstantSource.system(), all);
      OrphanSearch.Found found = search.search();
      OrphanReport.print(found, format, out, err);
      return code(found);
    } catch (IOException unreadable) {
      throw wrong("--kubeconfig: " + unreadable.getMessage());
    } catch (IllegalArgumentException unknown) {
      throw wrong("--context: " + unknown.getMessage());
    }
  }

  private static int code(OrphanSearch.Found found) {
    if (!found.problems().isEmpty()) {
      return Exit.FAILED;
    }
    return found.orphans().isEmpty() ? 0 : Exit.FOUND;
  }

  /** What clients have to say comes as a problem too. */
  private static void quieten() {
    CLIENT_LOG.setLevel(Level.OFF);
    AWS_LOG.setLevel(Level.OFF);
    OWN_LOG.setLevel(Level.OFF);
  }

  private ParameterException wrong(String problem) {
    if (spec == null) {
      throw new IllegalStateException("commands are only made by picocli");
    }
    return new ParameterException(spec.commandLine(), problem);
  }

  /** Reads a format. */
  static final class FormatWord implements ITypeConverter<OrphanReport.Format> {
    @Override
    public OrphanReport.Format convert(String word) {
      return switch (word) {
        case "table" -> OrphanReport.Format.TABLE;
        case "json" -> OrphanReport.Format.JSON;
        default ->
            throw new TypeConversionException("\"" + word + "\" is no format; give table or json");
      };
    }
  }
}

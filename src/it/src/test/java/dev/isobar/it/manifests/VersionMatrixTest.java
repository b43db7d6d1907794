package dev.isobar.it.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.it.architecture.Checkout;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page on installing names the versions that the suites run. */
final class VersionMatrixTest {
  private final Checkout checkout = Checkout.here();

  @ParameterizedTest
  @CsvSource({
    "Kubernetes of the management cluster, kubernetes, k8s.io/kubernetes",
    "Kubernetes of the clusters, kubernetes, k8s.io/kubernetes",
    "Crossplane, crossplane, github.com/crossplane/crossplane/v2",
    "Cluster API, cluster-api, sigs.k8s.io/cluster-api",
    "its OpenStack provider, cluster-api-openstack, sigs.k8s.io/cluster-api-provider-openstack",
    "its AWS provider, cluster-api-aws, sigs.k8s.io/cluster-api-provider-aws/v2",
    "Sveltos, sveltos, github.com/projectsveltos/addon-controller",
    "openstack-resource-controller, cluster-api-openstack,"
        + " github.com/k-orc/openstack-resource-controller/v2",
  })
  void theTableSaysWhatTheSuitesRun(String row, String program, String module) {
    assertThat(page())
        .containsPattern(
            "(?m)^\\| %s[^|]* \\| [^|]+ \\| [^|]*(?<![0-9.])%s \\|$"
                .formatted(row, Pattern.quote(version(program, module))));
  }

  /** What is installed without a version is another one next year. */
  @ParameterizedTest
  @CsvSource({
    "charts.crossplane.io/stable --version %s, crossplane, github.com/crossplane/crossplane/v2",
    "projectsveltos.github.io/helm-charts --version %s, sveltos,"
        + " github.com/projectsveltos/addon-controller",
    "openstack-resource-controller/releases/download/v%s/install.yaml, cluster-api-openstack,"
        + " github.com/k-orc/openstack-resource-controller/v2",
    "`openstack:v%s`, cluster-api-openstack, sigs.k8s.io/cluster-api-provider-openstack",
    "`aws:v%s`, cluster-api-aws, sigs.k8s.io/cluster-api-provider-aws/v2",
    "`--infrastructure aws:v%s`, cluster-api-aws, sigs.k8s.io/cluster-api-provider-aws/v2",
  })
  void whatIsInstalledHasAVersion(String wish, String program, String module) {
    assertThat(page())
        .contains(wish.formatted(version(program, module)))
        .doesNotContain("releases/latest");
  }

  @ParameterizedTest
  @CsvSource({
    "--core cluster-api, cluster-api, sigs.k8s.io/cluster-api",
    "--bootstrap kubeadm, cluster-api, sigs.k8s.io/cluster-api",
    "--control-plane kubeadm, cluster-api, sigs.k8s.io/cluster-api",
    "--infrastructure openstack, cluster-api-openstack,"
        + " sigs.k8s.io/cluster-api-provider-openstack",
  })
  void clusterctlIsAskedForThem(String wish, String program, String module) {
    String pinned = "%s:v%s".formatted(wish, version(program, module));
    assertThat(page())
        .contains(pinned + "`")
        .containsPattern("clusterctl init [^`]*" + Pattern.quote(pinned) + "\\s");
  }

  private String page() {
    return checkout.read(Path.of("src/site/markdown/installing.md"));
  }

  private String version(String program, String module) {
    Matcher used =
        Pattern.compile("(?<!\\S)" + Pattern.quote(module) + " v(\\S+)")
            .matcher(checkout.read(Path.of("src/testbed/programs", program, "go.mod")));
    assertThat(used.find()).as("%s uses %s", program, module).isTrue();
    return used.group(1);
  }
}

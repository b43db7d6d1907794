package dev.isobar.apis.settings;

import dev.isobar.apis.platform.RegistryMirror;
import dev.isobar.apis.platform.TrustedAuthority;
import dev.isobar.apis.schema.Cidr;
import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Key;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of an installation, for all clusters alike. */
@Doc(
    "Settings of the installation: the input of the Composition's step. What concerns machines is"
        + " taken up by a cluster only when its claim next changes them, so that no setting ever"
        + " rolls a fleet.")
public record Settings(
    @Doc(
            "API version of the OpenStack kinds of Cluster API: v1beta1 up to its provider 0.14,"
                + " v1beta2 from 0.15.")
        @Default("\"v1beta1\"")
        OpenStackApi openStackApiVersion,
    @Doc(
            "Release of Cluster API in the management cluster: what it is known not to bring to an"
                + " end is refused instead of begun.")
        @Matches(
            value = "v?1\\.[0-9]{1,3}\\.[0-9]{1,3}",
            says = "a release of Cluster API such as v1.14.2")
        @Default("\"v1.14.2\"")
        String clusterApiVersion,
    @Doc(
            "Charts of Isobar's add-ons where they differ from the built-in version or repository,"
                + " by the name of the add-on as in status.addons: cni, cloud-controller, volumes,"
                + " shared-volumes, share-driver, metrics-server, gpu-operator, cert-manager,"
                + " ingress, gateway-api, external-dns, monitoring, node-problem-detector, kueue,"
                + " backup, and jupyterhub of workspaces.")
        @Items(max = 40)
        @Default("{}")
        Map<String, ChartOverride> charts,
    @Doc(
            "Repositories of charts that are fetched from somewhere else, the claims' own charts"
                + " included.")
        @Key("from")
        @Items(max = 40)
        @Default("[]")
        List<ChartMirror> chartMirrors,
    @Doc(
            "Addresses the management cluster comes from, as clouds see them. They may reach the"
                + " API of every cluster whose claim limits that by network.api.allowedCidrs, for"
                + " Cluster API and Sveltos work through it.")
        @Distinct
        @Items(max = 32)
        @Default("[]")
        List<Cidr> managementCidrs,
    @Doc("The GPU Operator of all clusters.") @Default("{}") GpuOperatorSettings gpuOperator,
    @Doc("The cluster autoscalers of all clusters.") @Default("{}") AutoscalerSettings autoscaler,
    @Doc("Used where a claim says nothing.") @Default("{}") Defaults defaults) {
  /** Versions of the OpenStack kinds; spelled as in the API. */
  public enum OpenStackApi {
    v1beta1,
    v1beta2
  }

  /** Another version or place of a chart. */
  @Doc("Another version or repository of an add-on's chart.")
  public record ChartOverride(
      @Doc(
              "The chart that is meant, as in status.addons: required where an add-on may be one of"
                  + " several, as cni may be cilium or tigera-operator. Others stay as they are.")
          @Length(min = 1, max = 128)
          Optional<String> chart,
      @Doc("Exact version of the chart.")
          @Matches(
              value = "v?[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?",
              says = "an exact version such as 1.2.3")
          @Length(min = 5, max = 128)
          Optional<String> version,
      @Doc("Address of its repository.")
          @Matches(
              value = "(https?|oci)://[^\\s{}\"]+",
              says = "an address that begins with https:// or oci://")
          @Length(min = 9, max = 1024)
          Optional<String> repository) {}

  /** A repository and its mirror. */
  @Doc("A repository of charts and the one to use instead.")
  public record ChartMirror(
      @Doc("Address a chart would come from, or its beginning.")
          @Matches(
              value = "(https?|oci)://[^\\s{}\"]+",
              says = "an address that begins with https:// or oci://")
          @Length(min = 9, max = 1024)
          String from,
      @Doc("What to put in its place.")
          @Matches(
              value = "(https?|oci)://[^\\s{}\"]+",
              says = "an address that begins with https:// or oci://")
          @Length(min = 9, max = 1024)
          String to) {}

  /** Settings of the GPU Operator. */
  @Doc("The GPU Operator of all clusters.")
  public record GpuOperatorSettings(
      @Doc(
              "Whether its MIG manager may reboot nodes (WITH_REBOOT): for clouds on which a GPU"
                  + " can be switched to MIG by nothing less.")
          @Default("false")
          boolean migReboot) {}

  /** Settings of the autoscalers. */
  @Doc(
      "The cluster autoscalers of all clusters: one Deployment for each cluster with autoscaled"
          + " pools, in the claim's namespace of the management cluster.")
  public record AutoscalerSettings(
      @Doc(
              "Whether there are any. Set it to false where something else scales the"
                  + " MachineDeployments.")
          @Default("true")
          boolean enabled,
      @Doc("Where the image comes from, without a tag.")
          @Matches(
              value = "[a-zA-Z0-9][a-zA-Z0-9._-]*(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+",
              says = "a registry and a repository, such as registry.example.org/cluster-autoscaler")
          @Length(min = 1, max = 255)
          @Default("\"registry.k8s.io/autoscaling/cluster-autoscaler\"")
          String image,
      @Doc("Releases where they differ from the built-in ones.")
          @Key("kubernetes")
          @Items(max = 20)
          @Default("[]")
          List<AutoscalerRelease> releases) {}

  /** The autoscaler for one minor version. */
  @Doc("The cluster autoscaler for one minor version of Kubernetes.")
  public record AutoscalerRelease(
      @Doc("The minor version, such as 1.36.")
          @Matches(value = "1\\.[1-9][0-9]{0,2}", says = "a minor version such as 1.36")
          @Length(min = 3, max = 5)
          String kubernetes,
      @Doc(
              "The tag of the image, such as v1.36.2. From 1.35 on it works with clusters of 1.34"
                  + " and later alone.")
          @Matches(
              value = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}",
              says = "the tag of an image, such as v1.36.2")
          @Length(min = 1, max = 128)
          String tag) {}

  /** Defaults of the installation. */
  @Doc("Used where a claim says nothing.")
  public record Defaults(
      @Doc("Registry mirrors of clusters that name none.")
          @Key("registry")
          @Items(max = 20)
          @Default("[]")
          List<RegistryMirror> registryMirrors,
      @Doc("Certificates that all clusters' nodes trust besides their own list.")
          @Key("name")
          @Items(max = 20)
          @Default("[]")
          List<TrustedAuthority> trustedAuthorities,
      @Doc("Time servers of clusters that name none.")
          @Distinct
          @Items(max = 8)
          @Default("[]")
          @Matches(
              value = "[a-zA-Z0-9]([a-zA-Z0-9.:-]{0,251}[a-zA-Z0-9])?",
              says = "a host name or address, without scheme or port")
          List<String> timeServers) {}
}

package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Fixed;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import dev.isobar.apis.schema.Rule;
import dev.isobar.apis.schema.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The control plane of a cluster. */
@Doc("The machines that run the Kubernetes API.")
@Rule(
    cel = "self.kind == 'Managed' || has(self.machineType)",
    says = "machineType is required for a control plane of kind Kubeadm")
@Rule(
    cel = "self.replicas % 2 == 1",
    says = "replicas must be odd, because etcd needs a majority: 1, 3, 5 or 7")
public record ControlPlane(
    @Doc(
            "Kubeadm: machines of our own. Managed: the cloud's own control plane (EKS, on EC2"
                + " clouds), which has no machines, disks, etcd or flags to be set.")
        @Default("\"Kubeadm\"")
        @Fixed(instead = "make a new cluster and move the work there")
        Kind kind,
    @Doc(
            "Number of control plane machines: 1 for trials, 3 or 5 to survive the loss of"
                + " machines. Kind Managed has as many as EKS thinks fit.")
        @Default("3")
        @Min(1)
        @Max(7)
        int replicas,
    @Doc("Machine type of the Cloud, of at least 2 CPUs and 1700Mi of memory.")
        @Length(min = 1, max = 255)
        Optional<String> machineType,
    @Doc(
            "Zones of the Cloud to spread over; all that have the machine type when empty. On EC2"
                + " they are always all zones of the network.")
        @Distinct
        @Items(max = 16)
        @Default("[]")
        List<String> zones,
    @Doc("Root disk; the machine type's own disk when left out.") Optional<Disk> rootDisk,
    @Doc("The cluster's database.") @Default("{}") Etcd etcd,
    @Doc(
            "Additional names or addresses the API's certificate shall be valid for: host names in"
                + " lower case, *.example.org for all of a domain, IP addresses.")
        @Distinct
        @Items(max = 32)
        @Length(min = 1, max = 253)
        @Matches(
            value =
                "([*]\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*"
                    + "|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*",
            says =
                "a host name in lower case such as api.example.org or *.example.org, or an IP"
                    + " address")
        @Default("[]")
        List<String> certificateNames,
    @Doc(
            "Additional flags of kube-apiserver by name, without leading dashes. Flags that no"
                + " version from 1.31 to 1.36 has are refused, as are those that Isobar or kubeadm"
                + " sets. enable-admission-plugins takes the place of"
                + " kubeadm's own list and must name NodeRestriction, too. audit-log-path is - or a"
                + " file of /var/log/kubernetes, a folder of the machine; who did what to which"
                + " object is logged. Flags that name other files are refused: nothing puts them"
                + " there. service-node-port-range is 30000-32767 or a part of it, for that is what"
                + " nodes let in.")
        @Items(max = 64)
        @Default("{}")
        Map<String, String> apiServerFlags,
    @Doc(
            "Name of an existing server group (OpenStack) or placement group (EC2) that keeps the"
                + " machines on different hosts.")
        @Length(min = 1, max = 255)
        Optional<String> serverGroup,
    @Doc(
            "How long pods of a machine that goes away may take to leave; at least 1s. Volumes that"
                + " are still attached then have 5m more.")
        @Default("\"5m\"")
        @Rule(cel = ControlPlane.LIMITED, says = ControlPlane.NOT_LIMITED)
        Span drainTimeout,
    @Doc("When a machine counts as broken and is replaced.") @Default("{}") HealthCheck healthCheck,
    @Doc("What is particular to kind Managed.") Optional<ManagedControlPlane> managed) {
  /** Cluster API takes no time at all for all the time there is. */
  static final String LIMITED = "self.matches('[1-9]')";

  static final String NOT_LIMITED = "must be at least 1s; to Cluster API, 0 is no limit";

  /** Who runs the control plane; spelled as in the API. */
  public enum Kind {
    Kubeadm,
    Managed
  }
}

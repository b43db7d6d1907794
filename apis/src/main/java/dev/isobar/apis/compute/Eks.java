package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Key;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import java.util.List;
import java.util.Optional;

/** What EKS clusters are made with. */
@Doc("What clusters with a control plane of kind Managed are made with (EKS).")
public record Eks(
    @Doc("Kubernetes versions that clusters may have.")
        @Key("kubernetes")
        @Items(max = 16)
        @Default("[]")
        List<EksVersion> versions,
    @Doc(
            "ARN of the role of the nodes' instance profile. Needed where Isobar makes the machines"
                + " of GPU pools: Cluster API's provider lets in the nodes it made itself alone.")
        @Matches(value = Eks.ROLE, says = Eks.ROLE_SAYS)
        @Length(min = 20, max = 2048)
        Optional<String> nodeRole,
    @Doc(
            "ARN of a role that the EBS driver assumes by the cluster's OpenID Connect provider"
                + " (service account ebs-csi-controller-sa of kube-system). When left out it acts"
                + " by a pod identity association, if somebody makes one, or with the nodes'"
                + " instance profile.")
        @Matches(value = Eks.ROLE, says = Eks.ROLE_SAYS)
        @Length(min = 20, max = 2048)
        Optional<String> volumesRole) {
  static final String ROLE = "arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]{1,512}";
  static final String ROLE_SAYS = "the ARN of a role, such as arn:aws:iam::111122223333:role/nodes";

  /** A version of EKS. */
  @Doc("A minor version of Kubernetes on EKS, which takes care of patches itself.")
  public record EksVersion(
      @Doc("The minor version.")
          @Matches(value = "1\\.[1-9][0-9]{0,2}", says = "a minor version such as 1.35")
          String kubernetes,
      @Doc(
              "EKS add-ons with the version to have on this one; vpc-cni, coredns and kube-proxy"
                  + " must be among them. `aws eks describe-addon-versions` lists what there is.")
          @Key("name")
          @Items(max = 32)
          @Default("[]")
          List<EksAddon> addons,
      @Doc(
              "Images of nodes. Where there is none, machines of Cluster API's provider get the"
                  + " newest that AWS recommends (Amazon Linux 2023) when they are made; machines"
                  + " that Isobar makes, and arm64 machines with GPUs, need one.")
          @Items(max = 16)
          @Default("[]")
          List<EksImage> images) {}

  /** An add-on that EKS installs. */
  @Doc("An add-on that EKS installs.")
  public record EksAddon(
      @Doc("Its name, such as vpc-cni.")
          @Matches(value = "[a-z0-9][a-z0-9_-]*[a-z0-9]", says = "the name of an EKS add-on")
          @Length(min = 2, max = 100)
          String name,
      @Doc("Its version, such as v1.2.3-eksbuild.1.")
          @Matches(
              value = "v[0-9][A-Za-z0-9.+_-]*",
              says = "a version of an EKS add-on such as v1.2.3-eksbuild.1")
          @Length(min = 2, max = 64)
          String version,
      @Doc("Its settings in JSON, as `aws eks describe-addon-configuration` has them.")
          @Length(min = 2, max = 4096)
          Optional<String> configuration) {}

  /** An image of nodes. */
  @Doc("An image of EKS nodes, with nodeadm on it as on those of Amazon Linux 2023.")
  public record EksImage(
      @Doc("Its id.") @Matches(value = "ami-[0-9a-f]{8,17}", says = "the id of an AMI, ami-...")
          String id,
      @Doc("Processor architecture: amd64 or arm64.") @Default("\"amd64\"")
          Architecture architecture,
      @Doc(
              "What it is for: any (nodes without GPUs) or gpu (nodes with GPUs; it brings driver"
                  + " and container toolkit).")
          @Default("\"any\"")
          Image.Purpose purpose) {}
}

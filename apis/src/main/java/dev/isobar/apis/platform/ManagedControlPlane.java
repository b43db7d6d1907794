package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Fixed;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import java.util.List;
import java.util.Optional;

/** What is particular to a control plane that the cloud runs. */
@Doc("What is particular to a control plane of kind Managed (EKS).")
public record ManagedControlPlane(
    @Doc(
            "Logs that EKS writes to CloudWatch, where they cost money: Api, Audit, Authenticator,"
                + " ControllerManager, Scheduler.")
        @Items(max = 5)
        @Default("[]")
        List<Log> logs,
    @Doc(
            "ARN of a key of KMS, in the cluster's region, that Secrets are encrypted with once"
                + " more; EKS's own key alone when left out. The role of the control plane must be"
                + " allowed to use it.")
        @Fixed(instead = "make a new cluster and move the work there", once = true)
        @Matches(
            value = "arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]{1,128}",
            says = "the ARN of a key, such as arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d")
        @Length(min = 20, max = 256)
        Optional<String> secretsKey,
    @Doc(
            "What happens when the standard support of the Kubernetes version ends: Extended (it"
                + " goes on, for more money) or Standard (EKS raises the version by itself, and the"
                + " claim must follow).")
        @Default("\"Extended\"")
        Support support,
    @Doc(
            "ARNs of roles and users of IAM that may do everything in the cluster, besides the one"
                + " that Cluster API works with.")
        @Distinct
        @Items(max = 32)
        @Default("[]")
        @Matches(
            value = "arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/[A-Za-z0-9+=,.@_/-]{1,512}",
            says = "the ARN of a role or user, such as arn:aws:iam::111122223333:role/platform")
        List<String> administrators) {
  /** A log of the control plane; spelled as in the API. */
  public enum Log {
    Api,
    Audit,
    Authenticator,
    ControllerManager,
    Scheduler
  }

  /** What follows standard support; spelled as in the API. */
  public enum Support {
    Extended,
    Standard
  }
}

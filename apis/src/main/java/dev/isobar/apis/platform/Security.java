package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import java.util.Optional;

/** Who may log in, and what pods may do. */
@Doc("Who may log in, and what pods may do.")
public record Security(
    @Doc("Login to the Kubernetes API with an OpenID Connect provider.") Optional<Oidc> oidc,
    @Doc(
            "Pod Security Standards for namespaces without labels of their own. Those of add-ons"
                + " that need privileges are exempt: kube-system, calico-apiserver, calico-system,"
                + " tigera-operator, gpu-operator, monitoring and projectsveltos. Those of"
                + " cert-manager, Traefik and your own charts are not.")
        @Default("{}")
        PodSecurity podSecurity,
    @Doc("Encryption of Secrets in etcd: a Secret with a complete EncryptionConfiguration.")
        Optional<SecretKey> encryptionConfiguration) {}

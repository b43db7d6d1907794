package dev.isobar.apis.workspace;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Rule;
import java.util.Map;
import java.util.Optional;

/** The Ingress of a hub. */
@Doc(
    "The Ingress of a hub; it always asks for TLS. The cluster's add-on Traefik takes it on its"
        + " port for HTTPS alone, unless an annotation says otherwise; of other classes, whether"
        + " they answer without TLS besides is up to them.")
@Rule(
    cel = "!(has(self.clusterIssuer) && has(self.tlsSecret))",
    says = "clusterIssuer makes the certificate, tlsSecret has it already; keep one of them")
public record HubIngress(
    @Doc("Its class; that of the cluster's add-on when left out.")
        @Matches(value = Matches.OBJECT_NAME, says = "the name of a class")
        @Length(min = 1, max = 253)
        Optional<String> className,
    @Doc("A ClusterIssuer of cert-manager in the cluster that makes the certificate.")
        @Matches(value = Matches.OBJECT_NAME, says = "the name of a ClusterIssuer")
        @Length(min = 1, max = 253)
        Optional<String> clusterIssuer,
    @Doc(
            "A Secret in the workspace's namespace with the certificate; when this and"
                + " clusterIssuer are left out the controller uses its own.")
        @Matches(value = Matches.OBJECT_NAME, says = "the name of a Secret")
        @Length(min = 1, max = 253)
        Optional<String> tlsSecret,
    @Doc("Annotations for the controller.") @Items(max = 32) @Default("{}")
        Map<String, String> annotations) {}

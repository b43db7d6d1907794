package dev.isobar.apis.workspace;

import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import java.util.Optional;

/** A Gateway to come in through. */
@Doc(
    "A Gateway of the cluster. TLS is ended by its listener, which must be one of protocol HTTPS:"
        + " through any other the hub is reached without TLS.")
public record HubGateway(
    @Doc("Name of the Gateway.")
        @Matches(value = Matches.OBJECT_NAME, says = "the name of a Gateway")
        @Length(min = 1, max = 253)
        String name,
    @Doc("Namespace of the Gateway.")
        @Matches(value = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?", says = "the name of a namespace")
        String namespace,
    @Doc(
            "The listener; all that take the host when left out, so name it unless the Gateway has"
                + " none but those of HTTPS.")
        @Matches(value = Matches.OBJECT_NAME, says = "the name of a listener")
        @Length(min = 1, max = 253)
        Optional<String> listener) {}

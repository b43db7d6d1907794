package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Matches;
import java.util.List;

/** Where images of one registry are fetched. */
@Doc("Where images of one registry are fetched.")
public record RegistryMirror(
    @Doc(
            "The registry as image names spell it, for example docker.io; _default for all that are"
                + " not listed.")
        @Matches(
            value = "_default|[a-zA-Z0-9]([a-zA-Z0-9.-]{0,200}[a-zA-Z0-9])?(:[0-9]{1,5})?",
            says = "a host name with an optional port, or _default")
        String registry,
    @Doc(
            "Mirrors in the order they are tried; the registry itself comes last. An address with a"
                + " path names the folder of a proxy cache whole, with its /v2.")
        @Distinct
        @Items(min = 1, max = 8)
        @Matches(value = "https?://[^\\s\"{}\\\\]{1,250}", says = "an http or https address")
        List<String> endpoints,
    @Doc("Whether the registry itself is asked when all mirrors fail.") @Default("true")
        boolean fallback) {}

package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.FreeForm;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import java.util.Map;

/** A chart in a repository. */
@Doc("A Helm chart in a repository.")
public record HelmChart(
    @Doc("Address of the repository: https://... or oci://... without the chart's name.")
        @Matches(
            value = "(https?|oci)://[^\\s{}\"]+",
            says = "an address that begins with https:// or oci://")
        @Length(min = 9, max = 1024)
        String repository,
    @Doc("The chart's name.")
        @Matches(value = "[a-zA-Z0-9][a-zA-Z0-9._-]*", says = "the name of a chart")
        @Length(min = 1, max = 250)
        String name,
    @Doc("The exact version; ranges are refused, so that nothing changes by itself.")
        @Matches(
            value = "v?[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?",
            says = "an exact version such as 1.2.3")
        @Length(min = 5, max = 128)
        String version,
    @Doc(
            "Values of the chart, taken literally: no templates are rendered in them. Written as"
                + " YAML, at most 1.4 MB, and 1 MiB where {{ is in them.")
        @FreeForm
        @Default("{}")
        Map<String, Object> values) {}

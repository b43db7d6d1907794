package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.ExactlyOne;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Rule;
import java.util.List;
import java.util.Optional;

/** An add-on the app team brings itself. */
@Doc("A Helm chart or manifests of your own.")
@ExactlyOne({"chart", "manifests"})
@Rule(
    cel = "!has(self.manifests) || self.__namespace__ == 'default'",
    says = "namespace is for charts; manifests name the namespaces of their objects themselves")
public record ExtraAddon(
    @Doc("Its name within the cluster.")
        @Matches(
            value = "[a-z]([a-z0-9-]{0,28}[a-z0-9])?",
            says = "lower-case letters, digits and dashes, at most 30")
        String name,
    @Doc(
            "Namespace a chart is installed into; manifests name the namespaces of their objects"
                + " themselves.")
        @Matches(value = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?", says = "the name of a namespace")
        @Default("\"default\"")
        String namespace,
    @Doc("A Helm chart.") Optional<HelmChart> chart,
    @Doc(
            "Kubernetes objects as a YAML stream, each once, with apiVersion, kind and a"
                + " metadata.name that the API server takes; no List of them, and no key twice.")
        @Length(min = 1, max = 262144)
        Optional<String> manifests,
    @Doc(
            "Names of add-ons that must be there first: of this list, or cni, volumes, gpu-operator"
                + " and so on.")
        @Distinct
        @Items(max = 16)
        @Default("[]")
        List<String> dependsOn) {}

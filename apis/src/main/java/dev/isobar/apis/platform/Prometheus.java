package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Size;
import dev.isobar.apis.schema.Span;
import java.util.Optional;

/** What monitoring keeps. */
@Doc("What monitoring keeps of its measurements, and where.")
public record Prometheus(
    @Doc("How long measurements are kept; the chart's ten days when left out.")
        Optional<Span> retention,
    @Doc("Size of the volume they are kept on; a volume that is there never shrinks.")
        @Default("\"50Gi\"")
        Size storage,
    @Doc("Storage class of that volume; the cluster's default when left out.")
        @Matches(value = Matches.OBJECT_NAME, says = "the name of a StorageClass")
        @Length(min = 1, max = 253)
        Optional<String> storageClass) {}

package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Key;
import java.util.List;
import java.util.Optional;

/** Who uses a ProviderConfig. */
@Doc("Who uses it, and whether it can go.")
public record ProviderConfigStatus(
    @Doc("How many objects use it.") Optional<Long> users,
    @Doc(
            "Terminating: it is deleted, but still in use. Ready: the cloud answers and accepts the"
                + " credentials.")
        @Key("type")
        List<StatusCondition> conditions) {}

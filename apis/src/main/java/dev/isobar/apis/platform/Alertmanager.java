package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Doc;
import java.util.Optional;

/** Whom monitoring tells. */
@Doc("Whom monitoring tells of trouble.")
public record Alertmanager(
    @Doc(
            "The whole configuration of Alertmanager, receivers and their passwords included; the"
                + " chart's, which tells nobody, when left out.")
        Optional<SecretKey> configSecretRef) {}

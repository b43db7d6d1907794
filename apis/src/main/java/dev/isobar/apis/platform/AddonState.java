package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Doc;
import java.util.Optional;

/** How an add-on is doing. */
@Doc("How an add-on is doing.")
public record AddonState(
    @Doc("The add-on's name.") String name,
    @Doc("Chart it comes from.") Optional<String> chart,
    @Doc("Version of the chart.") Optional<String> version,
    @Doc("Waiting, Deploying, Deployed or Failed.") String state,
    @Doc("What is wrong, as Sveltos says it; left out when nothing is.")
        Optional<String> message) {}

package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Span;
import java.util.Optional;

/** When machines are replaced by themselves, and when not. */
@Doc("When a machine counts as broken and is replaced.")
public record HealthCheck(
    @Doc("Whether broken machines are replaced at all.") @Default("true") boolean enabled,
    @Doc(
            "How long a new machine may take until its node joins; at least 2m. Of GPU machines"
                + " that provider-isobar makes it counts from when they run: a wait for capacity"
                + " does not count, but one that its cloud builds for twice as long is replaced.")
        @Default("\"30m\"")
        Span startupTimeout,
    @Doc("How long a node may be unready; at least 1m.") @Default("\"5m\"") Span unreadyTimeout,
    @Doc(
            "The brake: no machine is replaced while more than this number or share of them are"
                + " unhealthy, because then the fault lies elsewhere. A share is rounded down: 40%"
                + " of 2 nodes is none, and nothing is ever replaced. Default: 1 for the control"
                + " plane; for pools 40%, or 1 while there are fewer than 3 nodes (in each zone of"
                + " a pool with several).")
        @Matches(
            value = "([0-9]{1,4}|[0-9]{1,2}%|100%)",
            says = "a number such as 2 or a share such as 40%")
        Optional<String> maxUnhealthy) {}

package dev.isobar.apis.workspace;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Rule;
import dev.isobar.apis.schema.Span;
import java.util.Optional;

/** When servers are stopped. */
@Doc(
    "When servers are stopped. A browser that is open counts as use unless kernels are stopped"
        + " too.")
public record IdleServers(
    @Doc("How long a server may be idle; at least 5m, the time between two signs of its use.")
        @Rule(cel = "self.matches('[1-9]')", says = "must be at least 1s")
        @Default("\"1h\"")
        Span cullAfter,
    @Doc("How old a server may become, used or not; at least 1s. Any age when left out.")
        @Rule(cel = "self.matches('[1-9]')", says = "must be at least 1s")
        Optional<Span> maxAge,
    @Doc(
            "How long a kernel that does not compute may be idle, though a browser is open; at"
                + " least 1s. For ever when left out.")
        @Rule(cel = "self.matches('[1-9]')", says = "must be at least 1s")
        Optional<Span> kernelsAfter) {}

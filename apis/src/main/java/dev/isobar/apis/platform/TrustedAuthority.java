package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;

/** A certificate authority that nodes trust. */
@Doc("A certificate authority that nodes trust.")
public record TrustedAuthority(
    @Doc("A name for it.")
        @Matches(
            value = "[a-z0-9]([a-z0-9-]{0,60}[a-z0-9])?",
            says = "lower-case letters, digits and dashes")
        String name,
    @Doc("Its certificate in PEM form.") @Length(min = 50, max = 10000) String certificate) {}

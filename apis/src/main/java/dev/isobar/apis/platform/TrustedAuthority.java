package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Rule;

/** A certificate authority that nodes trust. */
@Doc("A certificate authority that nodes trust.")
public record TrustedAuthority(
    @Doc("A name for it.")
        @Matches(
            value = "[a-z0-9]([a-z0-9-]{0,60}[a-z0-9])?",
            says = "lower-case letters, digits and dashes")
        String name,
    @Doc("Its certificate in PEM form.")
        @Length(min = 50, max = 10000)
        @Rule(
            cel =
                "self.contains('-----BEGIN CERTIFICATE-----') &&"
                    + " self.contains('-----END CERTIFICATE-----')",
            says = "must be a certificate in PEM form: -----BEGIN CERTIFICATE----- and so on")
        String certificate) {}

package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import java.util.Optional;

/** A role the provider assumes on EC2. */
@Doc("A role the provider assumes (EC2).")
public record AssumedRole(
    @Doc("Its ARN.")
        @Matches(
            value = "arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]{1,256}",
            says = "an ARN such as arn:aws:iam::123456789012:role/isobar")
        @Length(min = 20, max = 320)
        String arn,
    @Doc("External id that the role's trust asks for.") @Length(min = 2, max = 1224)
        Optional<String> externalId) {}

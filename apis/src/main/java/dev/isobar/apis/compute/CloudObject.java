package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.ExactlyOne;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import java.util.Optional;

/** A thing in a cloud, by name or by id. */
@Doc("A thing in the cloud, by name or by id.")
@ExactlyOne({"name", "id"})
public record CloudObject(
    @Doc("Its name, which must be unique in the project.") @Length(min = 1, max = 255)
        Optional<String> name,
    @Doc("Its id: a UUID on OpenStack, vpc-..., subnet-... on EC2.")
        @Matches(value = "[A-Za-z0-9][A-Za-z0-9-]*", says = "an id of the cloud")
        @Length(min = 1, max = 64)
        Optional<String> id) {}

package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;

/** One key of a Secret in the object's own namespace. */
@Doc("A key of a Secret of the same namespace.")
public record SecretEntry(
    @Doc("Name of the Secret.")
        @Matches(value = Matches.OBJECT_NAME, says = "the name of a Secret")
        @Length(min = 1, max = 253)
        String name,
    @Doc("Key of the Secret.")
        @Matches(value = Matches.SECRET_KEY, says = Matches.SECRET_KEY_SAYS)
        @Length(min = 1, max = 253)
        String key) {}

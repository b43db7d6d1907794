package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;

/** One key of a Secret beside the claim. */
@Doc("A key of a Secret in the claim's own namespace; its contents never pass through Isobar.")
public record SecretKey(
    @Doc("Name of the Secret.")
        @Matches(value = Matches.OBJECT_NAME, says = "the name of a Secret")
        @Length(min = 1, max = 253)
        String name,
    @Doc("Key of the Secret.")
        @Matches(value = Matches.SECRET_KEY, says = Matches.SECRET_KEY_SAYS)
        @Length(min = 1, max = 253)
        String key) {}

package dev.isobar.provider.external;

import java.util.Map;
import java.util.Optional;

/**
 * An image that may be used, as its cloud lists it.
 *
 * @param architecture in the cloud's own spelling, when it says one
 * @param createdAt in RFC 3339, so that equal forms sort by time; empty when the cloud does not say
 * @param marks its tags and properties; a tag without value has an empty one
 */
public record ListedImage(
    String id,
    String name,
    Optional<String> architecture,
    String createdAt,
    Map<String, String> marks) {}

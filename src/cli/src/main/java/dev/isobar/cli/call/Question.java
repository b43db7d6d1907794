package dev.isobar.cli.call;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the function is asked.
 *
 * @param observed the composed resources that exist, by composition resource name
 * @param input of the function's step
 */
public record Question(
    Map<String, @Nullable Object> composite,
    SortedMap<String, Map<String, @Nullable Object>> observed,
    Optional<Map<String, @Nullable Object>> input) {}

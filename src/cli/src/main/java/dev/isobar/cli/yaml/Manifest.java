package dev.isobar.cli.yaml;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object as somebody wrote it.
 *
 * @param object maps, lists, strings, longs, doubles, booleans and nulls, in the order they were
 *     written
 * @param origin the file and line where it begins, for messages
 */
public record Manifest(Map<String, @Nullable Object> object, String origin) {}

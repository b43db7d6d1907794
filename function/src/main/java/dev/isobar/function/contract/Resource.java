package dev.isobar.function.contract;

import java.util.SortedMap;

/**
 * A composed resource as it shall be.
 *
 * @param object apiVersion, kind, metadata and the fields we have an opinion on; never status
 */
public record Resource(SortedMap<String, Object> object, Ready ready) {}

package dev.isobar.provider.kube.api;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.decide.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object as the API server gave it.
 *
 * @param key with an empty namespace when its kind has none
 * @param created when, by the API server's clock
 * @param deletedAt when its deletion was asked for
 * @param controller UID of the owner that controls it
 * @param content everything but the metadata
 */
public record ApiObject(
    ObjectKey key,
    String uid,
    String resourceVersion,
    long generation,
    Instant created,
    Optional<Instant> deletedAt,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<String> finalizers,
    Optional<String> controller,
    Tree content) {}

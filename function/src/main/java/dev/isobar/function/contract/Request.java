package dev.isobar.function.contract;

import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * One question of Crossplane's core.
 *
 * @param composite the composite as observed, with its spec and last status
 * @param observed the composed resources that exist, by composition resource name
 * @param required what was asked for by {@link Requirement}, by requirement name: no entry when
 *     core has not looked yet, an empty list when it looked and found nothing
 * @param input the Composition step's input, absent when the step has none
 */
public record Request(
    Tree composite,
    SortedMap<String, Tree> observed,
    Map<String, List<Tree>> required,
    Tree input) {}

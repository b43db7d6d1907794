package dev.isobar.e2e.provider;

import java.util.Set;

/**
 * Where an interface of a machine is, by the cloud's own ids.
 *
 * @param groups its security groups
 */
public record Place(String network, String subnet, Set<String> groups) {}

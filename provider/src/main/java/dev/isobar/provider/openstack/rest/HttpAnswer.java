package dev.isobar.provider.openstack.rest;

import dev.isobar.apis.tree.Tree;
import java.util.Map;
import java.util.Optional;

/**
 * What a service answered.
 *
 * @param headers names in lower case
 * @param body absent when there is none, or none in JSON
 */
public record HttpAnswer(int status, Map<String, String> headers, Tree body) {
  /** A header by its name in lower case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}

package dev.isobar.cli.picture;

import java.util.List;

/**
 * What pods can ask for.
 *
 * @param resource its name, as in {@code nvidia.com/mig-1g.10gb}
 * @param perNode of a node
 * @param inAll of all nodes that there may be
 * @param users kinds of servers that ask for it
 */
public record OfferedResource(String resource, int perNode, int inAll, List<String> users) {
  /** Copies the list. */
  public OfferedResource {
    users = List.copyOf(users);
  }
}

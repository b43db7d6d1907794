package dev.isobar.cli.picture;

import java.util.List;

/**
 * A MIG instance on a GPU.
 *
 * @param profile as NVIDIA names it
 * @param resource what pods ask for
 * @param start its first memory slice
 * @param memory its memory slices
 * @param compute its compute slices
 * @param users kinds of servers that ask for it
 */
public record PicturedSlice(
    String profile, String resource, int start, int memory, int compute, List<String> users) {
  /** Copies the list. */
  public PicturedSlice {
    users = List.copyOf(users);
  }
}

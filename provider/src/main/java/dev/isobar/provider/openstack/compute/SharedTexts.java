package dev.isobar.provider.openstack.compute;

import java.util.HashMap;
import java.util.Map;

/**
 * Keeps equal texts once while a listing is read: thousands of servers have the same flavor, zone,
 * network and owner, and each page says so in texts of its own. What every server says differently
 * fills it at some time; what is common was there before.
 */
final class SharedTexts {
  private static final int MOST = 4096;

  private final Map<String, String> known = new HashMap<>();

  /** The text that was first to read like this one. */
  String of(String text) {
    String before = known.get(text);
    if (before == null && known.size() < MOST) {
      known.put(text, text);
    }
    return before == null ? text : before;
  }
}

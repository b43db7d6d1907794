package dev.isobar.provider.openstack.image;

import dev.isobar.apis.compute.ImageChoice.Pick;
import dev.isobar.apis.compute.ImageChoice.Selector;
import dev.isobar.provider.openstack.identity.Dialogue;
import dev.isobar.provider.openstack.identity.Service;
import dev.isobar.provider.openstack.rest.Ask;
import dev.isobar.provider.openstack.rest.Trouble;
import java.util.List;
import java.util.Map;

/** Glance, the image service, in one dialogue. */
public final class Glance {
  private final Dialogue dialogue;

  /** Glance as this dialogue reaches it. */
  public Glance(Dialogue dialogue) {
    this.dialogue = dialogue;
  }

  /**
   * The id of the image a selector means.
   *
   * @param path of the selector, for messages
   * @throws Trouble also when none is like that, or several are and only one may be
   */
  public String select(String path, Selector selector) {
    String owner = selector.owner().orElseGet(dialogue::project);
    Ask ask =
        Ask.get("/images")
            .with("status", "active")
            .with("owner", owner)
            .with("sort", "created_at:desc")
            .with("limit", 100);
    for (String name : selector.name().stream().toList()) {
      ask = ask.with("name", escaped(name));
    }
    for (Map.Entry<String, String> tag : selector.tags().entrySet()) {
      boolean plain = tag.getValue().isEmpty();
      ask = ask.with("tag", plain ? tag.getKey() : tag.getKey() + "=" + tag.getValue());
    }
    for (Map.Entry<String, String> property : selector.properties().entrySet()) {
      ask = ask.with(property.getKey(), property.getValue());
    }
    List<String> ids =
        dialogue.all(Service.IMAGE, ask, "images").stream()
            .flatMap(image -> image.at("id").text().stream())
            .toList();
    return chosen(path, selector, owner, ids);
  }

  private static String chosen(String path, Selector selector, String owner, List<String> ids) {
    if (ids.isEmpty()) {
      throw Trouble.invalid(
          "%s: project %s has no active image like that; %s"
              .formatted(
                  path,
                  owner,
                  selector.owner().isPresent()
                      ? "correct it"
                      : "correct it, or say in owner whose image it is"));
    }
    if (ids.size() > 1 && selector.pick() == Pick.Only) {
      throw Trouble.invalid(
          "%s: %d images are like that (%s ...); say more of it, or pick: Newest"
              .formatted(path, ids.size(), ids.getFirst()));
    }
    return ids.getFirst();
  }

  /** Glance reads {@code in:a,b} as a list, and a comma only within quotes as itself. */
  private static String escaped(String name) {
    return name.startsWith("in:") ? "in:\"" + name.replace("\"", "\\\"") + "\"" : name;
  }
}

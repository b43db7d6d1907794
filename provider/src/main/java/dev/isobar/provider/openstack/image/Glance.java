package dev.isobar.provider.openstack.image;

import dev.isobar.apis.compute.ImageChoice.Pick;
import dev.isobar.apis.compute.ImageChoice.Selector;
import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.external.ListedImage;
import dev.isobar.provider.openstack.identity.Dialogue;
import dev.isobar.provider.openstack.identity.Service;
import dev.isobar.provider.openstack.rest.Ask;
import dev.isobar.provider.openstack.rest.Trouble;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Glance, the image service, in one dialogue. */
public final class Glance {
  /** The most images Glance gives at once, unless its operator says otherwise. */
  private static final int PAGE = 1000;

  /** As many as a message names of those that are meant alike. */
  private static final int NAMED = 4;

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
    Optional<String> owner =
        Optional.of(selector.owner().orElseGet(dialogue::project))
            .filter(one -> !one.equals(Selector.ANY));
    Ask ask =
        Ask.get("/images")
            .with("status", "active")
            .with("sort", "created_at:desc")
            .with("limit", 100);
    for (String one : owner.stream().toList()) {
      ask = ask.with("owner", one);
    }
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

  /**
   * Images that the project may start machines from.
   *
   * @param owners ids of projects, {@code self} for the own; everybody whose images it sees when
   *     empty
   */
  public List<ListedImage> images(List<String> owners) {
    Ask all = Ask.get("/images").with("status", "active").with("limit", PAGE);
    List<Ask> asks =
        owners.isEmpty()
            ? List.of(all)
            : owners.stream()
                .map(owner -> all.with("owner", owner.equals("self") ? dialogue.project() : owner))
                .toList();
    return asks.stream()
        .flatMap(ask -> dialogue.all(Service.IMAGE, ask, "images").stream())
        .map(Glance::listed)
        .toList();
  }

  /** Properties stand beside the image's own fields. */
  private static ListedImage listed(Tree image) {
    Map<String, String> marks = new TreeMap<>();
    for (Tree tag : image.at("tags").items()) {
      String[] parts = tag.text().orElse("").split("=", 2);
      marks.put(parts[0], parts.length > 1 ? parts[1] : "");
    }
    image
        .fields()
        .forEach(field -> image.at(field).text().ifPresent(text -> marks.put(field, text)));
    return new ListedImage(
        image.at("id").text().orElse(""),
        image.at("name").text().orElse(""),
        image.at("hw_architecture").text().or(() -> image.at("architecture").text()),
        image.at("created_at").text().orElse(""),
        Map.copyOf(marks));
  }

  private static String chosen(
      String path, Selector selector, Optional<String> owner, List<String> ids) {
    if (ids.isEmpty()) {
      throw Trouble.invalid(
          "%s: %s no active image like that; %s"
              .formatted(
                  path,
                  owner.map(one -> "project " + one + " has").orElse("the project sees"),
                  selector.owner().isPresent()
                      ? "correct it"
                      : "correct it, or say in owner whose image it is"));
    }
    if (ids.size() > 1 && selector.pick() == Pick.Only) {
      String some = ids.stream().limit(NAMED).collect(Collectors.joining(", "));
      throw Trouble.invalid(
          "%s: %d images are like that (%s); name one by its id, say more of it, or pick: Newest"
              .formatted(path, ids.size(), ids.size() > NAMED ? some + " ..." : some));
    }
    return ids.getFirst();
  }

  /** Glance reads {@code in:a,b} as a list, and a comma only within quotes as itself. */
  private static String escaped(String name) {
    return name.startsWith("in:") ? "in:\"" + name.replace("\"", "\\\"") + "\"" : name;
  }
}

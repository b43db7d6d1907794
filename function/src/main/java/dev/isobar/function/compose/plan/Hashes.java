package dev.isobar.function.compose.plan;

import dev.isobar.apis.decode.Encoder;
import dev.isobar.apis.platform.Nodes;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.cloud.ImagePin;
import java.util.List;

/**
 * What content hashes are taken of: only what the user set, and what was pinned for good. What a
 * release of the function, its settings or a Cloud contribute stays out, so that none of them ever
 * rolls a fleet; it is taken up when the user next changes something. The shape of these objects
 * must never change: golden tests hold it.
 */
final class Hashes {
  private Hashes() {}

  /** The beginning of a machine template. */
  static Fields machines(List<String> machineTypes, ImagePin image, Nodes nodes) {
    return Fields.with("machineTypes", machineTypes)
        .set("image", Fields.with("id", image.image().id()).set("name", image.image().name()))
        .set("sshKey", nodes.sshKey());
  }

  /** The beginning of everything that is written on nodes. */
  static Fields nodes(Nodes nodes) {
    Fields content = Fields.none().setAll(Encoder.onlySet(nodes));
    return content.without("sshKey");
  }
}

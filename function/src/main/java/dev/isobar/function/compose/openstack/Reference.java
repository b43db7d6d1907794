package dev.isobar.function.compose.openstack;

import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.tree.Fields;

/** How the OpenStack provider refers to things of the cloud: by id, or by a filter on the name. */
final class Reference {
  private Reference() {}

  static Fields to(CloudObject object) {
    return object.id().isPresent()
        ? Fields.with("id", object.id())
        : Fields.with("filter", Fields.with("name", object.name()));
  }

  static Fields toName(String name) {
    return Fields.with("filter", Fields.with("name", name));
  }
}

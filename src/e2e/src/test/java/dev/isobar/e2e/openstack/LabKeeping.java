package dev.isobar.e2e.openstack;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Ends the OpenStack after the last suite. */
final class LabKeeping implements BeforeAllCallback {
  private static final Namespace OURS = Namespace.create(LabKeeping.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    var _ =
        context
            .getRoot()
            .getStore(OURS)
            .computeIfAbsent("lab", _ -> (AutoCloseable) Lab::end, AutoCloseable.class);
  }
}

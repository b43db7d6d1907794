package dev.isobar.e2e.packages;

import dev.isobar.e2e.commandline.Page;
import dev.isobar.packaging.xpkg.Organisation;
import dev.isobar.testbed.plane.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the page on installing has its readers write.
 *
 * @param home where their packages are
 */
record Guide(Page page, Organisation home) {
  /** For whoever has packages in a registry. */
  static Guide of(Organisation home) {
    return new Guide(Page.read("installing.md"), home);
  }

  /**
   * Writes the kustomization of one's own, beside a checkout.
   *
   * @param folder that is empty
   * @return the folder, for kubectl
   */
  String kustomization(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.createSymbolicLink(folder.resolve("isobar"), Project.here().root());
    Files.writeString(
        folder.resolve("kustomization.yaml"),
        page.file("kustomization.yaml").replace("REGISTRY/ORG", home.toString()));
    return folder.toString();
  }

  /** What has core fetch from here what is called by another place. */
  String mirror() {
    return page.blocks("yaml").stream()
        .filter(block -> block.contains("rewriteImage:"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the page shows no mirror"))
        .replace("registry.example.org/isobar", home.toString());
  }
}

package dev.isobar.e2e.packages;

import dev.isobar.e2e.commandline.Page;
import dev.isobar.packaging.xpkg.Organisation;
import dev.isobar.testbed.cache.Folders;
import dev.isobar.testbed.plane.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
    write(folder, "kustomization.yaml", page.file("kustomization.yaml"));
    return folder.toString();
  }

  /**
   * Writes the first of the folders for GitOps, with what it takes of the sources.
   *
   * @param folder that is not there yet
   * @return the folder, for kubectl
   */
  String folderUnderGit(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String taken : List.of("package", "apis")) {
      Folders.copy(Project.here().root().resolve(taken), folder.resolve(taken));
    }
    String last = "- package/deployment\n";
    write(
        folder,
        "kustomization.yaml",
        page.file("kustomization.yaml")
            .replace("- isobar/", "- ")
            .replace(last, last + "- configuration.yaml\n"));
    write(folder, "configuration.yaml", page.file("configuration.yaml"));
    return folder.toString();
  }

  private void write(Path folder, String file, String block) throws IOException {
    Files.writeString(folder.resolve(file), filled(block));
  }

  /** With values in the place of what readers have to fill in. */
  String filled(String block) {
    return block
        .replace("REGISTRY/ORG", home.toString())
        .replace(":VERSION", ":" + Built.VERSION.tag());
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

package dev.isobar.provider.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.Image;
import dev.isobar.provider.external.ListedImage;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which Kubernetes an image is for. */
final class ImageReadingTest {
  @ParameterizedTest(name = "{0}: {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ubuntu-2404-kube-v1.35.2                   |         |                                                | 1.35.2 amd64 any | image-builder on OpenStack
          flatcar-stable-4152.2.0-kube-v1.31.12      |         |                                                | 1.31.12 amd64 any | numbers of the system are none of Kubernetes
          Ubuntu 24.04 Kubernetes 1.34.6             |         |                                                | 1.34.6 amd64 any | written by a person
          rocky-9-k8s-1.33.1-b2                      |         |                                                | 1.33.1 amd64 any | a rebuild says so behind
          ubuntu-2404-kube-v1.35.2-gpu               |         |                                                | 1.35.2 amd64 gpu | for nodes with GPUs
          ubuntu-2404-arm64-kube-v1.35.2             |         |                                                | 1.35.2 arm64 any | the name tells the architecture
          ubuntu-2404-kube-v1.35.2                   | aarch64 |                                                | 1.35.2 arm64 any | the cloud tells the architecture
          ubuntu-2404-kube-v1.35.2                   | i686    |                                                |                  | an architecture that is none of ours
          capa-ami-ubuntu-24.04-v1.35.2-1760000000   | x86_64  |                                                | 1.35.2 amd64 any | an AMI of Cluster API
          capa-ami-ubuntu-18.04-1.19.0-00-1600000000 | x86_64  |                                                | 1.19.0 amd64 any | an old one, with the revision of a package
          capa-ami-flatcar-stable-v1.31.0-1760000000 | arm64   |                                                | 1.31.0 arm64 any | on arm64
          golden                                     |         | kubernetes_version=v1.35.2                     | 1.35.2 amd64 any | a mark needs no name
          ubuntu-2404-kube-v1.35.2                   |         | kubernetes_version=1.34.6                      | 1.34.6 amd64 any | a mark goes before the name
          ubuntu-2404-kube-v1.35.2                   |         | kubernetes_version=none                        |                  | a mark that is no release
          golden                                     |         | isobar-kubernetes=1.35.2,isobar-purpose=gpu    | 1.35.2 amd64 gpu | our own marks
          ubuntu-2404-kube-v1.35.2                   |         | isobar_purpose=none                            |                  | it is not to be used yet
          ubuntu-2404-kube-v1.35.2-nvidia            |         | isobar_purpose=any                             | 1.35.2 amd64 any | a mark goes before the name here too
          ubuntu-2404-kube-v1.35.0-rc.1              |         |                                                |                  | a candidate is no release
          ubuntu-2404-kube-v1.35.0-alpha.3           |         |                                                |                  | nor is this
          ubuntu-24.04                               |         |                                                |                  | no Kubernetes at all
          amazon-eks-node-1.35-v20261101             |         |                                                |                  | a minor is no version
          kubernetes-dashboard-2.7.0                 |         |                                                |                  | another program's version
          notkube-v1.35.2                            |         |                                                |                  | half a word
          """)
  void aNodesImageTellsItsVersion(
      String name, String architecture, String marks, String read, String why) {
    var image =
        new ListedImage(
            "id-1",
            name,
            Optional.ofNullable(architecture),
            "2026-11-25T10:00:00Z",
            marks(Optional.ofNullable(marks).orElse("")));
    assertThat(ImageReading.read(image).map(ImageReadingTest::words))
        .as(why)
        .isEqualTo(Optional.ofNullable(read).map(words -> words + " id-1 " + name));
  }

  private static String words(Image image) {
    return String.join(
        " ",
        image.kubernetes(),
        image.architecture().name(),
        image.purpose().name(),
        image.id().orElse("no id"),
        image.title().orElse("no title"));
  }

  private static Map<String, String> marks(String text) {
    Map<String, String> marks = new TreeMap<>();
    for (String mark : text.split(",")) {
      String[] parts = mark.split("=", 2);
      marks.put(parts[0], parts.length > 1 ? parts[1] : "");
    }
    return marks;
  }
}

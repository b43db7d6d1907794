package dev.isobar.testbed.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.cli.yaml.YamlText;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WebhookServerTest {
  @Test
  void servicesBecomeUrlsAndSchemasStay() {
    String published =
        """
        kind: CustomResourceDefinition
        spec:
          conversion:
            strategy: Webhook
            webhook:
              clientConfig:
                service:
                  name: webhook-service
                  namespace: system
                  path: /convert
          versions:
          - schema:
              properties:
                clientConfig:
                  properties:
                    service:
                      type: object
                  type: object
        """;
    var object = ManifestParsing.parse("test", published).getFirst().object();
    var reached = new WebhookServer(4711, "PEM").reached(object);
    String expected =
        published.replaceFirst(
            "(?s)service:\\s+name: webhook-service.*?/convert",
            "caBundle: UEVN\n        url: https://127.0.0.1:4711/convert");
    assertThat(YamlText.render(List.of(reached)))
        .isEqualTo(
            YamlText.render(List.of(ManifestParsing.parse("test", expected).getFirst().object())));
  }
}

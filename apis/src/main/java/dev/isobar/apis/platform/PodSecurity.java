package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Matches;
import java.util.List;

/** Defaults of Pod Security admission. */
@Doc("Pod Security Standards for namespaces without labels of their own.")
public record PodSecurity(
    @Doc(
            "Pods beyond this standard are refused: Privileged (no limits), Baseline or Restricted"
                + " (hardened).")
        @Default("\"Baseline\"")
        Standard enforce,
    @Doc(
            "Whoever makes a pod beyond this standard is warned: Privileged (never), Baseline or"
                + " Restricted.")
        @Default("\"Restricted\"")
        Standard warn,
    @Doc("Namespaces that are exempt.")
        @Distinct
        @Items(max = 64)
        @Default("[]")
        @Matches(value = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?", says = "the name of a namespace")
        List<String> exemptNamespaces) {
  /** A Pod Security Standard; spelled as in the API. */
  public enum Standard {
    Privileged,
    Baseline,
    Restricted
  }
}

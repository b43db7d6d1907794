package dev.isobar.provider.kube.api;

import dev.isobar.apis.tree.Tree;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;

/**
 * A kubeconfig that came over the network: whoever may write the Secret it is in must not have
 * programs run, or files read, in the provider's own container.
 */
public final class ForeignKubeconfig {
  private static final List<String> OF_USERS =
      List.of("exec", "auth-provider", "tokenFile", "client-certificate", "client-key");
  private static final List<String> OF_CLUSTERS = List.of("certificate-authority");

  /** It has a field that is not followed; the message says which. */
  public static final class Unsafe extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Unsafe(String message) {
      super(message);
    }
  }

  private ForeignKubeconfig() {}

  /**
   * Reads it, and follows nothing.
   *
   * @throws Unsafe when it asks for a program or a file
   */
  static void check(String kubeconfig) {
    Tree tree = Tree.of(new KubernetesSerialization().unmarshal(kubeconfig, Map.class));
    check(tree, "users", "user", OF_USERS);
    check(tree, "clusters", "cluster", OF_CLUSTERS);
  }

  private static void check(Tree kubeconfig, String list, String one, List<String> forbidden) {
    for (Tree item : kubeconfig.at(list).items()) {
      for (String field : forbidden) {
        if (item.at(one, field).exists()) {
          throw new Unsafe(
              "has %s[].%s.%s, which is not followed: it may name no program and no file of the provider's container, only data"
                  .formatted(list, one, field));
        }
      }
    }
  }
}

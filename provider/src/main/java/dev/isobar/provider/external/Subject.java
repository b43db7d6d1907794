package dev.isobar.provider.external;

import java.util.Map;
import java.util.Optional;

/**
 * Whose machine is spoken of.
 *
 * @param uid of the Instance; its machines carry it as tag {@link #UID_TAG}
 * @param namespace of the Instance
 * @param name of the Instance
 * @param externalName id of its machine, when it has one
 * @param marks tags its machines carry for people and tools, besides the user's own; {@link
 *     #UID_TAG} is one of them
 */
public record Subject(
    String uid,
    String namespace,
    String name,
    Optional<String> externalName,
    Map<String, String> marks) {
  /** Key of the tag with the Instance's UID. */
  public static final String UID_TAG = "isobar-uid";

  /** Key of the tag with the installation of the provider, which tells clusters apart. */
  public static final String INSTALLATION_TAG = "isobar-installation";

  /** Key of the tag with the Instance's namespace. */
  public static final String NAMESPACE_TAG = "crossplane-namespace";

  /** Key of the tag with the Instance's name. */
  public static final String NAME_TAG = "crossplane-name";

  /** Key of the tag with the creation's token. */
  public static final String TOKEN_TAG = "isobar-token";
}

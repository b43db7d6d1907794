package dev.isobar.provider.decide;

/** Annotations of managed resources: those of Crossplane's contract, and ours. */
public final class Annotations {
  /** Id of the machine in its cloud. */
  public static final String EXTERNAL_NAME = "crossplane.io/external-name";

  /** When a creation was last begun, in RFC 3339 with seconds. */
  public static final String CREATE_PENDING = "crossplane.io/external-create-pending";

  /** When a creation last succeeded. */
  public static final String CREATE_SUCCEEDED = "crossplane.io/external-create-succeeded";

  /** When a creation last failed for certain. */
  public static final String CREATE_FAILED = "crossplane.io/external-create-failed";

  /** {@code true} stops everything. */
  public static final String PAUSED = "crossplane.io/paused";

  /** How often this object's machine is looked at, as Go writes durations. */
  public static final String POLL_INTERVAL = "crossplane.io/poll-interval";

  /** A new value asks for a look at once. */
  public static final String RECONCILE_REQUESTED_AT = "crossplane.io/reconcile-requested-at";

  /** Number of the creation that was begun last. */
  public static final String CREATION = "isobar.dev/creation";

  /** Number of the last creation whose end is known. */
  public static final String CREATION_SETTLED = "isobar.dev/creation-settled";

  /** The machine type of the creation that was begun last. */
  public static final String MACHINE_TYPE = "isobar.dev/machine-type";

  /** The zone of the creation that was begun last. */
  public static final String ZONE = "isobar.dev/zone";

  /** The ProviderConfig through which its machine was made, or was found last. */
  public static final String CONFIG = "isobar.dev/provider-config";

  /**
   * The account its machine, or its cluster, is in, as {@link
   * dev.isobar.provider.external.Machines#account} names it.
   */
  public static final String ACCOUNT = "isobar.dev/account";

  /**
   * The installation of another cluster, which gives the machine up that this object names: what
   * its tag {@link dev.isobar.provider.external.Subject#INSTALLATION_TAG} holds.
   */
  public static final String TAKE_OVER = "isobar.dev/take-over";

  /**
   * Id of a machine with this object's mark that it named and no creation of it made: an import, or
   * what was restored from a backup. It is this object's, also when another one is named.
   */
  public static final String ADOPTED = "isobar.dev/adopted";

  /** Id of a machine of this object that is being removed, and never adopted again. */
  public static final String REMOVING = "isobar.dev/removing";

  /**
   * Until when a request of unknown outcome may still give a machine, although a later request has
   * given one, or something that belongs to a machine, although none was made. It stays until
   * nothing of the kind is there.
   */
  public static final String LATE_UNTIL = "isobar.dev/late-until";

  /** Since when its machine is not shown any more, though nobody saw it go. */
  public static final String MISSING_SINCE = "isobar.dev/missing-since";

  private Annotations() {}
}

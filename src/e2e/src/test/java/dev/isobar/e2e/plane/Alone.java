package dev.isobar.e2e.plane;

/**
 * What only one suite at a time may use, as a {@code @ResourceLock}; suites that share none of it
 * run beside each other.
 */
public final class Alone {
  /**
   * The provider of the control plane for its suites: every one of a control plane looks after all
   * Instances and Clouds there.
   */
  public static final String PROVIDER = "provider-isobar";

  /** The provider of the control plane for chaos. */
  public static final String CHAOS = "provider-isobar in chaos";

  /**
   * The control plane without ProviderConfigs. Locks are taken in the order of their names, and
   * this one is waited for before a cloud is taken, which others need more.
   */
  public static final String EMPTY = "A control plane without ProviderConfigs";

  /**
   * The function of the control plane without controllers, which one suite ends and starts, and the
   * Clouds there, which another lets a provider discover; suites that need neither only read it.
   */
  public static final String FUNCTION = "function-isobar";

  /** The clusters in memory, whose provider has fixed ports. */
  public static final String MEMORY = "clusters in memory";

  /** Project lab of the one OpenStack. */
  public static final String OPENSTACK = "OpenStack";

  /** The one EC2. */
  public static final String EC2 = "EC2";

  private Alone() {}
}

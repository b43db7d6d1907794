package dev.isobar.provider.external;

/** A kind of cloud: the way from an account to its machines. */
@FunctionalInterface
public interface CloudKind {
  /**
   * Opens an account. Asks nothing of the cloud yet: what is answered here is wrong with the
   * ProviderConfig or its Secret, and stays wrong until one of them changes. What is opened needs
   * no closing; it may be kept and used from many threads, and renews its tokens by itself.
   */
  Response<Machines> open(Account account);
}

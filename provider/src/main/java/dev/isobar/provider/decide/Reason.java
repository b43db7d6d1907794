package dev.isobar.provider.decide;

import dev.isobar.provider.external.Failure;

/**
 * Everything an Instance's conditions can give as a reason; spelled as in the API. The page of
 * conditions explains each, and a test holds the two together.
 */
public enum Reason {
  Available,
  Unavailable,
  Creating,
  Deleting,
  Lost,
  Interrupted,
  ReconcileSuccess,
  ReconcileError,
  ReconcilePaused,
  NotFound,
  QuotaExceeded,
  InsufficientCapacity,
  InvalidConfiguration,
  AuthenticationFailed,
  Throttled,
  CloudUnreachable,
  Busy,
  Starting,
  ProviderError;

  /** The reason of a failure. */
  public static Reason of(Failure failure) {
    return switch (failure) {
      case Failure.QuotaExceeded _ -> QuotaExceeded;
      case Failure.InsufficientCapacity _ -> InsufficientCapacity;
      case Failure.InvalidConfiguration _ -> InvalidConfiguration;
      case Failure.AuthenticationFailed _ -> AuthenticationFailed;
      case Failure.Throttled _ -> Throttled;
      case Failure.CloudUnreachable _ -> CloudUnreachable;
      case Failure.Busy _ -> Busy;
      case Failure.Interrupted _ -> Interrupted;
      case Failure.ProviderError _ -> ProviderError;
    };
  }
}

package dev.isobar.e2e.plane;

import java.lang.reflect.Constructor;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Ends the control planes after the last suite. */
final class PlaneKeeping
    implements BeforeAllCallback,
        AfterTestExecutionCallback,
        LifecycleMethodExecutionExceptionHandler,
        InvocationInterceptor {
  private static final Namespace OURS = Namespace.create(PlaneKeeping.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    var _ =
        context
            .getRoot()
            .getStore(OURS)
            .computeIfAbsent("planes", _ -> (AutoCloseable) Planes::end, AutoCloseable.class);
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    context.getExecutionException().ifPresent(_ -> Planes.keepLogs());
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    Planes.keepLogs();
    throw failure;
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    Planes.keepLogs();
    throw failure;
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    Planes.keepLogs();
    throw failure;
  }

  @Override
  public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    Planes.keepLogs();
    throw failure;
  }

  /** The control plane of a suite is a field of it. */
  @Override
  public <T> T interceptTestClassConstructor(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Constructor<T>> invoked,
      ExtensionContext context)
      throws Throwable {
    try {
      return invocation.proceed();
    } catch (Throwable failure) {
      Planes.keepLogs();
      throw failure;
    }
  }
}

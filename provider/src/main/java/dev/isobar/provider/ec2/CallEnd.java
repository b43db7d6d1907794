package dev.isobar.provider.ec2;

import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Response;
import java.util.List;
import java.util.function.Function;

/** How a call to EC2 ended. */
sealed interface CallEnd<T> {
  /** With its answer. */
  record Replied<T>(T value) implements CallEnd<T> {}

  /**
   * With a refusal: nothing was done, and nothing will be.
   *
   * @param code EC2's own, such as InvalidInstanceID.NotFound; empty when the request never left
   */
  record Refused<T>(String code, Failure failure) implements CallEnd<T> {}

  /** Without an answer, or with half of one: it may have been done. */
  record Lost<T>(Failure failure) implements CallEnd<T> {}

  /** The same end, with something made from the reply. */
  default <R> CallEnd<R> with(Function<T, R> meaning) {
    return switch (this) {
      case Replied<T>(var value) -> new Replied<>(meaning.apply(value));
      case Refused<T>(var code, var failure) -> new Refused<>(code, failure);
      case Lost<T>(var failure) -> new Lost<>(failure);
    };
  }

  /** As an answer to a question, made from the reply. */
  default <R> Response<R> answer(Function<T, R> meaning) {
    return switch (this) {
      case Replied<T>(var value) -> Response.of(meaning.apply(value));
      case Refused<T>(_, var failure) -> Response.failed(failure);
      case Lost<T>(var failure) -> Response.failed(failure);
    };
  }

  /** As the end of a wish that can be repeated. */
  default Effect effect() {
    return switch (this) {
      case Replied<T> _ -> new Effect.Accepted();
      case Refused<T>(_, var failure) -> new Effect.Failed(failure);
      case Lost<T>(var failure) -> new Effect.Failed(failure);
    };
  }

  /** Whether it was refused with one of these codes. */
  default boolean refusedAs(String... codes) {
    return this instanceof Refused<T>(var code, _) && List.of(codes).contains(code);
  }
}

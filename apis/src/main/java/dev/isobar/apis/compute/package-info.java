/** Clouds and what they offer: group {@code compute.isobar.dev}. */
@NullMarked
@CheckReturnValue
package dev.isobar.apis.compute;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

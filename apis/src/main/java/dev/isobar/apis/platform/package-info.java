/** The composites app teams ask for: group {@code platform.isobar.dev}. */
@NullMarked
@CheckReturnValue
package dev.isobar.apis.platform;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

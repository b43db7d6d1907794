/** The one door to Kubernetes: objects in, objects out, and waiting for what they become. */
@NullMarked
@CheckReturnValue
package dev.isobar.testbed.kubernetes;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

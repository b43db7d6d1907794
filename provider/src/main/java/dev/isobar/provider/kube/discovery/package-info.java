/** Clouds on the API server: when they are asked what they have, and what is written of it. */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.kube.discovery;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

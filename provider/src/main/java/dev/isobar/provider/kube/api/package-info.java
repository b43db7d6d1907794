/**
 * The one door to the API server: objects in, objects out, and mirrors of what is watched. Behind
 * it nobody knows which client it is.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.kube.api;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

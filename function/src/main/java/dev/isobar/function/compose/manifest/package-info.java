/** Reads the manifests that claims carry as text. */
@NullMarked
@CheckReturnValue
package dev.isobar.function.compose.manifest;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

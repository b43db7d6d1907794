/** What a Cloud offers: versions, images, machine types, zones. */
@NullMarked
@CheckReturnValue
package dev.isobar.function.compose.cloud;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

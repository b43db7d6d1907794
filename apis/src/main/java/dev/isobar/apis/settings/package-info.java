/** The installation-wide settings: the typed input of the function's Composition step. */
@NullMarked
@CheckReturnValue
package dev.isobar.apis.settings;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

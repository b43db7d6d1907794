/** The program: its flags, and how its parts are put together. */
@NullMarked
@CheckReturnValue
package dev.isobar.provider;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

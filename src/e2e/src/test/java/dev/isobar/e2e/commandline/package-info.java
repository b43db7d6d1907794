/** Commands that our documentation tells people to type, typed. */
@NullMarked
@CheckReturnValue
package dev.isobar.e2e.commandline;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/** How what was found without an Instance is printed. */
@NullMarked
@CheckReturnValue
package dev.isobar.cli.orphans;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
